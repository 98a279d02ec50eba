"""Common units: which units can be converted into each other, and by how much."""

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from claimgraph.vocab import Kind

__all__ = ["Scale", "common_unit"]

Scale = tuple[str, str, Decimal, Decimal]
"""Dimension, common unit, factor and offset: value in the common unit = (value + offset) * factor."""

_CURRENCY = re.compile(r"[A-Z]{3}$")
#: Units that pint knows under another name, or as something else.
_PINT_NAMES = {"ton": "metric_ton", "tonne": "metric_ton", "square foot": "foot**2", "barrel": "oil_barrel"}
_ONE, _ZERO = Decimal(1), Decimal(0)
_DAYS = {
    "second": Decimal(1) / 86400,
    "minute": Decimal(1) / 1440,
    "hour": Decimal(1) / 24,
    "day": _ONE,
    "week": Decimal(7),
    "month": Decimal("30.436875"),
    "year": Decimal("365.2425"),
}


@lru_cache(maxsize=4096)
def common_unit(kind: Kind, unit: str) -> Scale:
    """Return dimension and common unit of a claim's unit, with the conversion into it.

    Currencies are dimensions of their own: nothing is exchanged. Shares count in per cent. Units that pint doesn't
    know are a dimension of their own name, unconverted.
    """
    if kind is Kind.MONEY:
        return f"money {unit}", unit, _ONE, _ZERO
    if kind is Kind.FRACTION:
        return "percent", "%", Decimal(100), _ZERO
    if kind in (Kind.DURATION, Kind.AGE):
        return str(kind), "day", _DAYS.get(unit, _ONE), _ZERO
    if kind is Kind.RATE:
        return _rate(unit)
    if kind is Kind.MEASURE:
        return _measure(unit)
    plain = {Kind.PERCENT: "%", Kind.PERCENTAGE_POINTS: "percentage point", Kind.MULTIPLE: "times"}
    return str(kind), plain.get(kind, unit if kind is Kind.INDEX else ""), _ONE, _ZERO


def _rate(unit: str) -> Scale:
    """Convert the numerator where it is physical; the denominator must be the same word."""
    above, _, below = unit.partition("/")
    if _CURRENCY.match(above):
        return f"rate {above}/{below}", unit, _ONE, _ZERO
    try:
        dimension, common, factor, offset = _pint(f"({_name(above)})/({_name(below)})")
    except ValueError:
        return f"rate {unit}", unit, _ONE, _ZERO
    return f"rate {dimension}", common, factor, offset


def _measure(unit: str) -> Scale:
    try:
        return _pint(_name(unit))
    except ValueError:
        return f"measure {unit}", unit, _ONE, _ZERO


def _name(unit: str) -> str:
    """Spell a unit of the guidelines as pint does: `square kilometre` is `(kilometer)**2`."""
    unit = re.sub(r"(?i)\bdegrees? celsius\b", "degC", unit)
    unit = re.sub(r"(?i)\bdegrees? fahrenheit\b", "degF", unit)
    if unit in _PINT_NAMES:
        return _PINT_NAMES[unit]
    for word, power in (("square ", 2), ("cubic ", 3)):
        if unit.startswith(word):
            return f"({unit.removeprefix(word)})**{power}"
    return unit.replace(" ", "_")


@cache
def _registry() -> Any:
    import pint

    return pint.UnitRegistry()


def _pint(name: str) -> Scale:
    """Look a unit up in pint.

    Raises:
        ValueError: pint doesn't know it, or it has no dimension (`magnitude`).
    """
    registry = _registry()
    try:
        zero, one = (registry.Quantity(number, name).to_base_units() for number in (0, 1))
    except Exception as error:  # pint raises errors of the tokenizer, of attributes and its own
        raise ValueError(name) from error
    if zero.dimensionless:
        raise ValueError(name)
    factor = Decimal(repr(float(one.magnitude - zero.magnitude)))
    offset = Decimal(repr(float(zero.magnitude))) / factor
    return str(zero.dimensionality), str(zero.units), factor, offset
