"""Resolve an article's time expressions in text order, each against the times told before it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from claimgraph.records import Article
from claimgraph.stages.timing.calendar import Grain, Period
from claimgraph.stages.timing.clauses import Clauses
from claimgraph.stages.timing.expressions import Expression
from claimgraph.stages.timing.lexicon import Meaning
from claimgraph.stages.timing.resolve import ANAPHORIC, Moment, resolve

__all__ = ["Mention", "Role", "make_timeline", "published_day"]

_UNIT_GRAINS = {1: Grain.DAY, 2: Grain.WEEK, 3: Grain.MONTH, 4: Grain.QUARTER, 5: Grain.HALF, 6: Grain.YEAR}
_QUARTER = 4  # value of role `unit`
_HOW_FAR_BACK = 40  # mentions; an anaphor reaches no further
_BEFORE, _AFTER = 8, 4  # tokens within which a forward-looking word reaches a time
_AROUND = 25  # tokens within which a time bears on a value
_BESIDE = 3  # tokens between a comparator and the time that it governs
_SEEN_BACK = {Meaning.UNIT_EARLIER, Meaning.ANAPHOR, Meaning.UNITS_BEFORE, Meaning.AGO, Meaning.YEAR}
_REACH = 6  # tokens within which a comparator makes a time the other one
_SEEN_FROM_NEWEST = {Meaning.UNIT_EARLIER, Meaning.AGO, Meaning.SAME_OF_YEAR, Meaning.UNITS_BEFORE}
_NO_ANCHOR = ANAPHORIC | {Meaning.SINCE, Meaning.AGO, Meaning.TRAILING, Meaning.COMPARISON}


class Role(StrEnum):
    """What a time does in its sentence."""

    TOPIC = "topic"  # says when
    MODIFIER = "modifier"  # stands before a noun (the 2024 budget)
    REPORT = "report"  # says when something was said (said on Monday)
    OTHER = "other"  # dates a value that is set beside another one (from 67 in 2022)
    BASELINE = "baseline"  # what a change is reckoned from (up 3% from a year earlier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A time expression in its article: its tokens, its sentence, the period that it names, and what it does.

    bears: a value stands near it. heads: its sentence ends with a colon, so a list may follow.
    """

    expression: Expression
    period: Period
    first: int
    last: int
    sentence: int
    role: Role
    bears: bool
    heads: bool


def published_day(article: Article) -> date | None:
    """Return the publication day, whatever the precision."""
    at = article.published
    return at.date() if isinstance(at, datetime) else at


def make_timeline(
    expressions: list[Expression], clauses: Clauses, sentence_of: list[int], published: date | None
) -> list[Mention]:
    """Resolve expressions in text order; those that name no period are left out.

    Args:
        expressions: sorted by start.
        clauses: the article's words.
        sentence_of: the sentence number of every token.
        published: the publication day, None when unknown.
    """
    found: list[Mention] = []
    reported = _reported_quarter(expressions, published)
    for expression in expressions:
        first, last = clauses.at(expression.start), clauses.at(expression.end - 1)
        moment = Moment(
            published=published,
            anchor=_anchor(expression, sentence_of[first], found, published),
            future=_is_future(clauses, first, sentence_of),
            nearest=first > 0 and "through" in clauses.roles[first - 1],
        )
        period = resolve(expression, moment)
        if reported and period and _runs_ahead(expression, period, published):
            period = reported
        if period is not None:
            role = _role(expression, period, clauses, first, last)
            found.append(
                Mention(
                    expression=expression,
                    period=period,
                    first=first,
                    last=last,
                    sentence=sentence_of[first],
                    role=role,
                    bears=_bears(clauses, first, last, sentence_of),
                    heads=_heads(clauses, last, sentence_of),
                )
            )
    return found


def _bears(clauses: Clauses, first: int, last: int, sentence_of: list[int]) -> bool:
    start, end = max(first - _AROUND, 0), min(last + _AROUND, len(sentence_of))
    sentence = sentence_of[first]
    start += sum(sentence_of[i] != sentence for i in range(start, first))
    end -= sum(sentence_of[i] != sentence for i in range(last, end))
    return clauses.between("value", start, end) > 0


def _heads(clauses: Clauses, last: int, sentence_of: list[int]) -> bool:
    end = last
    while end + 1 < len(sentence_of) and sentence_of[end + 1] == sentence_of[last] and end - last < _AROUND:
        end += 1
    return any(clauses.doc[i].text == ":" for i in range(max(last, end - 2), end + 1))


def _role(expression: Expression, period: Period, clauses: Clauses, first: int, last: int) -> Role:
    back = max(first - _REACH, 0)
    if clauses.between("comparator", back, first):
        at = next(i for i in range(first - 1, back - 1, -1) if clauses.between("comparator", i, i + 1))
        if clauses.between("value", at, first):
            return Role.OTHER
        if clauses.between("value", max(at - _BEFORE, 0), at) and first - at <= _BESIDE:
            return Role.BASELINE
    elif first and "over" in clauses.roles[first - 1] and expression.meaning in _SEEN_BACK:
        return Role.BASELINE
    if period.grain is Grain.DAY and clauses.is_of_report(last):
        return Role.REPORT
    return Role.MODIFIER if clauses.modifies_noun(last) else Role.TOPIC


def _reported_quarter(expressions: list[Expression], published: date | None) -> Period | None:
    """The calendar quarter of *the quarter ended on a day*, where the article says so."""
    ended = (e for e in expressions if e.meaning is Meaning.ENDING and _QUARTER in e.inner[0].parts.get("unit", ()))
    return next((resolve(e, Moment(published=published)) for e in ended), None)


def _runs_ahead(expression: Expression, period: Period, published: date | None) -> bool:
    """Whether a bare quarter is not over yet: a company that reports on it counts fiscal quarters."""
    bare = expression.meaning is Meaning.QUARTER and not {"year", "short", "deictic"} & expression.parts.keys()
    return bare and published is not None and period.end >= published


def _anchor(expression: Expression, sentence: int, before: list[Mention], published: date | None) -> Period | None:
    """The time that an anaphor points back to: of its own sentence, else the newest told, else publication.

    A time that another value is compared with (*up from 12 in April*) is no anchor of its sentence.
    """
    units = expression.parts.get("unit", ())
    grain = _UNIT_GRAINS.get(units[-1] if units else 0, Grain.YEAR)
    recent = [m for m in before[: -_HOW_FAR_BACK - 1 : -1] if m.expression.meaning not in _NO_ANCHOR]
    fitting = [m for m in recent if _fits(expression.meaning, grain, m.period.grain)]
    near = [m.period for m in fitting if m.sentence == sentence and m.role in (Role.TOPIC, Role.MODIFIER)]
    if near:
        return near[0]
    if fitting and expression.meaning in _SEEN_FROM_NEWEST:
        return _newest([m.period for m in fitting], published)
    if fitting:
        return fitting[0].period
    return Period(start=published, end=published, grain=Grain.DAY) if published else None


def _newest(periods: list[Period], published: date | None) -> Period:
    """The latest period that was over or under way at publication, in the finest grain: what is being reported."""
    past = [p for p in periods if published is None or p.start <= published] or periods
    finest = min(min(p.grain, Grain.HALF) for p in past)
    return max((p for p in past if min(p.grain, Grain.HALF) == finest), key=lambda p: p.end)


def _fits(meaning: Meaning, unit: Grain, grain: Grain) -> bool:
    if meaning is Meaning.SAME_UNIT and unit <= Grain.QUARTER:
        return grain == unit
    if meaning in _SEEN_FROM_NEWEST:
        return grain >= Grain.MONTH
    return True


def _is_future(clauses: Clauses, position: int, sentence_of: list[int]) -> bool:
    """Whether the clause around an expression speaks of what is to come."""
    tense = clauses.tense(position)
    if tense in ("future", "modal"):
        return True
    if tense not in ("none", "infinite", "present"):
        return False
    near = range(max(position - _BEFORE, 0), min(position + _AFTER, len(sentence_of)))
    return any(
        "forward" in clauses.roles[i]
        and sentence_of[i] == sentence_of[position]
        and not clauses.between("conjunction", i, position)
        for i in near
    )
