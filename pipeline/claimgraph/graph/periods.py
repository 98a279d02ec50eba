"""Periods of claims: ISO 8601 text to first and last day, and how two periods relate."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

__all__ = ["Fit", "Period", "fit", "parse_period"]

_PART = re.compile(r"(\d{4})(?:-(?:(\d{2})(?:-(\d{2}))?|Q([1-4])|H([12])|W(\d{2})))?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """First and last day, and how finely the text states them: day, week, month, quarter, half, year, span."""

    start: date
    end: date
    grain: str

    @property
    def days(self) -> int:
        """Length in days."""
        return (self.end - self.start).days + 1


class Fit(StrEnum):
    """How two periods relate."""

    EQUAL = "equal"
    INSIDE = "inside"  # one lies within the other
    OVERLAP = "overlap"
    APART = "apart"
    UNKNOWN = "unknown"  # one is missing


@lru_cache(maxsize=4096)
def parse_period(text: str | None, year: int | None = None) -> Period | None:
    """Parse `2023`, `2023-10`, `2023-10-04`, `2023-Q3`, `2023-H1`, `2023-W05` or `from/to`; None if it is none of them.

    Args:
        text: the period, or None.
        year: taken instead where the period is missing.
    """
    if not text:
        return _part(f"{year:04d}") if year and 0 < year < 10_000 else None
    first, slash, last = text.partition("/")
    start = _part(first)
    if not slash:
        return start
    end = _part(last)
    if start is None or end is None or end.end < start.start:
        return end or start
    return Period(start=start.start, end=end.end, grain="span")


def _part(text: str) -> Period | None:
    match = _PART.match(text.strip())
    if not match:
        return None
    year, month, day, quarter, half, week = (int(group) if group else None for group in match.groups())
    if not year:
        return None
    try:
        if day and month:
            return Period(start=date(year, month, day), end=date(year, month, day), grain="day")
        if week:
            return Period(
                start=date.fromisocalendar(year, week, 1), end=date.fromisocalendar(year, week, 7), grain="week"
            )
    except ValueError:
        return None
    if month and not 1 <= month <= 12:
        return None
    if month:
        return _months(year, month, month, "month")
    if quarter:
        return _months(year, 3 * quarter - 2, 3 * quarter, "quarter")
    if half:
        return _months(year, 6 * half - 5, 6 * half, "half")
    return _months(year, 1, 12, "year")


def _months(year: int, first: int, last: int, grain: str) -> Period:
    return Period(start=date(year, first, 1), end=date(year, last, calendar.monthrange(year, last)[1]), grain=grain)


def fit(a: Period | None, b: Period | None) -> Fit:
    """Say how two periods relate; symmetric."""
    if a is None or b is None:
        return Fit.UNKNOWN
    if (a.start, a.end) == (b.start, b.end):
        return Fit.EQUAL
    if a.end < b.start or b.end < a.start:
        return Fit.APART
    if (a.start <= b.start and b.end <= a.end) or (b.start <= a.start and a.end <= b.end):
        return Fit.INSIDE
    return Fit.OVERLAP
