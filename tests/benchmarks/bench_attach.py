"""Cost of attaching one article as the graph grows, on generated claims.

    python tests/benchmarks/bench_attach.py [--db URL] [CLAIMS …]

For every size, prints processor time per article of 8 claims (median and 95th percentile of 200), claims per second
in batches of 50, bytes per claim, and the time of the queries. The generator follows news: entities and stories by
Zipf's law, a third of the claims repeat a question that is there, a tenth of those with another value.
With PostgreSQL the time is that of this process alone.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from claimgraph.graphs import Graph
from claimgraph.store.attach import Attachment, attach, settle
from claimgraph.store.store import Store

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))
from generated import attachment, make_claim

PER_ARTICLE = 8
_BATCH = 50  # articles a transaction while growing
_TIMED = 200  # articles attached one by one, timed
SYLLABLES = tuple("ba ke lo mi nu ra se ti vo za dor fen gal hul jin kor lam mor nev pol".split())  # noqa: SIM905
THINGS = (
    "jobs added", "people killed", "homes damaged", "exports of copper", "ticket sales", "patients treated",
    "net profit",
    "students enrolled", "flights cancelled", "votes cast", "wind capacity", "cars recalled", "tonnes of wheat",
    "revenue",
    "unemployment rate", "inflation", "acres burned", "shares sold", "stores closed", "arrests", "visitors",
    "complaints",
)  # fmt: skip
OUTLETS = [f"The {name} Post" for name in SYLLABLES]


def stories(seed: int) -> Iterator[Attachment]:
    """Yield articles without end."""
    random = Random(seed)
    known: list[dict[str, object]] = []
    number = 0
    while True:
        number += 1
        day = date(2015, 1, 1) + timedelta(days=number // 40)
        entity = _entity(random, len(known))
        claims = [_claim(random, known, entity, day, f"s{number}", at) for at in range(PER_ARTICLE)]
        body = " ".join(random.choice(SYLLABLES) + random.choice(SYLLABLES) for _ in range(300))
        yield attachment(f"s{number}", claims, body, outlet=random.choice(OUTLETS), published=day)


def _entity(random: Random, size: int) -> str:
    """Draw a name; there are ever more of them, and few are in most of the news."""
    rank = int((size / 4 + 20) ** random.random())
    source = Random(rank)
    return "".join(source.choice(SYLLABLES) for _ in range(4)).title()


def _claim(random: Random, known: list[dict[str, object]], entity: str, day: date, name: str, at: int):
    if known and random.random() < 0.33:
        fields = dict(known[-int(len(known) ** random.random())])
        if random.random() < 0.1:
            fields["value"] = random.randint(100, 99_999)
    else:
        fields = {
            "subject": f"{random.choice(THINGS)} in {random.choice(SYLLABLES)}{random.choice(SYLLABLES)}",
            "entity": (entity,),
            "value": random.randint(100, 99_999),
            "year": day.year,
            "period": f"{day:%Y-%m}",
        }
        known.append(fields)
        del known[:-50_000]
    return make_claim(name, at, **fields)


def measure(target: str, sizes: list[int]) -> None:
    source, claims = stories(1), 0
    with Store(target) as store:
        for size in sizes:
            started, grown = time.process_time(), 0
            while claims + grown < size - _TIMED * PER_ARTICLE:
                _attach(store, [next(source) for _ in range(_BATCH)])
                grown += _BATCH * PER_ARTICLE
            speed = grown / (time.process_time() - started)
            times = [_attach(store, [next(source)]) for _ in range(_TIMED)]
            with store.writer() as connection:
                settle(connection, run=1)
            claims += grown + _TIMED * PER_ARTICLE
            said = f"attach {median(times):6.1f} ms, p95 {quantiles(times, n=20)[-1]:6.1f}"
            room = f"{store.path.stat().st_size / claims:5.0f} B/claim" if store.path else ""
            print(f"{claims:9,} claims  {said}  batches: {speed:5.0f} claims/s  {room}  {_queries(target)}", flush=True)


def _attach(store: Store, items: list[Attachment]) -> float:
    """Attach in one transaction; return milliseconds of processor time."""
    started = time.process_time()
    with store.writer() as connection:
        attach(connection, items, run=1)
    return (time.process_time() - started) * 1000


def _queries(target: str) -> str:
    with Graph.open(target, read_only=True) as graph:
        keys = [item.key for item in graph.observations(limit=5)]
        calls = {
            "conflicts": lambda: graph.conflicts(limit=20),
            "show": lambda: [graph.observation(key) for key in keys],
            "ask": lambda: graph.ask("how many people were killed in 2015?"),
            "totals": graph.totals,
        }
        said = []
        for name, call in calls.items():
            started = time.process_time()
            call()
            said.append(f"{name} {(time.process_time() - started) * 1000:.0f} ms")
    return ", ".join(said)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", nargs="*", type=int, default=[2_000, 10_000])
    parser.add_argument("--db")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        measure(given.db or str(Path(folder) / "graph.db"), given.claims)


if __name__ == "__main__":
    main()
