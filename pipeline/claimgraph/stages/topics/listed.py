"""Companies that a newswire's headline names by their ticker: *CRYSTAL OIL CO <COR> 4TH QTR LOSS*.

All is in capitals there, so that the recogniser can't tell the name from the words around it.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from claimgraph.stages import columns

__all__ = ["find_listed"]

_POSSESSIVES = frozenset({"'S", "’S", "'s", "’s", "'", "’"})
# Tokens of a ticker between its brackets, that of the exchange included (*<NMS.O>*); more are a name.
_TICKER = 3


def find_listed(title: Span) -> Iterator[tuple[int, int]]:
    """Yield the tokens, half open, of the company that opens a headline: before its ticker, or itself in brackets."""
    doc, start = title.doc, title.start
    words = columns.texts(doc)
    opening = next((i for i in range(start, title.end) if words[i] == "<"), title.end)
    closing = next((i for i in range(opening, title.end) if words[i] == ">"), title.end)
    if closing == title.end:
        return
    if opening == start and closing - opening > 2:
        yield from _name(doc, opening + 1, closing)
    elif opening > start and closing - opening - 1 <= _TICKER:
        yield from _name(doc, start, opening)


def _name(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Take a run of words in capitals, the possessive left out."""
    words = columns.texts(doc)
    if words[end - 1] in _POSSESSIVES:
        end -= 1
    if end > start and all(word.isupper() or not word[0].isalpha() for word in words[start:end]):
        yield start, end
