"""Agree, update or contradict, with a reason."""

import pytest

from claimgraph.graph.comparing import compare
from claimgraph.graph.linking import link, relations
from claimgraph.vocab import Kind, Label, Qualifier, Status

FIRST, SECOND = {"id": "a#1", "article": "a"}, {"id": "b#1", "article": "b"}


def toll(make_claim, which, value, day, **fields):
    dates = {"period": f"2031-05-{day:02}", "published": f"2031-05-{day:02}"}
    return make_claim(f"{value}", value, **(which | dates | fields))


def test_a_later_higher_toll_is_an_update(make_claim):
    found = compare(toll(make_claim, FIRST, 77, 1), toll(make_claim, SECOND, 272, 3))
    assert found.label is Label.UPDATE
    assert "77" in found.reason
    assert "272" in found.reason


def test_a_much_later_lower_toll_contradicts(make_claim):
    assert compare(toll(make_claim, FIRST, 272, 1), toll(make_claim, SECOND, 240, 9)).label is Label.CONTRADICT


def test_crews_that_leave_contradict_nobody(make_claim):
    crews = {"subject": "firefighters", "unit": "firefighter"}
    later = toll(make_claim, SECOND, 240, 9, **crews)
    assert compare(toll(make_claim, FIRST, 272, 1, **crews), later).label is Label.UPDATE


def test_a_lower_toll_said_to_be_revised_is_an_update(make_claim):
    later = toll(make_claim, SECOND, 240, 9, sentence="The toll was revised to 240.")
    assert compare(toll(make_claim, FIRST, 272, 1), later).label is Label.UPDATE


def test_the_founding_example_is_found(make_claim):
    """Two outlets give the number of people who crossed a border in one year: 196, and about 800."""
    year = {"subject": "defectors", "unit": "defector", "period": "2031", "entity": ("North Korea", "South Korea")}
    first = make_claim("196", 196, **FIRST, **year)
    second = make_claim("800", 800, **SECOND, **year, qualifier=Qualifier.APPROXIMATELY)
    pairs = list(relations(link([first, second]), [first, second]))
    assert [pair.label for pair in pairs] == [Label.CONTRADICT]
    assert "lies outside" in pairs[0].reason


@pytest.mark.parametrize("value", ["44 million", "43.6 million"])
def test_rounded_figures_agree(make_claim, value):
    money = {"kind": Kind.MONEY, "unit": "USD", "subject": "taxes", "period": "2030"}
    exact = make_claim("43,600,110", 43_600_110, **FIRST, **money)
    rounded = make_claim(value, float(value.split()[0]) * 1_000_000, **SECOND, **money)
    assert compare(exact, rounded).label is Label.AGREE


def test_the_denial_of_the_very_value_contradicts(make_claim):
    said = make_claim("12,345", 12_345, **FIRST)
    denied = make_claim("12,345", 12_345, **SECOND, status=Status.DENIED)
    assert compare(said, denied).label is Label.CONTRADICT


def test_currencies_are_not_exchanged(make_claim):
    euros = make_claim("16 billion", 16 * 10**9, **FIRST, kind=Kind.MONEY, unit="EUR")
    dollars = make_claim("18 billion", 18 * 10**9, **SECOND, kind=Kind.MONEY, unit="USD")
    found = compare(euros, dollars)
    assert found.confidence < 0.5
    assert "not converted" in found.reason


@pytest.mark.parametrize(
    ("first", "second", "label"),
    [
        (("30", 30, None, "at_least"), ("26", 26, 26, "exact"), Label.CONTRADICT),
        (("30", 30, 30, "exact"), ("26", 26, None, "at_least"), Label.UPDATE),
        (("30", None, 30, "at_most"), ("26", 26, 26, "exact"), Label.UPDATE),
    ],
    ids=["at-least-then-fewer", "then-only-a-bound", "up-to-then-fewer"],
)
def test_a_toll_a_day_later_cannot_be_lower(make_claim, first, second, label):
    claims = []
    for day, (which, (text, low, high, qualifier)) in enumerate(((FIRST, first), (SECOND, second)), start=1):
        dates = {"period": f"2031-05-0{day}", "published": f"2031-05-0{day}"}
        claims.append(make_claim(text, low, high, qualifier=Qualifier(qualifier), **which, **dates))
    assert compare(*claims).label is label


def test_a_forecast_that_did_not_come_true_contradicts_nothing(make_claim):
    money = {"kind": Kind.MONEY, "unit": "USD", "subject": "fine", "period": "2031"}
    before = make_claim("500 million", 500_000_000, **FIRST, **money, status=Status.FORECAST)
    after = make_claim("603 million", 603_000_000, **SECOND, **money)
    assert compare(before, after).label is Label.UPDATE


@pytest.mark.parametrize(
    "said",
    [
        {"value_text": "millions", "low": 2_000_000, "high": None, "qualifier": Qualifier.AT_LEAST},
        {"value_text": "90 million", "low": None, "high": 90_000_000, "status": Status.HYPOTHETICAL},
    ],
    ids=["vague", "could-be-up-to"],
)
def test_what_leaves_room_agrees(make_claim, said):
    people = {"subject": "people whose data leaked", "period": "2030"}
    exact = make_claim("32,100,000", 32_100_000, **FIRST, **people)
    assert compare(exact, make_claim(**SECOND, **people, **said)).label is Label.AGREE
