"""Which claims answer one question."""

import pytest

from claimgraph.graph.questions import question, same_question
from claimgraph.vocab import Change, Kind, Status


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"subject": "people killed"}, {"subject": "death toll", "unit": "death"}, id="toll"),
        pytest.param({"entity": ("United States",)}, {"entity": ("the U.S.",)}, id="country-alias"),
        pytest.param({"period": "2031-05-01"}, {"period": "2031-05-03"}, id="as-of-days-of-a-toll"),
    ],
)
def test_same_question_sees_through_wording(make_claim, first, second):
    a, b = make_claim("40", 40, **first), make_claim("43", 43, **second)
    assert same_question(question(a), question(b)).same


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"subject": "people killed"}, {"subject": "people injured"}, id="deaths-injuries"),
        pytest.param({"entity": ("Freedonia",)}, {"entity": ("Sylvania",)}, id="other-country"),
        pytest.param({"status": Status.ASSERTED}, {"status": Status.HYPOTHETICAL}, id="hypothetical"),
        pytest.param({"change": Change.LEVEL}, {"change": Change.INCREASE}, id="level-change"),
        pytest.param(
            {"kind": Kind.PERCENT, "unit": "%", "subject": "unemployment rate", "period": "2031-04"},
            {"kind": Kind.PERCENT, "unit": "%", "subject": "youth unemployment rate", "period": "2031-04"},
            id="youth",
        ),
        pytest.param(
            {"kind": Kind.PERCENT, "unit": "%", "subject": "inflation", "period": "2031-04"},
            {"kind": Kind.PERCENT, "unit": "%", "subject": "inflation", "period": "2031-03"},
            id="month-after-month",
        ),
    ],
)
def test_same_question_keeps_lookalikes_apart(make_claim, first, second):
    a, b = make_claim("40", 40, **first), make_claim("43", 43, **second)
    assert not same_question(question(a), question(b)).same


def test_equal_claims_have_equal_keys(make_claim):
    assert question(make_claim("40", 40)).key == question(make_claim("40", 40, id="b#7", article="b")).key
