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
