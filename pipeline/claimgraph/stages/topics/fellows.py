"""Of whom the article's other quantities are: what is counted or measured alike usually belongs to the same entity."""

from collections import Counter
from collections.abc import Hashable, Sequence, Set

from claimgraph.stages.topics.sites import Site, Sites

__all__ = ["Fellows"]


class Fellows:
    """Compares each quantity with those of the same unit, of the same noun, of its sentence, and its neighbours."""

    def __init__(self, sites: Sites, owners: Sequence[Set[int]]) -> None:
        self._owners = owners
        self._keys = [_keys(site) for site in sites.all]
        self._size = Counter(key for keys in self._keys for key in keys)
        self._tied = Counter(
            (key, n) for keys, held in zip(self._keys, owners, strict=True) for key in keys for n in held
        )

    def of(self, number: int, index: int) -> dict[str, float]:
        """Say at which share of the fellows of a quantity the entity with this number is grammatically its owner."""
        unit, noun, sentence = self._keys[index]
        return {
            "tied_unit": self._share(unit, number, index),
            "tied_noun": self._share(noun, number, index),
            "tied_sentence": self._share(sentence, number, index),
            "tied_before": index > 0 and number in self._owners[index - 1],
            "tied_after": index + 1 < len(self._owners) and number in self._owners[index + 1],
        }

    def _share(self, key: Hashable, number: int, index: int) -> float:
        others = self._size[key] - 1
        return (self._tied[key, number] - (number in self._owners[index])) / others if others else 0.0


def _keys(site: Site) -> tuple[Hashable, Hashable, Hashable]:
    quantity = site.quantity
    return (quantity.kind, quantity.unit), site.phrase.lemma_, site.number
