"""What does a graph cost as it grows: bringing claims in, attaching one article, asking?

    python tests/benchmarks/bench_attach.py [--db PATH_OR_URL] [--workers N] [--articles N] [CLAIMS …]

Fills one graph with generated news (`news.py`) in bulk, up to every size in turn, the work put off included, then
attaches articles one by one and asks questions. Prints a row a size:

- claims a second of bulk import since the size before (articles are prepared in other processes);
- milliseconds to attach one article: median, mean, 95th percentile, most; and, per article, to settle what was put off;
- 95th percentiles of the questions: `ask`, `show` of any observation and of the most stated ones, `timeline` (of one
  measure), `conflicts`, lists narrowed to an entity or a year; bytes per claim.

Times are processor time of this process and of the server's that serves it, so that others who work on the machine do
not count; with a server elsewhere they are by the clock. The last lines are the ratios between the largest and the
smallest size.
"""

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from pathlib import Path
from random import Random
from statistics import mean, median, quantiles
from tempfile import TemporaryDirectory

import news
from sqlalchemy import func, select, text

from claimgraph.graphs import Graph
from claimgraph.store.attach import attach_prepared, settle
from claimgraph.store.bulk import attach_all, prepared
from claimgraph.store.lists import same_measure
from claimgraph.store.observations import Filter
from claimgraph.store.preparing import Prepared
from claimgraph.store.schema import observation
from claimgraph.store.store import Store

_ASKED = 40  # questions of a kind
_HEAD = (
    "   claims  import/s   median   mean    p95    most settle    ask  show hottest timeline conflicts entity   year "
    "B/claim"
)


class Bench:
    """One graph that grows."""

    def __init__(self, target: str, workers: int | None, articles: int) -> None:
        self.store, self.workers, self.articles = Store(target), workers, articles
        self.graph = Graph(self.store)
        self.graph.relink()  # stamps the new graph
        self.claims = self.number = 0
        self.clock = _clock(self.store)

    def timed(self, work: Callable[[], object]) -> float:
        """Return the milliseconds that a piece of work takes."""
        began = self.clock()
        work()
        return (self.clock() - began) * 1000

    def grow(self, size: int) -> float:
        """Bring claims in until there are so many; return the claims a second."""
        before = self.claims
        items = self._until(size, prepared(news.prepared, count(self.number), self.workers))
        took = self.timed(lambda: attach_all(self.store, items, 1))
        return (self.claims - before) / max(took, 1e-9) * 1000

    def _until(self, size: int, items: Iterable[Prepared]) -> Iterable[Prepared]:
        for item in items:
            if self.claims >= size:
                return
            self.claims += len(item.claims)
            self.number += 1
            yield item

    def attach(self) -> tuple[list[float], float]:
        """Attach articles one by one; return the milliseconds of each, and of settling, by article."""
        times = []
        for item in list(map(news.prepared, range(self.number, self.number + self.articles))):
            times.append(self.timed(lambda item=item: self._attach(item)))
            self.claims += len(item.claims)
        self.number += self.articles
        return times, self.timed(self._settle) / self.articles

    def _attach(self, item: Prepared) -> None:
        with self.store.writer() as connection:
            attach_prepared(connection, [item], run=1)

    def _settle(self) -> None:
        with self.store.writer() as connection:
            settle(connection, run=1)

    def questions(self) -> dict[str, float]:
        """Return the 95th percentile of every kind of question."""
        some, hot = self._some(), [item.key for item in self.graph.observations(limit=5)]
        graph = self.graph
        calls: dict[str, list[Callable[[], object]]] = {
            "ask": [lambda row=row: graph.ask(_question(row)) for row in some],
            "show": [lambda row=row: graph.observation(row.key) for row in some],
            "hottest": [lambda key=key: graph.observation(key) for key in hot],
            "timeline": [lambda row=row: self._timeline(row) for row in some],
            "conflicts": [graph.conflicts] * 5,
            "entity": [
                lambda row=row: (graph.conflicts(_about(row)), graph.observations(_about(row))) for row in some[:10]
            ],
            "year": [lambda row=row: graph.observations(Filter(year=row.year)) for row in some[:10]],
        }
        for work in calls.values():
            work[0]()  # opens what is opened once
        return {name: _p95([self.timed(call) for call in work]) for name, work in calls.items()}

    def _some(self) -> Sequence:
        random = Random(1)
        with self.store.view() as connection:
            last = connection.scalar(select(func.max(observation.c.id)))
            ids = [random.randint(1, last) for _ in range(2 * _ASKED)]
            return list(connection.execute(select(observation).where(observation.c.id.in_(ids)).limit(_ASKED)))

    def _timeline(self, row) -> None:
        view = self.graph.observation(row.key)
        with self.graph.view() as connection:
            same_measure(connection, view.summary)


def _clock(store: Store) -> Callable[[], float]:
    """Return what tells the seconds of work so far; the one connection that is opened here is used again and again."""
    if store.path:
        return time.process_time
    with store.view() as connection:
        spent = Path(f"/proc/{connection.scalar(text('SELECT pg_backend_pid()'))}/schedstat")
    if not spent.exists():
        return time.perf_counter
    return lambda: time.process_time() + int(spent.read_text().split()[0]) / 1e9


def _question(row) -> str:
    return f"how many {row.subject} {_name(row)} in {row.year}?"


def _about(row) -> Filter:
    return Filter(entity=_name(row))


def _name(row) -> str:
    return row.entity.strip('[]"').split('"')[0]


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[-1]


def measure(bench: Bench, sizes: Sequence[int]) -> None:
    """Print the table."""
    print(_HEAD, flush=True)
    kept: list[tuple[float, float]] = []
    for size in sizes:
        speed = bench.grow(size)
        times, settling = bench.attach()
        asked = bench.questions()
        kept.append((median(times), mean(times)))
        path = bench.store.path
        room = f"{path.stat().st_size / bench.claims:7.0f}" if path else "      -"
        said = f"{median(times):8.1f} {mean(times):6.1f} {_p95(times):6.1f} {max(times):7.1f} {settling:6.1f}"
        widths = zip(asked.values(), (6, 5, 7, 8, 9, 6, 6), strict=True)
        queries = " ".join(f"{value:{width}.0f}" for value, width in widths)
        print(f"{bench.claims:9,} {speed:9,.0f} {said} {queries} {room}", flush=True)
    for name, at in (("median", 0), ("mean", 1)):
        print(f"attach, {name}, largest against smallest size: {kept[-1][at] / kept[0][at]:.1f} x")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--db")
    parser.add_argument("--workers", type=int)
    parser.add_argument("--articles", type=int, default=100, help="attached one by one at every size")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        bench = Bench(given.db or str(Path(folder) / "graph.db"), given.workers, given.articles)
        measure(bench, given.claims)
        bench.store.close()


if __name__ == "__main__":
    main()
