"""Time to the first view of the explorer, and of every kind of page, on generated claims.

    python tests/benchmarks/bench_web.py [--db PATH] [CLAIMS …]

For every size (default 1,000 and 10,000), or for a graph that is there, starts `claimgraph serve` as a user would and
prints: seconds until it says where it is, milliseconds of the first request for the start page, then of the second
request for each page (the best of three), with its size. The generator is `news.py`; a graph of a million
claims is made with `bench_import.py --db PATH 1000000`.
"""

import argparse
import json
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

import news

from claimgraph.graphs import Graph
from claimgraph.store.bulk import attach_all
from claimgraph.store.store import Store

_PER_ARTICLE = 8.5  # claims, on average


def grow(path: Path, claims: int) -> None:
    """Make a graph of generated claims."""
    with Graph.open(path) as graph:
        graph.relink()  # stamps the new graph
    with Store(path) as store:
        attach_all(store, map(news.prepared, range(round(claims / _PER_ARTICLE))), 1)


def start(path: Path) -> tuple[subprocess.Popen[str], str, float]:
    """Serve a graph on a free port; return the process, its address, and the seconds until it said so."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "claimgraph", "serve", "--db", str(path), "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert server.stderr
    line = server.stderr.readline()
    return server, line.split(" is at ")[1].split("/ ")[0], time.perf_counter() - began


def get(address: str) -> tuple[float, bytes]:
    """Return the milliseconds of a request, and what came."""
    began = time.perf_counter()
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server
        body = answer.read()
    return 1000 * (time.perf_counter() - began), body


def pages_of(address: str) -> dict[str, str]:
    """Name a page of every kind."""
    shown = json.loads(get(f"{address}/?format=json")[1])
    found = {"start": "/", "search": "/?q=people+killed", "filtered": "/?kind=money&year=2019"}
    if shown["conflicts"]:
        card = shown["conflicts"][0]
        side = card["sides"][0]
        found |= {
            "observation": f"/observation/{card['observation']}",
            "article": f"/article?id={urllib.parse.quote(side['article'], safe='')}",
            "outlet": f"/outlet?name={urllib.parse.quote(side['outlet'])}",
            "entity": f"/entity?name={urllib.parse.quote(card['entities'][0])}",
            "judge": f"/judge?claim={side['claim']}",
        }
    return found | {"changes": "/changes", "articles": "/articles", "judgements": "/judgements"}


def measure(path: Path) -> None:
    """Print the times of one graph."""
    with Graph.open(path, read_only=True) as graph:
        print(f"{graph.totals().claims:,} claims")
    server, address, seconds = start(path)
    try:
        print(f"  up after             {seconds:8.2f} s")
        print(f"  first view           {get(address)[0]:8.0f} ms")
        for name, page in pages_of(address).items():
            times, sizes = zip(
                *((took, len(body)) for took, body in (get(address + page) for _ in range(3))), strict=True
            )
            print(f"  {name:20} {min(times):8.0f} ms {sizes[0] // 1000:6,} kB")
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the pages of the explorer.")
    parser.add_argument("--db", type=Path, help="a graph that is there")
    parser.add_argument("claims", type=int, nargs="*", default=[1_000, 10_000])
    options = parser.parse_args()
    if options.db:
        measure(options.db)
        return
    for claims in options.claims:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "graph.db"
            grow(path, claims)
            measure(path)


if __name__ == "__main__":
    main()
