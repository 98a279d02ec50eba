"""Walk from a value up its sentence: which words govern it, and through which dependencies.

Shared by the stages that ask what a value stands under (a modal, a plan, a speaker). A walk is as long as the
parse is deep and never longer than `_DEPTH`, so a hostile sentence of a megabyte costs no more than any other.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

__all__ = ["Sentences", "Step", "climb", "finite", "head_token", "is_past", "is_prose", "own_subject", "subjects"]

# Longer sentences (tables and lists without full stops, hostile input) have no parse worth reading, and reading one
# child at a time there would cost the square of their length.
_PROSE = 500

# Deeper than any sentence of prose; parses of lists and of hostile input can be as deep as they are long.
_DEPTH = 40

_FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})


@dataclass(frozen=True, slots=True)
class Step:
    """A word above the value and the word below it through which it was reached (None for the value's own)."""

    token: Token
    below: Token | None

    @property
    def dep(self) -> str:
        """The dependency of the word below on this one; empty for the value's own word."""
        return self.below.dep_ if self.below is not None else ""


def head_token(doc: Doc, start: int, end: int) -> Token | None:
    """Return the token that heads the characters `start:end`, or None where no token covers them."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    return span.root


class Sentences:
    """The sentences of a doc by character and token; `token.sent` walks to both edges, which long sentences punish."""

    def __init__(self, doc: Doc) -> None:
        self.spans = list(doc.sents)
        self._chars = [span.start_char for span in self.spans]
        self._tokens = [span.start for span in self.spans]

    def at(self, start: int) -> Span:
        """Return the sentence that holds the character `start`."""
        return self.spans[max(0, bisect_right(self._chars, start) - 1)]

    def of(self, token: int) -> Span:
        """Return the sentence that holds the token of this index."""
        return self.spans[max(0, bisect_right(self._tokens, token) - 1)]


def is_prose(sentence: Span) -> bool:
    """Say whether a sentence is short enough that its parse means something."""
    return len(sentence) <= _PROSE


def climb(token: Token) -> Iterator[Step]:
    """Yield the token itself, then its heads up to the root of its sentence."""
    below: Token | None = None
    for _ in range(_DEPTH):
        yield Step(token, below)
        if token.head.i == token.i:
            return
        below, token = token, token.head


def finite(verb: Token) -> bool:
    """Say whether the verb is finite by itself or through an auxiliary."""
    if verb.tag_ in _FINITE_TAGS:
        return True
    return any(child.dep_ in ("aux", "auxpass") and child.tag_ in _FINITE_TAGS for child in verb.children)


def is_past(token: Token) -> bool:
    """Say whether the verb that governs a word is told as past: *fell*, *has fallen*, *was cut*."""
    verb = next((step.token for step in climb(token) if step.token.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        return False
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(helper.tag_ == "MD" for helper in helpers):
        return False
    return verb.tag_ == "VBD" or any(helper.tag_ == "VBD" or helper.norm_ in ("have", "has") for helper in helpers)


def subjects(verb: Token) -> list[Token]:
    """Return the verb's own subjects, in order."""
    return [child for child in verb.children if child.dep_ in SUBJECTS]


def own_subject(verb: Token) -> bool:
    """Say whether the verb has a subject of its own rather than sharing one."""
    return any(child.dep_ in SUBJECTS for child in verb.children)
