"""Are two questions one? Signs for and against are weighed and added up.

Some facets decide alone (deaths are no injuries, euros no kilometres, a forecast no hypothesis); the others are
signs with weights in log odds, from `WEIGHTS`. A positive sign adds to the reason of *same*, a negative one to that
of *different*.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from math import exp, log, log10
from typing import NamedTuple

from claimgraph.graph.entities import is_country, same_name
from claimgraph.graph.lexicons import lexicons, lies_between
from claimgraph.graph.periods import Fit, Period, fit
from claimgraph.graph.records import Question, Verdict
from claimgraph.graph.weights import WEIGHTS

__all__ = ["CLOSE", "GENERIC", "LOOSE", "SOFT_STATUS", "VAGUE", "Sign", "alike", "clash", "same_question", "signs"]

#: Words of subjects that say nothing about what is measured.
GENERIC = frozenset({"person", "segment"})
#: Announced amounts, guidance and plans are told as targets by one outlet and as facts or forecasts by another.
SOFT_STATUS = frozenset({"target", "outcome", "forecast"})
_STATUSES = {
    frozenset(("forecast", "outcome")): "forecast and outcome",
    frozenset(("hypothetical", "outcome")): "hypothesis and fact",
}
#: Modifiers that tell so strongly decide alone.
_STRICT = 3.0
_INFINITY = Decimal("Infinity")
#: Printed numbers further apart than this meet only because a bound leaves room (*more than 8*, *14.7*).
LOOSE = 0.15

#: Detailed figures that differ by less than this share are likely two answers to one question.
CLOSE = 0.03
#: Statements that leave so many times the lower end are vague (*thousands*): numbers in them lie apart and agree.
VAGUE = 4.0

Bounds = tuple[Decimal, Decimal]


class Sign(NamedTuple):
    """One sign for or against: its name in `WEIGHTS`, how strong it is here, and words for the reason."""

    name: str
    words: str = ""
    amount: float = 1.0

    @property
    def weight(self) -> float:
        """Log odds that the sign adds."""
        return WEIGHTS[self.name] * self.amount


def same_question(a: Question, b: Question) -> Verdict:
    """Say whether two questions are one; symmetric and deterministic. Equal keys are one."""
    if a.key == b.key:
        return Verdict(same=True, confidence=1.0, reason="the same in every facet")
    return _compared(a, b) if a.key <= b.key else _compared(b, a)


@lru_cache(maxsize=8192)  # all pairs of two large regions; grouping one more question asks for the old pairs again
def _compared(a: Question, b: Question) -> Verdict:
    reason = clash(a, b)
    if reason:
        return Verdict(same=False, confidence=0.95, reason=reason)
    found = list(signs(a, b))
    weights = [WEIGHTS[name] * amount for name, _, amount in found]
    odds = WEIGHTS["any pair"] + sum(weights)
    probability = 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
    same = probability >= 0.5
    told = [words for (_, words, _), weight in zip(found, weights, strict=True) if words and (weight > 0) == same]
    return Verdict(same=same, confidence=round(probability if same else 1 - probability, 4), reason="; ".join(told))


def clash(a: Question, b: Question) -> str:
    """Return why two questions can't be one whatever else they share; empty where nothing forbids it."""
    if a.dimension != b.dimension and not _exchanged(a, b):
        return f"{a.dimension} and {b.dimension} are not the same sort of quantity"
    if a.change != b.change and not _meet(_sizes(a), _sizes(b)):
        return "one is a level, the other a change"
    if a.status != b.status and not {a.status, b.status} <= SOFT_STATUS and not _supposed(a, b):
        return f"{a.status} and {b.status} are two questions"
    if a.base and b.base and a.base != b.base:
        return f"one is against the {a.base} before, the other against the {b.base} before"
    return _rivals(a, b) or _lookalike(a, b)


def _supposed(a: Question, b: Question) -> bool:
    """Tell whether one may suppose (*could total 32 million*) what the other states."""
    return {a.status, b.status} == {"hypothetical", "outcome"} and _meet(*_figures(a, b))


def _lookalike(a: Question, b: Question) -> str:
    """Tell core inflation from inflation: a modifier of one alone, unless the figures meet."""
    if a.modifiers == b.modifiers:
        return ""
    strict = [name for name in sorted({*a.modifiers} ^ {*b.modifiers}) if lexicons().apart[name] >= _STRICT]
    return f"only one is {strict[0]}" if strict and not _meet(*_figures(a, b)) else ""


def _exchanged(a: Question, b: Question) -> bool:
    """Tell whether one may be the other's conversion in brackets, as *(7 billion dollars)*."""
    return a.kind == b.kind == "money" and a.aside != b.aside


def _rivals(a: Question, b: Question) -> str:
    """Tell measures of one family apart: deaths from injuries, revenue from profit."""
    if not a.concepts or not b.concepts or set(a.concepts) & set(b.concepts):
        return ""
    for x in a.concepts:
        for y in b.concepts:
            family = lexicons().measures[x].family
            if family and family == lexicons().measures[y].family:
                return f"{x} and {y} are different measures"
    return ""


def signs(a: Question, b: Question) -> Iterator[Sign]:
    """Yield what speaks for and against two questions being one, where no facet decides alone."""
    x, y = _figures(a, b)
    meeting = _meet(x, y)
    yield from _measures(a, b, meeting)
    if a.noun and b.noun:
        both = "person" if a.noun == b.noun == "person" else ""
        yield Sign(f"same {both or 'thing'} counted" if a.noun == b.noun else "other thing counted", _counted(a, b))
    yield _entities(a, b, meeting)
    yield from _further(a, b, meeting)
    yield _periods(a, b, meeting)
    known = alike(a, b)
    yield from _values(a, b, x, y, known)
    if known:
        yield Sign("every facet alike, moving" if a.moves or b.moves else "every facet alike")
    yield from _facets(a, b, "" if x == y else ", figures differ")


def _measures(a: Question, b: Question, meeting: bool) -> Iterator[Sign]:
    """Compare what is measured: named measures first, then the words that restrict them."""
    x, y = frozenset(a.concepts), frozenset(b.concepts)
    s, t = frozenset(a.terms) - GENERIC, frozenset(b.terms) - GENERIC
    names = f"{a.measure} and {b.measure}" if a.measure != b.measure else a.measure
    if x & y:
        yield Sign("measure named alike" if x == y else "measure named in part", f"both measure {names}")
        yield _restricted(s, t, "" if meeting else ", moving" if a.moves or b.moves else ", figures apart")
    else:
        yield from _worded(a, b, x | s, y | t, names, meeting)


def _counted(a: Question, b: Question) -> str:
    return f"{a.noun} and {b.noun} are not the same" if a.noun != b.noun else ""


def alike(a: Question, b: Question) -> bool:
    """Tell whether named measure, entity, period and all else are equal, so that only the figures may differ."""
    if not a.concepts or not a.entities or not b.entities or not a.grain:
        return False
    facets = ("concepts", "period_start", "period_end", "status", "voice", "vintage", "base", "modifiers", "change")
    if any(getattr(a, name) != getattr(b, name) for name in facets):
        return False
    if {*a.terms} - GENERIC != {*b.terms} - GENERIC:
        return False
    # who moved between two countries is told in either order
    return {*a.entities} == {*b.entities} or same_name(*sorted((a.entities[0], b.entities[0])))


def _restricted(s: frozenset[str], t: frozenset[str], how: str) -> Sign:
    """Weigh the words that restrict one named measure: a segment, a group, a place.

    how: suffix of the sign: figures that lie apart say that the restriction matters, unless they move anyway.
    """
    if s == t:
        return Sign("restricted alike" if s else "not restricted")
    if not s or not t:
        return Sign(f"only one restricted{how}", f"only one is about {' '.join(sorted(s | t))}")
    if s <= t or t <= s:
        return Sign(f"one restricted further{how}", f"only one is about {' '.join(sorted(s ^ t))}")
    if s & t:
        shared = 2 * len(s & t) / (len(s) + len(t))
        return Sign(
            f"restricted otherwise in part{how}", f"{' '.join(sorted(s))} is not {' '.join(sorted(t))}", 1.5 - shared
        )
    return Sign(f"restricted otherwise{how}", f"{' '.join(sorted(s))} is not {' '.join(sorted(t))}")


def _worded(
    a: Question, b: Question, x: frozenset[str], y: frozenset[str], names: str, meeting: bool
) -> Iterator[Sign]:
    """Weigh measures that the lexicon doesn't know by their words, and by the words around vague ones."""
    yield Sign("two named measures" if a.concepts and b.concepts else "unnamed measure", f"{names} differ")
    around = _around(a, x) & _around(b, y) - (x & y)
    if around & {*a.concepts, *b.concepts}:
        yield Sign("measure in the sentence", f"both sentences speak of {names}")
    elif around:
        yield Sign("words around", "", min(len(around), 4) / 4)
    if not x or not y:
        alike = not x and not y and bool(frozenset(a.terms) & frozenset(b.terms))
        if alike:
            yield Sign("only who is counted", f"both count {names}", min(a.digits, b.digits, 3) / 3)
        return
    if x == y:
        yield Sign("words equal", f"both measure {names}")
        return
    if x <= y or y <= x:
        yield Sign("words within" if meeting else "words within, figures apart", f"both measure {names}")
        return
    wide, broad = x | frozenset(a.context), y | frozenset(b.context)
    told = (len(x & y) * 2 + 0.6 * len((x - y) & broad) + 0.6 * len((y - x) & wide)) / (len(x) + len(y))
    if told:
        yield Sign(
            "words shared" if meeting else "words shared, figures apart", f"both measure {names}", min(told, 1.0)
        )


def _around(q: Question, words: frozenset[str]) -> frozenset[str]:
    """Return the words around a value whose subject names no measure, else the measure."""
    return frozenset(q.context) if q.context else words


def _entities(a: Question, b: Question, meeting: bool) -> Sign:
    if not a.entities or not b.entities:
        none = "no entity" if meeting else "no entity, figures apart"
        return Sign(none if not a.entities and not b.entities else "one without entity")
    first = _known(a.entities[0], b.entities)
    second = _known(b.entities[0], a.entities)
    both = f"{a.entities[0]} and {b.entities[0]}" if a.entities[0] != b.entities[0] else a.entities[0]
    if first and second:
        return Sign("entity alike", f"both are about {both}")
    countries = is_country(a.entities[0]) and is_country(b.entities[0])  # of which none is a part of another
    if (first or second) and not countries:
        return Sign("part and whole" if meeting else "part and whole, figures apart", f"{both} are part and whole")
    shared = [name for name in a.entities if _known(name, b.entities)]
    if shared:
        place = "country shared" if all(is_country(name) for name in shared) else "entity shared"
        return Sign(place if meeting else f"{place}, figures apart", f"{both} differ")
    return Sign("entity differs", f"{both} differ")


def _further(a: Question, b: Question, meeting: bool) -> Iterator[Sign]:
    """Weigh a country that only one names, where both name some: *17 in India* is no part of Nepal's toll."""
    x, y = _countries(a.entities), _countries(b.entities)
    if x and y and x != y and not (x & y and lies_between(a.concepts + b.concepts)):
        yield Sign(
            "further country" if meeting else "further country, figures apart",
            f"only one is about {', '.join(sorted(x ^ y))}",
        )


@lru_cache(maxsize=8192)
def _countries(entities: tuple[str, ...]) -> frozenset[str]:
    return frozenset(filter(is_country, entities))


def _known(name: str, names: tuple[str, ...]) -> bool:
    return name in names or any(same_name(*sorted((name, other))) for other in names)


@lru_cache(maxsize=8192)
def _period(start: str | None, end: str | None, grain: str) -> Period | None:
    return Period(start=date.fromisoformat(start), end=date.fromisoformat(end), grain=grain) if start and end else None


def _days_between(x: Period, y: Period) -> int:
    return max((x.start - y.end).days, (y.start - x.end).days, 0)


def _periods(a: Question, b: Question, meeting: bool) -> Sign:
    x, y = (_period(q.period_start, q.period_end, q.grain) for q in (a, b))
    if x is None or y is None:
        return Sign("no period" if x is y else "one without period")
    how = fit(x, y)
    if how is Fit.EQUAL:
        return Sign("period alike", "for the same period")
    days = _days_between(x, y)
    if (a.moves or b.moves) and not {x.grain, y.grain}.isdisjoint({"day", "span"}):
        return Sign("near in time", f"{days} days apart" if days else "", max(-1.0, 1 - days / 20))
    end = "" if meeting else ", figures apart"
    if a.undated != b.undated and not x.grain == y.grain == "day":
        return Sign(f"undated{end}", "one tells no date", min(log10(1 + days), 3.0))
    if how is Fit.APART and x.grain == y.grain == "day" and days <= 7:
        return Sign(f"other day{end}", "for different days")
    if how is Fit.APART and x.grain != y.grain and days <= 60:
        return Sign(f"neighbouring period{end}", "for different periods")
    if how is Fit.APART:
        return Sign("other period", f"{a.period_start} is not {b.period_start}")
    if min(x.days, y.days) <= 2:
        return Sign(f"day within{end}")
    far = max(x.days, y.days) > 4 * min(x.days, y.days)
    planned = bool({a.status, b.status} & {"target", "forecast"}) and min(x.days, y.days) > 300
    name = "period within" if planned or (x.grain == y.grain and not far) else "other grain"
    longer = min(log10(max(x.days, y.days) / min(x.days, y.days)), 3.0) if name == "other grain" else 1.0
    return Sign(f"{name}{end}", "for periods of different length", longer)


def _values(a: Question, b: Question, x: Bounds, y: Bounds, known: bool) -> Iterator[Sign]:
    """Compare the figures; known: nothing else tells the questions apart, so that far ones say less."""
    if a.dimension != b.dimension:
        yield Sign("other currency" if _meet(x, y) or _ratio(x, y) < 3 else "far apart", "in another currency", 4.0)
    elif x == y:
        yield Sign("same figure", "with the same figure", min(min(a.digits, b.digits), 4) / 4)
    elif _meet(x, y):
        apart = _apart(a, b)
        yield Sign("figures meet", "with figures that meet", _closeness(x, y, apart))
        if apart > LOOSE and max(_ratio_of(x), _ratio_of(y)) < VAGUE:
            yield Sign("only bounds meet", "with other numbers", apart)
    elif a.moves or b.moves:
        yield from _moved(a, b)
    else:
        yield Sign("figures apart", "with other figures")
        apart, exact = _apart(a, b), min(a.digits, b.digits, 4)
        if apart < CLOSE and exact > 2:
            yield Sign("figures close", "with figures that nearly meet", exact / 4 * (1 - apart / CLOSE))
        ratio = _ratio(x, y) if a.unit != "magnitude" else 10 ** min(float(_gap(x, y)), 9.0)
        name = "far apart, every facet alike" if known else "far apart"
        yield Sign(name, "", min(log(ratio), 4.0) if ratio < 1e9 else 4.0)


def _moved(a: Question, b: Question) -> Iterator[Sign]:
    """Weigh values of a count that moves: it grows a lot in days, but hardly ever falls by half."""
    first, second = sorted((a, b), key=lambda q: (q.period_end or "", q.key))
    ratio = _ratio(_bounds(a), _bounds(b))
    size = min(log(ratio), 5.0) if ratio < 1e9 else 5.0
    yield Sign("figure moved")
    if not a.concepts and not b.concepts and a.moves != b.moves:  # only one tells a day, after which it might move
        yield Sign("moved, unnamed", "with figures of another size", size)
    elif "either" in (a.moves, b.moves):
        yield Sign("moved either way", "with figures of another size", max(size - 1.0, 0.0))
    elif _bounds(second) < _bounds(first) and first.period_end != second.period_end:
        yield Sign("fell", "the later figure is lower", size)
    else:
        yield Sign("rose", "with figures of another size", max(size - 1.5, 0.0))


def _apart(a: Question, b: Question) -> float:
    """Return how far the printed numbers lie apart, as a share of the larger."""
    p, q = abs(Decimal(a.stated)), abs(Decimal(b.stated))
    return float(abs(p - q) / max(p, q)) if p or q else 0.0


def _ratio_of(x: Bounds) -> float:
    """Return how many times the upper end of what a statement allows is the lower; infinite for open ends."""
    small, large = sorted(map(abs, x))
    return float(large / small) if small and large.is_finite() else float("inf")


def _closeness(x: Bounds, y: Bounds, apart: float) -> float:
    """Return how close values that meet are, from 0 to 1: 10 per cent 0.3, 1 per cent 0.7, 1 per mille 1.

    Bounds that leave much room are weighed by the printed numbers, at two thirds.
    """
    low, high = min(x[0], y[0]), max(x[1], y[1])
    size = max(abs(low), abs(high))
    room = float((high - low) / size) if size and size.is_finite() else 1.0
    return min(1.0, max(0.1, -0.145 * log(max(room, 1e-4)), -0.096 * log(max(apart, 1e-2))))


def _meet(x: Bounds, y: Bounds) -> bool:
    low, high = max(x[0], y[0]), min(x[1], y[1])
    return low < high or (low == high and (x[0] == x[1] or y[0] == y[1]))


@lru_cache(maxsize=8192)
def _interval(low: str | None, high: str | None) -> Bounds:
    return (-_INFINITY if low is None else Decimal(low), _INFINITY if high is None else Decimal(high))


def _figures(a: Question, b: Question) -> tuple[Bounds, Bounds]:
    """Return what both allow; of a level and a change (*a fall of 7.8*, *fell to 7.8*) the sizes."""
    return (_bounds(a), _bounds(b)) if a.change == b.change else (_sizes(a), _sizes(b))


def _sizes(q: Question) -> Bounds:
    low, high = sorted(map(abs, _bounds(q)))
    return low, high


def _bounds(q: Question) -> Bounds:
    return _interval(q.low, q.high)


def _gap(x: Bounds, y: Bounds) -> Decimal:
    """Return the distance of two intervals that lie apart."""
    lower, upper = sorted((x, y))
    return upper[0] - lower[1]


def _ratio(x: Bounds, y: Bounds) -> float:
    """Return how many times the nearer ends of two intervals that lie apart differ; infinite across zero."""
    lower, upper = sorted((x, y))
    small, large = lower[1], upper[0]
    if small <= 0 <= large or not (small.is_finite() and large.is_finite()):
        return float("inf")
    small, large = sorted((abs(small), abs(large)))
    return float(large / small)


def _facets(a: Question, b: Question, end: str) -> Iterator[Sign]:
    if a.change != b.change:
        yield Sign("level and change", "one is a level, the other a change")
    if a.status != b.status:
        name = _STATUSES.get(frozenset((a.status, b.status)), "plan and fact")
        yield Sign(name, f"{a.status} is not {b.status}")
    if a.voice != b.voice:
        yield Sign(f"other forecaster{end}", "a company's own forecast is not the analysts'")
    if a.vintage != b.vintage:
        forecast = "" if "before" in (a.vintage, b.vintage) else "previous figure"
        yield Sign((forecast or "figure before") + end, "one is the figure that another replaced")
    if a.tenor and b.tenor:
        yield Sign("tenor alike" if a.tenor == b.tenor else "other tenor", f"{a.tenor} is not {b.tenor}")
    if a.base != b.base:
        yield Sign("base of one")
    for name in sorted(set(a.modifiers) ^ set(b.modifiers)) if a.modifiers != b.modifiers else ():
        yield Sign("modifier of one", f"only one is {name}", lexicons().apart[name])
