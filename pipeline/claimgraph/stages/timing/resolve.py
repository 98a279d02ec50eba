"""Read time expressions: from words to periods of the calendar.

Deictic expressions (*last year*, *Monday*) are seen from the publication day, anaphoric ones (*a year earlier*,
*the same period*) from another time of the text, the anchor. Where the day or the anchor is missing, the answer is
None: nothing is guessed.
"""

from collections.abc import Callable
from datetime import date

from claimgraph.stages.timing import calendar, dates, relative
from claimgraph.stages.timing.calendar import Period
from claimgraph.stages.timing.expressions import Expression, Parts
from claimgraph.stages.timing.lexicon import Meaning
from claimgraph.stages.timing.words import DAY, MONTHS, QUARTER, WEEK, Moment, count_units, first_value

__all__ = ["ANAPHORIC", "Moment", "resolve"]

#: Meanings that need an anchor.
ANAPHORIC = frozenset(
    {
        Meaning.ANAPHOR,
        Meaning.SAME_UNIT,
        Meaning.SAME_SPAN,
        Meaning.UNIT_EARLIER,
        Meaning.UNITS_EARLIER,
        Meaning.UNITS_LATER,
        Meaning.UNITS_BEFORE,
        Meaning.SAME_OF_YEAR,
        Meaning.MONTH_EARLIER,
    }
)


def resolve(expression: Expression, moment: Moment) -> Period | None:
    """Return the period of an expression, None where it dates nothing or the moment does not tell."""
    if expression.inner:
        return _frame(expression, moment)
    reader = _READERS.get(expression.meaning)
    return reader(expression.parts, moment) if reader else None


def _frame(expression: Expression, moment: Moment) -> Period | None:
    times = [resolve(inner, moment) for inner in expression.inner]
    last = times[-1]
    if last is None:
        return None
    opening = expression.inner[0]
    if len(times) == 2 and (expression.meaning is Meaning.ENDING or opening.meaning is Meaning.SAME_UNIT):
        return _ending(opening.parts, last)
    if expression.meaning is Meaning.SPAN:
        return (calendar.join(times[0], last) or last) if times[0] else last
    if expression.meaning is Meaning.SINCE:
        return _since(last, moment.published)
    return _ending(expression.parts, last)


def _since(first: Period, published: date | None) -> Period | None:
    """From a time to publication; open where that is unknown, so it is not told."""
    if published is None:
        return None
    if published < first.start:
        return first
    now = Period(start=published, end=published, grain=first.grain)
    return calendar.join(first, now)


def _ending(parts: Parts, last: Period) -> Period | None:
    """The year to June, the quarter ended on a day, the 12 months through a month."""
    unit = first_value(parts, "unit")
    if unit == QUARTER:
        return calendar.quarter(last.end.year, (last.end.month + 2) // 3)
    count = count_units(parts)
    if unit in (DAY, WEEK):
        return calendar.days(last.end, count * (7 if unit == WEEK else 1) - 1, 0)
    if unit not in MONTHS:
        return last
    length = count * MONTHS[unit]
    return dates.tidy(calendar.months(last.end.year, last.end.month - length + 1, length))


_READERS: dict[Meaning, Callable[[Parts, Moment], Period | None]] = {
    Meaning.DATE: dates.read_date,
    Meaning.DAYS: dates.read_days,
    Meaning.MONTH: dates.read_month,
    Meaning.MONTHS: dates.read_months,
    Meaning.MONTH_EARLIER: dates.read_month_earlier,
    Meaning.MONTHS_OF_SPLIT: dates.read_months_of_split,
    Meaning.QUARTER: dates.read_quarter,
    Meaning.QUARTER_OF_MONTH: dates.read_quarter_of_month,
    Meaning.FISCAL_QUARTER: dates.read_fiscal_quarter,
    Meaning.HALF: dates.read_half,
    Meaning.PART_OF_YEAR: dates.read_months_of_year,
    Meaning.EDGE: relative.read_edge,
    Meaning.SEASON: dates.read_season,
    Meaning.SPLIT: dates.read_split,
    Meaning.FISCAL: dates.read_year,
    Meaning.YEAR: dates.read_year,
    Meaning.YEARS: dates.read_years,
    Meaning.NEW_YEAR: relative.read_new_year,
    Meaning.YEAR_END: relative.read_year_end,
    Meaning.TO_DATE: relative.read_year_to_date,
    Meaning.DECADE: dates.read_decade,
    Meaning.DEICTIC: relative.read_deictic,
    Meaning.AGO: relative.read_ago,
    Meaning.AHEAD: relative.read_ahead,
    Meaning.TRAILING: relative.read_trailing,
    Meaning.WEEKDAY: relative.read_weekday,
    Meaning.WEEKEND: relative.read_weekend,
    Meaning.DAY: relative.read_day,
    Meaning.ANAPHOR: relative.read_anaphor,
    Meaning.SAME_UNIT: relative.read_same_unit,
    Meaning.SAME_SPAN: lambda _, moment: moment.anchor,
    Meaning.UNIT_EARLIER: relative.read_unit_earlier,
    Meaning.UNITS_EARLIER: relative.read_units_earlier,
    Meaning.UNITS_LATER: relative.read_units_later,
    Meaning.UNITS_BEFORE: relative.read_units_before,
    Meaning.SAME_OF_YEAR: relative.read_same_of_year,
}
