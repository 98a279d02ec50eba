"""Train the ranker of entities (`claimgraph_topics_ranked`) from annotated articles; numpy alone, about two minutes.

    python models/topics/train.py ../shared/gold --leave-out FOLDER ... [--check]

Reads GOLD/<folder>/articles/*.txt and claims/*.json (the format of the gold guidelines), puts the annotated
quantities in place of the extracted ones, and fits a conditional logit over the candidates of each claim: the right
answer is the first annotated entity, or none. Features hold no word of the articles, so neither do the weights.
Writes `pipeline/claimgraph/data/en/topics_ranker.json` and `models/topics/meta.json` (digests of the inputs, scores).
Scores are cross-validated: folders of one story as a whole, articles of mixed folders one by one.
`--check` trains and compares with the committed weights instead of writing.
"""

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np

from claimgraph.build import build
from claimgraph.records import Article, Quantity
from claimgraph.stages.base import attach_article
from claimgraph.stages.topics import describe
from claimgraph.stages.topics.choose import Ranker
from claimgraph.vocab import Change, Kind, Qualifier

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "pipeline/claimgraph/data/en/topics_ranker.json"
OWNERS = ("country", "place", "organisation", "person", "None")

# Set by cross-validation over the seen folders: 30 to 150 and 0.3 to 1.0 differ by less than 0.01.
L2 = 100.0
SPECIFIC = 0.6  # how freely weights may differ between kinds of owner
STEPS = 200
RATE = 0.06
NONE_DISCOUNT = 0.8
SECOND = 0.03
FOLDS = 8


@dataclass
class Example:
    """One claim: its candidates' features, which are right, and where it comes from."""

    group: str
    article: str
    owner: str
    names: list[str]
    x: np.ndarray
    right: np.ndarray
    gold: list[str]


def quantities_of(doc_text: str, claims: list[dict]) -> list[tuple[Quantity, dict]]:
    """Place the annotated quantities in the text, sorted, overlapping ones dropped."""
    placed: dict[tuple[int, int], tuple[Quantity, dict]] = {}
    for claim in claims:
        pattern = r"\s*".join(map(re.escape, claim["sentence"].split()))
        sentence = re.search(pattern, doc_text)
        values = sentence and list(re.finditer(r"\s*".join(map(re.escape, claim["value_text"].split())), sentence[0]))
        if not sentence or not values or len(values) < claim["occurrence"]:
            continue
        value = values[claim["occurrence"] - 1]
        start, end = sentence.start() + value.start(), sentence.start() + value.end()
        low, high = (None if claim[k] is None else Decimal(str(claim[k])) for k in ("low", "high"))
        placed[start, end] = (
            Quantity(
                start=start, end=end, low=low, high=high, kind=Kind(claim["kind"]), unit=claim["unit"],
                qualifier=Qualifier(claim["qualifier"]), change=Change(claim["change"]), noun=None, evidence=(),
            ),
            claim,
        )  # fmt: skip
    kept, end = [], 0
    for (start, stop), pair in sorted(placed.items(), key=lambda item: item[0]):
        if start >= end:
            kept.append(pair)
            end = stop
    return kept


def read_examples(root: Path, leave_out: set[str]) -> tuple[list[Example], tuple[str, ...], str]:
    """Read every claim of every folder that is not left out; also the feature names and a digest of the inputs."""
    nlp = build({"components.claimgraph_parse.gate": False})
    digest, examples, names = hashlib.sha256(), [], ()
    sys.path.insert(0, str(root))
    from score import same_phrase

    for path in sorted(root.glob("*/articles/*.txt")):
        folder = path.parent.parent
        if folder.name in leave_out:
            continue
        claims_path = folder / "claims" / f"{path.stem}.json"
        digest.update(path.read_bytes() + claims_path.read_bytes())
        head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
        fields = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
        published = date.fromisoformat(fields["date"][:10]) if "date" in fields else None
        article = Article(
            id=path.stem, title=fields.get("title", ""), body=body, outlet=fields.get("outlet"), published=published
        )
        doc = attach_article(nlp.make_doc(article.text), article)
        for name in ("claimgraph_segment", "claimgraph_numbers", "claimgraph_parse"):
            doc = nlp.get_pipe(name)(doc)
        pairs = quantities_of(doc.text, json.loads(claims_path.read_text(encoding="utf-8"))["claims"])
        group = path.stem if folder.name.startswith("singles") else folder.name
        described = describe(nlp, doc, article, tuple(quantity for quantity, _ in pairs))
        for (_, claim), (owner, entities, candidates) in zip(pairs, described, strict=True):
            names = tuple(candidates[0].features) if candidates else names
            x = np.array([[float(v) for v in c.features.values()] for c in candidates]).reshape(len(candidates), -1)
            gold = claim["entity"]
            right = np.array([bool(gold) and same_phrase(gold[0], entity) for entity in entities], dtype=float)
            examples.append(Example(group, path.stem, owner, entities, x, right, gold))
    return examples, names, digest.hexdigest()


def fit(examples: list[Example], names: tuple[str, ...]) -> dict:
    """Fit the conditional logit; return the weights per kind of owner, in raw feature units."""
    usable = [e for e in examples if len(e.x) and (e.right.any() or not e.gold)]
    x = np.concatenate([e.x for e in usable])
    query = np.repeat(np.arange(len(usable)), [len(e.x) for e in usable])
    owner = np.array([OWNERS.index(e.owner) for e in usable])
    right = np.concatenate([e.right for e in usable])
    none = np.array([not e.gold for e in usable])
    per_article = Counter(e.article for e in usable)
    weight = np.array([per_article[e.article] ** -0.5 for e in usable])
    weight *= len(usable) / weight.sum()
    mean, spread = x.mean(0), x.std(0) + 1e-6
    z = (x - mean) / spread
    parameters = np.zeros((1 + len(OWNERS), len(names) + 1))  # the last column scores none
    first, second = np.zeros_like(parameters), np.zeros_like(parameters)
    starts = np.searchsorted(query, np.arange(len(usable)))
    for step in range(1, STEPS + 1):
        rows = parameters[0] + SPECIFIC * parameters[1 + owner]
        scores = (z * rows[query, :-1]).sum(1)
        top = np.maximum(np.maximum.reduceat(scores, starts), rows[:, -1])
        share, share_none = np.exp(scores - top[query]), np.exp(rows[:, -1] - top)
        total = np.bincount(query, share, minlength=len(usable)) + share_none
        share, share_none = share / total[query], share_none / total
        hit = np.where(none, 1.0, np.bincount(query, share * right, minlength=len(usable))) + 1e-9
        wanted = np.where(none[query], 0.0, share * right / hit[query])
        slope = (share - wanted) * weight[query]
        slope_none = (share_none - none) * weight
        gradient = np.zeros_like(parameters)
        for kind in range(len(OWNERS)):
            mine = owner[query] == kind
            part = np.append(z[mine].T @ slope[mine], slope_none[owner == kind].sum())
            gradient[0] += part
            gradient[1 + kind] = SPECIFIC * part
        gradient = (gradient + L2 * parameters) / len(usable)
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        parameters -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    weights, scores_none = {}, {}
    for kind, label in enumerate(OWNERS):
        row = parameters[0] + SPECIFIC * parameters[1 + kind]
        raw = row[:-1] / spread
        weights[label] = [round(float(value), 4) for value in raw]
        # standardising moved every candidate by the same amount, so none moves too
        scores_none[label] = round(float(row[-1] + raw @ mean + np.log(NONE_DISCOUNT)), 4)
    return {"features": list(names), "weights": weights, "none": scores_none, "second": SECOND}


def ranker_of(held: dict) -> Ranker:
    """Make the run-time object of fitted weights."""
    return Ranker(
        tuple(held["features"]), {k: tuple(v) for k, v in held["weights"].items()}, held["none"], held["second"]
    )


def accuracy(examples: list[Example], held: dict) -> list[bool]:
    """Judge each claim as score.py does."""
    from score import same_entity

    ranker = ranker_of(held)
    verdicts = []
    for example in examples:
        features = held["features"]
        rows = [dict(zip(features, row, strict=True)) for row in example.x.tolist()]
        shares = ranker.shares(rows, example.owner)
        chosen = ranker.pick(shares)
        verdicts.append(same_entity(example.gold, [example.names[at] for at in chosen]))
    return verdicts


def cross_validate(examples: list[Example], names: tuple[str, ...]) -> dict[str, float]:
    """Return the share of right claims per folder of one story and for the mixed articles, by held-out fits."""
    groups = sorted({e.group for e in examples})
    fold = {group: int(hashlib.sha256(group.encode()).hexdigest(), 16) % FOLDS for group in groups}
    verdicts: dict[str, list[bool]] = {}
    for number in range(FOLDS):
        held = fit([e for e in examples if fold[e.group] != number], names)
        test = [e for e in examples if fold[e.group] == number]
        for example, verdict in zip(test, accuracy(test, held), strict=True):
            label = "mixed articles" if example.group == example.article else example.group
            verdicts.setdefault(label, []).append(verdict)
            verdicts.setdefault("all", []).append(verdict)
    return {label: round(sum(found) / len(found), 4) for label, found in sorted(verdicts.items())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--leave-out", nargs="*", default=[])
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    examples, names, digest = read_examples(args.gold, set(args.leave_out))
    held = fit(examples, names)
    text = json.dumps(held, indent=1) + "\n"
    if args.check:
        sys.exit(0 if TARGET.read_text(encoding="utf-8") == text else "the committed weights differ")
    meta = {
        "model": "topics_ranker", "kind": "conditional logit over candidate entities", "licence": "MIT",
        "trained_on": {"claims": len(examples), "articles": len({e.article for e in examples}), "sha256": digest,
                       "left_out": sorted(args.leave_out)},
        "entity_right_cross_validated": cross_validate(examples, names),
        "weights_sha256": hashlib.sha256(text.encode()).hexdigest(),
    }  # fmt: skip
    TARGET.write_text(text, encoding="utf-8")
    (HERE / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(meta["entity_right_cross_validated"], indent=1))


if __name__ == "__main__":
    main()
