"""Axes for charts: round ticks for numbers and for dates, and the mapping from data to pixels."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["DateScale", "NumberScale", "compact"]

# A chart whose largest value is more than this many times the smallest is drawn on a logarithmic axis;
# below it, differences of a few per cent still show on a linear one.
_LOG_RATIO = 40

# Nor may it be larger than this: a logarithmic axis over hundreds of powers of ten shows nothing.
_LOG_LIMIT = 1e15


def compact(value: float) -> str:
    """Write a number the way a newspaper's chart would: 1.2bn, 450k, 0.4."""
    for size, letter in ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e4, "k")):
        if abs(value) >= size:
            scaled = value / (1e3 if letter == "k" else size)
            return f"{scaled:.4g}{letter}"
    return f"{value:,.0f}" if value == int(value) else f"{value:.4g}"


@dataclass(frozen=True, slots=True)
class NumberScale:
    """Map values to pixels, linear or logarithmic; `first` is the pixel of `low`."""

    low: float
    high: float
    first: float
    last: float
    logarithmic: bool

    @classmethod
    def over(cls, values: list[float], first: float, last: float) -> "NumberScale":
        """Make a scale with some air around the values."""
        low, high = min(values), max(values)
        logarithmic = low > 0 and low * _LOG_RATIO < high < low * _LOG_LIMIT
        if logarithmic:
            return cls(low / 1.3, high * 1.3, first, last, True)
        air = (high - low) * 0.12 or abs(high) * 0.1 or 1.0
        floor = low - air
        return cls(0.0 if floor < 0 <= low else floor, high + air, first, last, False)

    def __call__(self, value: float) -> float:
        """Return the pixel of a value; values outside are clamped to the ends."""
        value = min(max(value, self.low), self.high)
        if self.logarithmic:
            share = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return self.first + share * (self.last - self.first)

    def ticks(self) -> list[float]:
        """Return three to seven round values inside the scale."""
        if self.logarithmic:
            powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
            found = [m * 10.0**p for p in powers for m in (1, 2, 5)]
            inside = [v for v in found if self.low <= v <= self.high]
            return inside if len(inside) <= 7 else inside[:: math.ceil(len(inside) / 7)]
        raw = (self.high - self.low) / 5
        size = 10.0 ** math.floor(math.log10(raw))
        step = next(m * size for m in (1, 2, 5, 10) if m * size >= raw)
        start = math.ceil(self.low / step)
        return [i * step for i in range(start, math.floor(self.high / step) + 1)]


@dataclass(frozen=True, slots=True)
class DateScale:
    """Map days to pixels."""

    low: date
    high: date
    first: float
    last: float

    @classmethod
    def over(cls, days: list[date], first: float, last: float) -> "DateScale":
        """Make a scale with some air around the days; a single day stands in the middle."""
        low, high = min(days), max(days)
        air = max(1, (high - low).days // 12)
        try:
            return cls(low - timedelta(days=air), high + timedelta(days=air), first, last)
        except OverflowError:
            return cls(low, high, first, last)

    def __call__(self, day: date) -> float:
        """Return the pixel of a day."""
        share = (day - self.low).days / max(1, (self.high - self.low).days)
        return self.first + share * (self.last - self.first)

    def ticks(self) -> list[tuple[date, str]]:
        """Return up to six days with the labels that tell them apart."""
        span = (self.high - self.low).days
        step = max(1, math.ceil(span / 5))
        days = [self.low + timedelta(days=i) for i in range(0, span + 1, step)]
        form = "%Y" if span > 365 * 5 else "%b %Y" if span > 90 else "%-d %b %Y" if span < 3 else "%-d %b"
        labelled = [(day, f"{day.day} {day:%b}" if form == "%-d %b" else _label(day, form)) for day in days]
        return [pair for i, pair in enumerate(labelled) if i == 0 or pair[1] != labelled[i - 1][1]]


def _label(day: date, form: str) -> str:
    return f"{day.day} {day:%b %Y}" if form == "%-d %b %Y" else day.strftime(form)
