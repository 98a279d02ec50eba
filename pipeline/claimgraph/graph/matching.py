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
from math import exp

from claimgraph.graph.entities import same_name
from claimgraph.graph.lexicons import lexicons
from claimgraph.graph.periods import Fit, Period, fit
from claimgraph.graph.records import Question, Verdict

__all__ = ["evidence", "same_question"]

#: Log odds before any evidence: most pairs of questions that share a block are two.
_PRIOR = -5.0
#: Days over which the reports of one event's running count spread.
_EVENT_DAYS = 45
#: Counts that move are told apart as two events where one value is so many times the other within a few days.
_GENERIC = frozenset({"person", "other", "victim", "thing"})


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
    yield _measures(a, b)
    yield _entities(a, b)
    yield _periods(a, b)
    yield _values(a, b)
    yield from _facets(a, b)


def _clash(a: Question, b: Question) -> str:
    """Return why two questions can't be one whatever else they share; empty where nothing forbids it."""
    if a.dimension != b.dimension:
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
    """Return shared words as a share of the mean number of words."""
    return 2 * len(x & y) / (len(x) + len(y)) if x or y else 0.0


def _measures(a: Question, b: Question) -> Evidence:
    x, y = frozenset(a.concepts), frozenset(b.concepts)
    s, t = frozenset(a.terms) - _GENERIC, frozenset(b.terms) - _GENERIC
    concept = _overlap(x, y) if x and y else 0.0
    terms = _overlap(s, t) if s and t else (1.0 if not s and not t else 0.5)
    if x and y and x & y:
        weight = 1.5 + 2.5 * concept + 2.0 * (terms - 0.5)
    elif x and y:
        weight = -2.0 + 2.0 * terms
    elif x or y:
        weight = -1.0 + 3.0 * (_overlap(s, t) if s and t else 0)
    else:
        weight = -1.0 + 5.0 * (_overlap(s, t) if s and t else 0.4 if frozenset(a.terms) & frozenset(b.terms) else 0)
    return Evidence(weight, f"both measure {a.measure}" if weight > 0 else f"{a.measure} and {b.measure} differ")


def _entities(a: Question, b: Question) -> Evidence:
    if not a.entities and not b.entities:
        return Evidence(0.3, "")
    if not a.entities or not b.entities:
        return Evidence(-0.5, "")
    first = _known(a.entities[0], b.entities)
    second = _known(b.entities[0], a.entities)
    if first and second:
        return Evidence(2.0, f"both are about {a.entities[0]}")
    if first or second:
        return Evidence(0.0, f"one is about {a.entities[0]}, the other about {b.entities[0]}")
    if any(_known(name, b.entities) for name in a.entities):
        return Evidence(-2.0, f"{a.entities[0]} is not {b.entities[0]}")
    return Evidence(-4.0, f"{a.entities[0]} is not {b.entities[0]}")


def _known(name: str, names: tuple[str, ...]) -> bool:
    return any(same_name(*sorted((name, other))) for other in names)


@lru_cache(maxsize=65536)
def _period(start: str | None, end: str | None, grain: str) -> Period | None:
    return Period(start=date.fromisoformat(start), end=date.fromisoformat(end), grain=grain) if start and end else None


def _periods(a: Question, b: Question) -> Evidence:
    x, y = (_period(q.period_start, q.period_end, q.grain) for q in (a, b))
    how = fit(x, y)
    if how is Fit.UNKNOWN or x is None or y is None:
        return Evidence(0.5 if x is y else -0.5, "")
    if how is Fit.EQUAL:
        return Evidence(2.0, "for the same period")
    moving = bool(a.moves or b.moves)
    days = max((x.start - y.end).days, (y.start - x.end).days, 0)
    if moving and "day" in (x.grain, y.grain, "day" if x.grain == y.grain == "span" else ""):
        return Evidence(1.5, "") if days <= 7 else Evidence(1.0 - days / 15, f"{days} days apart")
    if how is Fit.APART:
        return Evidence(-4.0 if min(x.days, y.days) > 1 or days > 31 else -2.0, "for different periods")
    fine = min(x.days, y.days)
    if how is Fit.INSIDE and fine <= 2:
        return Evidence(1.0, "")
    return Evidence(-1.5, "for periods of different length")


def _values(a: Question, b: Question) -> Evidence:
    x, y = _bounds(a), _bounds(b)
    if (a.low, a.high) == (b.low, b.high):
        return Evidence(min(1.0 + 1.0 * min(a.digits, b.digits), 5.0), "with the same figure")
    if max(x[0], y[0]) <= min(x[1], y[1]):
        return Evidence(min(0.5 + 0.6 * min(a.digits, b.digits), 2.0), "with figures that meet")
    ratio = _ratio(x, y)
    if a.moves or b.moves:
        return Evidence(-0.0 if ratio < 4 else -1.0 if ratio < 12 else -3.0, "with figures of another size")
    return Evidence(-1.0 if ratio < 1.3 else -1.5 if ratio < 5 else -4.0, "with other figures")


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
        yield Evidence(
            -3.0 if {a.status, b.status} == {"forecast", "outcome"} else -0.5, f"{a.status} is not {b.status}"
        )
    if a.voice != b.voice:
        yield Evidence(-2.0, "a company's own forecast is not the analysts'")
    if a.vintage != b.vintage:
        yield Evidence(-0.5, "one is the figure that another replaced")
    if a.base != b.base:
        yield Evidence(-0.5, "")
    for name in sorted(set(a.modifiers) ^ set(b.modifiers)):
        yield Evidence(-4.0, f"only one is {name}")
