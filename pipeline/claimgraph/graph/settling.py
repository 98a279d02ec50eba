"""Compare all answers of one observation, and say how sure each comparison is.

Two answers of one observation needn't answer one question: grouping errs. What speaks against it is weighed here,
where all answers are at hand: the two questions taken alone, what else the two articles say, how vague the words
are. An article that gives two figures rarely contradicts another one that gives only the first of them: the second
answers something else. Below a bar a pair is only `related`, and nothing is claimed of it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from math import exp, log

from claimgraph.graph.comparing import compare
from claimgraph.graph.entities import canonical, same_name
from claimgraph.graph.lexicons import lexicons
from claimgraph.graph.matching import GENERIC, alike, clash, same_question
from claimgraph.graph.questions import question
from claimgraph.graph.records import Comparison, Interval, Question, Verdict
from claimgraph.graph.values import gap, interval, meet
from claimgraph.graph.weights import PAIR_WEIGHTS
from claimgraph.graph.words import stems
from claimgraph.records import Claim
from claimgraph.vocab import Change, Kind, Label, Qualifier, Status

__all__ = ["Statement", "Told", "compared", "pair_signs", "settle"]

#: Probabilities below which a pair is only related. Set on folders left out of training: links are best at a third;
#: a contradiction that is wrong costs more than one that is missed (left out at 0.4: 33 of 34 annotated ones are right,
#: 15 of 17 extracted ones; the same from 0.35 to 0.5, where alarms between unrelated articles grow with a lower bar).
_BARS = {Label.AGREE: 0.3, Label.UPDATE: 0.3, Label.CONTRADICT: 0.4}
#: Log odds of one question are cut here: beyond, nothing is learnt from more.
_MOST = 6.0
#: Shares of the larger value. Two detailed figures further apart than the first measure different things, rather than
#: one thing wrongly; nearer than the second, they are likely one thing.
_FAR, _NEAR = 0.1, 0.03
#: Vague words (*millions*) contradict nobody.
_VAGUE = f"vague, {Label.CONTRADICT}"
#: Days after which figures told are as far apart in time as matters.
_WEEKS = 60
#: The most that is a handful.
_FEW = 12
#: Claims surer than this were made by people; confidence tells no more.
_SURE = 0.9


#: Where no measure is named, or only a population, their subject often is only the whole that they are shares of.
_SHARES = frozenset({Kind.PERCENT, Kind.FRACTION})
_WHOLES = frozenset({"population"})


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim that stands for equal ones, and the articles (by any key) that make them."""

    claim: Claim
    articles: frozenset[int] | frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """What articles of an observation say besides two answers that lie apart.

    otherwise: all who give the one answer also give one that agrees with the other. by_rival: they do, but put one of
        the two into somebody's mouth. each: those on both sides do, so that nobody says one thing alone. both: a third
        article gives both. several: how many further answers that lie apart one article gives, in thirds, at most 1.
    """

    otherwise: bool = False
    each: bool = False
    by_rival: bool = False
    both: bool = False
    several: float = 0.0


def settle(statements: Sequence[Statement]) -> Iterator[tuple[int, int, Comparison]]:
    """Compare every two statements that different articles make.

    Returns:
        positions of both, ascending, and the comparison; its confidence is the probability that the label is right.
    """
    for a, b, found, told in compared(statements):
        yield a, b, _judged(statements[a].claim, statements[b].claim, found, told)


def compared(statements: Sequence[Statement]) -> Iterator[tuple[int, int, Comparison, Told]]:
    """Compare, and say what else the articles say of the same question."""
    pairs = [
        (a, b, compare(statements[a].claim, statements[b].claim))
        for a, b in combinations(range(len(statements)), 2)
        if len(statements[a].articles | statements[b].articles) > 1
    ]
    agreeing: list[set[int]] = [{at} for at in range(len(statements))]
    for a, b, found in pairs:
        if found.label is Label.AGREE:
            agreeing[a].add(b)
            agreeing[b].add(a)
    disputed = any(found.label is Label.CONTRADICT for _, _, found in pairs)
    beside = _Beside.of(statements, agreeing) if disputed else _Beside()
    for a, b, found in pairs:
        told = _told(statements, agreeing, a, b)
        yield a, b, found, beside.add(told, statements, a, b) if found.label is Label.CONTRADICT else told


def _told(statements: Sequence[Statement], agreeing: Sequence[set[int]], a: int, b: int) -> Told:
    left = [
        statements[one].articles.difference(*[statements[at].articles for at in agreeing[other] if at != one])
        for one, other in ((a, b), (b, a))
    ]
    denied = [statements[at].claim.status is Status.DENIED for at in (a, b)]
    if denied[0] != denied[1]:  # whoever denies a figure says it as well; who says it need not tell that it is denied
        otherwise = each = not left[denied[0]]
    else:
        otherwise, each = not left[0] or not left[1] or len(left[0] | left[1]) < 2, not left[0] and not left[1]
    if not otherwise:
        return Told()
    others = [[statements[at] for at in sorted(agreeing[other] - {one})] for one, other in ((a, b), (b, a))]
    by_rival = _rival(statements[a], others[0]) and _rival(statements[b], others[1])
    return Told(otherwise=True, each=each, by_rival=by_rival)


def _rival(own: Statement, others: Sequence[Statement]) -> bool:
    """Tell whether what an article says besides is what somebody else, whom it isn't about, says against it."""
    return all(
        any(speaker and not _is_about(item.claim, speaker) for speaker in {own.claim.source, item.claim.source})
        and own.claim.source != item.claim.source
        and Status.DENIED not in (own.claim.status, item.claim.status)  # whoever denies says what is denied
        for item in others
        if item.articles & own.articles
    )


def _is_about(claim: Claim, speaker: str) -> bool:
    return bool(claim.entity) and same_name(*sorted((canonical(claim.entity[0]), canonical(speaker))))


@dataclass(frozen=True, slots=True)
class _Beside:
    """What articles say besides: per statement the articles that agree with it, per article its figures that differ."""

    behind: Sequence[set[int | str]] = ()
    figures: Mapping[int | str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, statements: Sequence[Statement], agreeing: Sequence[set[int]]) -> "_Beside":
        behind = [{article for at in some for article in statements[at].articles} for some in agreeing]
        return cls(behind, _figures(statements))

    def add(self, told: Told, statements: Sequence[Statement], a: int, b: int) -> Told:
        sides: set[int | str] = {*statements[a].articles, *statements[b].articles}
        figures = max(self.figures[article] for article in sides)
        return replace(told, both=not (self.behind[a] & self.behind[b]) <= sides, several=min(figures - 1, 3) / 3)


def _figures(statements: Sequence[Statement]) -> dict[int | str, int]:
    """Count, per article, how many of its answers lie apart from one another, the lowest upper end first."""
    last: dict[int | str, Interval] = {}
    count: Counter[int | str] = Counter()
    intervals = [interval(item.claim) for item in statements]
    for at in sorted(range(len(statements)), key=lambda at: _upper(intervals[at])):
        for article in statements[at].articles:
            if article not in last or not meet(last[article], intervals[at]):
                last[article] = intervals[at]
                count[article] += 1
    return dict(count)


def _upper(item: Interval) -> tuple[bool, Decimal, Decimal]:
    return item.high is None, item.high or Decimal(0), item.low or Decimal(0)


def pair_signs(a: Claim, b: Claim, found: Comparison, told: Told) -> dict[str, float]:
    """Return the amounts of what speaks for and against a comparison, by names of `PAIR_WEIGHTS`."""
    x, y = sorted((question(a), question(b)), key=lambda item: item.key)
    verdict = same_question(x, y)
    odds = -_MOST if not verdict.same and clash(x, y) else _odds(verdict)
    label, vague = str(found.label), interval(a).vague or interval(b).vague
    signs = {
        label: 1.0,
        "one question": odds / 2,
        "two questions": min(odds, 0.0) / 2,
        f"told otherwise, {label}": float(told.otherwise and not told.by_rival),
        f"vague, {label}": float(vague),
        f"far apart, {label}": min(1.0, gap(interval(a), interval(b))),
        "unnamed measure": float(not x.concepts and not y.concepts),
        "plain": found.confidence - 0.7,
        "digits": min(x.digits, y.digits, 4) / 4,
        "well read": min(a.confidence, b.confidence, _SURE) - 0.6,
    }
    if found.label is Label.CONTRADICT:
        signs["two questions, contradict"] = signs["two questions"]
        signs |= {f"{name}, contradict": amount for name, amount in _disputed(a, b, x, y, told)}
    return signs


def _disputed(a: Claim, b: Claim, x: Question, y: Question, told: Told) -> Iterator[tuple[str, float]]:
    """Yield what speaks for and against a contradiction alone."""
    apart = min(1.0, gap(interval(a), interval(b)))
    exact = a.qualifier is b.qualifier is Qualifier.EXACT and min(x.digits, y.digits) > 2
    yield "detailed and far apart", float(exact and apart > _FAR)
    yield "every facet alike", float(alike(x, y))
    yield "close", min(x.digits, y.digits, 4) / 4 * float(0 < apart < _NEAR)
    yield "moving", float(bool(x.moves or y.moves))
    yield "moving, poorly read", float(bool(x.moves or y.moves)) * (_SURE - min(a.confidence, b.confidence, _SURE))
    yield "undated", float(x.undated or y.undated)
    yield "each tells both", float(told.each)
    yield "told by a rival", float(told.by_rival)
    yield "both told", float(told.both)
    yield "several figures", told.several
    yield "denied", float(_is_denial(a, b)) * (1 - min(x.digits - 1, y.digits - 1, 2) / 2)
    yield "other status", float(x.status != y.status)
    yield "nothing named", _bareness(a, x) + _bareness(b, y)
    yield "share of something", float(a.kind in _SHARES and {*x.concepts, *y.concepts} <= _WHOLES)
    yield "few", float(_is_few(a) and _is_few(b) and not x.concepts and not y.concepts)
    yield "no entity", float(not x.entities or not y.entities)
    yield "other entity", float(bool(x.entities and y.entities) and not _same_first(x, y))
    yield "others beside", float(_only(x, y) and _only(y, x))
    yield "other period", float(not (x.moves or y.moves) and _period(x) != _period(y))
    yield "other direction", float({a.change, b.change} == {Change.INCREASE, Change.DECREASE})
    yield "one outlet", float(a.outlet is not None and a.outlet == b.outlet)
    yield "told weeks apart", _weeks_apart(a, b)
    yield "only bounds", (interval(a).soft + interval(b).soft) / 2


def _is_denial(a: Claim, b: Claim) -> bool:
    return (a.status is Status.DENIED) != (b.status is Status.DENIED)


def _weeks_apart(a: Claim, b: Claim) -> float:
    """Return how far apart two claims were published, from 0 to 1 (two months): a later figure may be a new one."""
    if not a.published or not b.published:
        return 0.0
    days = date.fromisoformat(a.published[:10]) - date.fromisoformat(b.published[:10])
    return min(abs(days.days) / _WEEKS, 1.0)


def _is_few(claim: Claim) -> bool:
    """Tell whether a handful is counted: *two swing states* and *seven* are often other ones of many."""
    return claim.kind is Kind.COUNT and claim.high is not None and abs(claim.high) <= _FEW


def _bareness(claim: Claim, asked: Question) -> float:
    """Return 1 where only the noun that is counted says what is measured (*states*), half where also whose they are.

    *House members* may do anything, but fewer things than *members*.
    """
    left = {*stems(claim.subject[:400])} - {*stems(claim.unit)} - lexicons().stop
    if asked.concepts:
        return 0.0
    if not left or {*asked.terms} <= {asked.noun} | GENERIC:
        return 1.0
    return 0.5 if left <= {word for name in claim.entity for word in stems(name)} else 0.0


def _period(asked: Question) -> tuple[str | None, str | None]:
    return asked.period_start, asked.period_end


def _same_first(x: Question, y: Question) -> bool:
    return same_name(*sorted((x.entities[0], y.entities[0])))


def _only(x: Question, y: Question) -> bool:
    """Tell whether one names somebody beside whom both are about that the other doesn't name."""
    return any(not any(same_name(*sorted((name, other))) for other in y.entities) for name in x.entities)


def _odds(verdict: Verdict) -> float:
    probability = min(max(verdict.confidence if verdict.same else 1 - verdict.confidence, 1e-6), 1 - 1e-6)
    return max(-_MOST, min(_MOST, log(probability / (1 - probability))))


def _judged(a: Claim, b: Claim, found: Comparison, told: Told) -> Comparison:
    signs = pair_signs(a, b, found, told)
    odds = sum(PAIR_WEIGHTS[name] * amount for name, amount in signs.items())
    probability = 1 / (1 + exp(-odds))
    if probability >= _BARS[found.label] and not (found.label is Label.CONTRADICT and signs[_VAGUE]):
        return replace(found, confidence=round(probability, 4))
    why = "an article of one side also gives the other figure" if told.otherwise else "too little says so"
    reason = f"{found.reason}; perhaps not one question: {why}"
    return Comparison(label=Label.RELATED, confidence=round(1 - probability, 4), reason=reason)
