"""The recognised entities of a doc, found by where they stand."""

from bisect import bisect_left

from spacy.tokens import Doc, Span

__all__ = ["Entities"]


class Entities:
    """Finds the entities of ranges of one doc; `Span.ents` looks at the whole doc whenever it is asked."""

    def __init__(self, doc: Doc) -> None:
        self._all = tuple(doc.ents)
        self._starts = [entity.start for entity in self._all]

    def within(self, span: Span) -> tuple[Span, ...]:
        """Return the entities that lie wholly in a range, in order."""
        found = self._all[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]
        return found[:-1] if found and found[-1].end > span.end else found
