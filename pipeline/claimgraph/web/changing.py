"""The page of what changed since a run: new contradictions, values that moved on, new observations."""

from itertools import islice

from claimgraph.graphs import Graph
from claimgraph.store.changes import Change
from claimgraph.store.looking import runs
from claimgraph.web.statements import statement
from claimgraph.web.views import Changed, ChangesPage
from claimgraph.web.words import question

__all__ = ["changes_page"]

_RUNS = 12  # offered to choose from
_DIGITS = 12  # of a number that no run has, and that a database may not hold


def changes_page(graph: Graph, since: str, *, limit: int) -> ChangesPage:
    """Gather what changed.

    Args:
        graph: to look at.
        since: first run that counts, or a moment (ISO 8601); empty: the last run alone.
        limit: changes at most, the most urgent first.
    """
    first = since if not since.isdecimal() or len(since) < _DIGITS else "9" * (_DIGITS - 1)
    found = list(islice(graph.changes(first or None), limit + 1))
    with graph.view() as connection:
        latest = runs(connection, _RUNS)
    return ChangesPage(
        since=since, changes=tuple(map(_changed, found[:limit])), more=len(found) > limit, runs=tuple(latest)
    )


def _changed(item: Change) -> Changed:
    return Changed(
        kind=str(item.kind),
        observation=item.summary.key,
        question=question(item.summary),
        reason=item.comparison.reason if item.comparison else "",
        before=statement(item.before) if item.before else None,
        after=statement(item.after),
    )
