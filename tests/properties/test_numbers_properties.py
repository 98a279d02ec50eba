"""Laws of the number finder: offsets, order, arithmetic, linear time, no exception on any text."""

import string
import time
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimgraph.stages.numbers.finder import NumberFinder
from claimgraph.stages.numbers.lexicon import load

_FINDER = NumberFinder(load("en"))
_PIECES = st.sampled_from(
    ["1", "12", "1,000", "2016", "0.5", "½", " ", "  ", "\n", "-", "–", "/", ":", ".", ",", "(", ")", "$", "%", "to",
     "and", "or", "in", "between", "from", "one", "two", "twenty", "hundred", "million", "half", "a", "third", "dozens",
     "of", "May", "p.m.", "bn", "m", "K", "people", "minus", "couple", "No.", "x", "'", "won", "vote", "percent", "İ",
     "ǆ", "٣", "１", "𝟙"]
)  # fmt: skip
_TEXTS = st.one_of(st.text(), st.lists(_PIECES).map("".join), st.lists(_PIECES).map(" ".join))

_UNITS = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def spell(number: int) -> str:
    """Spell out a whole number below a trillion."""
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= size:
            rest = f" {spell(number % size)}" if number % size else ""
            return f"{spell(number // size)} {name}{rest}"
    if number >= 100:
        rest = f" and {spell(number % 100)}" if number % 100 else ""
        return f"{_UNITS[number // 100]} hundred{rest}"
    if number < 20:
        return _UNITS[number]
    return _TENS[number // 10] + (f"-{_UNITS[number % 10]}" if number % 10 else "")


@given(_TEXTS)
@example("1\u2028million")
def test_mentions_are_sorted_disjoint_and_bounded(text):
    position = 0
    for reading in _FINDER.find(text):
        assert position <= reading.start < reading.end <= len(text)
        assert reading.high is None or reading.low <= reading.high
        assert reading.step > 0
        position = reading.end


@given(st.integers(min_value=1, max_value=10**12 - 1))
@example(1_000_001)
@example(20_016)
def test_spelt_out_numbers_come_back(number):
    text = f"They counted {spell(number)} lamps."
    (reading,) = _FINDER.find(text)
    assert text[reading.start : reading.end] == spell(number)
    assert reading.low == reading.high == number


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["", " million", "bn", " crore"]))
def test_written_numbers_come_back_with_their_precision(number, scale):
    power = {"": 0, " million": 6, "bn": 9, " crore": 7}[scale]
    written = f"{number:,}{scale}"
    (reading,) = _FINDER.find(f"It cost ${written} more.")
    assert reading.low == number.scaleb(power)
    assert reading.step == Decimal("0.01").scaleb(power)


@settings(deadline=None)
@given(st.integers(2, 40), st.integers(41, 99), st.sampled_from(["{} to {}", "{}-{}", "between {} and {}"]))
def test_ranges_come_back_with_both_ends(low, high, pattern):
    (reading,) = _FINDER.find(f"They hired {pattern.format(low, high)} cooks.")
    assert (reading.low, reading.high) == (low, high)


_BLOCKS = [
    "1,", "1 ", "1-", "1.", "1/", "1:", "(", "-", "one ", "one-", "and ", "hundred ", "a hundred ", "a ", "$", "May 1 ",
    "1 to ", "between ", "two and ", "half a ", "1,000", "million", " million", "No. ", "x1", "\n", "1\n", "of ", "9",
    "dozens of ", "½", "minus ", "one in ", "A1 ", "1 or ", "'", "1'", string.ascii_letters,
]  # fmt: skip


def _cost(text: str) -> float:
    begin = time.process_time()
    for _ in _FINDER.find(text):
        pass
    return time.process_time() - begin


@pytest.mark.parametrize("block", _BLOCKS)
def test_time_is_linear_in_the_text(block):
    """Ten times the text takes about ten times as long; quadratic work would take a hundred times."""
    short, long = (block * (size // len(block)) for size in (4_000, 40_000))
    quick = min(_cost(short) for _ in range(3))
    assert _cost(long) < 35 * quick + 0.05


@pytest.mark.slow
@pytest.mark.parametrize("block", _BLOCKS)
def test_a_million_characters_take_seconds(block):
    assert _cost(block * (10**6 // len(block))) < 60


@pytest.mark.parametrize("digits", [31, 1000, 10_000, 200_000])
def test_endless_digits_are_no_value(digits):
    assert not list(_FINDER.find(f"The code is {'7' * digits} today."))
