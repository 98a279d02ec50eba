"""What a statement covers, and when two statements meet."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.graph.values import cut_off, digits, interval, meet
from claimgraph.vocab import Change, Kind, Qualifier


@pytest.mark.parametrize(
    ("text", "low", "fields", "covers"),
    [
        pytest.param("196", 196, {}, ("195.5", "196.5"), id="exact-count"),
        pytest.param("80,000", 80_000, {}, ("77600", "82400"), id="round-number"),
        pytest.param("nine", 9, {}, ("9", "9"), id="small-count-in-words"),
        pytest.param(
            "1.2bn", 1_200_000_000, {"kind": Kind.MONEY, "unit": "EUR"}, ("1150000000", "1250000000"), id="multiplier"
        ),
        pytest.param("800", 800, {"qualifier": Qualifier.APPROXIMATELY}, ("750", "850"), id="about"),
        pytest.param("3", 3, {"kind": Kind.PERCENT, "unit": "%"}, ("2.5", "3.5"), id="per-cent"),
        pytest.param("half", "0.5", {"kind": Kind.FRACTION, "unit": "fraction"}, ("50", "50"), id="share"),
    ],
)
def test_interval_covers_what_was_said(make_claim, text, low, fields, covers):
    found = interval(make_claim(text, low, **fields))
    assert (found.low, found.high) == tuple(map(Decimal, covers))


def test_nearly_is_below(make_claim):
    claim = make_claim("450", 450, sentence="Nearly 450 were there.", qualifier=Qualifier.APPROXIMATELY)
    assert interval(claim).high == 450


def test_units_are_converted(make_claim):
    acres = make_claim("10,000", 10_000, kind=Kind.MEASURE, unit="acre", subject="area burned")
    square = make_claim("40.5", "40.5", kind=Kind.MEASURE, unit="square kilometre", subject="area burned")
    assert meet(interval(acres), interval(square))


def test_a_fall_is_negative(make_claim):
    fall = make_claim("3", 3, kind=Kind.PERCENT, unit="%", change=Change.DECREASE)
    rise = make_claim("3", 3, kind=Kind.PERCENT, unit="%", change=Change.INCREASE)
    assert not meet(interval(fall), interval(rise))


def test_an_open_end_is_no_licence(make_claim):
    bound = make_claim("1,000", 1000, None, qualifier=Qualifier.MORE_THAN)
    assert meet(interval(bound), interval(make_claim("1,240", 1240)))
    assert not meet(interval(bound), interval(make_claim("5,000", 5000)))


def test_vague_words_meet_what_falls_within_them(make_claim):
    dozens = make_claim("dozens", 24, None, qualifier=Qualifier.AT_LEAST)
    assert meet(interval(dozens), interval(make_claim("61", 61)))
    assert not meet(interval(dozens), interval(make_claim("961", 961)))


def test_digits_may_be_cut_off(make_claim):
    money = {"kind": Kind.MONEY, "unit": "USD"}
    coarse = interval(make_claim("43 million", 43_000_000, **money))
    assert cut_off(coarse, interval(make_claim("43.9 million", 43_900_000, **money)))
    assert not cut_off(coarse, interval(make_claim("44.6 million", 44_600_000, **money)))


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_meeting_is_symmetric_and_reflexive(make_claim, a, b):
    x, y = interval(make_claim(f"{a:,}", a)), interval(make_claim(f"{b:,}", b))
    assert meet(x, x)
    assert meet(x, y) == meet(y, x)


@given(st.decimals(min_value="0.001", max_value=10**9, places=3))
def test_digits_do_not_depend_on_the_point(value):
    assert digits(value) == digits(value * 1000)
