"""One number that was read, and the arithmetic of scales, groups and fractions on it."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from claimgraph.vocab import Form

__all__ = ["VULGAR", "Reading", "fraction", "grouped_by", "last_digit", "multiplied", "with_fraction"]

VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
_DENOMINATORS = {2, 3, 4, 5, 6, 8, 10, 16, 32, 64}  # of fractions in digits; 9/11 and 24/7 are none
_MIXED = re.compile(
    rf"(?:[ -](?P<top>[0-9]{{1,2}})/(?P<bottom>[0-9]{{1,2}})|[ -]?(?P<vulgar>[{''.join(VULGAR)}]))(?![0-9/])"
)
_SIMPLE = re.compile(r"/([0-9]{1,2})(?![0-9/])")


@dataclass(frozen=True, slots=True)
class Reading:
    """One number that was read: its characters, its bounds, the place value of its last digit, its form.

    plain: digits alone, without separators, decimals, scale or fraction. scale: power of ten that was applied.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal | None
    step: Decimal
    form: Form
    plain: bool = False
    scale: int = 0


def last_digit(value: Decimal) -> Decimal:
    """Return the place value of the last digit that is stated."""
    return Decimal(1).scaleb(int(value.as_tuple().exponent))


def multiplied(reading: Reading, end: int, power: int) -> Reading:
    """Apply a power of ten that stands behind the number and ends at `end`."""
    return replace(
        reading,
        end=end,
        low=reading.low.scaleb(power),
        high=None if reading.high is None else reading.high.scaleb(power),
        step=reading.step.scaleb(power),
        form=Form.WORDS if reading.form is Form.FRACTION else reading.form,
        plain=False,
        scale=reading.scale + power,
    )


def grouped_by(reading: Reading, end: int, size: Decimal) -> Reading:
    """Multiply by *dozen*, *million*; the last stated digit is the group, but nobody counts dozens in lumps."""
    value = reading.low * size
    tens = size == Decimal(1).scaleb(size.adjusted())
    step = reading.step * size if tens else Decimal(1)
    power = size.adjusted() if tens else 0
    return replace(reading, end=end, low=value, high=value, step=step, form=Form.WORDS, plain=False, scale=power)


def fraction(start: int, end: int, top: int, bottom: int) -> Reading:
    """Neighbouring simple fractions lie about 1/d² apart, which is as precise as *a third* is meant."""
    value = Decimal(top) / Decimal(bottom)
    step = min(Decimal("0.1"), 1 / Decimal(bottom * bottom))
    return Reading(start, end, value, value, step, Form.FRACTION)


def with_fraction(text: str, reading: Reading) -> Reading:
    """*1 1/2*, *2½*, *3/4*."""
    mixed = _MIXED.match(text, reading.end)
    if mixed and mixed["vulgar"]:
        top, bottom = VULGAR[mixed["vulgar"]]
    elif mixed:
        top, bottom = int(mixed["top"]), int(mixed["bottom"])
    else:
        simple = _SIMPLE.match(text, reading.end)
        if simple and reading.plain and int(simple[1]) in _DENOMINATORS and 0 < reading.low < int(simple[1]):
            return fraction(reading.start, simple.end(), int(reading.low), int(simple[1]))
        return reading
    if bottom not in _DENOMINATORS or not 0 < top < bottom:
        return reading
    value = reading.low + Decimal(top) / Decimal(bottom)
    return replace(reading, end=mixed.end(), low=value, high=value, step=1 / Decimal(bottom), plain=False)
