"""Claims of one observation in classes: equal statements, whoever makes them, and who is behind each.

Classes are compared, never pairs of claims, so an observation with 50,000 claims of one toll costs as little as one
with two.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

__all__ = ["Class", "Witness", "classes_of", "independent"]


class Witness(Protocol):
    """One claim, reduced to what it states and who is behind it."""

    id: int
    uid: str
    question: int
    value_class: int
    origin: str
    article: int
    voice: int
    start: int
    outlet: str | None
    published: str | None


@dataclass(slots=True)
class Class:
    """Claims that state the same.

    first: id of the claim that was published first, undated ones last; of those of one day the one nearest to the
        beginning of its article. origins: independent ones, numbered within
    the observation. articles: ids of the articles. voices: articles that are no copies of one another.
    """

    first: int
    claims: int = 0
    origins: set[int] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)


def classes_of(witnesses: Iterable[Witness]) -> list[Class]:
    """Gather an observation's claims into classes, the best supported first."""
    witnesses = list(witnesses)
    if len(witnesses) == 1:  # most observations: one claim, nothing to compare
        only = witnesses[0]
        return [Class(first=only.id, claims=1, origins={0}, articles={only.article})]
    ordered = sorted(witnesses, key=lambda row: (row.published is None, row.published or "", row.start, row.uid))
    origins = independent(ordered)
    classes: dict[tuple[int, int], Class] = {}
    for row in ordered:
        found = classes.setdefault((row.question, row.value_class), Class(first=row.id))
        found.claims += 1
        found.origins.add(origins[row.origin])
        found.articles.add(row.article)
    return sorted(classes.values(), key=lambda item: (-len(item.origins), -item.claims))


def independent(witnesses: Iterable[Witness]) -> dict[str, int]:
    """Number the origins; those that speak through copies of one article are one.

    An origin speaks through articles, and an article is one voice with its copies: what is independent are the
    connected components of origins and voices.
    """
    parent: dict[str | int, str | int] = {}

    def find(item: str | int) -> str | int:
        while (above := parent.setdefault(item, item)) != item:
            parent[item] = parent[above]
            item = above
        return item

    for row in witnesses:
        parent[find(row.origin)] = find(row.voice)
    roots: dict[str | int, int] = {}
    origins = sorted(item for item in parent if isinstance(item, str))
    return {origin: roots.setdefault(find(origin), len(roots)) for origin in origins}
