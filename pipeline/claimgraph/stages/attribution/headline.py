"""Whom a headline sets apart with a colon: *Poll: …*, *…: Treasury report*, *…: Jo Smith*."""

from spacy.tokens import Doc, Span

from claimgraph.stages.attribution.discourse import Discourse
from claimgraph.stages.attribution.lexicon import Lexicon
from claimgraph.stages.attribution.names import Names
from claimgraph.stages.attribution.phrases import Phrase

__all__ = ["Headline"]

# The part that names a voice is short.
_LONGEST = 5

_SPEAKING = ("publication", "speaker", "venue")


class Headline:
    """The headline of one article: the characters before `end` of its text."""

    def __init__(self, doc: Doc, end: int, names: Names, discourse: Discourse, lexicon: Lexicon) -> None:
        self._doc, self._end, self._names, self._discourse, self._lexicon = doc, end, names, discourse, lexicon

    def voice(self, value: Span) -> tuple[str, str, int] | None:
        """Return name, rule and token of the voice that the headline sets apart from the value, if any."""
        title = self._doc.char_span(0, self._end, alignment_mode="expand") if value.start_char < self._end else None
        colons = [token.i for token in title or () if token.text == ":"]
        if title is None or not colons:
            return None
        head = self._name(title.start, colons[0], alone=False) if value.start > colons[0] else None
        if head:
            return head, "headline.before", colons[0]
        tail = self._name(colons[-1] + 1, title.end, alone=True) if value.end <= colons[-1] else None
        return (tail, "headline.behind", colons[-1]) if tail else None

    def _name(self, start: int, end: int, *, alone: bool) -> str | None:
        """Name the voice of a part of the headline; `alone`: a name will do, else only a word for what speaks."""
        tokens = [token for token in self._doc[start:end] if not token.is_space]
        if not tokens or len(tokens) > _LONGEST:
            return None
        speaks = any(tokens[-1].lower_ in self._lexicon[name] for name in _SPEAKING)
        if not speaks and not (alone and self._names.is_known(" ".join(token.text for token in tokens))):
            return None
        return self._discourse.resolve(Phrase(tokens[0].i, tokens[-1].i + 1))
