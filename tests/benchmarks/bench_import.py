"""How fast are claims brought into a graph in bulk, as it grows?

    python tests/benchmarks/bench_import.py [--db PATH_OR_URL] [--workers N] [CLAIMS]

Makes articles (`news.py`) and prepares them in other processes, as `claimgraph import` prepares what it reads, and
attaches them in this one. For every batch of about 100,000 claims, prints claims per second, by the clock and by the
processor time of this process, and the largest memory so far. The last line is over everything, settling included.
"""

import argparse
import resource
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import news

from claimgraph.graphs import Graph
from claimgraph.store.bulk import attach_all, prepared
from claimgraph.store.preparing import Prepared
from claimgraph.store.store import Store

_STEP = 100_000


class Meter:
    """Counts claims that pass, and prints how fast they do."""

    def __init__(self, limit: int) -> None:
        self.limit, self.claims, self.step = limit, 0, 0
        self.begun = self.at = (time.perf_counter(), time.process_time())

    def watch(self, items: Iterator[Prepared]) -> Iterator[Prepared]:
        """Pass on articles until there are claims enough."""
        for item in items:
            yield item
            self.claims += len(item.claims)
            self.step += len(item.claims)
            if self.step >= _STEP:
                self.say(self.step, self.at)
                self.step, self.at = 0, (time.perf_counter(), time.process_time())
            if self.claims >= self.limit:
                return

    def say(self, claims: int, since: tuple[float, float]) -> None:
        wall, cpu = time.perf_counter() - since[0], time.process_time() - since[1]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        speed = f"{claims / wall:7,.0f}/s by the clock  {claims / cpu:7,.0f}/s of this process"
        print(f"{self.claims:9,} claims  {speed}  {memory} MB", flush=True)


def build(target: str, claims: int, workers: int | None) -> None:
    """Fill a graph with so many claims."""
    with Graph.open(target) as graph:
        graph.relink()  # stamps the new graph
    meter = Meter(claims)
    with Store(target) as store:
        attach_all(store, meter.watch(prepared(news.prepared, count(), workers)), 1)
    meter.say(meter.claims, meter.begun)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", nargs="?", type=int, default=30_000)
    parser.add_argument("--db")
    parser.add_argument("--workers", type=int)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        build(given.db or str(Path(folder) / "graph.db"), given.claims, given.workers)


if __name__ == "__main__":
    main()
