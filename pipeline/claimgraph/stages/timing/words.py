"""What the readers of time expressions share: from where an expression is seen, and its words' values."""

from dataclasses import dataclass
from datetime import date

from claimgraph.stages.timing.calendar import Period
from claimgraph.stages.timing.expressions import Parts

__all__ = [
    "DAY",
    "DECADE",
    "HALF",
    "MONTH",
    "MONTHS",
    "QUARTER",
    "WEEK",
    "WEEKEND",
    "YEAR",
    "Moment",
    "count_units",
    "first_value",
    "names_year",
    "stated_year",
]

DAY, WEEK, MONTH, QUARTER, HALF, YEAR, DECADE, WEEKEND = range(1, 9)  # values of role `unit`
#: How many months a unit has.
MONTHS = {MONTH: 1, QUARTER: 3, HALF: 6, YEAR: 12, DECADE: 120}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """From where an expression is seen.

    published: the publication day, None when unknown. anchor: the time that anaphors point back to.
    future: the clause speaks of what is to come, so *in March* is the next one. nearest: either way (*until March*).
    known: it names what the reader knows of (*the May vote*), so it is near, whatever the tense.
    untold: it does not tell of the past either, so in August *October* is the coming one.
    """

    published: date | None
    anchor: Period | None = None
    future: bool = False
    nearest: bool = False
    known: bool = False
    untold: bool = False


def first_value(parts: Parts, role: str) -> int | None:
    """The value of the first word of a role."""
    values = parts.get(role)
    return values[0] if values else None


def count_units(parts: Parts) -> int:
    """How many units: a figure, a number word (its value), or one."""
    if "count" in parts:
        return parts["count"][0]
    return parts["digits"][0] if "digits" in parts else 1


def stated_year(parts: Parts, moment: Moment) -> int | None:
    """The year that the words give: by number, or seen from publication or anchor."""
    if "year" in parts:
        return parts["year"][-1]
    if "short" in parts:
        short = parts["short"][-1]
        return short if short > 99 else 2000 + short
    if YEAR not in parts.get("unit", ()):
        return None
    if "deictic" in parts or "anaphor" not in parts:
        return moment.published.year + (first_value(parts, "deictic") or 0) if moment.published else None
    return moment.anchor.year + parts["anaphor"][0] if moment.anchor else None


def names_year(parts: Parts) -> bool:
    """Whether a year was named in words that the moment could not tell."""
    return YEAR in parts.get("unit", ()) or "anaphor" in parts
