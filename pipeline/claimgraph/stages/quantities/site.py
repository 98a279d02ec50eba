"""Where a number stands: its tokens, its sentence and the text on both sides."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from claimgraph.records import NumberMention
from claimgraph.stages import columns
from claimgraph.stages.base import text_of

__all__ = ["Site", "Sites"]

# Cues and units stand close to their number; the windows keep the work per number constant, however long
# the sentence is.
_BEFORE = 64
_SENTENCE = 200
_AFTER = 120
_CLIMB = 8


class Sites:
    """Finds the tokens and sentences of character ranges, each in logarithmic time."""

    def __init__(self, doc: Doc) -> None:
        self.doc, self.text = doc, text_of(doc)
        # spaCy makes a new object whenever a doc is indexed: half of this stage's time
        self.tokens = list(doc)
        self._offsets = columns.offsets(doc)
        self._sentences = [i for i, starts in enumerate(columns.sentence_starts(doc)) if starts or i == 0]

    def token_at(self, offset: int) -> int:
        """Return the index of the token that holds the character, or of the last one before it."""
        return max(0, bisect_right(self._offsets, offset) - 1)

    def sentence_of(self, token: int) -> tuple[int, int]:
        """Return the token range of the sentence around a token."""
        at = bisect_right(self._sentences, token)
        end = self._sentences[at] if at < len(self._sentences) else len(self.doc)
        return self._sentences[max(0, at - 1)], end

    def tokens_in(self, start: int, end: int) -> range:
        """Return the tokens that overlap a character range."""
        return range(self.token_at(start), bisect_left(self._offsets, end))

    def all(self, mentions: tuple[NumberMention, ...]) -> list["Site"]:
        """Return one site per mention."""
        return [Site(self, mention) for mention in mentions]


class Site:
    """One number in its surroundings.

    first, last: its tokens, half open. begin, stop: its sentence's tokens, half open. before, after: the characters of
    its sentence close to it. opening: where its sentence begins, or the last 200 characters of a long one in front.
    """

    def __init__(self, sites: Sites, mention: NumberMention) -> None:
        self.sites, self.doc, self.mention = sites, sites.doc, mention
        tokens = sites.tokens_in(mention.start, mention.end)
        self.first, self.last = tokens.start, max(tokens.stop, tokens.start + 1)
        self.begin, self.stop = sites.sentence_of(self.first)
        sentence_start = sites.tokens[self.begin].idx
        tail = sites.tokens[self.stop - 1]
        sentence_end = max(mention.end, tail.idx + len(tail))
        self.before = sites.text[max(sentence_start, mention.start - _BEFORE) : mention.start]
        self.opening = max(sentence_start, mention.start - _SENTENCE)
        self.after = sites.text[mention.end : min(sentence_end, mention.end + _AFTER)]

    @property
    def text(self) -> str:
        """The number as written."""
        return self.mention.text

    @property
    def root(self) -> Token:
        """The token of the number whose head lies outside it."""
        for i in range(self.last - 1, self.first - 1, -1):
            token = self.sites.tokens[i]
            if not self.first <= token.head.i < self.last or token.head.i == token.i:
                return token
        return self.sites.tokens[self.last - 1]

    def left(self, start: int | None = None, count: int = 12) -> Iterator[Token]:
        """Yield the tokens before the number (or before a character), nearest first, within the sentence."""
        at = self.first if start is None else self.sites.token_at(start)
        for i in range(at - 1, max(self.begin, at - count) - 1, -1):
            if not self.sites.tokens[i].is_space:
                yield self.sites.tokens[i]

    def right(self, end: int | None = None, count: int = 12) -> Iterator[Token]:
        """Yield the tokens behind the number (or from a character on), within the sentence."""
        at = self.last if end is None else bisect_left(self.sites._offsets, end)
        for i in range(at, min(self.stop, at + count)):
            if not self.sites.tokens[i].is_space:
                yield self.sites.tokens[i]

    def ancestors(self) -> Iterator[Token]:
        """Yield the heads above the number, nearest first."""
        token = self.root
        for _ in range(_CLIMB):
            if token.head.i == token.i:
                return
            token = token.head
            yield token
