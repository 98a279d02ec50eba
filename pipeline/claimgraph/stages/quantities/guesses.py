"""What can be told of a bare number without any words of the language: from a pair, a size, or the number beside it."""

import re
from dataclasses import replace
from decimal import Decimal

from claimgraph.stages.quantities.nouns import singular
from claimgraph.stages.quantities.reading import Reading
from claimgraph.stages.quantities.site import Site
from claimgraph.vocab import Kind

__all__ = ["alike", "bare", "comparable", "fortune", "joined", "like", "or_two", "polled", "unnamed"]

_JOINED = re.compile(
    r"\s?(?:-|–|/|,|to|and|or|by|, and|, or|, if not|if not|-,? and|-,? or|-,? to|per cent to|percent to|%?[-–]|x)"
    r"\s?(?:about |around |even )?[^\w\s]{0,2}$"
)
_OR_TWO = re.compile(r"\b(?:an?|another|one)\s(?:[a-z]+\s){0,2}([a-z]+)\sor\s$")
_PAIR_BEHIND = re.compile(r"\s?(?:-|–|to)\s?(\d\d)(?!\d)")
_PAIR_BEFORE = re.compile(r"(?<!\d)(\d\d)\s?(?:-|–|to)\s?$")
_LOW_SUM, _SUM = 80, 100
_MANY = 1000


def or_two(site: Site) -> Reading | None:
    """Read `a field goal or two`: of what is named before them."""
    found = _OR_TWO.search(site.before) if site.text.lower() == "two" else None
    return bare(site, Kind.COUNT, singular(found[1]), "quantities.or two") if found is not None else None


def polled(site: Site) -> Reading | None:
    """Read `Voters oppose it, 59-38`: two numbers that make nearly a hundred are shares of a poll."""
    other = _PAIR_BEHIND.match(site.after) or _PAIR_BEFORE.search(site.before)
    value = site.mention.high or Decimal(0)
    if other is None or site.mention.step != 1 or not _LOW_SUM <= value + int(other[1]) <= _SUM:
        return None
    return bare(site, Kind.PERCENT, "%", "quantities.shares of a poll")


def fortune(site: Site, money: str) -> Reading | None:
    """`investing trillions`: so much without a noun, as an object, is money."""
    vast = site.mention.high is None and (site.mention.low or 0) >= 10**9
    if not vast or site.root.dep_ not in ("dobj", "pobj"):
        return None
    return bare(site, Kind.MONEY, money, "quantities.fortune")


def unnamed(site: Site) -> Reading:
    """What nothing names are people; what has decimals can only be the level of some index."""
    if site.mention.step < 1:
        return bare(site, Kind.INDEX, "point", "quantities.default of decimals")
    return bare(site, Kind.COUNT, "person", "quantities.default")


def joined(site: Site, after: Site) -> bool:
    """Say whether a number shares the unit of the next one: `51-31 percent`, `two or three metres`."""
    gap = site.sites.text[site.mention.end : after.mention.start]
    return len(gap) < 16 and _JOINED.match(gap) is not None and comparable(site, after)


def like(site: Site, reading: Reading) -> Reading:
    """Return the reading of a number that shares the unit of the next one."""
    return alike(site, reading, "quantities.shared unit")


def comparable(site: Site, other: Site, times: int = 1000) -> bool:
    """Say whether two numbers are of one size: neither is more than so many times the other."""
    a, b = abs(site.mention.low or Decimal(0)), abs(other.mention.low or Decimal(0))
    return a == b or (0 in (a, b) and times >= _MANY) or (a > 0 and b > 0 and a < times * b and b < times * a)


def alike(site: Site, reading: Reading, rule: str) -> Reading:
    """Return the reading of a number that has kind and unit of another one's, by the rule that says so."""
    return replace(
        reading,
        start=site.mention.start,
        end=site.mention.end,
        rule=rule,
        noun=None,
        per=None,
        sure=False,
    )


def bare(site: Site, kind: Kind, unit: str, rule: str) -> Reading:
    """Return the reading of a number without words of its own."""
    return Reading(kind=kind, unit=unit, start=site.mention.start, end=site.mention.end, rule=rule, sure=False)
