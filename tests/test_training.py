"""Trainers see an article with its annotated quantities, in the places where the annotation has them."""

import json

import pytest

from claimgraph import load
from claimgraph.errors import EvaluationError
from claimgraph.training import digest_annotated, read_annotated

pytestmark = pytest.mark.model

_BODY = "Frost killed 12 olive trees in May 2020. It spared half of the 300 vines."


def claim(number, sentence, value, **fields):
    blank = {"occurrence": 1, "qualifier": "exact", "kind": "count", "unit": "tree", "change": "level"}
    blank |= {"subject": "olive trees", "entity": [], "year": 2020, "period": "2020-05", "source": None}
    blank |= {"status": "asserted", "relation": None, "low": 12, "high": 12}
    return blank | {"id": f"c{number}", "sentence": sentence, "value_text": value} | fields


@pytest.fixture
def root(tmp_path):
    first, second = (f"{sentence}." for sentence in _BODY.rstrip(".").split(". "))
    claims = [
        claim(1, first, "12"),
        claim(2, second, "half", kind="fraction", low=0.5, high=0.5),
        claim(3, second, "half of the 300", low=150, high=150),
        claim(4, "Nobody printed this 7.", "7", low=7, high=7),
    ]
    for folder, links in (("story", True), ("singles", False)):
        (tmp_path / folder / "articles").mkdir(parents=True)
        (tmp_path / folder / "claims").mkdir()
        text = f"title: Frost\noutlet: Herald\ndate: 2020-06-01\n\n{_BODY}\n"
        (tmp_path / folder / "articles" / f"{folder}-1.txt").write_text(text)
        (tmp_path / folder / "claims" / f"{folder}-1.json").write_text(
            json.dumps({"article": f"{folder}-1", "claims": claims})
        )
        if links:
            (tmp_path / folder / "links.json").write_text('{"groups": [], "relations": []}')
    return tmp_path


@pytest.fixture(scope="module")
def nlp():
    return load()


def test_quantities_stand_where_their_claims_do_and_take_the_noun_from_the_text(nlp, root):
    annotated = next(read_annotated(nlp, [root]))
    assert [annotated.doc.text[q.start : q.end] for q in annotated.quantities] == ["12", "half"]
    assert [claim.value_text for claim in annotated.claims] == ["12", "half"]
    noun = annotated.quantities[0].noun
    assert "trees" in annotated.doc.text[noun.start : noun.end]


def test_a_story_is_one_and_other_articles_stand_alone(nlp, root):
    found = {annotated.folder: annotated.story for annotated in read_annotated(nlp, [root])}
    assert found == {"story": "story", "singles": "singles/singles-1"}


def test_folders_are_left_out_by_name_and_change_the_digest(nlp, root):
    (annotated,) = read_annotated(nlp, [root], leave_out=["story"])
    assert annotated.name == "singles-1"
    assert digest_annotated([root]) != digest_annotated([root], ["story"])


def test_a_folder_without_annotations_is_an_error(nlp, tmp_path):
    with pytest.raises(EvaluationError, match="no folder with claims"):
        list(read_annotated(nlp, [tmp_path]))
