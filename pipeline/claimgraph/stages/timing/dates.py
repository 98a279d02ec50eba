"""Read times that name a place in the calendar: days, months, quarters, halves, years, seasons.

A part of a year that names no year is the last one seen from publication, or the next in the future tense.
"""

from dataclasses import replace
from datetime import date

from claimgraph.stages.timing import calendar
from claimgraph.stages.timing.calendar import Grain, Period
from claimgraph.stages.timing.expressions import Parts
from claimgraph.stages.timing.words import MONTHS, YEAR, Moment, count_units, first_value, names_year, stated_year

__all__ = [
    "read_date",
    "read_days",
    "read_decade",
    "read_fiscal_quarter",
    "read_half",
    "read_month",
    "read_month_earlier",
    "read_months",
    "read_months_of_split",
    "read_months_of_year",
    "read_quarter",
    "read_quarter_of_month",
    "read_season",
    "read_split",
    "read_year",
    "read_years",
    "tidy",
]


_YEARLESS = 300  # days ahead within which a date is told without its year, even where the future tense is a guess
_SOON = 5  # months; from halfway on, the last one is nearer


def tidy(span: Period | None) -> Period | None:
    """Name months that fill a half or whole calendar years by that."""
    if span is None or span.grain is not Grain.MONTH:
        return span
    length = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month + 1
    if length % 12 == 0 and span.start.month == 1:
        return replace(span, grain=Grain.YEAR)
    return replace(span, grain=Grain.HALF) if length == 6 and span.start.month in (1, 7) else span


def read_date(parts: Parts, moment: Moment) -> Period | None:
    """Read the date that an expression names."""
    number, in_month = parts["digits"][0], parts["month"][0]
    year = stated_year(parts, moment)
    if year is not None:
        return calendar.day(year, in_month, number)
    if moment.published is None or names_year(parts):
        return None
    now = moment.published
    options = [calendar.day(now.year + step, in_month, number) for step in (-1, 0, 1)]
    known = sorted((option for option in options if option), key=lambda option: _far(option.start, now))
    ahead = [option for option in known if option.end >= now]
    if moment.future and ahead and (ahead[0].end - now).days <= _YEARLESS:
        return ahead[0]
    return known[0] if known else None


def _far(day: date, now: date) -> int:
    """How far a day is; news tells of what was more than of what will be, unless it says so."""
    days = (day - now).days
    return 2 * days if days > 0 else -days


def read_days(parts: Parts, moment: Moment) -> Period | None:
    """Read the days that an expression names."""
    ends = [read_date({**parts, "digits": (number,)}, moment) for number in parts["digits"][:2]]
    return calendar.join(ends[0], ends[1]) if ends[0] and ends[1] else None


def _year_of_month(number: int, parts: Parts, moment: Moment) -> int | None:
    """The year of a month: as stated, else of the last one begun, or of the next in the future tense.

    Who means a month of last year though it comes again soon says so, save in the past tense.
    """
    stated = stated_year(parts, moment)
    if stated is not None:
        return stated
    if "anaphor" in parts:
        return moment.anchor.year if moment.anchor else None
    now = moment.published
    if now is None or YEAR in parts.get("unit", ()):
        return None
    direction = first_value(parts, "deictic")
    if moment.nearest and direction is None:
        return now.year + (number < now.month - 6) - (number > now.month + 6)
    if direction == 0:
        return now.year
    if moment.known and direction is None:
        return now.year + _turn_to_known(number, now.month, moment)
    if direction == 1 or (moment.future and direction is None):
        return now.year + (number < now.month or (direction == 1 and number == now.month))
    coming = moment.untold and direction is None and 0 < number - now.month <= _SOON
    return now.year - ((number > now.month and not coming) or (direction == -1 and number == now.month))


def _turn_to_known(number: int, current: int, moment: Moment) -> int:
    """How many years away the month is by which something known is named: it comes within some months, or was last."""
    if (number - current) % 12 <= _SOON and (number >= current or moment.future):
        return int(number < current)
    return -int(number > current)


def read_month(parts: Parts, moment: Moment) -> Period | None:
    """Read the month that an expression names."""
    number = parts["month"][0]
    year = _year_of_month(number, parts, moment)
    return None if year is None else calendar.month(year, number)


def read_months(parts: Parts, moment: Moment) -> Period | None:
    """Read the months that an expression names."""
    first, last = parts["month"][:2]
    year = _year_of_month(last, parts, moment)
    if year is None:
        return None
    length = (last - first) % 12 + 1
    span = calendar.months(year, last - length + 1, length)
    quarterly = span is not None and length == 3 and last % 3 == 0 and "period" in parts
    return replace(span, grain=Grain.QUARTER) if span and quarterly else span


def read_month_earlier(parts: Parts, moment: Moment) -> Period | None:
    """Read the month earlier that an expression names."""
    anchor = moment.anchor
    return calendar.month(anchor.year - 1, parts["month"][0]) if anchor else None


def read_months_of_split(parts: Parts, moment: Moment) -> Period | None:
    """Read the months of split that an expression names."""
    first, last = parts["month"][:2]
    year = parts["year"][0] + (last < 4)
    length = (last - first) % 12 + 1
    quarterly = length == 3 and last % 3 == 0
    return calendar.months(year, last - length + 1, length, Grain.QUARTER if quarterly else Grain.MONTH)


def _part_number(parts: Parts, last: int) -> int | None:
    number = parts["ordinal"][0]
    if number < 0:
        return last
    return number if 0 < number <= last else None


def _part_of_year(number: int, length: int, parts: Parts, moment: Moment) -> int | None:
    """The year of a quarter or half: as stated, else of the last one, or of the next in the future tense.

    The last quarter is the last one begun, since fiscal quarters run ahead of the calendar; longer parts must be over.
    """
    stated = stated_year(parts, moment)
    now = moment.published
    if stated is not None or now is None or names_year(parts):
        return stated
    first, last = number * length - length + 1, number * length
    return now.year + (last < now.month) if moment.future else now.year - ((first if length <= 3 else last) > now.month)


def read_quarter(parts: Parts, moment: Moment) -> Period | None:
    """Read the quarter that an expression names."""
    number = _part_number(parts, 4)
    year = _part_of_year(number, 3, parts, moment) if number else None
    return calendar.quarter(year, number) if year is not None and number else None


def read_half(parts: Parts, moment: Moment) -> Period | None:
    """Read the half that an expression names."""
    number = _part_number(parts, 2)
    year = _part_of_year(number, 6, parts, moment) if number else None
    return calendar.half(year, number) if year is not None and number else None


def read_quarter_of_month(parts: Parts, moment: Moment) -> Period | None:
    """Read the quarter of month that an expression names."""
    at = read_month(parts, moment)
    return calendar.quarter(at.year, (at.end.month + 2) // 3) if at else None


def read_fiscal_quarter(parts: Parts, moment: Moment) -> Period | None:
    """Q3FY25, as Indian companies write it: their year ends in March."""
    year = stated_year(parts, moment)
    return None if year is None else calendar.quarter(year - 1, parts["ordinal"][0] + 1)


def read_months_of_year(parts: Parts, moment: Moment) -> Period | None:
    """The first or last so many months of a year."""
    length = count_units(parts) * MONTHS.get(parts["unit"][0], 0)
    if not 0 < length <= 12:
        return None
    at_end = -1 in (*parts.get("ordinal", ()), *parts.get("deictic", ())) and "year" in parts
    year = _part_of_year(1, length, parts, moment)
    if year is None:
        return None
    return tidy(calendar.months(year, 13 - length if at_end else 1, length))


def read_season(parts: Parts, moment: Moment) -> Period | None:
    """A season is told by its year: its months differ from place to place."""
    now, stated = moment.published, stated_year(parts, moment)
    if stated is not None:
        return calendar.year(stated)
    if now is None:
        return None
    begins = (*parts.get("part", ()), *parts.get("fall", ()))[0] * 3 % 12
    direction = 1 if moment.future and "deictic" not in parts else first_value(parts, "deictic")
    if direction == 1:
        return calendar.year(now.year + (begins + 3 <= now.month))
    over = begins + (3 if direction == -1 else 0) <= now.month
    return calendar.year(now.year - (not over and direction != 0))


def read_split(parts: Parts, moment: Moment) -> Period | None:
    """2021/22: from the first year to the second; where the second does not come later, the first alone."""
    first, short = parts["year"][0], parts["short"][0]
    last = first - first % 100 + short
    last += 100 if last < first else 0
    return calendar.years(first, last) if first < last < first + 50 else calendar.year(first)


def read_year(parts: Parts, moment: Moment) -> Period | None:
    """Read the year that an expression names."""
    stated = stated_year(parts, moment)
    return None if stated is None else calendar.year(stated)


def read_years(parts: Parts, moment: Moment) -> Period | None:
    """Read the years that an expression names."""
    first, last = parts["year"][:2]
    return calendar.years(first, last)


def read_decade(parts: Parts, moment: Moment) -> Period | None:
    """Read the decade that an expression names."""
    return calendar.decade(parts["decade"][0])
