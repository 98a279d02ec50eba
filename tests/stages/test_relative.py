import pytest

from claimgraph import extract
from claimgraph.records import Article
from claimgraph.vocab import RelationType

pytestmark = pytest.mark.model

CASES = {
    "share of a counted whole": ("Half of the 196 sailors slept.", "Half", RelationType.SHARE_OF, "196"),
    "multiple of a definite number": (
        "The firm sold 800 cars, almost three times the 278 of 2022.",
        "three",
        RelationType.MULTIPLE_OF,
        "278",
    ),
    "change from a base": (
        "Sales rose 3% to 69 million euros from 67 million euros.",
        "3",
        RelationType.CHANGE_FROM,
        "67 million",
    ),
    "points from a rate": (
        "The bank cut its rate by 25 basis points to 4.5% from 4.75%.",
        "25",
        RelationType.CHANGE_FROM,
        "4.75",
    ),
}


@pytest.mark.parametrize(("text", "value", "type_", "base"), CASES.values(), ids=CASES.keys())
def test_a_relative_value_is_tied_to_its_base(nlp, text, value, type_, base):
    claims = {claim.value_text: claim for claim in nlp(text)._.claims}
    relation = claims[value].relation
    assert relation is not None
    assert (relation.type, relation.target) == (type_, claims[base].id)


def test_an_estimate_is_no_base(nlp):
    claims = nlp("Sales rose 3% to 69 million euros, compared with estimates of 70 million euros.")._.claims
    assert [claim.relation for claim in claims] == [None, None, None]


def test_a_bare_share_shares_the_whole_of_the_sentence_before(nlp):
    body = "More than half of the 196 sailors slept. About one in eight were ill."
    claims = {claim.value_text: claim for claim in extract([Article(id="a", title="", body=body)], nlp)}
    assert claims["one in eight"].relation.target == claims["196"].id
