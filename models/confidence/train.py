"""Train the confidence of claims on annotated articles.

    python models/confidence/train.py ../shared/gold --held-out FOLDER,FOLDER

Runs the pipeline over the folders with articles/ and claims/ (gold guidelines), asks of every claim whether its core
(value, unit, year, entity) is right, and fits one weight per fact of `claimgraph.stages.claims.confidence`. Rules are
written while looking at some of the folders and do better there than elsewhere; the folders named by --held-out are
those that nobody looked at. They give two numbers only: how much lower the odds are on what is new, and how much less
the facts tell there. Prints the reliability table (predicted against observed) of claims in folders left out, writes
the weights into the package and inputs' digest and scores into meta.json beside this file. Takes a few minutes.
"""

import argparse
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy

from claimgraph import load
from claimgraph.api import extract_each
from claimgraph.config import Config, fingerprint
from claimgraph.evaluation import gold_claims
from claimgraph.export import claim_to_line
from claimgraph.reading import read_articles
from claimgraph.records import Article, Claim, Failure
from claimgraph.scoring.same import is_right, same_value
from claimgraph.stages.claims.confidence import facts

HERE = Path(__file__).parent
PACKAGE = HERE.parents[1] / "pipeline" / "claimgraph" / "data" / "en" / "confidence.json"

RAREST = 15  # a fact must hold this often to get a weight; rarer ones name single articles
PENALTIES = (3.0, 10.0, 30.0, 100.0)  # of squared weights; the best by log loss over folders left out is taken
SMALLEST = 0.02  # weights below are left out of the file
GROUPS = 6  # folders of unrelated articles are split into so many groups for cross-validation
ROUNDS = 25
BINS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


@dataclass(frozen=True, slots=True)
class Example:
    """A claim's facts, whether its core is right, and the group of articles that it comes from."""

    group: str
    facts: frozenset[str]
    right: bool


def read_examples(root: Path) -> Iterator[Example]:
    """Yield every predicted claim of the annotated articles; claims that the gold does not know are wrong."""
    gold: dict[str, list[Claim]] = {}
    for claim in gold_claims(root):
        gold.setdefault(claim.article, []).append(claim)
    folders = {path.stem: path.parent.parent.name for path in root.glob("*/claims/*.json")}
    articles = (a for a in read_articles([root]) if isinstance(a, Article) and a.id.rsplit("/", 1)[-1] in gold)
    for article, claims in extract_each(articles, load()):
        name = article.id.rsplit("/", 1)[-1]
        if not isinstance(claims, Failure):
            for claim, known in zip(claims, facts(claims), strict=True):
                yield Example(_group(folders[name], name), known, _core_is_right(claim, gold[name]))


def _group(folder: str, article: str) -> str:
    """Keep the articles of one story together; articles of `singles` folders are told apart by their names."""
    return f"{folder}/{zlib.crc32(article.encode()) % GROUPS}" if folder.startswith("singles") else folder


def _core_is_right(claim: Claim, gold: Sequence[Claim]) -> bool:
    over = [other for other in gold if other.start < claim.end and other.end > claim.start]
    found = claim_to_line(claim)
    lines = [claim_to_line(other) for other in over]
    core = ("unit", "year", "entity")
    return any(same_value(line, found) and all(is_right(field, line, found) for field in core) for line in lines)


def fit(examples: Sequence[Example], penalty: float) -> tuple[float, dict[str, float]]:
    """Fit base and weights by Newton's method on the penalised log loss; the base is not penalised."""
    counts = Counter(fact for example in examples for fact in example.facts)
    names = sorted(fact for fact, n in counts.items() if RAREST <= n <= len(examples) - RAREST)
    column = {fact: number + 1 for number, fact in enumerate(names)}
    table = numpy.zeros((len(examples), len(names) + 1))
    table[:, 0] = 1.0
    for row, example in enumerate(examples):
        table[row, [column[fact] for fact in example.facts if fact in column]] = 1.0
    right = numpy.array([example.right for example in examples], dtype=float)
    ridge = numpy.diag([0.0, *([penalty] * len(names))])
    weights = numpy.zeros(len(names) + 1)
    for _ in range(ROUNDS):
        guess = 1 / (1 + numpy.exp(-table @ weights))
        slope = table.T @ (guess - right) + ridge @ weights
        curve = (table * (guess * (1 - guess))[:, None]).T @ table + ridge
        weights -= numpy.linalg.solve(curve, slope)
    return float(weights[0]), {name: float(w) for name, w in zip(names, weights[1:], strict=True)}


def predict(examples: Sequence[Example], base: float, weights: dict[str, float]) -> numpy.ndarray:
    """Return the probability of each example."""
    logits = numpy.array([base + sum(weights.get(fact, 0.0) for fact in example.facts) for example in examples])
    return numpy.asarray(1 / (1 + numpy.exp(-logits)))


def cross_validate(examples: Sequence[Example], penalty: float) -> numpy.ndarray:
    """Return each example's probability from a model that saw no article of its group."""
    out = numpy.zeros(len(examples))
    for group in sorted({example.group for example in examples}):
        inside = [number for number, example in enumerate(examples) if example.group == group]
        base, weights = fit([example for example in examples if example.group != group], penalty)
        out[inside] = predict([examples[number] for number in inside], base, weights)
    return out


def transfer(examples: Sequence[Example], base: float, weights: dict[str, float]) -> tuple[float, float]:
    """Return offset and slope that carry log-odds over to new articles (Platt scaling, by Newton's method)."""
    logits = numpy.array([base + sum(weights.get(fact, 0.0) for fact in example.facts) for example in examples])
    table = numpy.stack([numpy.ones(len(examples)), logits], axis=1)
    right = numpy.array([example.right for example in examples], dtype=float)
    line = numpy.array([0.0, 1.0])
    for _ in range(ROUNDS):
        guess = 1 / (1 + numpy.exp(-table @ line))
        curve = (table * (guess * (1 - guess))[:, None]).T @ table
        line -= numpy.linalg.solve(curve, table.T @ (guess - right))
    return float(line[0]), float(line[1])


def log_loss(guess: numpy.ndarray, examples: Sequence[Example]) -> float:
    """Return the mean negative log likelihood."""
    right = numpy.array([example.right for example in examples])
    return float(-numpy.log(numpy.where(right, guess, 1 - guess)).mean())


def reliability(guess: numpy.ndarray, examples: Sequence[Example]) -> list[dict[str, float]]:
    """Return per bin of predicted probability: number of claims, mean predicted, share observed right."""
    right = numpy.array([example.right for example in examples])
    table = []
    for low, high in pairwise(BINS):
        inside = (guess >= low) & (guess < high)
        if inside.any():
            row = {"from": low, "to": min(high, 1.0), "claims": int(inside.sum())}
            table.append(row | {"predicted": round(float(guess[inside].mean()), 3)} | _observed(right[inside]))
    return table


def _observed(right: numpy.ndarray) -> dict[str, float]:
    return {"observed": round(float(right.mean()), 3)}


def calibration_error(table: Sequence[dict[str, float]]) -> float:
    """Return the mean distance of predicted and observed, weighted by claims."""
    total = sum(row["claims"] for row in table)
    return sum(row["claims"] * abs(row["predicted"] - row["observed"]) for row in table) / total


def show(title: str, guess: numpy.ndarray, examples: Sequence[Example]) -> dict[str, object]:
    """Print a reliability table and return it with its error and loss."""
    table = reliability(guess, examples)
    print(f"{title}: {len(examples)} claims, log loss {log_loss(guess, examples):.3f}, "
          f"calibration error {calibration_error(table):.3f}")  # fmt: skip
    for row in table:
        print(f"  {row['from']:.1f} to {row['to']:.1f}  {row['claims']:5} claims"
              f"  predicted {row['predicted']:.2f}  observed {row['observed']:.2f}")  # fmt: skip
    loss, error = round(log_loss(guess, examples), 4), round(calibration_error(table), 4)
    return {"claims": len(examples), "log_loss": loss, "calibration_error": error, "reliability": table}


def main() -> None:
    """Train, report and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--held-out", default="", help="folders that nobody looked at, separated by commas")
    arguments = parser.parse_args()
    unseen = set(filter(None, arguments.held_out.split(",")))
    everything = list(read_examples(arguments.gold))
    seen = [example for example in everything if example.group.split("/")[0] not in unseen]
    new = [example for example in everything if example.group.split("/")[0] in unseen]
    penalty = min(PENALTIES, key=lambda one: log_loss(cross_validate(seen, one), seen))
    scores = {"left_out": show("folders left out in turn", cross_validate(seen, penalty), seen)}
    base, weights = fit(seen, penalty)
    if new:
        offset, slope = transfer(new, base, weights)
        base, weights = offset + slope * base, {name: slope * weight for name, weight in weights.items()}
        scores["held_out"] = show("folders nobody looked at", predict(new, base, weights), new)
    kept = {name: round(weight, 3) for name, weight in sorted(weights.items()) if abs(weight) >= SMALLEST}
    PACKAGE.write_text(json.dumps({"base": round(base, 3), "weights": kept}, indent=1, ensure_ascii=False) + "\n")
    meta = {
        "trained_on": {"claims": len(seen), "digest": _digest(arguments.gold), "penalty": penalty},
        "pipeline": fingerprint(Config()),
        "licence": "MIT",
        "scores": scores,
    }
    (HERE / "meta.json").write_text(json.dumps(meta, indent=1) + "\n")


def _digest(root: Path) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(root.glob("*/claims/*.json")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
