"""Which claims answer one question."""

import dataclasses

import pytest

from claimgraph.graph.matching import alike, clash, signs
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


def test_rounded_figures_of_a_level_and_a_change_may_be_one(make_claim):
    """*Added 143,200 jobs* and *143,000 new jobs*: whether a count is a change is told by its noun as well."""
    about = {"subject": "jobs", "unit": "job", "period": "2031-04"}
    exact = make_claim("143,200", 143_200, sentence="Norland added 143,200 jobs.", **about)
    rounded = make_claim("143,000", 143_000, sentence="The 143,000 jobs added helped.", **about)
    added = dataclasses.replace(exact, change=Change.INCREASE)
    assert same_question(question(added), question(rounded)).same
    assert not clash(question(added), question(rounded))


def test_net_sales_far_from_all_sales_are_another_figure(make_claim):
    sales = {"kind": Kind.MONEY, "unit": "USD", "entity": ("Acme",), "period": "2031-Q1"}
    net = question(make_claim("6.2 billion", 6_200_000_000, subject="net sales", **sales))
    total = question(make_claim("8.1 billion", 8_100_000_000, subject="sales and revenue", **sales))
    assert not alike(net, total)


def test_equal_claims_have_equal_keys(make_claim):
    assert question(make_claim("40", 40)).key == question(make_claim("40", 40, id="b#7", article="b")).key


@pytest.mark.parametrize("entity", [("North Korea",), ("South Korea", "North Korea"), ("North Korea", "South Korea")])
def test_what_lies_between_two_countries_may_be_told_from_either(make_claim, entity):
    """Far figures, so that nothing but the measure and the countries can bring the two together."""
    about = {"subject": "defectors", "unit": "defector", "year": 2023, "period": "2023"}
    first = make_claim("196", 196, entity=("North Korea", "South Korea"), **about)
    assert same_question(question(first), question(make_claim("800", 800, entity=entity, **about))).same


def test_no_country_is_part_of_another(make_claim):
    about = {"subject": "coal exports", "kind": Kind.MONEY, "unit": "USD", "period": "2030"}
    both = question(make_claim("40", 40, entity=("Chile", "Peru"), **about))
    one = question(make_claim("43", 43, entity=("Peru",), **about))
    assert "country shared" in {sign.name.partition(",")[0] for sign in signs(both, one)}


@pytest.mark.parametrize(
    "sentence", ["Of 40,000 homes hit, including 17,000 badly, few stand.", "17,000 of them fell."]
)
def test_a_part_of_a_count_is_another_question(make_claim, sentence):
    homes = {"unit": "home", "subject": "homes damaged", "entity": ("Freedonia",)}
    part = make_claim("17,000", 17_000, sentence=sentence, **homes)
    assert not same_question(question(part), question(make_claim("49,000", 49_000, **homes))).same


def test_what_has_parts_is_no_part(make_claim):
    whole = make_claim(
        "40,000", 40_000, sentence="Of 90 towns, 40,000 homes, including 17,000 flats, fell.", unit="home"
    )
    assert "a part" not in question(whole).modifiers


def test_a_measure_in_capitals_is_nobody(make_claim):
    """*ACME 4TH QTR NET* is about Acme, and two such tables are about two firms."""
    profit = {"kind": Kind.MONEY, "unit": "USD", "subject": "net profit", "period": "2030"}
    acme = question(make_claim("523,000", 523_000, entity=("NET", "Acme"), **profit))
    initech = question(make_claim("488,000", 488_000, entity=("NET", "Initech"), **profit))
    assert acme.entities == ("acm",)
    assert not same_question(acme, initech).same


def test_what_restricts_a_measure_is_nobody(make_claim):
    """*Oper net 523,000* is about the firm, not about Oper."""
    profit = {"kind": Kind.MONEY, "unit": "USD", "subject": "Oper net", "period": "2030"}
    assert question(make_claim("523,000", 523_000, entity=("Avg", "Oper", "Acme"), **profit)).entities == ("acm",)


def test_three_others_are_not_all_four(make_claim):
    four = make_claim("four", 4, sentence="The raid killed four Freedonians.")
    others = make_claim("three", 3, sentence="The raid killed the consul and three other Freedonians.")
    assert not same_question(question(four), question(others)).same
