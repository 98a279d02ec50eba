import dataclasses
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.graph.arithmetic import Verdict, check_arithmetic, self_checks
from claimgraph.records import Claim, Relation
from claimgraph.vocab import Change, Kind, Qualifier, RelationType, Status


def claim(value, text=None, *, id_="c", **changes):
    number = None if value is None else Decimal(str(value))
    text = text or str(value)
    made = Claim(
        id=id_,
        article="a",
        outlet=None,
        published=None,
        sentence=text,
        sentence_start=0,
        start=0,
        end=len(text),
        value_text=text,
        low=number,
        high=number,
        qualifier=Qualifier.EXACT,
        kind=Kind.COUNT,
        unit="defector",
        change=Change.LEVEL,
        subject="defectors",
        entity=(),
        year=2023,
        period="2023",
        source=None,
        status=Status.ASSERTED,
        relation=None,
        confidence=0.5,
    )
    return dataclasses.replace(made, **changes)


ABOUT = {"qualifier": Qualifier.APPROXIMATELY}
TIMES = {"kind": Kind.MULTIPLE, "unit": "times"}
ABOUT_TIMES = ABOUT | TIMES
EURO = {"kind": Kind.MONEY, "unit": "EUR"}
PERCENT = {"kind": Kind.PERCENT, "unit": "%"}
HALF = {"kind": Kind.FRACTION, "unit": "fraction"}
UP = {"change": Change.INCREASE}
DOWN = {"change": Change.DECREASE}
MULTIPLE, SHARE, CHANGE = RelationType.MULTIPLE_OF, RelationType.SHARE_OF, RelationType.CHANGE_FROM
YES, NO, UNKNOWN = Verdict.CONSISTENT, Verdict.INCONSISTENT, Verdict.UNKNOWN

CASES = {
    "three times the 278 is around 800": (MULTIPLE, claim(3, "three", **ABOUT_TIMES), 278, claim(800, **ABOUT), YES),
    "about triple the 67 is 196": (MULTIPLE, claim(3, "triple", **ABOUT_TIMES), 67, claim(196), YES),
    "about triple the 63 is 196": (MULTIPLE, claim(3, "triple", **ABOUT_TIMES), 63, claim(196), YES),
    "triple the 67 is not 300": (MULTIPLE, claim(3, "triple", **TIMES), 67, claim(300), NO),
    "half of 196 is 98": (SHARE, claim("0.5", "half", **HALF), 196, claim(98), YES),
    "half of 196 is not 60": (SHARE, claim("0.5", "half", **HALF), 196, claim(60), NO),
    "9% of 42,312 is 3,900": (SHARE, claim(9, **PERCENT), 42312, claim(3900, "3,900"), YES),
    "up 3% from 67 is 69": (CHANGE, claim(3, **PERCENT, **UP), 67, claim(69), YES),
    "up 3% from 67 is not 72": (CHANGE, claim(3, **PERCENT, **UP), 67, claim(72), NO),
    "down 20% from 300 is 240": (CHANGE, claim(20, **PERCENT, **DOWN), 300, claim(240), YES),
    "down 20% from 300 is not 360": (CHANGE, claim(20, **PERCENT, **DOWN), 300, claim(360), NO),
    "9 more than the others, 54 to 45": (CHANGE, claim(9, **UP), 54, claim(45), UNKNOWN),
    "more is lost than there was": (CHANGE, claim(75, **DOWN), 16, claim(49), UNKNOWN),
    "up 58% from 7.3 to 11.7 million": (CHANGE, claim(58, **PERCENT, **UP), 7_300_000, claim(11_700_000), YES),
    "40 fewer than 100 is 60": (CHANGE, claim(40, **DOWN), 100, claim(60), YES),
    "up by 40 from 60 is 100": (CHANGE, claim(40, **UP), 60, claim(100), YES),
    "a third value of another unit": (CHANGE, claim(3, **PERCENT, **UP), 67, claim(69, **EURO), UNKNOWN),
    "no third value": (CHANGE, claim(3, **PERCENT, **UP), 67, None, UNKNOWN),
    "a part larger than its whole": (SHARE, claim(330), 297, None, NO),
    "more than all of it": (SHARE, claim(120, **PERCENT), 297, None, NO),
}  # fmt: skip


@pytest.mark.parametrize(("type_", "relative", "base", "result", "verdict"), CASES.values(), ids=CASES.keys())
def test_arithmetic_is_checked_on_intervals(type_, relative, base, result, verdict):
    assert check_arithmetic(type_, relative, claim(base), result).verdict is verdict


def test_points_move_a_rate():
    cut = claim("0.25", kind=Kind.PERCENTAGE_POINTS, unit="percentage point", change=Change.DECREASE)
    check = check_arithmetic(CHANGE, cut, claim("4.75", **PERCENT), claim("4.5", **PERCENT))
    assert check.verdict is YES


def test_the_reason_speaks_in_the_units_of_the_text():
    hectares = {"kind": Kind.MEASURE, "unit": "hectare"}
    check = check_arithmetic(CHANGE, claim(10, **PERCENT, **UP), claim(100, **hectares), claim(150, **hectares))
    assert check.reason == "up 10% from 100 makes 106.2–113.8; the text says “150”"


@given(base=st.integers(100, 10**6), share=st.integers(1, 99))
def test_a_change_computed_from_its_base_is_consistent(base, share):
    result = round(base * (100 + share) / 100)
    check = check_arithmetic(CHANGE, claim(share, **PERCENT, **UP), claim(base), claim(result))
    assert check.verdict is YES


def related(relative, base, *others):
    relative = dataclasses.replace(relative, id="r", relation=Relation(type=CHANGE, target="b"))
    return self_checks([relative, dataclasses.replace(base, id="b"), *others])


def test_an_article_that_contradicts_itself_is_found():
    (check,) = related(claim(3, **PERCENT, **UP), claim(67), claim(72, id_="x"))
    assert (check.a, check.b, check.ok) == ("r", "x", False)


def test_one_fitting_value_is_enough():
    (check,) = related(claim(3, **PERCENT, **UP), claim(67), claim(72, id_="x"), claim(69, id_="y"))
    assert (check.b, check.ok) == ("y", True)


def test_several_values_that_do_not_fit_are_no_finding():
    assert related(claim(3, **PERCENT, **UP), claim(67), claim(72, id_="x"), claim(90, id_="y")) == ()


def listed(sentence, *values):
    numbers = {"Two": 2}
    at, made = 0, []
    for value in values:
        at = sentence.index(str(value), at)
        made.append(
            claim(
                numbers.get(value, value),
                str(value),
                id_=str(value),
                sentence=sentence,
                start=at,
                end=at + len(str(value)),
            )
        )
        at += 1
    return [(check.a, check.b, check.ok) for check in self_checks(made)]


@pytest.mark.parametrize(
    ("sentence", "values", "found"),
    [
        ("30 people: 18 women and 12 men.", (30, 18, 12), [("30", "18", True)]),
        ("30 people: 18 women and 22 men.", (30, 18, 22), [("30", "18", False)]),
        ("30 people: 18 women and 2 men.", (30, 18, 2), []),
        ("30 people, including 12 men.", (30, 12), [("30", "12", True)]),
        ("30 people, including 42 men.", (30, 42), [("30", "42", False)]),
        ("30 people and 42 men.", (30, 42), []),
        ("Won by 30–28, with 35 absent.", (30, 28, 35), []),
        ("Utah: 30 Ohio: 28 Iowa: 27", (30, 28, 27), []),
        ("Two rivals — who led 20 of 39 polls — left.", ("Two", 20, 39), []),
    ],
    ids=[
        "sum fits",
        "sum is too large",
        "list may be incomplete",
        "part fits",
        "part is too large",
        "no list",
        "tally",
        "table",
        "clause",
    ],
)
def test_parts_are_held_against_their_whole(sentence, values, found):
    assert listed(sentence, *values) == found
