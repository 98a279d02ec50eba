"""Rates that a number shares with the one before it: dollars a share, deaths per million, `$1 = 6.9 yuan`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from claimgraph.stages.quantities.exchange import EXCHANGE
from claimgraph.stages.quantities.guesses import comparable
from claimgraph.stages.quantities.reading import Reading
from claimgraph.stages.quantities.site import Site
from claimgraph.vocab import Kind

__all__ = ["compared_price", "equals", "per", "priced_alike", "same_rate"]

# `fell 3 dollars a barrel to $70`: what a change leads to is in its unit.
_LED = re.compile(r"\s(?:to|from)(?:\s(?:a\s)?[a-z]+){0,2}\s?$")
# `$1.95 a litre, up 14 cents`: what a price has moved by is in its unit.
_DIFFERS = re.compile(r",?\s(?:which is |or )?(?:up|down)(?:\s(?:by|about|almost|nearly|more than|just))?\s\$?$")
_DIFFERENCE = re.compile(r"\s(?:more|less|higher|lower|cheaper|dearer)\b")


def per(reading: Reading, name: str, end: int, start: int | None = None) -> Reading:
    """Return a quantity as a rate; name, end, start: of the denominator, start only where it has a number."""
    return replace(reading, kind=Kind.RATE, unit=f"{reading.unit}/{name}", end=end, per=start)


def compared_price(
    site: Site, reading: Reading, before: Sequence[tuple[Site, Reading]], is_compared: Callable[[Site, Site], bool]
) -> Reading:
    """Return an amount of money as a rate where it is compared with one: `$3.19 per share, against $3.11`."""
    for other, rate in reversed(before):
        currency, _, name = rate.unit.partition("/")
        if not name or rate.kind is not Kind.RATE or currency != reading.unit:
            continue
        if (_is_led(site, other, rate, reading) and comparable(site, other)) or is_compared(site, other):
            return per(reading, name, reading.end)
    return reading


def _is_led(site: Site, other: Site, rate: Reading, reading: Reading) -> bool:
    gap = site.sites.text[rate.end : reading.start]
    return _LED.match(gap) is not None or _DIFFERS.match(gap) is not None or _differs(site, other, reading)


def _differs(site: Site, other: Site, reading: Reading) -> bool:
    """`$31 an hour in May, $1.10 less than before`: by what the rate before differs."""
    behind = _DIFFERENCE.match(site.after, max(0, reading.end - site.mention.end))
    return behind is not None and other.begin == site.begin


def priced_alike(site: Site, reading: Reading, after: Reading) -> Reading:
    """Return `from 25 cents to one dollar per barrel`: both are prices of a barrel."""
    currency, _, name = after.unit.partition("/")
    led = _LED.match(site.sites.text[reading.end : after.start])
    return per(reading, name, reading.end) if led and currency == reading.unit else reading


def same_rate(reading: Reading, before: list[tuple[Site, Reading]]) -> Reading:
    """Return a bare number over an amount that was given before with its numerator.

    `215 deaths per 100,000, then 152 per 100,000`: deaths both times.
    """
    amount = reading.unit.partition("/")[2].partition(" ")[0]
    if reading.noun is not None or not amount.isdigit():
        return reading
    units = (rate.unit for _, rate in reversed(before) if rate.kind is Kind.RATE)
    unit = next((unit for unit in units if unit.partition("/")[2].startswith(f"{amount} ")), reading.unit)
    return replace(reading, unit=unit)


def equals(site: Site, reading: Reading, before: list[tuple[Site, Reading]]) -> Reading | None:
    """Return `($1 = 6.9 yuan)` as a rate, None for what is no such equation."""
    if not before or reading.kind is not Kind.MONEY:
        return None
    other, base = before[-1]
    one = base.kind is Kind.MONEY and other.mention.low == other.mention.high == 1 and base.unit != reading.unit
    equals = one and site.sites.text[base.end : reading.start].strip() == "="
    return replace(reading, kind=Kind.RATE, unit=f"{reading.unit}/{base.unit}", rule=EXCHANGE) if equals else None
