"""Names that are written small: what is traded (*the euro*), medicines (*losartan*), outbreaks (*the Ebola epidemic*).

The recogniser goes by capitals and leaves these out.
"""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from claimgraph.stages import columns
from claimgraph.stages.topics.gazetteer import EntityKind, Gazetteer
from claimgraph.stages.topics.sites import SUBJECTS

__all__ = ["find_lowercase"]

_BESIDE = frozenset({"compound", "amod", "nmod"})
# Letters of a medicine's stem that are compared; the longest stem has as many.
_STEM = 9
# Letters before a stem, at least: the stem alone is another word (*orphan*).
_BEFORE = 1


def find_lowercase(sentence: Span, gazetteer: Gazetteer) -> Iterator[tuple[int, int, EntityKind]]:
    """Yield the tokens of a sentence's names that begin with a small letter, half open, and what is named, in order.

    Args:
        sentence: a tagged and parsed sentence.
        gazetteer: instruments, stems of medicines, nouns of outbreaks.
    """
    doc = sentence.doc
    words = columns.lowers(doc)
    for i in range(sentence.start, sentence.end):
        if words[i] in gazetteer.instruments:
            yield from _instrument(doc[i])
        elif words[i] in gazetteer.outbreaks:
            yield from _outbreak(doc[i])
        elif is_medicine(words[i], gazetteer.medicines):
            yield i, i + 1, EntityKind.PRODUCT


def is_medicine(word: str, stems: frozenset[str]) -> bool:
    """Say whether a word ends as the international name of a medicine.

    Args:
        word: in lower case.
        stems: endings such as `statin`.

    Source: WHO, "The use of stems in the selection of International Nonproprietary Names (INN) for pharmaceutical
    substances"; the common stem of a class of medicines stands at the end of each name.
    """
    longest = min(_STEM, len(word) - _BEFORE)
    return word.isalpha() and any(word[-size:] in stems for size in range(longest, 2, -1))


def _instrument(token: Token) -> Iterator[tuple[int, int, EntityKind]]:
    """Take what is traded where it is the subject: *the euro*, *the Mexican peso*."""
    if token.dep_ in SUBJECTS:
        marks = [child.i for child in token.lefts if child.dep_ in _BESIDE and child.text[0].isupper()]
        yield min(marks, default=token.i), token.i + 1, EntityKind.PRODUCT


def _outbreak(token: Token) -> Iterator[tuple[int, int, EntityKind]]:
    """Take an outbreak that is called by its disease: *the measles outbreak*; not *the outbreak*, *a big outbreak*."""
    marks = [child.i for child in token.lefts if child.dep_ in ("compound", "nmod")]
    if marks:
        yield min(marks), token.i + 1, EntityKind.EVENT
