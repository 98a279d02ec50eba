"""The interval of values that a statement allows.

A stated value covers its rounding: half of the last digit stated, where trailing zeros of large round numbers
are no digits (*80,000* covers 77,600–82,400, *1.2bn* 1.15–1.25bn). *About* widens to half of the place of the last
digit that isn't zero, at most a tenth. *More than* opens an end, but an open end is no licence: it closes softly at
half as much again, because whoever knows of 5,000 doesn't say *more than 1,000*.
"""

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from claimgraph.graph.lexicons import lexicons
from claimgraph.graph.records import Interval
from claimgraph.graph.units import common_unit
from claimgraph.graph.words import find_phrases, stems
from claimgraph.records import Claim
from claimgraph.vocab import Change, Kind, Qualifier

__all__ = ["cut_off", "digits", "gap", "interval", "meet", "show", "stated", "unsigned"]

_HALF = Decimal("0.5")
_NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?")
#: *More than v* is heard as up to this many times v, *up to v* as down to v divided by it. Set on the seen gold.
_SOFT = Decimal("1.5")
#: Vague words are stretched downwards by this share: *nearly 2,000* is still *thousands*.
_VAGUE = Decimal("0.2")
_TENTH = Decimal("0.1")
#: Trailing zeros of a bare number are rounding as long as this much of the value is left uncertain at most.
_ROUND = Decimal("0.03")


def digits(value: Decimal) -> int:
    """Count the significant digits of a number, trailing zeros left out (196: 3; 1,200,000: 2)."""
    return len(str(int("".join(map(str, value.as_tuple().digits)))).rstrip("0")) or 1


def _last_place(value: Decimal) -> Decimal:
    """Return the place value of the last digit that isn't zero (650: 10; 1.5: 0.1)."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _radius(claim: Claim, value: Decimal) -> Decimal:
    """Return how far the true value may lie from a stated one by rounding."""
    size = abs(value)
    if claim.qualifier is Qualifier.APPROXIMATELY:
        return min(_last_place(value) * _HALF, size * _TENTH) if value else _HALF
    match = _NUMBER.search(claim.value_text)
    written = Decimal(match[0].replace(",", "").rstrip(".")) if match else None
    if match and written and (match[1] or size / written > 1):
        return Decimal(1).scaleb(-len(match[1] or "")) * (size / written) * _HALF
    if claim.kind in (Kind.COUNT, Kind.MONEY, Kind.MEASURE):
        return min(_last_place(size) * _HALF, size * _ROUND) if size >= 100 else Decimal(0)
    return min(_last_place(size), Decimal(1)) * _HALF if written else Decimal(0)


@lru_cache(maxsize=4096)  # a claim is compared with many
def interval(claim: Claim) -> Interval:
    """Return the values that a claim allows, converted and signed; see the module for the rules."""
    low, high, soft, vague = _bounds(claim)
    _, unit, factor, offset = common_unit(claim.kind, claim.unit)
    offset = offset if claim.change is Change.LEVEL else Decimal(0)
    ends = [None if end is None else (end + offset) * factor for end in (low, high)]
    printed = (stated(claim) + offset) * factor
    if claim.change is Change.DECREASE and claim.kind not in (Kind.MULTIPLE, Kind.COUNT):
        ends = [None if end is None else -end for end in reversed(ends)]
        printed = -printed
    return Interval(
        low=ends[0], high=ends[1], stated=printed, unit=unit, soft=soft, vague=vague, words=_words(claim, low, high)
    )


def stated(claim: Claim) -> Decimal:
    """Return the number that is printed, the middle of a range, in the claim's own unit."""
    ends = [end for end in (claim.low, claim.high) if end is not None]
    return sum(ends, Decimal(0)) / len(ends) if ends else Decimal(0)


def _bounds(claim: Claim) -> tuple[Decimal | None, Decimal | None, bool, bool]:
    """Return low, high, whether an end is soft, whether the words were vague; in the claim's own unit."""
    low, high = claim.low, claim.high
    if low is not None and high is not None:
        return *_closed(claim, low, high), False, False
    if low is not None:
        if _is_vague(claim):
            return low * (1 - _VAGUE), low * 10, True, True
        return low, low * _soft(low) if low > 0 else None, True, _is_round(claim, low)
    if high is not None:
        return (
            (high / _soft(high) if high > 0 else None),
            high + (_radius(claim, high) if claim.qualifier is Qualifier.AT_MOST else 0),
            True,
            False,
        )
    return None, None, True, True


def _closed(claim: Claim, low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    if low != high:
        return low, high
    if claim.qualifier is Qualifier.APPROXIMATELY and _below(claim):
        return low - 2 * _radius(claim, low), high
    radius = _radius(claim, low)
    return low - radius, high + (radius if str(low) == str(high) else _radius(claim, high))


def _soft(value: Decimal) -> Decimal:
    return Decimal(2) if value < 20 else _SOFT


def _is_vague(claim: Claim) -> bool:
    """Tell vague plurals (*dozens*, *tens of thousands*, *several hundred*) from numbers with an open end."""
    words = claim.value_text.strip().lower()
    if claim.qualifier is not Qualifier.AT_LEAST or _NUMBER.search(words):
        return False
    return words.endswith("s") or any(True for _ in find_phrases(stems(words), lexicons().cues["vague", "subject"]))


def _is_round(claim: Claim, low: Decimal) -> bool:
    """Tell *more than a dozen* from *more than 12*: a bound in words is no stage of a count."""
    return low >= 12 and not _NUMBER.search(claim.value_text)


def _below(claim: Claim) -> bool:
    """Tell *nearly 450* from *about 450* by the words before the value."""
    before = claim.sentence[: max(0, claim.start - claim.sentence_start)][-60:]
    words = stems(before)[-3:]
    return any(last == len(words) for _, _, last in find_phrases(words, lexicons().cues["below", "before"]))


def meet(a: Interval, b: Interval) -> bool:
    """Tell whether some value lies in both; two rounded ones that only touch don't."""
    low = a.low if b.low is None or (a.low is not None and a.low >= b.low) else b.low
    high = a.high if b.high is None or (a.high is not None and a.high <= b.high) else b.high
    if low is None or high is None or low < high:
        return True
    return low == high and (a.low == a.high or b.low == b.high)


def unsigned(item: Interval) -> Interval:
    """Turn the sign: of a decrease to its size, and back."""
    low, high = (None if end is None else -end for end in (item.high, item.low))
    return replace(item, low=low, high=high, stated=-item.stated)


def cut_off(a: Interval, b: Interval) -> bool:
    """Tell whether one is the other with its last digits cut off instead of rounded (*43 million* of 43.9)."""
    widths = [None if item.low is None or item.high is None else item.high - item.low for item in (a, b)]
    if widths[0] is None or widths[1] is None or a.soft or b.soft:
        return False
    (coarse, width), (fine, narrow) = sorted(((a, widths[0]), (b, widths[1])), key=lambda item: -item[1])
    if narrow * 5 > width or width > abs(coarse.stated) * _ROUND:
        return False
    return abs(coarse.stated) <= abs(fine.stated) < abs(coarse.stated) + width


def gap(a: Interval, b: Interval) -> float:
    """Return how far apart two stated values are, as a share of the larger (0: equal, 1: nothing in common)."""
    size = max(abs(a.stated), abs(b.stated))
    return float(min(abs(a.stated - b.stated) / size, Decimal(2))) if size else 0.0


def show(value: Decimal) -> str:
    """Write a number for readers: `1,250,000`, `7.8`, at most four digits behind the point."""
    number = round(value, 4) if abs(value) < 1000 else round(value)
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _words(claim: Claim, low: Decimal | None, high: Decimal | None) -> str:
    """Say what a statement covers, in its own unit."""
    said = {
        Qualifier.APPROXIMATELY: "about ",
        Qualifier.MORE_THAN: "more than ",
        Qualifier.LESS_THAN: "less than ",
        Qualifier.AT_MOST: "up to ",
        Qualifier.AT_LEAST: "at least ",
    }.get(claim.qualifier, "")
    said = "" if _is_vague(claim) else said
    covers = f"covers {show(low)}–{show(high)}" if low is not None and high is not None and low != high else "is exact"
    unit = "" if claim.kind in (Kind.COUNT, Kind.MULTIPLE) else f" {claim.unit}" if claim.unit != "%" else "%"
    return f"“{said}{claim.value_text}” {covers}{unit}" if covers != "is exact" else f"“{said}{claim.value_text}”"
