"""Does an article's own arithmetic hold? Shares, multiples, changes, and parts of a whole.

Every stated value is an interval (`graph.values`): its rounding, widened by *about*, opened by *more than*. What the
relation makes of the base must meet the stated result: *almost three times the 278* makes 667–836 and meets *around
800*; *up 3% from 67 to 72* makes 68–70 and does not. Where several values could be the result, one that fits is
enough; a failure is only claimed where a single value can be meant.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from claimgraph.graph.parts import Part, find_parts
from claimgraph.graph.records import Interval
from claimgraph.graph.units import common_unit
from claimgraph.graph.values import interval, show, unsigned
from claimgraph.records import Claim
from claimgraph.vocab import Change, Kind, RelationType

__all__ = ["Check", "SelfCheck", "Verdict", "check_arithmetic", "self_checks"]

# Words (triple, half, doubled) are looser than digits: writers say triple for 2.9. Set on the founding example.
_WORDS = Decimal("0.1")

#: Share of a result by which rounded factors may miss it.
_SLACK = Decimal("0.003")

_HUNDRED = Decimal(100)

# the common unit of percentages and fractions
_PERCENT = "%"

Ends = tuple[Decimal | None, Decimal | None]


class Verdict(StrEnum):
    """What arithmetic says."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """A verdict and its reason in words."""

    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """Two claims of one article whose arithmetic was checked.

    a: id of the relative claim or of the whole. b: id of the claim that it is checked against: the result of a
    share, multiple or change, or a part.
    """

    a: str
    b: str
    ok: bool
    reason: str


def check_arithmetic(type_: RelationType, claim: Claim, base: Claim, result: Claim | None = None) -> Check:
    """Say whether a relative claim, its base and the value that it describes agree.

    Args:
        type_: the relation of `claim` to `base`.
        claim: the share, multiple or change.
        base: what it is relative to.
        result: the value that the share, multiple or change gives; None where the text names none, and then only
            a share that is larger than its whole can fail.
    """
    if result is None:
        return _check_share(type_, claim, base)
    made = _made(type_, claim, base)
    if made is None:
        return Check(
            Verdict.UNKNOWN, f"“{claim.value_text}” of “{base.value_text}” cannot be computed: the units differ"
        )
    stated = interval(result)
    if stated.unit != interval(base).unit:
        return Check(Verdict.UNKNOWN, f"“{result.value_text}” is in another unit than “{base.value_text}”")
    words = f"{_words(type_, claim, base)} makes {_range(made, base)}"
    if _meet(_loose(made), (stated.low, stated.high)):
        return Check(Verdict.CONSISTENT, f"{words}; “{result.value_text}” fits")
    if type_ is RelationType.CHANGE_FROM and _misread(made, claim, base, stated):
        return Check(Verdict.UNKNOWN, f"“{claim.value_text}” is no change from “{base.value_text}”")
    return Check(Verdict.INCONSISTENT, f"{words}; the text says “{result.value_text}”")


def _loose(made: Ends) -> Ends:
    """Leave room for factors that were cut off instead of rounded."""
    low, high = made
    return (None if low is None else low - abs(low) * _SLACK, None if high is None else high + abs(high) * _SLACK)


def _misread(made: Ends, claim: Claim, base: Claim, result: Interval) -> bool:
    """Tell a change that was not made from this base: more is lost than there was, or it is the difference to it
    (*9 points more likely than the others, 54 to 45*).
    """
    whole = interval(base)
    if made[1] is not None and made[1] < 0 <= whole.stated:
        return True
    back = _changed(claim, result) if claim.kind not in (Kind.PERCENT, Kind.FRACTION, Kind.MULTIPLE) else None
    return back is not None and _meet(_loose(back), (whole.low, whole.high))


def _check_share(type_: RelationType, claim: Claim, base: Claim) -> Check:
    """Check what needs no third value: a part is no larger than its whole."""
    part = _factor(claim)
    if type_ is RelationType.SHARE_OF and part is not None and part[0] is not None and part[0] > 1:
        return Check(Verdict.INCONSISTENT, f"“{claim.value_text}” is more than the whole of “{base.value_text}”")
    if type_ is RelationType.SHARE_OF and claim.kind is base.kind and claim.kind not in (Kind.PERCENT, Kind.FRACTION):
        return _check_part(claim, base)
    return Check(Verdict.UNKNOWN, "the text names no value to check against")


def _check_part(part: Claim, whole: Claim) -> Check:
    least, most = interval(part).low, interval(whole).high
    if least is not None and most is not None and least > most:
        return Check(
            Verdict.INCONSISTENT, f"the part “{part.value_text}” is larger than its whole “{whole.value_text}”"
        )
    return Check(Verdict.CONSISTENT, f"the part “{part.value_text}” fits into its whole “{whole.value_text}”")


def _words(type_: RelationType, claim: Claim, base: Claim) -> str:
    unit = {Kind.PERCENT: "%", Kind.PERCENTAGE_POINTS: f" {claim.unit}s"}.get(claim.kind, "")
    if claim.kind is Kind.PERCENTAGE_POINTS and claim.low is not None:
        return f"{'down' if claim.change is Change.DECREASE else 'up'} {show(claim.low)}{unit} from {base.value_text}"
    if type_ is RelationType.CHANGE_FROM:
        way = "down" if claim.change is Change.DECREASE else "up"
        return f"{way} {claim.value_text}{unit} from {base.value_text}"
    link = "times" if claim.kind is Kind.MULTIPLE else "of"
    return f"{claim.value_text}{unit} {link} {base.value_text}"


def _range(ends: Ends, base: Claim) -> str:
    """Write an interval in the base's own unit."""
    _, _, factor, offset = common_unit(base.kind, base.unit)
    low, high = (None if end is None else _legible(end / factor - offset) for end in ends)
    if low is not None and high is not None:
        return show(low) if low == high else f"{show(low)}–{show(high)}"
    if low is not None:
        return f"at least {show(low)}"
    return "anything" if high is None else f"at most {show(high)}"


def _legible(value: Decimal) -> Decimal:
    """Round to four digits: bounds of bounds are no more precise."""
    return round(value, 3 - value.adjusted()) if value else value


def _made(type_: RelationType, claim: Claim, base: Claim) -> Ends | None:
    """Return what the relation makes of the base, in the base's common unit; None where it cannot be computed."""
    whole = interval(base)
    if type_ is RelationType.CHANGE_FROM:
        return _changed(claim, whole)
    factor = _factor(claim)
    return None if factor is None else _times(factor, (whole.low, whole.high))


def _changed(claim: Claim, base: Interval) -> Ends | None:
    sign = -1 if claim.change is Change.DECREASE else 1
    if claim.kind in (Kind.PERCENT, Kind.FRACTION):
        share = _factor(claim)
        return None if share is None else _times(_shift(Decimal(1), share, sign), (base.low, base.high))
    if claim.kind is Kind.MULTIPLE:
        factor = _factor(claim)
        return None if factor is None else _times(factor, (base.low, base.high))
    step = interval(claim)
    if not _same_unit(claim, base):
        return None
    if claim.kind is Kind.COUNT and sign < 0:  # interval() signs all other decreases itself
        step = unsigned(step)
    return _sum((base.low, base.high), (step.low, step.high))


def _same_unit(claim: Claim, base: Interval) -> bool:
    if claim.kind is Kind.PERCENTAGE_POINTS:
        return base.unit == _PERCENT
    return interval(claim).unit == base.unit


def _factor(claim: Claim) -> Ends | None:
    """Return a share or multiple as a plain factor; 3% is 0.03."""
    if claim.kind not in (Kind.PERCENT, Kind.FRACTION, Kind.MULTIPLE):
        return None
    stated = interval(claim)
    low, high = stated.low, stated.high
    if low is not None and high is not None and claim.change is Change.DECREASE and claim.kind is not Kind.MULTIPLE:
        low, high = -high, -low
    if not any(sign.isdigit() for sign in claim.value_text):
        low = None if low is None else low * (1 - _WORDS)
        high = None if high is None else high * (1 + _WORDS)
    divisor = _HUNDRED if stated.unit == _PERCENT else Decimal(1)
    return (None if low is None else low / divisor, None if high is None else high / divisor)


def _shift(one: Decimal, share: Ends, sign: int) -> Ends:
    low, high = share
    if sign > 0:
        return (None if low is None else one + low, None if high is None else one + high)
    return (None if high is None else one - high, None if low is None else one - low)


def _times(a: Ends, b: Ends) -> Ends:
    """Multiply two intervals of amounts, which are not negative."""
    low = None if a[0] is None or b[0] is None else a[0] * b[0]
    high = None if a[1] is None or b[1] is None else a[1] * b[1]
    return low, high


def _sum(a: Ends, b: Ends) -> Ends:
    low = None if a[0] is None or b[0] is None else a[0] + b[0]
    high = None if a[1] is None or b[1] is None else a[1] + b[1]
    return low, high


def _meet(a: Ends, b: Ends) -> bool:
    low = max((end for end in (a[0], b[0]) if end is not None), default=None)
    high = min((end for end in (a[1], b[1]) if end is not None), default=None)
    return low is None or high is None or low <= high


def self_checks(claims: Sequence[Claim]) -> tuple[SelfCheck, ...]:
    """Check the arithmetic that one article's claims state themselves.

    Reads:   the claims of one article, sorted by start.
    Returns: one check per relative claim whose result stands in its sentence, then per whole whose parts the text
        lists; each in the order of the claims. What cannot be computed is left out.
    """
    by_id = {claim.id: claim for claim in claims}
    targets = {claim.relation.target for claim in claims if claim.relation}
    free = (claim for claim in claims if claim.id not in targets and claim.relation is None)
    in_sentence = {start: tuple(some) for start, some in groupby(free, key=lambda claim: claim.sentence_start)}
    found = [check for claim in claims for check in _check_claim(claim, by_id, in_sentence)]
    return (*found, *(check for part in find_parts(claims) for check in _check_sum(part)))


def _check_sum(listed: Part) -> Iterator[SelfCheck]:
    """Check that listed parts do not exceed their whole, and whether they make it up where all are listed."""
    whole, parts = listed.whole, listed.parts
    if not listed.all:
        for part in parts:
            check = _check_part(part, whole)
            yield SelfCheck(whole.id, part.id, check.verdict is Verdict.CONSISTENT, check.reason)
        return
    total = interval(parts[0])
    ends: Ends = (total.low, total.high)
    for part in parts[1:]:
        ends = _sum(ends, (interval(part).low, interval(part).high))
    stated = interval(whole)
    words = f"{' and '.join(part.value_text for part in parts)} make {_range(ends, whole)}"
    if _meet(ends, (stated.low, stated.high)):
        yield SelfCheck(whole.id, parts[0].id, True, f"{words}; “{whole.value_text}” fits")
    elif ends[0] is not None and stated.high is not None and ends[0] > stated.high:
        yield SelfCheck(whole.id, parts[0].id, False, f"{words}; the text says “{whole.value_text}”")


def _check_claim(
    claim: Claim, by_id: Mapping[str, Claim], in_sentence: Mapping[int, tuple[Claim, ...]]
) -> Iterator[SelfCheck]:
    base = by_id.get(claim.relation.target) if claim.relation else None
    if claim.relation is None or base is None:
        return
    results = _results(claim, base, in_sentence.get(claim.sentence_start, ()))
    checks = [(result, check_arithmetic(claim.relation.type, claim, base, result)) for result in results]
    fitting = [(result, check) for result, check in checks if check.verdict is Verdict.CONSISTENT]
    failing = [(result, check) for result, check in checks if check.verdict is Verdict.INCONSISTENT]
    if fitting:
        yield SelfCheck(claim.id, fitting[0][0].id, True, fitting[0][1].reason)
    elif len(failing) == 1 and len(results) == 1:
        yield SelfCheck(claim.id, failing[0][0].id, False, failing[0][1].reason)
    elif not results:
        alone = check_arithmetic(claim.relation.type, claim, base)
        if alone.verdict is not Verdict.UNKNOWN:
            yield SelfCheck(claim.id, base.id, alone.verdict is Verdict.CONSISTENT, alone.reason)


def _results(claim: Claim, base: Claim, sentence: Sequence[Claim]) -> list[Claim]:
    """Return the free values of the sentence that the relation could give: of the base's unit, of one status."""
    return [
        other
        for other in sentence
        if other.id not in (claim.id, base.id)
        and other.kind is base.kind
        and other.unit == base.unit
        and other.change is base.change
        and other.status is claim.status
    ]
