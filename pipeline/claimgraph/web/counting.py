"""What is counted over the whole graph: kept until a run or judgement changes it, counted anew behind the page.

Counting a million claims takes most of a second, so the page that first notices a change shows the counts from before
it while they are taken anew; on small graphs it waits for them.
"""

import threading
import time
from dataclasses import dataclass

from sqlalchemy import Connection

from claimgraph.errors import StoreError
from claimgraph.graphs import Graph
from claimgraph.store.lists import Choices, choices, last_run
from claimgraph.store.looking import judged_until
from claimgraph.store.observations import Filter, observations
from claimgraph.store.report import Totals
from claimgraph.store.results import Summary
from claimgraph.store.totals import totals

__all__ = ["Counted", "Counts"]

_PATIENCE = 0.1  # seconds that a page waits for counts


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts of one state of the graph; most: the observations with the most sources."""

    run: int
    judged: int
    choices: Choices
    totals: Totals
    most: tuple[Summary, ...]


class Counts:
    """The counts of one graph, for many threads."""

    def __init__(self, graph: Graph, most: int) -> None:
        self._graph, self._most = graph, most
        self._counted: Counted | None = None
        self._took = 0.0
        self._lock = threading.Lock()

    def now(self) -> Counted:
        """Return the counts: of this moment where that is quick, else those at hand."""
        with self._graph.view() as connection:
            state = last_run(connection), judged_until(connection)
        known = self._counted
        if known is not None and (known.run, known.judged) == state:
            return known
        if known is None or self._took < _PATIENCE:
            return self._count()
        if self._lock.acquire(blocking=False):  # else somebody is at it
            threading.Thread(target=self._recount, daemon=True).start()
        return known

    def _recount(self) -> None:
        try:
            self._count()
        except StoreError:
            return  # the next page tries again, and tells
        finally:
            self._lock.release()

    def _count(self) -> Counted:
        started = time.perf_counter()
        with self._graph.view() as connection:
            counted = self._counted = _counted(connection, self._most)
        self._took = time.perf_counter() - started
        return counted


def _counted(connection: Connection, most: int) -> Counted:
    return Counted(
        run=last_run(connection),
        judged=judged_until(connection),
        choices=choices(connection),
        totals=totals(connection),
        most=tuple(observations(connection, Filter(), most)),
    )
