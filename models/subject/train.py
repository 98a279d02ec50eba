"""Train the weights that choose subjects (`claimgraph_topics_ranked`) from annotated articles; numpy alone, minutes.

    python models/subject/train.py ../shared/gold [MORE_GOLD ...] --leave-out FOLDER ... [--folds 6]

Reads GOLD/<folder>/articles/*.txt and claims/*.json (the format of the gold guidelines; GOLD may also be such a folder
itself), puts the annotated quantities in place of the extracted ones, and fits a conditional logit over the proposals
of each claim. A proposal is right when `score.py` of the first GOLD would say so, and the righter the more of its words
are those of the annotation. Facts hold no word of the articles but prepositions and articles.
Writes `pipeline/claimgraph/data/en/subject_weights.json` and `models/subject/meta.json` (digests of inputs, scores).
Scores are cross-validated: folders of one story as a whole, articles of mixed folders one by one; each value sees the
subjects chosen for the values before it, not the right ones.
"""

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from spacy.language import Language

from claimgraph.build import build
from claimgraph.scoring.same import same_phrase, words_of
from claimgraph.stages.topics import describe_subjects
from claimgraph.stages.topics.weighing import GROUPS, Weighing
from claimgraph.training import Annotated, digest_annotated, read_annotated

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "pipeline/claimgraph/data/en/subject_weights.json"

# Set by cross-validation over the seen folders: 5 to 20 differ by less than 0.005.
PENALTY = 10.0
# Facts that fewer proposals have are left out; so are weights smaller than this.
RAREST = 8
SMALLEST = 0.02
# What a right proposal counts that shares no further word with the annotation.
BARELY = 0.3
STEPS = 250
RATE = 0.05


@dataclass
class Example:
    """One claim: the facts of its proposals and how right each is."""

    article: str
    group: str
    facts: list[set[str]]
    right: list[float]


def rightness(gold: str, text: str) -> float:
    """Return 0 for a wrong subject, else how many words the two share, from BARELY to 1."""
    if not same_phrase(gold, text):
        return 0.0
    mine, its = set(words_of(gold)), set(words_of(text))
    return BARELY + (1 - BARELY) * 2 * len(mine & its) / max(1, len(mine) + len(its))


def list_examples(nlp: Language, articles: list[Annotated]) -> Iterator[Example]:
    """Yield an example per claim, the subjects before it being those of the rules."""
    for article in articles:
        chosen = describe_subjects(nlp, article.doc, article.quantities)
        for claim, (described, _) in zip(article.claims, chosen, strict=True):
            group = GROUPS[claim.kind]
            right = [rightness(claim.subject, proposal.subject.text) for proposal, _ in described]
            yield Example(article.name, group, [facts for _, facts in described], right)


def judge(nlp: Language, articles: list[Annotated], weighing: Weighing | None) -> Iterator[tuple[str, bool]]:
    """Yield folder and verdict for every claim."""
    for article in articles:
        chosen = describe_subjects(nlp, article.doc, article.quantities, weighing)
        for claim, (_, subject) in zip(article.claims, chosen, strict=True):
            yield article.folder, rightness(claim.subject, subject.text) > 0


def fit(examples: list[Example]) -> dict[str, dict[str, float]]:
    """Fit by full-batch Adam; return the weights per group of kinds, those of all kinds added in."""
    usable = [example for example in examples if any(example.right)]
    counts = Counter(fact for example in usable for facts in example.facts for fact in facts)
    common = sorted(fact for fact, count in counts.items() if count >= RAREST)
    groups = sorted(set(GROUPS.values()))
    column = {fact: at for at, fact in enumerate(common)}
    query = np.repeat(np.arange(len(usable)), [len(example.facts) for example in usable])
    rows, facts, own = [], [], []
    row = 0
    for example in usable:
        offset = (1 + groups.index(example.group)) * len(common)
        for held in example.facts:
            known = [column[fact] for fact in held if fact in column]
            rows += [row] * len(known)
            facts += known
            own += [offset + at for at in known]
            row += 1
    at, both = np.array(rows * 2), np.array(facts + own)
    right = np.concatenate([example.right for example in usable])
    weight = _importance(usable)
    size, starts = (1 + len(groups)) * len(common), np.searchsorted(query, np.arange(len(usable)))
    weights, first, second = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, STEPS + 1):
        scores = np.bincount(at, weights[both], len(query))
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[query])
        shares = raised / np.bincount(query, raised)[query]
        hit = np.bincount(query, shares * right)[query]
        slope = (shares - shares * right / np.maximum(hit, 1e-9)) * weight[query]
        gradient = (np.bincount(both, slope[at], size) + PENALTY * weights) / len(usable)
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    table = weights.reshape(1 + len(groups), len(common))
    return {group: _listed(common, table[0] + table[1 + number]) for number, group in enumerate(groups)}


def _importance(examples: list[Example]) -> np.ndarray:
    """Let an article of many claims count more than one of few, but less than in proportion."""
    per_article = Counter(example.article for example in examples)
    weight = np.array([per_article[example.article] ** -0.5 for example in examples])
    return weight * len(examples) / weight.sum()


def _listed(facts: list[str], row: np.ndarray) -> dict[str, float]:
    return {fact: round(float(w), 3) for fact, w in zip(facts, row, strict=True) if abs(w) >= SMALLEST}


def cross_validate(nlp: Language, articles: list[Annotated], examples: list[Example], folds: int) -> dict[str, list]:
    """Return per folder the number of claims, and the share right by rules and by weights fitted without it."""
    size = Counter(article.story for article in articles for _ in (None, *article.claims))
    load, fold = [0] * folds, {}
    for group in sorted(size, key=lambda group: (-size[group], group)):
        fold[group] = load.index(min(load))
        load[fold[group]] += size[group]
    where = {article.name: fold[article.story] for article in articles}
    verdicts: dict[str, list[tuple[bool, bool]]] = {}
    for number in range(folds):
        weighing = Weighing(fit([example for example in examples if where[example.article] != number]))
        held = [article for article in articles if fold[article.story] == number]
        for (folder, before), (_, now) in zip(judge(nlp, held, None), judge(nlp, held, weighing), strict=True):
            for label in (folder, "all"):
                verdicts.setdefault(label, []).append((before, now))
    return {
        label: [len(found), *(round(sum(side) / len(found), 4) for side in zip(*found, strict=True))]
        for label, found in sorted(verdicts.items())
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--leave-out", nargs="*", default=[])
    parser.add_argument("--folds", type=int, default=6, help="folds of the cross-validation; 0 leaves it out")
    args = parser.parse_args()
    nlp = build(
        {"components.claimgraph_parse.gate": False, "components.claimgraph_topics.factory": "claimgraph_topics"}
    )
    articles = list(read_annotated(nlp, args.gold, args.leave_out))
    examples = list(list_examples(nlp, articles))
    scores = cross_validate(nlp, articles, examples, args.folds) if args.folds else {}
    text = json.dumps({"weights": fit(examples)}, indent=0, sort_keys=True) + "\n"
    TARGET.write_text(text, encoding="utf-8")
    meta = {
        "model": "subject_weights",
        "kind": "conditional logit over proposed subjects",
        "licence": "MIT",
        "trained_on": {
            "claims": len(examples),
            "articles": len(articles),
            "folders": sorted({article.folder for article in articles}),
            "sha256": digest_annotated(args.gold, args.leave_out),
            "left_out": sorted(args.leave_out),
        },
        "subject_right_claims_rules_weights": scores,
        "weights_sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    (HERE / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(meta, indent=1))


if __name__ == "__main__":
    main()
