"""Spans of the calendar: how they are counted, moved and written.

A `Period` is whole days from `start` to `end`, both included, and the grain in which the text speaks of it.
Years run from 1 to 9999 (`datetime.date`); whatever would leave that range is None, never an exception.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

__all__ = [
    "Grain",
    "Period",
    "day",
    "days",
    "decade",
    "first_of",
    "half",
    "join",
    "month",
    "months",
    "quarter",
    "shift",
    "year",
    "years",
]


class Grain(IntEnum):
    """The unit in which a period is counted, finest first."""

    DAY = 0  # 2024-01-15
    WEEK = 1  # written by its month, which is how people date last week's news
    MONTH = 2  # 2024-01
    QUARTER = 3  # 2024-Q1
    HALF = 4  # 2024-H1
    YEAR = 5  # 2024


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Whole days from `start` to `end`, both included, counted in `grain`."""

    start: date
    end: date
    grain: Grain

    @property
    def year(self) -> int:
        """The calendar year that the period is about: the last one of a span (gold guidelines, `year`)."""
        return self.end.year

    @property
    def iso(self) -> str:
        """ISO 8601 as fine as the grain: `2024-01-15`, `2024-01`, `2024-Q1`, `2024-H1`, `2024`, or from/to."""
        first, last = _write(self.start, self.grain), _write(self.end, self.grain)
        if first == last:
            return first
        if self.grain in (Grain.QUARTER, Grain.HALF):
            first, last = _write(self.start, Grain.MONTH), _write(self.end, Grain.MONTH)
        return f"{first}/{last}"

    def covers(self, other: "Period") -> bool:
        """Whether the other period lies within this one."""
        return self.start <= other.start and other.end <= self.end


def _write(at: date, grain: Grain) -> str:
    if grain is Grain.DAY:
        return at.isoformat()
    if grain is Grain.QUARTER:
        return f"{at.year:04}-Q{(at.month + 2) // 3}"
    if grain is Grain.HALF:
        return f"{at.year:04}-H{1 if at.month <= 6 else 2}"
    return f"{at.year:04}" if grain is Grain.YEAR else f"{at.year:04}-{at.month:02}"


def day(year: int, month: int, number: int) -> Period | None:
    """Return one day, None where the calendar has none (30 February)."""
    try:
        at = date(year, month, number)
    except (ValueError, OverflowError):
        return None
    return Period(start=at, end=at, grain=Grain.DAY)


def days(at: date, before: int, after: int, grain: Grain = Grain.DAY) -> Period | None:
    """Return the days from `before` days before `at` to `after` days after it."""
    try:
        return Period(start=at - timedelta(before), end=at + timedelta(after), grain=grain)
    except OverflowError:
        return None


def months(year: int, month: int, count: int, grain: Grain = Grain.MONTH) -> Period | None:
    """Return `count` months from the given one; the month may lie outside 1 to 12 and carries into the year."""
    first, last = year * 12 + month - 1, year * 12 + month + count - 2
    if count < 1 or first < 12 or last // 12 > date.max.year:
        return None
    start = date(first // 12, first % 12 + 1, 1)
    end_year, end_month = last // 12, last % 12 + 1
    return Period(start=start, end=date(end_year, end_month, calendar.monthrange(end_year, end_month)[1]), grain=grain)


def month(year: int, number: int) -> Period | None:
    """Return one month."""
    return months(year, number, 1)


def quarter(year: int, number: int) -> Period | None:
    """Return one calendar quarter; number 0 is the last of the year before."""
    return months(year, number * 3 - 2, 3, Grain.QUARTER)


def half(year: int, number: int) -> Period | None:
    """Return one half of a calendar year."""
    return months(year, number * 6 - 5, 6, Grain.HALF)


def year(number: int) -> Period | None:
    """Return one calendar year."""
    return years(number, number)


def years(first: int, last: int) -> Period | None:
    """Return the calendar years from the first to the last."""
    return months(first, 1, (last - first + 1) * 12, Grain.YEAR)


def decade(first: int) -> Period | None:
    """Return the ten years from the given one."""
    return years(first, first + 9)


def join(first: Period, last: Period) -> Period | None:
    """Return the span from the start of one period to the end of another, in the finer of their grains.

    Years against months are counted in months (*January 2009 to 2012*); weeks and quarters in months too.
    """
    if first.start > last.end:
        return None
    grain = first.grain if first.grain is last.grain else min(first.grain, last.grain)
    mixed = first.grain is not last.grain and grain is not Grain.DAY
    return Period(start=first.start, end=last.end, grain=min(grain, Grain.MONTH) if mixed else grain)


def first_of(period: Period) -> Period:
    """Return the first unit of a period in its grain: its first year, month or day."""
    at, grain = period.start, period.grain
    if grain in (Grain.DAY, Grain.WEEK):
        return Period(start=at, end=at, grain=Grain.DAY)
    length = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.HALF: 6, Grain.YEAR: 12}[grain]
    return months(at.year, at.month, length, grain) or period


def shift(period: Period, *, years: int = 0, steps: int = 0) -> Period | None:
    """Move a period by whole years, or by whole steps of its own length (the quarter before: steps=-1)."""
    if steps and period.grain in (Grain.DAY, Grain.WEEK):
        length = (period.end - period.start).days + 1
        return days(period.start, -steps * length, steps * length + length - 1, period.grain)
    span = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    if steps:
        return months(period.start.year, period.start.month + steps * span, span, period.grain)
    if period.grain not in (Grain.DAY, Grain.WEEK):
        return months(period.start.year + years, period.start.month, span, period.grain)
    start, end = _same_day(period.start, years), _same_day(period.end, years)
    return Period(start=start, end=end, grain=period.grain) if start and end else None


def _same_day(at: date, years: int) -> date | None:
    """The same day of another year; 29 February becomes the 28th."""
    target = at.year + years
    if not date.min.year <= target <= date.max.year:
        return None
    return date(target, at.month, min(at.day, calendar.monthrange(target, at.month)[1]))
