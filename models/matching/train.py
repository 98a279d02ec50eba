"""Fit how the graph weighs what it sees: are two questions one, and is a comparison of two answers right?

    PYTHONPATH=pipeline python models/matching/train.py ../shared/gold [MORE ...] [--leave-out FOLDER ...] [--write]

Every root holds annotated clusters. Two logistic regressions are fitted by Newton's method, both pulled towards
weights set by hand from what each sign means (`prior.json`), so that a sign that few pairs show stays near good sense.

questions  signs of `claimgraph.graph.matching`, on annotated claims; on the same with the lexicons of measures and
           synonyms taken away, so that measures that the lexicon doesn't know are weighed too; on the same with
           disturbed subjects, entities and periods; and on claims that the pipeline extracts, as far as they match
           annotated ones.
pairs      signs of `claimgraph.graph.settling`, on the pairs that linking finds in each cluster with weights of the
           first sort that were fitted without this cluster, of annotated and of extracted claims.

Every cluster counts by the square root of its links. Scores of clusters left out in turn are printed first. Takes
some minutes: `--claims FILE` takes extracted claims, as `claimgraph extract --format jsonl` writes them, from a file.
"""

import argparse
import dataclasses
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from unittest import mock

import numpy as np

from claimgraph import load
from claimgraph.api import extract_each
from claimgraph.evaluation import Score, gold_claims, gold_pairs, score_pairs
from claimgraph.export import claim_from_line, claim_to_line
from claimgraph.graph import lexicons as graph_lexicons
from claimgraph.graph import matching, settling
from claimgraph.graph import weights as fitted
from claimgraph.graph.linking import link, relations
from claimgraph.graph.questions import question
from claimgraph.graph.records import Pair
from claimgraph.lexicon import load_entries
from claimgraph.reading import read_articles
from claimgraph.records import Article, Claim, Failure
from claimgraph.scoring import gold_ids
from claimgraph.vocab import Label

HERE = Path(__file__).parent
PRIOR: dict[str, dict[str, float]] = json.loads((HERE / "prior.json").read_text(encoding="utf-8"))

#: Added after fitting: pairs are linked sooner than is likeliest, since comparing them weighs again; equal facets say
#: more than extraction errors let the fit see. Set on clusters left out.
LEAN = {"any pair": 0.4, "every facet alike": 0.8}
#: Weight of extracted claims beside annotated ones: more teaches errors of today's extraction.
EXTRACTED = 0.3
PULL = {"questions": 8.0, "pairs": 8.0}

Weights = dict[str, float]


@dataclasses.dataclass(frozen=True)
class Data:
    """Annotated and extracted claims with the annotated claim of each, the folder of articles, the annotated pairs."""

    sets: Mapping[str, Sequence[Claim]]
    known: Mapping[str, str]
    folders: Mapping[str, str]
    gold: Mapping[frozenset[str], Label]

    def folder(self, claim: Claim) -> str:
        """Return the cluster that a claim belongs to."""
        return self.folders[claim.article.rsplit("/", 1)[-1]]

    def label(self, a: str, b: str) -> Label | None:
        """Return how the annotation relates two claims; None where it puts them into no group."""
        return self.gold.get(frozenset((self.known.get(a, a), self.known.get(b, b))))

    def without(self, names: set[str]) -> "Data":
        """Leave folders out."""
        sets = {
            key: [claim for claim in claims if self.folder(claim) not in names] for key, claims in self.sets.items()
        }
        return dataclasses.replace(self, sets=sets)


@dataclasses.dataclass(frozen=True)
class Row:
    """A pair to learn from: its clusters, the amounts of its signs, whether it is right, how much it counts."""

    folders: frozenset[str]
    amounts: Mapping[str, float]
    right: bool
    count: float


def read(roots: Sequence[Path], claims: Path | None, leave_out: set[str]) -> Data:
    """Read annotated claims; extract those of the pipeline where no file holds them. Claims without a gold are left."""
    lines = (
        [json.loads(line) for line in claims.read_text(encoding="utf-8").splitlines()] if claims else _extract(roots)
    )
    folders = {path.stem: path.parent.parent.name for root in roots for path in root.glob("*/claims/*.json")}
    known = {id: name for root in roots for id, name in gold_ids(root, lines).items()}
    extracted = [claim_from_line(line) for line in lines if line["id"] in known]
    annotated = [claim for root in roots for claim in gold_claims(root)]
    gold = {pair: label for root in roots for pair, label in gold_pairs(root).items()}
    return Data({"annotated": annotated, "extracted": extracted}, known, folders, gold).without(leave_out)


def _extract(roots: Sequence[Path]) -> list[dict]:
    articles = (item for item in read_articles(sorted(root for root in roots)) if isinstance(item, Article))
    found = (claims for _, claims in extract_each(articles, load()))
    return [claim_to_line(claim) for claims in found if not isinstance(claims, Failure) for claim in claims]


def question_rows(data: Data) -> list[Row]:
    """Return pairs that share a block and that no facet tells apart, in every variant."""
    annotated, extracted = data.sets["annotated"], data.sets["extracted"]
    dice = random.Random(1)  # noqa: S311 - errors to be drawn again, not secrets
    disturbed = [disturb(claim, dice) for claim in annotated]
    rows = [*_question_rows(data, annotated, 1.0), *_question_rows(data, disturbed, 1.0)]
    rows += _question_rows(data, extracted, 2 * EXTRACTED)
    with mock.patch.object(graph_lexicons, "load_entries", _without_measures):
        _forget()
        rows += [*_question_rows(data, annotated, 1.0), *_question_rows(data, extracted, EXTRACTED)]
    _forget()
    return rows


def _without_measures(language: str, table: str, array: str, entry: type, key: str) -> tuple:
    return () if array in ("measure", "synonym") else load_entries(language, table, array, entry, key)


def _forget() -> None:
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


def _question_rows(data: Data, claims: Sequence[Claim], count: float) -> Iterator[Row]:
    asked = {claim.id: question(claim) for claim in claims}
    of = {claim.id: claim for claim in claims}
    blocks = defaultdict(list)
    for id, item in asked.items():
        for block in item.blocks:
            blocks[block].append(id)
    for a, b in sorted({pair for ids in blocks.values() for pair in combinations(sorted(ids), 2)}):
        x, y = sorted((asked[a], asked[b]), key=lambda item: item.key)
        if of[a].article != of[b].article and x.key != y.key and not matching.clash(x, y):
            amounts: Counter[str] = Counter({"any pair": 1.0})
            for sign in matching.signs(x, y):
                amounts[sign.name] += sign.amount
            folders = frozenset((data.folder(of[a]), data.folder(of[b])))
            yield Row(folders, amounts, data.label(a, b) is not None, count)


def pair_rows(data: Data, folder: str, weights: Weights) -> Iterator[Row]:
    """Yield the pairs that linking one folder with these weights finds, of both sorts of claims."""
    with mock.patch.object(matching, "WEIGHTS", weights):
        for claims in data.sets.values():
            here = {claim.id: claim for claim in claims if data.folder(claim) == folder}
            for observation in link(list(here.values())):
                answers = [settling.Statement(here[id], frozenset({here[id].article})) for id in observation.claims]
                for a, b, found, told in settling.compared(answers):
                    one, other = answers[a].claim, answers[b].claim
                    signs = settling.pair_signs(one, other, found, told)
                    yield Row(frozenset({folder}), signs, data.label(one.id, other.id) is found.label, 1.0)


def train(rows: Sequence[Row], stage: str, leave_out: str = "") -> Weights:
    """Return weights fitted on the rows of other folders."""
    prior = PRIOR[stage]
    kept = [row for row in rows if leave_out not in row.folders]
    x = np.array([[row.amounts.get(name, 0.0) for name in prior] for row in kept])
    y = np.array([float(row.right) for row in kept])
    sizes = Counter(min(row.folders) for row in kept if row.right or stage == "pairs")
    scale = 5.0 if stage == "questions" else 4.5
    counts = np.array([scale * row.count / max(1, sizes[min(row.folders)]) ** 0.5 for row in kept])
    weights = fit(x, y, counts, np.array(list(prior.values())), PULL[stage])
    lean = LEAN if stage == "questions" else {}
    return {name: float(weight) + lean.get(name, 0.0) for name, weight in zip(prior, weights, strict=True)}


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


def score(data: Data, folder: str, sort: str, questions: Weights, pairs: Weights) -> tuple[list[Pair], dict]:
    """Link one folder's claims with these weights; return the pairs of annotated claims and the folder's gold."""
    claims = [claim for claim in data.sets[sort] if data.folder(claim) == folder]
    with mock.patch.object(matching, "WEIGHTS", questions), mock.patch.object(settling, "PAIR_WEIGHTS", pairs):
        found = [
            dataclasses.replace(pair, a=data.known.get(pair.a, pair.a), b=data.known.get(pair.b, pair.b))
            for pair in relations(link(claims), claims)
        ]
    gold = {pair: label for pair, label in data.gold.items() if data.folders[min(pair).partition("#")[0]] == folder}
    return found, gold


def show(title: str, scores: Mapping[str, Score]) -> None:
    """Print F1, precision and recall by label."""
    parts = (f"{name} {s.f1:.3f} (P {s.precision:.2f} R {s.recall:.2f}, {s.gold})" for name, s in scores.items())
    sys.stdout.write(f"{title:38} {'  '.join(parts)}\n")


def cross_validate(data: Data, rows: Sequence[Row], folders: Sequence[str]) -> list[Row]:
    """Print scores of folders left out in turn; return the rows of the second stage."""
    questions = {folder: train(rows, "questions", folder) for folder in folders}
    second = [row for folder in folders for row in pair_rows(data, folder, questions[folder])]
    pairs = {folder: train(second, "pairs", folder) for folder in folders}
    for sort in data.sets:
        found: list[Pair] = []
        gold: dict[frozenset[str], Label] = {}
        for folder in folders:
            here, wanted = score(data, folder, sort, questions[folder], pairs[folder])
            show(f"{sort} {folder}", score_pairs(wanted, here))
            found, gold = found + here, gold | wanted
        show(f"{sort}, folders left out", score_pairs(gold, found))
    return second


def write(name: str, weights: Weights) -> None:
    """Put weights into the package, one sign a line."""
    path = Path(fitted.__file__)
    head, start, rest = path.read_text(encoding="utf-8").partition(f"{name}: Mapping[str, float] = {{\n")
    lines = "".join(f'    "{sign}": {weight:.2f},\n' for sign, weight in weights.items())
    path.write_text(f"{head}{start}{lines}{rest[rest.index('}') :]}", encoding="utf-8")


def main() -> None:
    """Print scores of clusters left out and, with --write, put the weights into the package."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--claims", type=Path)
    parser.add_argument("--leave-out", nargs="*", default=())
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    data = read(options.gold, options.claims, set(options.leave_out))
    rows = question_rows(data)
    linked = {data.folders[min(pair).partition("#")[0]] for pair in data.gold} - set(options.leave_out)
    second = cross_validate(data, rows, sorted(linked))
    if options.write:
        write("WEIGHTS", train(rows, "questions"))
        write("PAIR_WEIGHTS", train(second, "pairs"))


if __name__ == "__main__":
    main()
