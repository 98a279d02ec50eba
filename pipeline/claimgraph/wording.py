"""Values, dates and counts in words for readers; article text is made harmless for terminals on the way."""

import re
from datetime import date
from decimal import Decimal

from claimgraph.records import Claim
from claimgraph.vocab import Change, Kind, Qualifier

__all__ = [
    "about",
    "count",
    "day",
    "excerpt",
    "headline",
    "say_number",
    "say_value",
    "spreadsheet_cell",
    "visible",
    "who",
]

_QUALIFIERS = {
    Qualifier.APPROXIMATELY: "about ",
    Qualifier.AT_LEAST: "at least ",
    Qualifier.MORE_THAN: "more than ",
    Qualifier.AT_MOST: "up to ",
    Qualifier.LESS_THAN: "less than ",
}
_CHANGES = {Change.INCREASE: "up ", Change.DECREASE: "down "}
_UNIT_IS_SAID = {Kind.COUNT, Kind.MULTIPLE, Kind.FRACTION, Kind.INDEX}
_STATUSES = {"forecast": "forecast", "target": "target", "denied": "denied", "hypothetical": "hypothetical"}


# what a terminal obeys; tab and line breaks are none of it
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def visible(text: str) -> str:
    """Escape what a terminal would obey: control, format and surrogate characters; line breaks become spaces."""
    flat = " ".join(text.split())
    if flat.isprintable():
        return flat
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in flat)


def say_value(claim: Claim) -> str:
    """Say a claim's value with its qualifier, direction and unit, as short as possible."""
    text = _CHANGES.get(claim.change, "") + _QUALIFIERS.get(claim.qualifier, "") + claim.value_text
    if claim.unit == "%":
        return visible(text if "%" in text or "cent" in text else f"{text}%")
    if claim.kind in _UNIT_IS_SAID or not claim.unit:
        return visible(text)
    return visible(f"{text} {claim.unit}")


def day(published: str | None) -> str:
    """Write a publication date for readers; `undated` where there is none."""
    if published is None:
        return "undated"
    moment = date.fromisoformat(published[:10])
    return f"{moment.day} {moment:%b %Y}"


def who(claim: Claim) -> str:
    """Say who carries a claim, when, and whom it cites."""
    cited = f", citing {claim.source}" if claim.source else ""
    return visible(f"{claim.outlet or claim.article}, {day(claim.published)}{cited}")


def about(subject: str, entity: tuple[str, ...], year: int | None, period: str | None, status: str) -> str:
    """Name an observation: measure, entities, period, and how firm it is where it is no outcome."""
    when = period if period and (year is None or str(year) in period) else str(year) if year else ""
    parts = [subject, ", ".join(entity), when, _STATUSES.get(status, "")]
    return visible(" · ".join(part for part in parts if part))


def headline(claim: Claim) -> str:
    """Name what a claim is about."""
    return about(claim.subject, claim.entity, claim.year, claim.period, claim.status)


def excerpt(claim: Claim, width: int = 150) -> tuple[str, str, str]:
    """Cut the sentence around the value: before, value, after; about `width` characters in all."""
    start = claim.start - claim.sentence_start
    end = start + (claim.end - claim.start)
    room = max(20, (width - (end - start)) // 2)
    before, after = claim.sentence[:start], claim.sentence[end:]
    if len(before) > room:
        before = "…" + before[-room:].split(" ", 1)[-1]
    if len(after) > room:
        after = after[:room].rsplit(" ", 1)[0] + "…"
    head = visible(before) + (" " if before[-1:].isspace() else "")
    tail = (" " if after[:1].isspace() else "") + visible(after)
    return head, visible(claim.sentence[start:end]), tail


def count(number: int, one: str, many: str | None = None) -> str:
    """Write a number with its noun: `1 article`, `2,000 articles`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def say_number(value: Decimal) -> str:
    """Write a number with separators and without trailing zeros after the point."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def spreadsheet_cell(text: str) -> str:
    """Write text that a spreadsheet would take for a formula with an apostrophe in front, and controls as U+FFFD."""
    text = _CONTROLS.sub("\ufffd", text)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
