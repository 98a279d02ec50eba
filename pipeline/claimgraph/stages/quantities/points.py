"""Points: percentage points of a poll, points of an index, or points that somebody scored."""

from dataclasses import dataclass

from spacy.tokens import Token

from claimgraph.lexicon import load_entries
from claimgraph.records import Span
from claimgraph.stages.quantities.reading import Reading
from claimgraph.stages.quantities.site import Site
from claimgraph.vocab import Kind

__all__ = ["PointEntry", "PointReader"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PointEntry:
    """A `[[points]]` of points.toml."""

    name: str
    kind: Kind
    unit: str
    words: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    weak: tuple[str, ...] = ()


class PointReader:
    """Decides by the words of the sentence what sort of points is meant."""

    def __init__(self, language: str) -> None:
        self._entries = load_entries(language, "points", "points", PointEntry, "name")
        self._word = {word: entry for entry in self._entries for word in entry.words}
        self._weak = {word: entry for entry in self._entries for word in entry.weak}

    def read(self, site: Site, noun: Token) -> Reading:
        """Return the reading of `N points`: by the nearest telling word, else the first entry."""
        near = [*site.right(count=40), *site.left(count=40)]
        telling = _telling(site, near, self._word) or _telling(site, near, self._weak)
        entry = min(telling, key=lambda pair: pair[0])[1] if telling else self._entries[0]
        end = noun.idx + len(noun)
        return Reading(
            kind=entry.kind,
            unit=entry.unit,
            start=site.mention.start,
            end=end,
            rule=f"points.{entry.name}",
            noun=Span(start=noun.idx, end=end),
            sure=bool(telling),
        )


def _telling(site: Site, near: list[Token], words: dict[str, PointEntry]) -> list[tuple[int, PointEntry]]:
    """Return the entries of the words that tell, with their distance."""
    return [(abs(token.i - site.first), words[token.lower_]) for token in near if token.lower_ in words]
