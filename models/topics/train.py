"""Train the ranker of entities (`claimgraph_topics_ranked`) from annotated articles; numpy alone, a few minutes.

    python models/topics/train.py ../shared/gold [MORE ...] --leave-out FOLDER ... [--check | --misses FILE]

Reads the annotated articles of every root (`claimgraph.training`) and fits a conditional logit over the candidates of
each claim: the right answer is the first annotated entity, or none. Features hold no word of the articles, so neither
do the weights.
Writes `pipeline/claimgraph/data/en/topics_ranker.json` and `models/topics/meta.json` (digests of the inputs, scores).
Scores are cross-validated: folders of one story as a whole, articles of mixed folders one by one.
`--check` trains and compares with the committed weights instead of writing; `--misses` only lists the claims that
are wrong when held out, one JSON line each.
"""

import argparse
import hashlib
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from claimgraph.build import build
from claimgraph.records import Claim
from claimgraph.scoring.same import is_right, same_phrase
from claimgraph.stages.topics import describe
from claimgraph.stages.topics.choose import Ranker
from claimgraph.training import digest_annotated, read_annotated

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "pipeline/claimgraph/data/en/topics_ranker.json"
OWNERS = ("country", "place", "organisation", "person", "None")

# Set by cross-validation over the seen folders: 100 to 400 and 0.3 to 1.0 differ by less than 0.01.
L2 = 400.0
SPECIFIC = 0.6  # how freely weights may differ between kinds of owner
STEPS = 200
RATE = 0.06
NONE_DISCOUNT = 0.8
FOLDS = 12


@dataclass
class Example:
    """One claim: its candidates' features, which are right, and where it comes from."""

    folder: str
    group: str
    article: str
    owner: str
    names: list[str]
    x: np.ndarray
    situation: np.ndarray
    right: np.ndarray
    claim: Claim

    @property
    def gold(self) -> list[str]:
        return list(self.claim.entity)


Names = tuple[tuple[str, ...], tuple[str, ...]]


def read_examples(roots: list[Path], leave_out: set[str]) -> tuple[list[Example], Names]:
    """Read every claim of every folder that is not left out; also the features' names."""
    # the rules need no weights, so that these can be trained when there are none
    nlp = build(
        {"components.claimgraph_parse.gate": False, "components.claimgraph_topics.factory": "claimgraph_topics"}
    )
    examples, names = [], ((), ())
    for read in read_annotated(nlp, roots, leave_out):
        described = describe(nlp, read.doc, read.article, read.quantities)
        for claim, (owner, entities, candidates, situation) in zip(read.claims, described, strict=True):
            names = (tuple(candidates[0].features) if candidates else names[0], tuple(situation))
            x = np.array([[float(v) for v in c.features.values()] for c in candidates]).reshape(len(candidates), -1)
            right = [bool(claim.entity) and same_phrase(claim.entity[0], entity) for entity in entities]
            around = np.array([float(value) for value in situation.values()])
            group = Example(
                read.folder, read.story, read.name, owner, entities, x, around, np.array(right, float), claim
            )
            examples.append(group)
    return examples, names


def fit(examples: list[Example], names: Names) -> dict:
    """Fit the conditional logit; return the weights per kind of owner, in raw feature units."""
    usable = [e for e in examples if len(e.x) and (e.right.any() or not e.gold)]
    x = np.concatenate([e.x for e in usable])
    around = np.array([e.situation for e in usable])
    query = np.repeat(np.arange(len(usable)), [len(e.x) for e in usable])
    owner = np.array([OWNERS.index(e.owner) for e in usable])
    right = np.concatenate([e.right for e in usable])
    none = np.array([not e.gold for e in usable])
    weight = per_article(usable)
    mean, spread = x.mean(0), x.std(0) + 1e-6
    mean_around, spread_around = around.mean(0), around.std(0) + 1e-6
    z, z_around = (x - mean) / spread, (around - mean_around) / spread_around
    columns = len(names[0])
    # rows: shared weights, then what each kind of owner adds; columns: features, then none, then the situation of none
    parameters = np.zeros((1 + len(OWNERS), columns + 1 + len(names[1])))
    first, second = np.zeros_like(parameters), np.zeros_like(parameters)
    starts = np.searchsorted(query, np.arange(len(usable)))
    for step in range(1, STEPS + 1):
        rows = parameters[0, : columns + 1] + SPECIFIC * parameters[1 + owner, : columns + 1]
        scores = (z * rows[query, :-1]).sum(1)
        score_none = rows[:, -1] + z_around @ parameters[0, columns + 1 :]
        top = np.maximum(np.maximum.reduceat(scores, starts), score_none)
        share, share_none = np.exp(scores - top[query]), np.exp(score_none - top)
        total = np.bincount(query, share, minlength=len(usable)) + share_none
        share, share_none = share / total[query], share_none / total
        hit = np.where(none, 1.0, np.bincount(query, share * right, minlength=len(usable))) + 1e-9
        wanted = np.where(none[query], 0.0, share * right / hit[query])
        slope = (share - wanted) * weight[query]
        slope_none = (share_none - none) * weight
        gradient = np.zeros_like(parameters)
        gradient[0, columns + 1 :] = z_around.T @ slope_none
        for kind in range(len(OWNERS)):
            mine = owner[query] == kind
            part = np.append(z[mine].T @ slope[mine], slope_none[owner == kind].sum())
            gradient[0, : columns + 1] += part
            gradient[1 + kind, : columns + 1] = SPECIFIC * part
        gradient = (gradient + L2 * parameters) / len(usable)
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        parameters -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    # standardising moved every candidate and every situation by the same amount, so none moves too
    raw_around = parameters[0, columns + 1 :] / spread_around
    shift = float(np.log(NONE_DISCOUNT) - raw_around @ mean_around)
    weights, scores_none = {}, {}
    for kind, label in enumerate(OWNERS):
        row = parameters[0, : columns + 1] + SPECIFIC * parameters[1 + kind, : columns + 1]
        raw = row[:-1] / spread
        weights[label] = [round(float(value), 4) for value in raw]
        scores_none[label] = round(float(row[-1] + raw @ mean) + shift, 4)
    situation = {name: round(float(value), 4) for name, value in zip(names[1], raw_around, strict=True)}
    return {"features": list(names[0]), "weights": weights, "none": scores_none, "situation": situation}


def per_article(examples: list[Example]) -> np.ndarray:
    """Weigh a claim less where its article has many, one on average."""
    counts = Counter(e.article for e in examples)
    weight = np.array([counts[e.article] ** -0.5 for e in examples])
    return weight * len(examples) / weight.sum()


def ranker_of(held: dict) -> Ranker:
    """Make the run-time object of fitted weights."""
    weights = {kind: tuple(row) for kind, row in held["weights"].items()}
    return Ranker(tuple(held["features"]), weights, held["none"], held["situation"])


@dataclass
class Verdict:
    """What a ranker that has not seen a claim's story chose for it."""

    example: Example
    chosen: list[str]
    rank: int | None
    right: bool


def judge(examples: list[Example], held: dict, names: Names) -> list[Verdict]:
    """Judge each claim as score.py does."""
    ranker = ranker_of(held)
    verdicts = []
    for example in examples:
        rows = [dict(zip(names[0], row, strict=True)) for row in example.x.tolist()]
        situation = dict(zip(names[1], example.situation.tolist(), strict=True))
        shares = ranker.shares(rows, example.owner, situation)
        chosen = [example.names[at] for at in ranker.pick(shares)]
        order = np.argsort(-np.array(shares[:-1]), kind="stable")
        rank = next((place for place, at in enumerate(order) if example.right[at]), None)
        verdicts.append(
            Verdict(example, chosen, rank, is_right("entity", {"entity": example.gold}, {"entity": chosen}))
        )
    return verdicts


def cross_validate(examples: list[Example], names: Names) -> list[Verdict]:
    """Judge every claim by a fit that has seen neither its folder nor, in mixed folders, its article."""
    groups = sorted({e.group for e in examples})
    fold = {group: int(hashlib.sha256(group.encode()).hexdigest(), 16) % FOLDS for group in groups}
    verdicts = []
    for number in range(FOLDS):
        held = fit([e for e in examples if fold[e.group] != number], names)
        verdicts += judge([e for e in examples if fold[e.group] == number], held, names)
    return verdicts


def tabulate(verdicts: list[Verdict]) -> dict[str, float]:
    """Return the share of right claims: all, per folder of one story, and of the mixed articles."""
    found: dict[str, list[bool]] = {}
    for verdict in verdicts:
        example = verdict.example
        label = example.folder if example.folder == example.group else "mixed articles"
        for key in (label, "all"):
            found.setdefault(key, []).append(verdict.right)
    return {label: round(sum(held) / len(held), 4) for label, held in sorted(found.items())}


def write_misses(verdicts: list[Verdict], path: Path) -> None:
    """List the wrong claims; `rank` is that of the right entity from 0, null where it was no candidate."""
    with path.open("w", encoding="utf-8") as sink:
        for verdict in verdicts:
            if not verdict.right:
                fields = ("id", "value_text", "subject", "entity", "sentence")
                claim = {key: getattr(verdict.example.claim, key) for key in fields}
                line = {"article": verdict.example.article, "chosen": verdict.chosen, "rank": verdict.rank} | claim
                sink.write(json.dumps(line) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("roots", type=Path, nargs="+", metavar="ROOT")
    parser.add_argument("--leave-out", nargs="*", default=[])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--misses", type=Path)
    args = parser.parse_args()
    examples, names = read_examples(args.roots, set(args.leave_out))
    if args.misses:
        verdicts = cross_validate(examples, names)
        write_misses(verdicts, args.misses)
        print(json.dumps(tabulate(verdicts), indent=1))
        return
    text = json.dumps(fit(examples, names), indent=1) + "\n"
    if args.check:
        sys.exit(0 if TARGET.read_text(encoding="utf-8") == text else "the committed weights differ")
    meta = {
        "model": "topics_ranker", "kind": "conditional logit over candidate entities", "licence": "MIT",
        "trained_on": {"claims": len(examples), "articles": len({e.article for e in examples}),
                       "sha256": digest_annotated(args.roots, args.leave_out),
                       "left_out": sorted(args.leave_out)},
        "entity_right_cross_validated": tabulate(cross_validate(examples, names)),
        "weights_sha256": hashlib.sha256(text.encode()).hexdigest(),
    }  # fmt: skip
    TARGET.write_text(text, encoding="utf-8")
    (HERE / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(meta["entity_right_cross_validated"], indent=1))


if __name__ == "__main__":
    main()
