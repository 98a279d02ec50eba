"""Marks of feet and inches (`5'6"`, `a 55" screen`), and degrees below zero."""

import re
from dataclasses import replace

from claimgraph.stages.quantities.reading import Reading
from claimgraph.stages.quantities.site import Site
from claimgraph.vocab import Kind

__all__ = ["below_zero", "marked"]

_FEET = re.compile(r"['′]\s?\d{1,2}(?:\"|″|'')?(?![\w'])")
_INCHES = re.compile(r"\d['′]\s?$")
# `6ft 4in`, `5 foot 7`: no measure and no noun of its own behind it.
_AFTER_FEET = re.compile(r"\d[\s-]?(?:ft\.?|foot|feet)[\s-]?$")
_ENDS = re.compile(r"[\s-]?in\b|\s*(?:$|[.,;)])|\s(?:tall|high|long|and|or)\b")
_FOOT = 12  # inches
_INCH = re.compile(r"″|\"(?=\s[a-z])")
_BELOW = re.compile(r"\sbelow\s(?=zero\b)")


def marked(site: Site) -> Reading | None:
    """Return the reading of a length with a mark; a quotation mark is none where a quotation is open."""
    small = site.mention.high is not None and site.mention.high < _FOOT
    if small and _AFTER_FEET.search(site.before) and _ENDS.match(site.after):
        return _length(site, "inch")
    if _INCHES.search(site.before) or (_INCH.match(site.after) and site.before.count('"') % 2 == 0):
        return _length(site, "inch")
    return _length(site, "foot") if _FEET.match(site.after) else None


def below_zero(site: Site, reading: Reading) -> Reading:
    """Return `50 degrees below zero` with its sign; zero is no number of its own."""
    below = _BELOW.match(site.after, reading.end - site.mention.end) if reading.unit.startswith("degree") else None
    if below is None:
        return reading
    zero = site.mention.end + below.end()
    return replace(reading, scale=-reading.scale, end=zero + len("zero"), per=zero)


def _length(site: Site, unit: str) -> Reading:
    start, end = site.mention.start, site.mention.end
    return Reading(kind=Kind.MEASURE, unit=unit, start=start, end=end, rule="quantities.mark of a length")
