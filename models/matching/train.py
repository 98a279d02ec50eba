"""Fit the weights of `claimgraph.graph.matching` on annotated clusters and print them.

    PYTHONPATH=pipeline python models/matching/train.py ../shared/gold [--pull 8] [--write]

Logistic regression by Newton's method, pulled towards the weights in `PRIOR` (set by hand from what each sign means)
with strength `--pull`, so that a sign that few pairs show stays near good sense. A third of the training pairs is made
with the lexicons of measures and synonyms taken away, so that measures that the lexicon doesn't know are weighed too,
a third with disturbed subjects, entities and periods, as extraction errors disturb them.
Every cluster counts by the square root of its links. Leave-one-cluster-out scores are printed first.
"""

import argparse
import dataclasses
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from unittest import mock

import numpy as np

from claimgraph.evaluation import gold_claims, gold_pairs
from claimgraph.graph import lexicons as graph_lexicons
from claimgraph.graph import weights as fitted
from claimgraph.graph.matching import clash, signs
from claimgraph.graph.questions import question
from claimgraph.lexicon import load_entries
from claimgraph.records import Claim

HERE = Path(__file__).parent
PRIOR: dict[str, float] = json.loads((HERE / "prior.json").read_text(encoding="utf-8"))

#: Added after fitting: pairs whose figures fit are linked sooner, others not, since a false contradiction costs more
#: than a missed one. Set on disturbed claims of the training clusters.
LEAN = {"any pair": 0.4, "figures apart": -0.4}


def candidate_pairs(root: Path, *, words: bool, noise: int | None) -> Iterator[tuple[str, dict[str, float], bool]]:
    """Yield first article, amounts of the signs and the annotation of pairs that no facet tells apart."""

    def load(language: str, table: str, array: str, entry: type, key: str) -> tuple:
        return () if array in ("measure", "synonym") and not words else load_entries(language, table, array, entry, key)

    with mock.patch.object(graph_lexicons, "load_entries", load):
        graph_lexicons.lexicons.cache_clear()
        question.cache_clear()
        yield from _pairs(root, noise)
    graph_lexicons.lexicons.cache_clear()
    question.cache_clear()


def disturb(claim: Claim, dice: random.Random) -> Claim:
    """Return the claim as an extractor might have got it: another subject, fewer entities, a coarser period."""
    changed: dict[str, object] = {}
    if dice.random() < 0.25:
        changed["subject"] = dice.choice(("", claim.unit, claim.subject.split()[-1] if claim.subject else ""))
    if claim.entity and dice.random() < 0.3:
        kept = [name for name in claim.entity if dice.random() < 0.6]
        dice.shuffle(kept)
        changed["entity"] = tuple(kept)
    if claim.period and dice.random() < 0.2:
        changed["period"] = dice.choice((None, claim.period[:4], claim.period[:7]))
    return dataclasses.replace(claim, **changed)  # type: ignore[arg-type]


def _pairs(root: Path, noise: int | None) -> Iterator[tuple[str, dict[str, float], bool]]:
    claims, gold = list(gold_claims(root)), gold_pairs(root)
    if noise is not None:
        dice = random.Random(noise)  # noqa: S311 - errors to be drawn again, not secrets
        claims = [disturb(claim, dice) for claim in claims]
    article = {claim.id: claim.article for claim in claims}
    asked = {claim.id: question(claim) for claim in claims}
    blocks = defaultdict(list)
    for name, item in asked.items():
        for block in item.blocks:
            blocks[block].append(name)
    for a, b in sorted({pair for names in blocks.values() for pair in combinations(sorted(names), 2)}):
        x, y = sorted((asked[a], asked[b]), key=lambda item: item.key)
        if article[a] != article[b] and x.key != y.key and not clash(x, y):
            amounts: Counter[str] = Counter({"any pair": 1.0})
            for sign in signs(x, y):
                amounts[sign.name] += sign.amount
            yield article[a], amounts, frozenset((a, b)) in gold


def fit(x: np.ndarray, y: np.ndarray, counts: np.ndarray, prior: np.ndarray, pull: float) -> np.ndarray:
    """Return the weights that explain y best while staying near the prior."""
    weights = prior.copy()
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (counts * (p - y)) + pull * (weights - prior)
        curvature = (x * (counts * p * (1 - p))[:, None]).T @ x + pull * np.eye(len(weights))
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def f1(weights: np.ndarray, x: np.ndarray, y: np.ndarray) -> float:
    """Return F1 of the decision at a half."""
    said = x @ weights > 0
    return 2 * float((said & (y > 0)).sum()) / max(1.0, float(said.sum() + y.sum()))


def main() -> None:
    """Print leave-one-cluster-out scores and the weights; with --write, put them into the package."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--pull", type=float, default=8.0)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    names = list(PRIOR)
    prior = np.array([PRIOR[name] for name in names])
    variants = ((True, None), (False, None), (True, 1))
    rows = [row for words, noise in variants for row in candidate_pairs(options.gold, words=words, noise=noise)]
    x = np.array([[amounts.get(name, 0.0) for name in names] for _, amounts, _ in rows])
    y = np.array([float(linked) for _, _, linked in rows])
    folders = {path.stem: path.parent.parent.name for path in options.gold.glob("*/claims/*.json")}
    cluster = np.array([folders[article] for article, _, _ in rows])
    links = Counter(cluster[y > 0])
    counts = np.array([5 / max(1, links[name]) ** 0.5 for name in cluster])
    for name in sorted(links):
        out = cluster == name
        weights = fit(x[~out], y[~out], counts[~out], prior, options.pull)
        sys.stdout.write(
            f"{name:30} F1 {f1(weights, x[out], y[out]):.3f}  prior alone {f1(prior, x[out], y[out]):.3f}\n"
        )
    weights = fit(x, y, counts, prior, options.pull) + np.array([LEAN.get(name, 0.0) for name in names])
    lines = [f'    "{name}": {weight:.1f},\n' for name, weight in zip(names, weights, strict=True)]
    sys.stdout.writelines(lines)
    if options.write:
        path = Path(fitted.__file__)
        head = path.read_text(encoding="utf-8").partition("WEIGHTS: Mapping[str, float] = {\n")[0]
        path.write_text(head + "WEIGHTS: Mapping[str, float] = {\n" + "".join(lines) + "}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
