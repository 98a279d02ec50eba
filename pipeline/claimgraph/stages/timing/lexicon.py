"""The entries of data/<language>/timing_*.toml; each file explains its fields at its top."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Cue", "Figure", "Meaning", "Shape", "TimedUnit", "Word"]


class Meaning(StrEnum):
    """How the words of a time expression give its period; one reader each in `resolve.py`."""

    DATE = "date"  # a day; without a year the one nearest to publication
    DAYS = "days"  # days of one month
    MONTH = "month"  # a month; without a year the last one begun, or the next in the future tense
    MONTHS = "months"  # from one month to another
    MONTH_EARLIER = "month_earlier"  # that month of the year before
    MONTHS_OF_SPLIT = "months_of_split"  # months of a fiscal year from April to March
    QUARTER = "quarter"
    QUARTER_OF_MONTH = "quarter_of_month"  # the December quarter
    FISCAL_QUARTER = "fiscal_quarter"  # Q3FY25
    HALF = "half"
    PART_OF_YEAR = "part_of_year"  # the first four months of
    EDGE = "edge"  # the end of
    SEASON = "season"
    SPLIT = "split"  # 2021/22
    FISCAL = "fiscal"  # a fiscal year takes the year in its name
    YEAR = "year"
    YEARS = "years"
    NEW_YEAR = "new_year"  # the year that begins, or has begun, around publication
    YEAR_END = "year_end"
    TO_DATE = "to_date"  # from the start of the year to publication
    DECADE = "decade"
    DEICTIC = "deictic"  # last, this, next unit, seen from publication
    AGO = "ago"
    AHEAD = "ahead"  # in two years' time
    TRAILING = "trailing"  # the past or next so many units
    WEEKDAY = "weekday"
    WEEKEND = "weekend"
    DAY = "day"  # yesterday, today, tomorrow
    ANAPHOR = "anaphor"  # previous, same, following unit, seen from another time in the text
    SAME_UNIT = "same_unit"  # the quarter, the full year: around another time in the text
    SAME_SPAN = "same_span"  # the eight-year span
    UNIT_EARLIER = "unit_earlier"  # a year earlier, the year-ago period
    UNITS_EARLIER = "units_earlier"  # two years earlier
    UNITS_LATER = "units_later"
    UNITS_BEFORE = "units_before"  # the previous three months
    SAME_OF_YEAR = "same_of_year"  # the same period of 2018
    COMPARISON = "comparison"  # year-on-year: says how a change is reckoned, dates nothing
    SPAN = "span"  # frames: from one time to another
    SINCE = "since"  # from a time to publication
    ENDING = "ending"  # the 12 months through a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Words that play one role in time expressions, with the value that the role gives them."""

    name: str
    role: str
    forms: tuple[str, ...]
    value: int = 0
    capital: bool = False
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One way to write a part of a date in figures; named groups of the pattern give values to roles."""

    name: str
    role: str
    pattern: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A sequence of roles that is a time expression, and how to read it."""

    name: str
    shape: str
    meaning: Meaning
    yes: tuple[str, ...]
    gives: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words that show how a clause stands in time."""

    name: str
    role: str
    forms: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedUnit:
    """A measure of what passes, unlike other measures, or a counted part of what lasts, unlike other counts."""

    name: str
    lasts: bool
    yes: tuple[str, ...]
    no: tuple[str, ...]
