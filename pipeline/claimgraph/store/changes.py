"""What articles of the latest runs changed: new contradictions, values that moved on, new observations.

Told from the graph as it is, by the run that brought each article: a value is new if no older article states it.
What a run took out leaves no trace and is not told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from sqlalchemy import Connection, func, select

from claimgraph.graph.records import Comparison
from claimgraph.records import Claim
from claimgraph.store.classes import Class, classes_of
from claimgraph.store.lists import last_run
from claimgraph.store.observations import summary_from_row
from claimgraph.store.results import Summary
from claimgraph.store.rows import AnyRow, chunks, load_claims
from claimgraph.store.schema import article, observation, run
from claimgraph.store.summaries import Compared, compare_classes, firsts, witnesses_of
from claimgraph.vocab import Label

__all__ = ["Change", "ChangeKind", "changes", "run_before"]

_PAGE = 200  # observations looked at together


class ChangeKind(StrEnum):
    """What a new article did to an observation, the most urgent first."""

    CONTRADICTED = "contradicted"  # it states a value that contradicts another
    MOVED = "moved"  # it moves an older value on
    NEW = "new"  # nobody answered before


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One new value of an observation, and what it is new against.

    before: the value that it contradicts or moves on; None for a new observation.
    comparison: of the two; None for a new observation.
    """

    kind: ChangeKind
    summary: Summary
    before: Claim | None
    after: Claim
    comparison: Comparison | None


def run_before(connection: Connection, since: str | None) -> int:
    """Return the last run that does not count.

    Args:
        since: number of the first run that counts, or the first moment (ISO 8601, or the beginning of one) at which
            runs count; None: the last run alone.
    """
    if since is None:
        return max(last_run(connection), 1) - 1
    if since.isdecimal() and len(since) != len("YYYYMMDD"):
        return int(since) - 1
    first = select(func.min(run.c.id)).where(run.c.started >= since)
    found = connection.execute(first).scalar_one()
    return last_run(connection) if found is None else int(found) - 1


def changes(connection: Connection, before: int) -> Iterator[Change]:
    """Yield what runs after `before` changed, contradictions first, then those that matter most.

    Args:
        before: the last run that does not count, as `run_before` gives it.
    """
    for kind in ChangeKind:
        yield from _of_kind(connection, before, kind)


def _of_kind(connection: Connection, before: int, kind: ChangeKind) -> Iterator[Change]:
    table = observation.c
    # `+ 0` keeps the planner off the index of runs, as one run may have brought everything
    since = table.run > before if kind is ChangeKind.NEW else table.run + 0 > before
    asked = select(table.id).where(since).order_by(table.score.desc(), table.origins.desc(), table.key)
    if kind is ChangeKind.CONTRADICTED:
        asked = asked.where(table.score > 0)
    elif kind is ChangeKind.MOVED:
        asked = asked.where(table.updating > 0)
    ids = iter(connection.scalars(asked).all())
    while page := list(islice(ids, _PAGE)):
        yield from _changes_of(connection, page, before, kind)


def _changes_of(connection: Connection, ids: Sequence[int], before: int, kind: ChangeKind) -> Iterator[Change]:
    rows = {row.id: row for row in connection.execute(select(observation).where(observation.c.id.in_(ids)))}
    witnesses = witnesses_of(connection, ids)
    fresh = _fresh_articles(connection, {row.article for found in witnesses.values() for row in found}, before)
    for id in ids:
        classes = classes_of(witnesses[id])
        yield from _changes_in(connection, rows[id], classes, fresh, kind)


def _fresh_articles(connection: Connection, ids: set[int], before: int) -> set[int]:
    """Return which of the articles came after a run."""
    found: set[int] = set()
    for part in chunks(ids):
        found.update(connection.scalars(select(article.c.id).where(article.c.id.in_(part), article.c.run > before)))
    return found


def _changes_in(
    connection: Connection, row: AnyRow, classes: Sequence[Class], fresh: set[int], kind: ChangeKind
) -> Iterator[Change]:
    new = [item for item in classes if item.articles <= fresh]
    if not new:
        return
    summary = summary_from_row(row)
    if kind is ChangeKind.NEW:
        if len(new) == len(classes):
            claims = load_claims(connection, [new[0].first])
            yield Change(kind=kind, summary=summary, before=None, after=claims[new[0].first], comparison=None)
        return
    claims = load_claims(connection, firsts(classes))
    label = Label.CONTRADICT if kind is ChangeKind.CONTRADICTED else Label.UPDATE
    compared = [item for item in compare_classes(classes, claims) if item.comparison.label is label]
    if kind is ChangeKind.MOVED:  # what one batch brings and moves on itself is no news about an older value
        compared = [item for item in compared if not (item.a.articles | item.b.articles) <= fresh]
    for found in _first_for_each(compared, new):
        yield _change(kind, summary, found, new, claims[found.a.first], claims[found.b.first])


def _first_for_each(compared: Sequence[Compared], new: Sequence[Class]) -> Iterator[Compared]:
    """Keep one comparison a new value, that with the best supported value; between two new ones each pair once."""
    told: set[int] = set()
    fresh = {id(item) for item in new}
    for item in compared:
        sides = [id(side) for side in (item.a, item.b) if id(side) in fresh]
        if sides and not told.issuperset(sides):
            told.update(sides)
            yield item


def _change(kind: ChangeKind, summary: Summary, found: Compared, new: Sequence[Class], a: Claim, b: Claim) -> Change:
    """Put the new value after the older one; of two new ones the later after the earlier."""
    fresh = {id(item) for item in new}
    sides = [(id(found.a) in fresh, a.published or "", a), (id(found.b) in fresh, b.published or "", b)]
    (_, _, before), (_, _, after) = sorted(sides, key=lambda side: (*side[:2], side[2].id))
    return Change(kind=kind, summary=summary, before=before, after=after, comparison=found.comparison)
