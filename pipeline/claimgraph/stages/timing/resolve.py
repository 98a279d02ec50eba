"""Read time expressions: from words to periods of the calendar.

Deictic expressions (*last year*, *Monday*) are seen from the publication day, anaphoric ones (*a year earlier*,
*the same period*) from another time of the text, the anchor. Where the day or the anchor is missing, the answer is
None: nothing is guessed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from claimgraph.stages.timing import calendar
from claimgraph.stages.timing.calendar import Grain, Period
from claimgraph.stages.timing.expressions import Expression, Parts
from claimgraph.stages.timing.lexicon import Meaning

__all__ = ["ANAPHORIC", "Moment", "resolve"]

_DAY, _WEEK, _MONTH, _QUARTER, _HALF, _YEAR, _DECADE, _WEEKEND = range(1, 9)  # values of role `unit`
_GRAINS = {_DAY: Grain.DAY, _WEEK: Grain.WEEK, _MONTH: Grain.MONTH, _QUARTER: Grain.QUARTER, _HALF: Grain.HALF}
_MONTHS = {_MONTH: 1, _QUARTER: 3, _HALF: 6, _YEAR: 12, _DECADE: 120}

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """From where an expression is seen.

    published: the publication day, None when unknown. anchor: the time that anaphors point back to.
    future: the clause speaks of what is to come, so *in March* is the next one. nearest: either way (*until March*).
    """

    published: date | None
    anchor: Period | None = None
    future: bool = False
    nearest: bool = False


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
    if published is None or published < first.start:
        return first
    now = Period(start=published, end=published, grain=first.grain)
    return calendar.join(first, now)


def _ending(parts: Parts, last: Period) -> Period | None:
    """The year to June, the quarter ended on a day, the 12 months through a month."""
    unit = _one(parts, "unit")
    if unit == _QUARTER:
        return calendar.quarter(last.end.year, (last.end.month + 2) // 3)
    count = _count(parts)
    if unit in (_DAY, _WEEK):
        return calendar.days(last.end, count * (7 if unit == _WEEK else 1) - 1, 0)
    if unit not in _MONTHS:
        return last
    length = count * _MONTHS[unit]
    return _tidy(calendar.months(last.end.year, last.end.month - length + 1, length))


def _tidy(span: Period | None) -> Period | None:
    """Name months that fill a half or whole calendar years by that."""
    if span is None or span.grain is not Grain.MONTH:
        return span
    length = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month + 1
    if length % 12 == 0 and span.start.month == 1:
        return replace(span, grain=Grain.YEAR)
    return replace(span, grain=Grain.HALF) if length == 6 and span.start.month in (1, 7) else span


def _one(parts: Parts, role: str) -> int | None:
    values = parts.get(role)
    return values[0] if values else None


def _count(parts: Parts) -> int:
    """How many units: a figure, a number word (its value), or one."""
    if "count" in parts:
        return parts["count"][0]
    return parts["digits"][0] if "digits" in parts else 1


def _stated_year(parts: Parts, moment: Moment) -> int | None:
    """The year that the words give: by number, or seen from publication or anchor."""
    if "year" in parts:
        return parts["year"][-1]
    if "short" in parts:
        short = parts["short"][-1]
        return short if short > 99 else 2000 + short
    if _YEAR not in parts.get("unit", ()):
        return None
    if "deictic" in parts or "anaphor" not in parts:
        return moment.published.year + (_one(parts, "deictic") or 0) if moment.published else None
    return moment.anchor.year + parts["anaphor"][0] if moment.anchor else None


def _unresolved(parts: Parts) -> bool:
    """Whether a year was named in words that the moment could not tell."""
    return _YEAR in parts.get("unit", ()) or "anaphor" in parts


def _date(parts: Parts, moment: Moment) -> Period | None:
    number, in_month = parts["digits"][0], parts["month"][0]
    year = _stated_year(parts, moment)
    if year is not None:
        return calendar.day(year, in_month, number)
    if moment.published is None or _unresolved(parts):
        return None
    now = moment.published
    options = [calendar.day(now.year + step, in_month, number) for step in (-1, 0, 1)]
    known = [option for option in options if option and not (moment.future and option.end < now)]
    return min(known, key=lambda option: abs((option.start - now).days), default=None)


def _days(parts: Parts, moment: Moment) -> Period | None:
    ends = [_date({**parts, "digits": (number,)}, moment) for number in parts["digits"][:2]]
    return calendar.join(ends[0], ends[1]) if ends[0] and ends[1] else None


def _year_of_month(number: int, parts: Parts, moment: Moment) -> int | None:
    """The year of a month: as stated, else of the last one begun, or of the next in the future tense."""
    stated = _stated_year(parts, moment)
    if stated is not None:
        return stated
    if "anaphor" in parts:
        return moment.anchor.year if moment.anchor else None
    now = moment.published
    if now is None or _YEAR in parts.get("unit", ()):
        return None
    direction = _one(parts, "deictic")
    if moment.nearest and direction is None:
        return now.year + (number < now.month - 6) - (number > now.month + 6)
    if direction == 0:
        return now.year
    if direction == 1 or (moment.future and direction is None):
        return now.year + (number < now.month or (direction == 1 and number == now.month))
    return now.year - (number > now.month or (direction == -1 and number == now.month))


def _month(parts: Parts, moment: Moment) -> Period | None:
    number = parts["month"][0]
    year = _year_of_month(number, parts, moment)
    return None if year is None else calendar.month(year, number)


def _months(parts: Parts, moment: Moment) -> Period | None:
    first, last = parts["month"][:2]
    year = _year_of_month(last, parts, moment)
    if year is None:
        return None
    length = (last - first) % 12 + 1
    span = calendar.months(year, last - length + 1, length)
    quarterly = span is not None and length == 3 and last % 3 == 0 and "period" in parts
    return replace(span, grain=Grain.QUARTER) if span and quarterly else span


def _month_earlier(parts: Parts, moment: Moment) -> Period | None:
    anchor = moment.anchor
    return calendar.month(anchor.year - 1, parts["month"][0]) if anchor else None


def _months_of_split(parts: Parts, moment: Moment) -> Period | None:
    first, last = parts["month"][:2]
    year = parts["year"][0] + (last < 4)
    length = (last - first) % 12 + 1
    quarterly = length == 3 and last % 3 == 0
    return calendar.months(year, last - length + 1, length, Grain.QUARTER if quarterly else Grain.MONTH)


def _part_number(parts: Parts, last: int) -> int:
    number = parts["ordinal"][0]
    return last if number < 0 else min(number, last)


def _part_of_year(number: int, length: int, parts: Parts, moment: Moment) -> int | None:
    """The year of a quarter or half: as stated, else of the last one, or of the next in the future tense.

    The last quarter is the last one begun, since fiscal quarters run ahead of the calendar; longer parts must be over.
    """
    stated = _stated_year(parts, moment)
    now = moment.published
    if stated is not None or now is None or _unresolved(parts):
        return stated
    first, last = number * length - length + 1, number * length
    return now.year + (last < now.month) if moment.future else now.year - ((first if length <= 3 else last) > now.month)


def _quarter(parts: Parts, moment: Moment) -> Period | None:
    number = _part_number(parts, 4)
    year = _part_of_year(number, 3, parts, moment)
    return None if year is None else calendar.quarter(year, number)


def _half(parts: Parts, moment: Moment) -> Period | None:
    number = _part_number(parts, 2)
    year = _part_of_year(number, 6, parts, moment)
    return None if year is None else calendar.half(year, number)


def _quarter_of_month(parts: Parts, moment: Moment) -> Period | None:
    at = _month(parts, moment)
    return calendar.quarter(at.year, (at.end.month + 2) // 3) if at else None


def _fiscal_quarter(parts: Parts, moment: Moment) -> Period | None:
    """Q3FY25, as Indian companies write it: their year ends in March."""
    year = _stated_year(parts, moment)
    return None if year is None else calendar.quarter(year - 1, parts["ordinal"][0] + 1)


def _months_of_year(parts: Parts, moment: Moment) -> Period | None:
    """The first or last so many months of a year."""
    length = _count(parts) * _MONTHS.get(parts["unit"][0], 0)
    if not 0 < length <= 12:
        return None
    at_end = -1 in (*parts.get("ordinal", ()), *parts.get("deictic", ())) and "year" in parts
    year = _part_of_year(1, length, parts, moment)
    if year is None:
        return None
    return _tidy(calendar.months(year, 13 - length if at_end else 1, length))


def _edge(parts: Parts, moment: Moment) -> Period | None:
    """The end of a period is its last day; its start is told no finer than the period."""
    whole = _edge_of(parts, moment)
    if whole is None or parts["edge"][0] == 0:
        return whole
    return calendar.days(whole.end, 0, 0)


def _edge_of(parts: Parts, moment: Moment) -> Period | None:
    if "ordinal" in parts:
        return _quarter(parts, moment)
    if "month" in parts:
        return _month(parts, moment)
    if "year" in parts:
        return calendar.year(parts["year"][0])
    return _deictic(parts, moment) if "deictic" in parts else _anaphor(parts, moment)


def _season(parts: Parts, moment: Moment) -> Period | None:
    """A season is told by its year: its months differ from place to place."""
    now, stated = moment.published, _stated_year(parts, moment)
    if stated is not None:
        return calendar.year(stated)
    if now is None:
        return None
    begins = parts["part"][0] * 3 % 12
    direction = 1 if moment.future and "deictic" not in parts else _one(parts, "deictic")
    if direction == 1:
        return calendar.year(now.year + (begins + 3 <= now.month))
    over = begins + (3 if direction == -1 else 0) <= now.month
    return calendar.year(now.year - (not over and direction != 0))


def _split(parts: Parts, moment: Moment) -> Period | None:
    """2021/22: from the first year to the second; where the second does not come later, the first alone."""
    first, short = parts["year"][0], parts["short"][0]
    last = first - first % 100 + short
    last += 100 if last < first else 0
    return calendar.years(first, last) if first < last < first + 50 else calendar.year(first)


def _year(parts: Parts, moment: Moment) -> Period | None:
    stated = _stated_year(parts, moment)
    return None if stated is None else calendar.year(stated)


def _years(parts: Parts, moment: Moment) -> Period | None:
    first, last = parts["year"][:2]
    return calendar.years(first, last)


def _decade(parts: Parts, moment: Moment) -> Period | None:
    return calendar.decade(parts["decade"][0])


def _deictic(parts: Parts, moment: Moment) -> Period | None:
    if "deictic" not in parts:
        return _anaphor(parts, moment)
    now = moment.published
    return _step(calendar.days(now, 0, 0), parts["unit"][-1], parts["deictic"][0]) if now else None


def _step(seen_from: Period | None, unit: int, steps: int) -> Period | None:
    """The unit around a period, or so many before or after it."""
    if seen_from is None:
        return None
    around = _around(seen_from, unit)
    return calendar.shift(around, steps=steps) if around and steps else around


def _around(period: Period, unit: int) -> Period | None:
    """The unit that the end of a period lies in."""
    at = period.end
    if unit == _DAY:
        return calendar.days(at, 0, 0)
    if unit == _WEEK:
        return calendar.days(at, at.weekday(), 6 - at.weekday(), Grain.WEEK)
    if unit == _WEEKEND:
        return calendar.days(at, (at.weekday() - 5) % 7, 1 - (at.weekday() - 5) % 7)
    if unit == _MONTH:
        return calendar.month(at.year, at.month)
    if unit == _QUARTER:
        return calendar.quarter(at.year, (at.month + 2) // 3)
    if unit == _HALF:
        return calendar.half(at.year, 1 if at.month <= 6 else 2)
    return calendar.year(at.year) if unit == _YEAR else calendar.decade(at.year // 10 * 10)


def _ago(parts: Parts, moment: Moment) -> Period | None:
    """So long before publication; *a year ago* in a report on a quarter is that quarter of the year before."""
    count, unit, now = _count(parts), parts["unit"][0], moment.published
    anchor = moment.anchor
    if unit == _YEAR and count == 1 and anchor and Grain.MONTH <= anchor.grain < Grain.YEAR:
        return calendar.shift(anchor, years=-1)
    if now is None:
        return None
    if unit in (_DAY, _WEEK):
        length = count * (7 if unit == _WEEK else 1)
        return calendar.days(now, length, -length, Grain.WEEK if unit == _WEEK else Grain.DAY)
    return _step(calendar.days(now, 0, 0), unit, -count)


def _trailing(parts: Parts, moment: Moment) -> Period | None:
    """The past so many units up to publication, or the next so many from it."""
    now, unit, count = moment.published, parts["unit"][0], _count(parts)
    if now is None or unit == _WEEKEND:
        return None
    forward = _one(parts, "deictic") == 1
    if unit in (_DAY, _WEEK):
        length = count * (7 if unit == _WEEK else 1)
        return calendar.days(now, 0, length) if forward else calendar.days(now, length, 0)
    length = count * _MONTHS[unit]
    grain = Grain.YEAR if unit in (_YEAR, _DECADE) else Grain.MONTH
    first = calendar.months(now.year, now.month - (0 if forward else length), length + 1)
    return replace(first, grain=grain) if first else None


def _weekday(parts: Parts, moment: Moment) -> Period | None:
    """The day of that name among the last seven, publication day included; the next one in the future tense."""
    now = moment.published
    if now is None:
        return None
    back = (now.weekday() - parts["weekday"][0]) % 7
    direction = _one(parts, "deictic")
    if direction == 1 or (moment.future and direction is None and back):
        return calendar.days(now, back - 7, 7 - back)
    back = 7 if direction == -1 and back == 0 else back
    return calendar.days(now, back, -back)


def _weekend(parts: Parts, moment: Moment) -> Period | None:
    now = moment.published
    return _around(Period(start=now, end=now, grain=Grain.DAY), _WEEKEND) if now else None


def _day(parts: Parts, moment: Moment) -> Period | None:
    step = parts["day"][0]
    return calendar.days(moment.published, -step, step) if moment.published else None


def _anaphor(parts: Parts, moment: Moment) -> Period | None:
    anchor = moment.anchor
    if anchor is None:
        return None
    unit = _one(parts, "unit")
    return anchor if unit is None else _wider(_step(anchor, unit, parts["anaphor"][0]), anchor)


def _wider(found: Period | None, anchor: Period) -> Period:
    """The same month of an anchor that is told by its year is no finer than that year."""
    return found if found and (found.grain >= anchor.grain or not anchor.covers(found)) else anchor


def _same_unit(parts: Parts, moment: Moment) -> Period | None:
    anchor = moment.anchor
    if anchor is None:
        return None
    unit, now = parts["unit"][-1], moment.published
    if moment.future and unit == _YEAR and now:
        return calendar.year(now.year)
    return _wider(_around(anchor, unit), anchor)


def _unit_earlier(parts: Parts, moment: Moment) -> Period | None:
    """One year, or one other unit, before the anchor."""
    anchor, units = moment.anchor, parts["unit"]
    if anchor is None:
        return None
    if _YEAR in units:
        back = calendar.year(anchor.year) if anchor.grain <= Grain.WEEK else anchor
        return calendar.shift(back, years=-1) if back else None
    return _step(anchor, units[0], -1)


def _units_earlier(parts: Parts, moment: Moment) -> Period | None:
    return _step(moment.anchor, parts["unit"][0], -_count(parts))


def _units_later(parts: Parts, moment: Moment) -> Period | None:
    return _step(moment.anchor, parts["unit"][0], _count(parts))


def _units_before(parts: Parts, moment: Moment) -> Period | None:
    """The so many units before the anchor, or as many as it has and a year before."""
    anchor, unit, count = moment.anchor, parts["unit"][0], _count(parts)
    if anchor is None or unit not in _MONTHS:
        return None
    length, first = count * _MONTHS[unit], anchor.start
    if parts["anaphor"][0] == 0:
        return anchor
    grain = Grain.YEAR if unit in (_YEAR, _DECADE) else Grain.MONTH
    if grain is Grain.YEAR:
        return calendar.years(first.year - length // 12, first.year - 1)
    if anchor.grain is Grain.QUARTER and length == 3:
        grain = Grain.QUARTER
    return calendar.months(first.year, first.month - length, length, grain)


def _same_of_year(parts: Parts, moment: Moment) -> Period | None:
    anchor = moment.anchor
    return calendar.shift(anchor, years=parts["year"][-1] - anchor.year) if anchor else None


_READERS: dict[Meaning, Callable[[Parts, Moment], Period | None]] = {
    Meaning.DATE: _date,
    Meaning.DAYS: _days,
    Meaning.MONTH: _month,
    Meaning.MONTHS: _months,
    Meaning.MONTH_EARLIER: _month_earlier,
    Meaning.MONTHS_OF_SPLIT: _months_of_split,
    Meaning.QUARTER: _quarter,
    Meaning.QUARTER_OF_MONTH: _quarter_of_month,
    Meaning.FISCAL_QUARTER: _fiscal_quarter,
    Meaning.HALF: _half,
    Meaning.PART_OF_YEAR: _months_of_year,
    Meaning.EDGE: _edge,
    Meaning.SEASON: _season,
    Meaning.SPLIT: _split,
    Meaning.FISCAL: _year,
    Meaning.YEAR: _year,
    Meaning.YEARS: _years,
    Meaning.DECADE: _decade,
    Meaning.DEICTIC: _deictic,
    Meaning.AGO: _ago,
    Meaning.TRAILING: _trailing,
    Meaning.WEEKDAY: _weekday,
    Meaning.WEEKEND: _weekend,
    Meaning.DAY: _day,
    Meaning.ANAPHOR: _anaphor,
    Meaning.SAME_UNIT: _same_unit,
    Meaning.SAME_SPAN: lambda _, moment: moment.anchor,
    Meaning.UNIT_EARLIER: _unit_earlier,
    Meaning.UNITS_EARLIER: _units_earlier,
    Meaning.UNITS_LATER: _units_later,
    Meaning.UNITS_BEFORE: _units_before,
    Meaning.SAME_OF_YEAR: _same_of_year,
}
