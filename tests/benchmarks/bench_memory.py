"""How much memory does ingesting take, does it stay flat, and what does a second run over the same articles cost?

    python tests/benchmarks/bench_memory.py [ARTICLES] [STEP]

Ingests ARTICLES (default 6,000) of ../shared/bulk in one process and prints what memory it holds at every STEP (500)
articles, and the peak. Then runs again over the same file, and over the same articles in a file with another date,
which are told apart by their content; each as a share of the first run's processor time.
"""

import gzip
import os
import resource
import sys
import time
import warnings
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bench_extract import BULK

from claimgraph.graphs import Graph

_PAGE = os.sysconf("SC_PAGE_SIZE")


def held():
    """Megabytes that this process holds now; the most it ever held where the system does not tell."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * _PAGE / 2**20 if statm.exists() else peak()


def peak():
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**20 if sys.platform == "darwin" else most / 2**10


class Meter:
    """Told of every article that is done; prints one line for every so many."""

    def __init__(self, step):
        self.step, self.articles, self.claims, self.begun = step, 0, 0, time.process_time()

    def __call__(self, progress):
        self.articles += 1
        self.claims += progress.claims
        if self.articles % self.step == 0:
            self.say()

    def say(self):
        spent = 1000 * (time.process_time() - self.begun) / max(self.articles, 1)
        print(f"{self.articles:7,} articles {self.claims:9,} claims {held():7.0f} MB {spent:7.1f} ms each", flush=True)


def ingest(graph, path, progress=None):
    """Return processor seconds and the report of one run."""
    begun = time.process_time()
    report = graph.ingest([path], workers=1, progress=progress)
    return time.process_time() - begun, report


def main(articles=6000, step=500):
    if not BULK.exists():
        sys.exit("needs ../shared/bulk/articles.jsonl.gz, which is not part of the repository")
    warnings.simplefilter("ignore")
    with TemporaryDirectory() as folder, Graph.open(str(Path(folder) / "memory.db")) as graph:
        path = Path(folder) / "articles.jsonl"
        with gzip.open(BULK, "rt", encoding="utf-8") as lines, path.open("w", encoding="utf-8") as file:
            file.writelines(islice(lines, articles))
        meter = Meter(step)
        first, report = ingest(graph, path, meter)
        meter.say()
        print(f"peak {peak():.0f} MB; {report.new:,} articles new, {len(report.failed)} failed, {first:.0f} s")
        again, report = ingest(graph, path)
        print(f"again, the same file: {100 * again / first:.3f} % ({report.unchanged:,} unchanged, {again:.2f} s)")
        os.utime(path, (0, 0))
        again, report = ingest(graph, path)
        print(f"again, another date: {100 * again / first:.3f} % ({report.unchanged:,} unchanged, {again:.2f} s)")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
