"""How fast are claims brought into a graph in bulk, as it grows?

    python tests/benchmarks/bench_import.py [--db PATH_OR_URL] [--workers N] [--keep FILE] [CLAIMS]

Writes articles (`news.py`) as `claimgraph export --all` does, which is not counted, and brings the file in as
`claimgraph import` does: other processes parse and prepare, this one attaches. For every batch of about 100,000 claims,
prints claims per second by the clock and by the processor time of this process, and the largest memory so far. The
last lines are over everything, settling and the start of processes included: by the clock, and by the processor time
of this process and of the others, the larger of which an idle machine with a core for each would take.
"""

import argparse
import resource
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import news

from claimgraph.config import preparing_fingerprint
from claimgraph.export import dump_line
from claimgraph.graphs import Graph
from claimgraph.store.carried import article_line
from claimgraph.store.moving import load_articles
from claimgraph.store.preparing import prepare
from claimgraph.store.store import Store

_STEP = 100_000


def write(target: Path, claims: int) -> None:
    """Write a file of so many claims, one article a line."""
    written = 0
    with target.open("w", encoding="utf-8") as sink:
        for item in map(prepare, news.articles(1)):
            sink.write(dump_line(article_line(item, preparing_fingerprint())) + "\n")
            written += len(item.claims)
            if written >= claims:
                return


class Meter:
    """Counts the claims of lines that pass, and prints how fast they do."""

    def __init__(self) -> None:
        self.claims = self.step = 0
        self.begun = self.at = (time.perf_counter(), time.process_time())

    def watch(self, lines: Iterable[str]) -> Iterator[str]:
        """Pass lines on."""
        for line in lines:
            yield line
            self.step += line.count('"sentence_start":')
            if self.step >= _STEP:
                self.claims += self.step
                self.say(self.step, self.at)
                self.step, self.at = 0, (time.perf_counter(), time.process_time())
        self.claims += self.step

    def say(self, claims: int, since: tuple[float, float]) -> None:
        wall, cpu = time.perf_counter() - since[0], time.process_time() - since[1]
        speed = f"{claims / wall:7,.0f}/s by the clock  {claims / cpu:7,.0f}/s of this process"
        print(f"{self.claims:9,} claims  {speed}  {_memory(resource.RUSAGE_SELF)} MB", flush=True)

    def end(self) -> None:
        self.say(self.claims, self.begun)
        others = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu, memory = others.ru_utime + others.ru_stime, _memory(resource.RUSAGE_CHILDREN)
        if cpu:
            print(f"{'':31} {self.claims / cpu:7,.0f}/s of the other processes  {memory} MB")


def _memory(who: int) -> int:
    return resource.getrusage(who).ru_maxrss // 1024


def load(source: Path, target: str, workers: int | None) -> None:
    """Bring a file in."""
    with Graph.open(target) as graph:
        graph.relink()  # stamps the new graph
    meter = Meter()
    with Store(target) as store, source.open(encoding="utf-8") as lines:
        load_articles(store, meter.watch(lines), by=preparing_fingerprint(), workers=workers)
    meter.end()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", nargs="?", type=int, default=30_000)
    parser.add_argument("--db")
    parser.add_argument("--workers", type=int)
    parser.add_argument("--keep", type=Path, help="file of articles; written if it is not there")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        source = given.keep or Path(folder) / "articles.jsonl"
        if not source.exists():
            write(source, given.claims)
        load(source, given.db or str(Path(folder) / "graph.db"), given.workers)


if __name__ == "__main__":
    main()
