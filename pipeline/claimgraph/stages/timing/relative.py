"""Read times that are seen from another one: from publication (*last year*) or the anchor (*a year earlier*)."""

from dataclasses import replace
from datetime import date

from claimgraph.stages.timing import calendar
from claimgraph.stages.timing.calendar import Grain, Period
from claimgraph.stages.timing.dates import read_month, read_quarter
from claimgraph.stages.timing.expressions import Parts
from claimgraph.stages.timing.words import (
    DAY,
    DECADE,
    HALF,
    MONTH,
    MONTHS,
    QUARTER,
    WEEK,
    WEEKEND,
    YEAR,
    Moment,
    count_units,
    first_value,
)

__all__ = [
    "read_ago",
    "read_ahead",
    "read_anaphor",
    "read_day",
    "read_deictic",
    "read_edge",
    "read_new_year",
    "read_same_of_year",
    "read_same_unit",
    "read_trailing",
    "read_unit_earlier",
    "read_units_before",
    "read_units_earlier",
    "read_units_later",
    "read_weekday",
    "read_weekend",
    "read_year_end",
    "read_year_to_date",
]

_BEGUN = 45  # days; what was earned *this quarter* is told some weeks into the next one
_NEW_UNTIL, _NEW_FROM = 2, 10  # months


def read_edge(parts: Parts, moment: Moment) -> Period | None:
    """The end of a period is its last day; its start is told no finer than the period."""
    whole = _edge_of(parts, moment)
    if whole is None or parts["edge"][0] == 0:
        return whole
    # the 2020s end with 2030, as plans have it
    return calendar.year(whole.year + 1) if DECADE in parts.get("unit", ()) else calendar.days(whole.end, 0, 0)


def _edge_of(parts: Parts, moment: Moment) -> Period | None:
    if "ordinal" in parts:
        return read_quarter(parts, moment)
    if "month" in parts:
        return read_month(parts, moment)
    if "year" in parts:
        return calendar.year(parts["year"][0])
    if "deictic" in parts:
        return read_deictic(parts, moment)
    if DECADE in parts.get("unit", ()) and moment.published:
        return _around(Period(start=moment.published, end=moment.published, grain=Grain.DAY), DECADE)
    return read_anaphor(parts, moment)


def read_deictic(parts: Parts, moment: Moment) -> Period | None:
    """Read the deictic that an expression names."""
    if "deictic" not in parts:
        return read_anaphor(parts, moment)
    now, unit, steps = moment.published, parts["unit"][-1], parts["deictic"][0]
    if now is None:
        return None
    begun = unit == QUARTER and steps == 0 and not (moment.future or moment.untold)
    return _step(calendar.days(now, _BEGUN if begun else 0, -_BEGUN if begun else 0), unit, steps)


def read_new_year(_: Parts, moment: Moment) -> Period | None:
    """The year around whose first day an article is published; from March on, and before October, there is none."""
    now = moment.published
    if now is None or _NEW_UNTIL < now.month < _NEW_FROM:
        return None
    return calendar.year(now.year + (now.month >= _NEW_FROM))


def read_year_end(parts: Parts, moment: Moment) -> Period | None:
    """The last day of a year; told without its year, it is over until it comes near."""
    now, number = moment.published, first_value(parts, "year")
    if number is None and now is not None:
        ahead = moment.future or moment.untold or now.month >= _NEW_FROM
        number = now.year - (not ahead)
    whole = calendar.year(number) if number is not None else None
    return calendar.days(whole.end, 0, 0) if whole else None


def read_year_to_date(_: Parts, moment: Moment) -> Period | None:
    """The year of publication."""
    return calendar.year(moment.published.year) if moment.published else None


def _step(seen_from: Period | None, unit: int, steps: int) -> Period | None:
    """The unit around a period, or so many before or after it."""
    if seen_from is None:
        return None
    around = _around(seen_from, unit)
    return calendar.shift(around, steps=steps) if around and steps else around


def _around(period: Period, unit: int) -> Period | None:
    """The unit that the end of a period lies in."""
    at = period.end
    if unit == DAY:
        return calendar.days(at, 0, 0)
    if unit == WEEK:
        return calendar.days(at, at.weekday(), 6 - at.weekday(), Grain.WEEK)
    if unit == WEEKEND:
        return calendar.days(at, (at.weekday() - 5) % 7, 1 - (at.weekday() - 5) % 7)
    if unit == MONTH:
        return calendar.month(at.year, at.month)
    if unit == QUARTER:
        return calendar.quarter(at.year, (at.month + 2) // 3)
    if unit == HALF:
        return calendar.half(at.year, 1 if at.month <= 6 else 2)
    return calendar.year(at.year) if unit == YEAR else calendar.decade(at.year // 10 * 10)


def read_ago(parts: Parts, moment: Moment) -> Period | None:
    """So long before publication; *a year ago* in a report on a quarter is that quarter of the year before."""
    count, unit, now = count_units(parts), parts["unit"][0], moment.published
    anchor = moment.anchor
    if unit == YEAR and count == 1 and anchor and Grain.MONTH <= anchor.grain < Grain.YEAR:
        return calendar.shift(anchor, years=-1)
    return _away(now, unit, -count)


def read_ahead(parts: Parts, moment: Moment) -> Period | None:
    """So long after publication (*in two years' time*)."""
    return _away(moment.published, parts["unit"][0], count_units(parts))


def _away(now: date | None, unit: int, count: int) -> Period | None:
    """So many units from a day, before it where the count is negative; a decade away is ten years away."""
    if now is None:
        return None
    if unit in (DAY, WEEK):
        length = count * (7 if unit == WEEK else 1)
        return calendar.days(now, -length, length, Grain.WEEK if unit == WEEK else Grain.DAY)
    years = unit == DECADE
    return _step(calendar.days(now, 0, 0), YEAR if years else unit, count * 10 if years else count)


def read_trailing(parts: Parts, moment: Moment) -> Period | None:
    """The past so many units up to publication, or the next so many from it."""
    now, unit, count = moment.published, parts["unit"][0], count_units(parts)
    if now is None or unit == WEEKEND:
        return None
    forward = first_value(parts, "deictic") == 1
    if unit in (DAY, WEEK):
        length = count * (7 if unit == WEEK else 1)
        return calendar.days(now, 0, length) if forward else calendar.days(now, length, 0)
    length = count * MONTHS[unit]
    grain = Grain.YEAR if unit in (YEAR, DECADE) else Grain.MONTH
    first = calendar.months(now.year, now.month - (0 if forward else length), length + 1)
    return replace(first, grain=grain) if first else None


def read_weekday(parts: Parts, moment: Moment) -> Period | None:
    """The day of that name among the last seven, publication day included; the next one in the future tense."""
    now = moment.published
    if now is None:
        return None
    back = (now.weekday() - parts["weekday"][0]) % 7
    direction = first_value(parts, "deictic")
    if direction == 1 or (moment.future and direction is None and back):
        return calendar.days(now, back - 7, 7 - back)
    back = 7 if direction == -1 and back == 0 else back
    return calendar.days(now, back, -back)


def read_weekend(parts: Parts, moment: Moment) -> Period | None:
    """Read the weekend that an expression names."""
    now = moment.published
    return _around(Period(start=now, end=now, grain=Grain.DAY), WEEKEND) if now else None


def read_day(parts: Parts, moment: Moment) -> Period | None:
    """Read the day that an expression names."""
    step = parts["day"][0]
    return calendar.days(moment.published, -step, step) if moment.published else None


def read_anaphor(parts: Parts, moment: Moment) -> Period | None:
    """Read the anaphor that an expression names."""
    anchor = moment.anchor
    if anchor is None:
        return None
    unit = first_value(parts, "unit")
    return anchor if unit is None else _wider(_step(anchor, unit, parts["anaphor"][0]), anchor)


def _wider(found: Period | None, anchor: Period) -> Period:
    """The same month of an anchor that is told by its year is no finer than that year."""
    return found if found and (found.grain >= anchor.grain or not anchor.covers(found)) else anchor


def read_same_unit(parts: Parts, moment: Moment) -> Period | None:
    """Read the same unit that an expression names."""
    anchor = moment.anchor
    if anchor is None:
        return None
    unit, now = parts["unit"][-1], moment.published
    if moment.future and unit == YEAR and now:
        return calendar.year(now.year)
    return _wider(_around(anchor, unit), anchor)


def read_unit_earlier(parts: Parts, moment: Moment) -> Period | None:
    """One year, or one other unit, before the anchor."""
    anchor, units = moment.anchor, parts["unit"]
    if anchor is None:
        return None
    if YEAR in units:
        back = calendar.year(anchor.year) if anchor.grain <= Grain.WEEK else anchor
        return calendar.shift(back, years=-1) if back else None
    return _step(anchor, units[0], -1)


def read_units_earlier(parts: Parts, moment: Moment) -> Period | None:
    """Read the units earlier that an expression names."""
    return _step(moment.anchor, parts["unit"][0], -count_units(parts))


def read_units_later(parts: Parts, moment: Moment) -> Period | None:
    """Read the units later that an expression names."""
    return _step(moment.anchor, parts["unit"][0], count_units(parts))


def read_units_before(parts: Parts, moment: Moment) -> Period | None:
    """The so many units before the anchor, or as many as it has and a year before."""
    anchor, unit, count = moment.anchor, parts["unit"][0], count_units(parts)
    if anchor is None or unit not in MONTHS:
        return None
    length, first = count * MONTHS[unit], anchor.start
    if parts["anaphor"][0] == 0:
        return anchor
    grain = Grain.YEAR if unit in (YEAR, DECADE) else Grain.MONTH
    if grain is Grain.YEAR:
        return calendar.years(first.year - length // 12, first.year - 1)
    if anchor.grain is Grain.QUARTER and length == 3:
        grain = Grain.QUARTER
    return calendar.months(first.year, first.month - length, length, grain)


def read_same_of_year(parts: Parts, moment: Moment) -> Period | None:
    """Read the same of year that an expression names."""
    anchor = moment.anchor
    return calendar.shift(anchor, years=parts["year"][-1] - anchor.year) if anchor else None
