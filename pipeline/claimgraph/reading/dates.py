"""Publication dates as pages, feeds and records write them; never guessed, never from a file's mtime."""

import calendar
import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

__all__ = ["DATE", "parse_published"]

_EARLIEST, _LATEST = 1600, 2199  # the first newspapers; years beyond are typing errors or attacks
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_MONTH = r"(?P<{0}>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{{0,6}}\.?"
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
#: A date in words or digits with the day, and its time of day if one follows closely.
DATE = re.compile(
    r"(?<![\w])(?:"
    + _MONTH.format("month1") + r"\s{0,3}" + _DAY.format("day1") + r",?\s{1,3}(?P<year1>\d{4})"
    + r"|" + _DAY.format("day2") + r"\s{1,3}" + _MONTH.format("month2") + r",?\s{1,3}(?P<year2>\d{4})"
    + r"|(?P<year3>\d{4})(?P<sep>[-/.])(?P<month3>\d{1,2})(?P=sep)(?P<day3>\d{1,2})"
    + r"|(?P<year4>\d{4})(?P<month4>\d{2})(?P<day4>\d{2})(?!\d)"
    + r")(?!\d)(?:[T,\s|@·–-]{0,4}(?:at\s)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::\d{2}(?:\.\d{1,9})?)?"
    + r"\s?(?P<half>[ap]\.?m\b)?)?",
    re.IGNORECASE,
)  # fmt: skip


def parse_published(value: object) -> date | None:
    """Read a publication date: a `datetime` where it says the minute, else a `date`, None where it can't be known.

    Times are the clock of the place of publication, without zone: *on Thursday* means Thursday there.
    A day that could be a month (*03/04/2024*) and years before 1600 or after 2199 are unknown.

    Args:
        value: text (ISO 8601, RFC 2822, English), seconds or milliseconds since 1970, a date, or anything else.
    """
    if isinstance(value, datetime):
        return _sane(value.replace(tzinfo=None, second=0, microsecond=0))
    if isinstance(value, date):
        return _sane(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_epoch(value)
    return _from_text(value[:200].strip()) if isinstance(value, str) else None


def _from_epoch(seconds: float) -> date | None:
    seconds = seconds / 1000 if abs(seconds) > 1e11 else seconds
    try:
        return _sane(datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None, second=0, microsecond=0))
    except (ValueError, OverflowError, OSError):
        return None


def _from_text(text: str) -> date | None:
    if re.fullmatch(r"\d{9,10}|\d{12,13}", text):
        return _from_epoch(int(text))
    if found := DATE.search(text):
        return from_match(found)
    try:
        return parse_published(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def from_match(found: re.Match[str]) -> date | None:
    """Give the date that a match of `DATE` writes; None if there is no such day."""
    parts = found.groupdict()
    year, month, day = (
        next(parts[f"{key}{i}"] for i in "1234" if parts[f"year{i}"]) for key in ("year", "month", "day")
    )
    number = int(month) if month.isdigit() else _MONTHS[month[:3].lower()]
    try:
        return _sane(_with_time(date(int(year), number, int(day)), parts))
    except ValueError:
        return None


def _with_time(day: date, parts: dict[str, str | None]) -> date:
    if parts["hour"] is None or parts["minute"] is None:
        return day
    hour, minute = int(parts["hour"]), int(parts["minute"])
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"][0] in "pP" else 0)
    if hour == minute == 0:
        return day  # what machines write for a day without a time
    return datetime(day.year, day.month, day.day, hour, minute) if hour < 24 and minute < 60 else day


def _sane(day: date) -> date | None:
    return day if _EARLIEST <= day.year <= _LATEST else None
