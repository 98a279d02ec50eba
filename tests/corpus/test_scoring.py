"""Our measure of claims against the published one, and the floors."""

import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from claimgraph.errors import EvaluationError
from claimgraph.evaluation import Score, gold_claims
from claimgraph.export import claim_to_line
from claimgraph.scoring import Scores, check_floors, corpus_digest, evaluate

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def damaged(lines: list[dict], seed: int) -> list[dict]:
    """Drop, double and spoil claims, so that every measure has something to find."""
    chance = random.Random(seed)
    spoilt = []
    for line in lines:
        line = dict(line)
        if chance.random() < 0.1:
            continue
        for field in ("unit", "subject", "source", "entity", "year", "low", "qualifier"):
            if chance.random() < 0.15:
                line[field] = lines[chance.randrange(len(lines))][field]
        if chance.random() < 0.1:
            line["subject"] = f"the {line['subject']} of it all"
        if chance.random() < 0.05:
            line["sentence"] = "A sentence that is not there."
        spoilt.append(line)
        if chance.random() < 0.05:
            spoilt.append(line | {"id": f"{line['id']}+"})
    return spoilt


@pytest.mark.gold
@pytest.mark.parametrize("seed", [1, 2])
def test_scores_are_those_of_the_published_script(gold, tmp_path, seed):
    lines = damaged([claim_to_line(claim) for claim in gold_claims(gold)], seed)
    path = tmp_path / "claims.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    script = [sys.executable, str(gold / "score.py"), str(gold), str(path), "--json"]
    published = json.loads(subprocess.run(script, capture_output=True, text=True, check=True).stdout)
    ours = evaluate(gold, lines)
    for name, score in ours.claims.items():
        assert (score.hit, score.gold, score.predicted) == tuple(
            published[name][key] for key in ("hit", "gold", "pred")
        )
    assert {name: round(value, 4) for name, value in ours.fields.items()} == published["fields"]
    assert ours.unplaced == published["unplaced_predictions"]


def test_folder_without_annotation_is_refused(tmp_path):
    with pytest.raises(EvaluationError, match="no annotation"):
        evaluate(tmp_path, [])


@pytest.fixture
def perfect() -> Scores:
    score = Score(hit=9, gold=10, predicted=10)
    return Scores(claims={"detect": score}, fields={}, links={}, articles=1, unplaced=0, lost=())


def test_score_under_its_floor_is_named(tmp_path, perfect):
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps({"digest": corpus_digest(CORPUS), "floors": {"detect": 0.95}}))
    assert check_floors(CORPUS, floors, perfect) == ["detect 0.900 < 0.95"]
    assert check_floors(CORPUS, floors, replace(perfect, claims={"detect": Score(hit=10, gold=10, predicted=10)})) == []


def test_other_corpus_than_that_of_the_floors_is_named(tmp_path, perfect):
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps({"digest": "0" * 16, "floors": {}}))
    (said,) = check_floors(CORPUS, floors, perfect)
    assert corpus_digest(CORPUS) in said


def test_damaged_floors_are_refused(tmp_path, perfect):
    floors = tmp_path / "floors.json"
    floors.write_text("[]")
    with pytest.raises(EvaluationError, match="floors"):
        check_floors(CORPUS, floors, perfect)
