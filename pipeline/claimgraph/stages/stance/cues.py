"""Find the cues of one sentence, once, for all its values."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from claimgraph.stages.stance.lexicon import Anchor, Cue, Direction, Lexicon, inflect

__all__ = ["Found", "SentenceCues"]

_VERBAL = frozenset({"VERB", "AUX"})
# Adverbs that may stand between a modal and its verb.
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A cue where it stands: token range, and the token that is anchored."""

    cue: Cue
    start: int
    end: int
    token: Token

    def faces(self, value: Span) -> bool:
        """Say whether the value stands on the side that the cue looks to."""
        if self.cue.direction is Direction.FORWARD:
            return value.start >= self.end
        if self.cue.direction is Direction.BACKWARD:
            return value.end <= self.start
        return True


class SentenceCues:
    """The cues of one sentence by the token that must govern a value.

    anchored: token index to the cues that speak where that token is passed on the way up.
    terminators: token indexes at which every way up ends.
    beside, headline: cues that need no governor.
    """

    def __init__(self, sentence: Span, lexicon: Lexicon, *, title: bool) -> None:
        self.start = sentence.start
        self.anchored: dict[int, list[tuple[Anchor, Found]]] = {}
        self.terminators: set[int] = set()
        self.beside: list[Found] = []
        self.headline: list[Found] = []
        for found in _scan(sentence, lexicon):
            self._file(found, sentence, title, lexicon)

    def _file(self, found: Found, sentence: Span, title: bool, lexicon: Lexicon) -> None:
        if found.cue.direction is Direction.TERMINATE:
            self.terminators.update(range(found.start, found.end))
            return
        for anchor in found.cue.anchor:
            if anchor is Anchor.NEXT:
                self.beside.append(found)
            elif anchor is Anchor.HEADLINE:
                if title and _opens_headline(found, sentence, lexicon):
                    self.headline.append(found)
            else:
                for governor in _governors(anchor, found.token):
                    self.anchored.setdefault(governor.i, []).append((anchor, found))


def _governors(anchor: Anchor, token: Token) -> Iterator[Token]:
    """Yield the words that the anchor stands for; *to* speaks of the subject too: *300 drivers are to lose*."""
    if anchor is Anchor.MODIFIED and token.dep_ != "amod":
        return
    governor = token.head if anchor in (Anchor.HEAD, Anchor.MODIFIED) else token
    if anchor is Anchor.HEAD and token.tag_ == "MD" and governor.pos_ not in _VERBAL:
        # the parser takes a clitic for something else (*you’d pay*): the next verb is its own
        behind = token.doc[token.i + 1 : min(token.i + 1 + _NEAR, token.sent.end)]
        governor = next((word for word in behind if word.pos_ in _VERBAL), governor)
    yield governor
    if anchor is Anchor.HEAD and token.tag_ == "TO" and governor.dep_ == "xcomp" and governor.head.lemma_ == "be":
        yield governor.head


def _scan(sentence: Span, lexicon: Lexicon) -> Iterator[Found]:
    """Yield the cues from left to right, the longest first; a pseudo-cue swallows its words."""
    doc, position = sentence.doc, sentence.start
    while position < sentence.end:
        matched = False
        for key in (doc[position].lower_, f"<{doc[position].lemma_.lower()}>"):
            for cue in lexicon.by_first.get(key, ()):
                end = _match(cue, sentence, position)
                if end is not None:
                    if cue.direction is not Direction.PSEUDO:
                        yield Found(cue, position, end, doc[end - 1])
                    position, matched = end, True
                    break
            if matched:
                break
        position += 0 if matched else 1


def _match(cue: Cue, sentence: Span, position: int) -> int | None:
    """Return the end of the cue if it stands at `position`."""
    words = cue.text.split()
    end = position + len(words)
    if end > sentence.end:
        return None
    for offset, word in enumerate(words):
        token = sentence.doc[position + offset]
        forms = inflect(word)
        if token.lower_ not in forms and f"<{token.lemma_.lower()}>" not in forms:
            return None
    if cue.tags and not sentence.doc[end - 1].tag_.startswith(cue.tags):
        return None
    return end


def _opens_headline(found: Found, sentence: Span, lexicon: Lexicon) -> bool:
    """Say whether an infinitive is the headline's main verb: a name before it and no finite verb."""
    if found.start == sentence.start or found.end >= sentence.end:
        return False
    verb = sentence.doc[found.end]
    if not (verb.tag_.startswith("VB") or verb.lower_ in lexicon.commitments):
        return False
    return not any(token.tag_ in ("VBD", "VBZ", "MD") for token in sentence.doc[sentence.start : found.start])
