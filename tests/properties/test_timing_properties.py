"""Laws of time reading: whatever the text and the dates, no exception, offsets that point into the text, order."""

import time
from datetime import date, timedelta
from decimal import Decimal

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from claimgraph.lexicon import load_entries
from claimgraph.records import Article, Quantity
from claimgraph.stages.timing import calendar
from claimgraph.stages.timing.calendar import Grain, Period
from claimgraph.stages.timing.candidates import propose
from claimgraph.stages.timing.clauses import load_cues
from claimgraph.stages.timing.expressions import make_finder
from claimgraph.stages.timing.lexicon import Word
from claimgraph.stages.timing.resolve import Moment, resolve
from claimgraph.stages.timing.setting import read_setting
from claimgraph.vocab import Change, Kind, Qualifier

FINDER = make_finder("en")
FORMS = [form for word in load_entries("en", "timing_words", "word", Word, "name") for form in word.forms]
PIECES = st.one_of(
    st.sampled_from([*FORMS, *(form.title() for form in FORMS)]),
    st.sampled_from(
        ["2023", "0", "31", "29", "99999", "0000", "Q3FY99", "FY2023-24", "9999-12", "2100s", "12th", "Feb. 29"]
    ),
    st.text(max_size=6),
)
TEXTS = st.lists(PIECES, max_size=14).map(" ".join)
ANCHORS = st.builds(
    lambda start, length, grain: Period(
        start=start, end=min(start, date.max - timedelta(length)) + timedelta(length), grain=grain
    ),
    st.dates(),
    st.integers(0, 900),
    st.sampled_from(Grain),
)
MOMENTS = st.builds(
    Moment, published=st.none() | st.dates(), anchor=st.none() | ANCHORS, future=st.booleans(), nearest=st.booleans()
)


@settings(max_examples=300, deadline=None)
@given(TEXTS, MOMENTS)
def test_every_expression_stands_in_the_text_and_reads_without_failing(text, moment):
    found = FINDER.find(text)
    spans = [(expression.start, expression.end) for expression in found]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False))
    for expression in found:
        period = resolve(expression, moment)
        assert period is None or (period.start <= period.end and period.year == period.end.year and period.iso)


@settings(deadline=None)
@given(TEXTS)
def test_relative_times_stay_unknown_without_a_publication_day(text):
    told = [resolve(expression, Moment(published=None)) for expression in FINDER.find(text)]
    spelt = any(character.isdecimal() for character in text)
    assert spelt or not any(told)


@given(ANCHORS, st.integers(-9999, 9999), st.integers(-12000, 12000))
def test_moving_a_period_keeps_it_whole_or_gives_none(period, years, steps):
    for moved in (calendar.shift(period, years=years), calendar.shift(period, steps=steps)):
        assert moved is None or (moved.start <= moved.end and moved.grain is period.grain)


@given(st.integers(-5, 10005), st.integers(-30, 40))
def test_months_outside_the_calendar_are_none(year, month):
    found = calendar.month(year, month)
    assert found is None or (
        found.start.day == 1 and (found.end + timedelta(1) if found.end < date.max else date.min).day == 1
    )


def test_placing_takes_linear_time():
    """All values and times in one unparsed sentence: each value may look at a few times only."""
    cues, blank = load_cues("en"), spacy.blank("en")

    def cost(times):
        doc = blank.make_doc("up 12 in 2019 from 14 a year earlier, " * times)
        offsets = [token.idx for token in doc if token.text in ("12", "14")]
        quantities = tuple(make_quantity(at, at + 2) for at in offsets)
        article = Article(id="x", title="", body=doc.text, published=date(2024, 1, 18))
        begun = time.process_time()
        setting = read_setting(doc, article, quantities, FINDER, cues)
        for quantity in quantities:
            propose(setting, quantity, None)
        return time.process_time() - begun

    cost(20)
    # the least of three each: another process on the machine slows one run down
    large, small = (min(cost(times) for _ in range(3)) for times in (1200, 200))
    assert large < 14 * small


def make_quantity(start, end):
    return Quantity(
        start=start,
        end=end,
        low=Decimal(12),
        high=Decimal(12),
        kind=Kind.COUNT,
        unit="ship",
        qualifier=Qualifier.EXACT,
        change=Change.LEVEL,
        noun=None,
        evidence=(),
    )


@pytest.mark.parametrize("unit", ["in May ", "a year earlier ", "2019-", "from 2019 to ", "the first ", "5 "])
def test_finding_takes_linear_time(unit):
    """Ten times the text may cost little more than ten times the work."""

    def cost(times):
        begun = time.process_time()
        FINDER.find(unit * times)
        return time.process_time() - begun

    cost(1000)
    assert cost(30_000) < 40 * max(cost(3_000), 0.005)
