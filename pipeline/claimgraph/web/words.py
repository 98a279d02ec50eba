"""What pages say in words: a question, its time, how far two values lie apart."""

import re
from datetime import date

from claimgraph.store.results import Summary
from claimgraph.wording import visible

__all__ = ["apart", "listed", "question", "question_over_time", "when"]

_MONTH = re.compile(r"(\d{4})-(\d\d)")
_QUARTER = re.compile(r"(\d{4})-Q(\d)")
_HALF = re.compile(r"(\d{4})-H(\d)")


def question(summary: Summary) -> str:
    """Put an observation as a heading: *Defectors to the South, North Korea, 2023*."""
    words = question_over_time(summary)
    time = when(summary.period, summary.year)
    firm = "" if summary.status == "asserted" else f" ({summary.status})"
    return visible(f"{words}, {time}{firm}" if time else f"{words}{firm}")


def question_over_time(summary: Summary) -> str:
    """Put an observation as a heading that names no time."""
    subject = summary.subject[:1].upper() + summary.subject[1:]
    change = {"increase": ", increase", "decrease": ", decrease"}.get(summary.change, "")
    named = [name for name in summary.entity if name.casefold() not in subject.casefold()]
    return visible(", ".join([subject + change, *([listed(named)] if named else [])]))


def listed(names: list[str]) -> str:
    """Join names: *A, B and C*."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def when(period: str | None, year: int | None) -> str:
    """Write an ISO 8601 period for readers; empty where there is none."""
    if not period or (year is not None and str(year) not in period):
        return str(year) if year else ""
    if "/" in period:
        first, last = (when(part, None) for part in period.split("/", 1))
        return f"{first} to {last}"
    if found := _QUARTER.fullmatch(period):
        return f"quarter {found[2]} of {found[1]}"
    if found := _HALF.fullmatch(period):
        return f"half {found[2]} of {found[1]}"
    try:
        if found := _MONTH.fullmatch(period):
            return f"{date(int(found[1]), int(found[2]), 1):%B %Y}"
        day = date.fromisoformat(period) if len(period) == len("2024-01-15") else None
    except ValueError:
        return period
    return f"{day.day} {day:%B %Y}" if day else period


def apart(a: float, b: float) -> str:
    """Say how far two values lie apart."""
    small, large = sorted((abs(a), abs(b)))
    if small == large or a * b < 0:
        return ""
    if small == 0:
        return "One of them is zero."
    if large >= 2 * small:
        return f"The larger is {_few(large / small)} times the smaller."
    share = 100 * (1 - small / large)
    return f"The smaller is {_few(share)} % below the larger."


def _few(number: float) -> str:
    return f"{number:.0f}" if number >= 10 else f"{number:.1f}".removesuffix(".0") if number >= 0.1 else "less than 0.1"
