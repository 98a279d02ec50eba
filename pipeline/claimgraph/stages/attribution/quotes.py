"""Find the quotations of an article from their marks alone; most of them stand in sentences that nobody parsed."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

__all__ = ["Quotation", "find_quotations"]

_OPEN = frozenset({"“", "``", "„"})
_CLOSE = frozenset({"”", "''"})
_PLAIN = frozenset({'"'})

# Shorter ones are words that the writer holds at arm's length ("stable"), not utterances.
_UTTERANCE = 4


@dataclass(frozen=True, slots=True)
class Quotation:
    """The tokens between two quotation marks, of a paragraph that starts at token `paragraph`.

    open: the paragraph ended before the mark was closed, so the next paragraph goes on.
    """

    start: int
    end: int
    paragraph: int
    open: bool


def find_quotations(doc: Doc) -> list[Quotation]:
    """Return the quotations in order; marks are matched inside a paragraph, as print does it."""
    return [q for start, end in _paragraphs(doc) for q in _in_paragraph(doc, start, end)]


def _paragraphs(doc: Doc) -> Iterator[tuple[int, int]]:
    start = 0
    for token in doc:
        if token.is_space and "\n" in token.text:
            if token.i > start:
                yield start, token.i
            start = token.i + 1
    if start < len(doc):
        yield start, len(doc)


def _in_paragraph(doc: Doc, start: int, end: int) -> Iterator[Quotation]:
    opened: int | None = None
    for position in range(start, end):
        text = doc[position].text
        if opened is None:
            if text in _OPEN or text in _PLAIN:
                opened = position + 1
        elif text in _CLOSE or text in _PLAIN:
            if position - opened >= _UTTERANCE:
                yield Quotation(opened, position, start, open=False)
            opened = None
    if opened is not None and end - opened >= _UTTERANCE:
        yield Quotation(opened, end, start, open=True)
