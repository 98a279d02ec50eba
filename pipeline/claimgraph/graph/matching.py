"""Are two questions one? Evidence for and against is added up, each item with the words for the reason.

Some facets decide alone (deaths are no injuries, euros no kilometres, a forecast no outcome); the others weigh. The
weights are log odds (about): +2 makes sameness seven times likelier. They were set on the seen gold, by
class of story, and are few enough to be read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from math import exp, log

from claimgraph.graph.entities import same_name
from claimgraph.graph.lexicons import lexicons
from claimgraph.graph.periods import Fit, Period, fit
from claimgraph.graph.records import Question, Verdict

__all__ = ["evidence", "same_question"]

#: Log odds before any evidence: most pairs of questions that share a block are two.
_PRIOR = -4.7
#: Days over which the reports of one event's running count spread.
_EVENT_DAYS = 45
#: Counts that move are told apart as two events where one value is so many times the other within a few days.
_GENERIC = frozenset({"person", "segment"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for or against, with its weight in log odds."""

    weight: float
    words: str


def same_question(a: Question, b: Question) -> Verdict:
    """Say whether two questions are one; symmetric and deterministic. Equal keys are one."""
    if a.key == b.key:
        return Verdict(same=True, confidence=1.0, reason="the same in every facet")
    a, b = sorted((a, b), key=lambda item: item.key)
    clash = _clash(a, b)
    if clash:
        return Verdict(same=False, confidence=0.95, reason=clash)
    found = list(evidence(a, b))
    odds = _PRIOR + sum(item.weight for item in found)
    probability = 1 / (1 + exp(-odds))
    same = probability >= 0.5
    words = "; ".join(item.words for item in found if item.words and (item.weight > 0) == same)
    return Verdict(same=same, confidence=round(probability if same else 1 - probability, 4), reason=words)


def evidence(a: Question, b: Question) -> Iterator[Evidence]:
    """Yield what speaks for and against two questions being one, where no facet decides alone."""
    meeting = _meet(_bounds(a), _bounds(b))
    yield _measures(a, b, meeting)
    yield _entities(a, b, meeting)
    yield _periods(a, b)
    yield _values(a, b)
    yield from _facets(a, b)


def _clash(a: Question, b: Question) -> str:
    """Return why two questions can't be one whatever else they share; empty where nothing forbids it."""
    if a.dimension != b.dimension and not _exchanged(a, b):
        return f"{a.dimension} and {b.dimension} are not the same sort of quantity"
    if a.change != b.change:
        return "one is a level, the other a change"
    if a.status != b.status and not {a.status, b.status} <= _SOFT_STATUS:
        return f"{a.status} and {b.status} are two questions"
    if a.base and b.base and a.base != b.base:
        return f"one is against the {a.base} before, the other against the {b.base} before"
    return _rivals(a, b)


#: Announced amounts, guidance and plans are told as targets by one outlet and as facts or forecasts by another.
_SOFT_STATUS = frozenset({"target", "outcome", "forecast"})


def _exchanged(a: Question, b: Question) -> bool:
    """Tell whether one may be the other's conversion in brackets, as *(7 billion dollars)*."""
    return a.kind == b.kind == "money" and a.aside != b.aside


def _rivals(a: Question, b: Question) -> str:
    """Tell measures of one family apart: deaths from injuries, revenue from profit."""
    if not a.concepts or not b.concepts or set(a.concepts) & set(b.concepts):
        return ""
    for x in a.concepts:
        for y in b.concepts:
            family = _family(x)
            if family and family == _family(y):
                return f"{x} and {y} are different measures"
    return ""


def _family(concept: str) -> str:
    return lexicons().measures[concept].family


def _overlap(x: frozenset[str], y: frozenset[str]) -> float:
    """Return shared words as a share of the mean number of words (Dice)."""
    return 2 * len(x & y) / (len(x) + len(y)) if x or y else 0.0


def _measures(a: Question, b: Question, meeting: bool) -> Evidence:
    """Compare what is measured: named measures first, then the words that restrict them."""
    x, y = frozenset(a.concepts), frozenset(b.concepts)
    s, t = frozenset(a.terms) - _GENERIC, frozenset(b.terms) - _GENERIC
    terms = _overlap(s, t)
    if x & y:
        weight = 4.0 * _overlap(x, y) - (0.0 if x == y else 2.0) + _restricted(s, t, terms, meeting)
    else:
        weight = _worded(a, b, s, t)
    names = f"{a.measure} and {b.measure}" if a.measure != b.measure else a.measure
    return Evidence(weight, f"both measure {names}" if weight > 0 else f"{names} differ")


def _worded(a: Question, b: Question, s: frozenset[str], t: frozenset[str]) -> float:
    """Weigh measures that the lexicon doesn't know by their words, and by the words around vague ones."""
    x, y = s | frozenset(a.concepts), t | frozenset(b.concepts)
    wide, broad = x | frozenset(a.context), y | frozenset(b.context)
    if not x or not y:
        return 0.5 if not x and not y and frozenset(a.terms) & frozenset(b.terms) else -1.0
    told = (len(x & y) * 2 + 0.6 * len((x - y) & broad) + 0.6 * len((y - x) & wide)) / (len(x) + len(y))
    told = max(told, 0.75) if x <= y or y <= x else told
    around = 0.3 * len((frozenset(a.context) & frozenset(b.context)) - x - y)
    penalty = -2.0 if a.concepts and b.concepts else -1.5
    return penalty + 5.5 * min(told, 1.0) + min(around, 1.2)


def _restricted(s: frozenset[str], t: frozenset[str], terms: float, meeting: bool) -> float:
    """Weigh the words that restrict one named measure: a segment, a group, a place."""
    if s == t:
        return 1.0 if s else 0.5
    if s <= t or t <= s:
        return (0.0 if terms else -0.5) if meeting else -1.0 if terms else -2.0
    if terms > 0.6:
        return 0.0 if meeting else -1.5
    return -1.0 if meeting and terms else -2.0 if meeting else -3.5


def _entities(a: Question, b: Question, meeting: bool) -> Evidence:
    if not a.entities and not b.entities:
        return Evidence(0.3, "")
    if not a.entities or not b.entities:
        return Evidence(-0.5, "")
    first = _known(a.entities[0], b.entities)
    second = _known(b.entities[0], a.entities)
    if first and second:
        return Evidence(2.0, f"both are about {a.entities[0]}")
    if first or second:
        part = f"one is about {a.entities[0]}, the other about {b.entities[0]}"
        return Evidence(0.0 if meeting else -2.0, part)
    if any(_known(name, b.entities) for name in a.entities):
        return Evidence(-2.0, f"{a.entities[0]} is not {b.entities[0]}")
    return Evidence(-4.0, f"{a.entities[0]} is not {b.entities[0]}")


def _known(name: str, names: tuple[str, ...]) -> bool:
    return any(same_name(*sorted((name, other))) for other in names)


@lru_cache(maxsize=65536)
def _period(start: str | None, end: str | None, grain: str) -> Period | None:
    return Period(start=date.fromisoformat(start), end=date.fromisoformat(end), grain=grain) if start and end else None


def _days_between(x: Period, y: Period) -> int:
    return max((x.start - y.end).days, (y.start - x.end).days, 0)


def _periods(a: Question, b: Question) -> Evidence:
    x, y = (_period(q.period_start, q.period_end, q.grain) for q in (a, b))
    how = fit(x, y)
    if x is None or y is None:
        return Evidence(0.5 if x is y else -0.5, "")
    if how is Fit.EQUAL:
        return Evidence(2.0, "for the same period")
    if (a.moves or b.moves) and not {x.grain, y.grain}.isdisjoint({"day", "span"}):
        days = _days_between(x, y)
        return Evidence(1.5 - days / _EVENT_DAYS * 2, f"{days} days apart" if days else "")
    return _standing(a, b, x, y, how)


def _standing(a: Question, b: Question, x: Period, y: Period, how: Fit) -> Evidence:
    """Weigh periods of what doesn't move from report to report."""
    days, fine = _days_between(x, y), min(x.days, y.days)
    meeting = _meet(_bounds(a), _bounds(b))
    if how is Fit.APART:
        if x.grain == y.grain == "day" and days <= 7:
            return Evidence(0.0 if meeting else -3.0, "for different days")
        if x.grain != y.grain and days <= 60:
            return Evidence(-1.0 if meeting else -4.0, "for different periods")
        return Evidence(-5.0, "for different periods")
    if how is Fit.INSIDE and fine <= 2:
        return Evidence(1.0 if meeting else 0.0, "")
    far = max(x.days, y.days) > 4 * fine
    if ({a.status, b.status} & {"target", "forecast"} and fine > 300) or (x.grain == y.grain and not far):
        return Evidence(0.0 if meeting else -1.5, "for periods of different length")
    return Evidence(-1.5 if meeting else -3.0, "for periods of different length")


def _values(a: Question, b: Question) -> Evidence:
    x, y = _bounds(a), _bounds(b)
    if a.dimension != b.dimension:
        return Evidence(0.0 if _ratio(*sorted((x, y))) < 3 or _meet(x, y) else -4.0, "in another currency")
    if x == y:
        return Evidence(min(1.0 + min(a.digits, b.digits), 5.0), "with the same figure")
    if _meet(x, y):
        return Evidence(_closeness(a, b), "with figures that meet")
    ratio = _ratio(x, y) if a.unit != "magnitude" else float(10 ** min(abs(x[0] - y[0]), Decimal(9)))
    if a.moves or b.moves:
        return Evidence(_moved(a, b, ratio), "with figures of another size")
    return Evidence(-1.0 if ratio < 1.3 else -1.5 if ratio < 5 else -4.0, "with other figures")


def _closeness(a: Question, b: Question) -> float:
    """Weigh values that meet by how close they are: 1 per mille 4.5, 1 per cent 3, 10 per cent 1.5.

    Bounds that leave much room are weighed by the printed numbers, at two thirds.
    """
    (x, y), (u, v) = _bounds(a), _bounds(b)
    low, high = min(x, u), max(y, v)
    size = max(abs(low), abs(high))
    room = float((high - low) / size) if size and size.is_finite() else 1.0
    p, q = Decimal(a.stated), Decimal(b.stated)
    apart = float(abs(p - q) / max(abs(p), abs(q))) if p or q else 0.0
    return min(4.5, max(0.5, -0.65 * log(max(room, 1e-4)), -0.43 * log(max(apart, 1e-2))))


def _moved(a: Question, b: Question, ratio: float) -> float:
    """Weigh values of a count that moves: it grows a lot in days, but hardly ever falls by half."""
    first, second = sorted((a, b), key=lambda q: (q.period_end or "", q.key))
    falls = _bounds(second) < _bounds(first) and first.period_end != second.period_end
    if falls and "either" not in (a.moves, b.moves):
        return -0.5 if ratio < 1.5 else -1.5 if ratio < 5 else -4.0
    return 0.0 if ratio < 10 else -1.5 if ratio < 100 else -3.0


def _meet(x: tuple[Decimal, Decimal], y: tuple[Decimal, Decimal]) -> bool:
    low, high = max(x[0], y[0]), min(x[1], y[1])
    return low < high or (low == high and (x[0] == x[1] or y[0] == y[1]))


def _bounds(q: Question) -> tuple[Decimal, Decimal]:
    low = Decimal(q.low) if q.low is not None else Decimal("-Infinity")
    high = Decimal(q.high) if q.high is not None else Decimal("Infinity")
    return low, high


def _ratio(x: tuple[Decimal, Decimal], y: tuple[Decimal, Decimal]) -> float:
    """Return how many times the nearer ends of two intervals that lie apart differ; infinite across zero."""
    lower, upper = sorted((x, y))
    small, large = lower[1], upper[0]
    if small <= 0 <= large or not (small.is_finite() and large.is_finite()):
        return float("inf")
    small, large = sorted((abs(small), abs(large)))
    return float(large / small)


def _facets(a: Question, b: Question) -> Iterator[Evidence]:
    if a.status != b.status:
        soft = {a.status, b.status} != {"forecast", "outcome"}
        yield Evidence(-0.5 if soft else -4.0, f"{a.status} is not {b.status}")
    equal = (a.low, a.high) == (b.low, b.high)
    if a.voice != b.voice:
        yield Evidence(-1.5 if equal else -5.0, "a company's own forecast is not the analysts'")
    if a.vintage != b.vintage:
        yield Evidence(-0.5 if equal else -4.0, "one is the figure that another replaced")
    if a.base != b.base:
        yield Evidence(-0.5, "")
    for name in sorted(set(a.modifiers) ^ set(b.modifiers)):
        yield Evidence(-lexicons().apart[name], f"only one is {name}")
