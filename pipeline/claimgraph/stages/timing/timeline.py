"""Resolve an article's time expressions in text order, each against the times told before it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from claimgraph.records import Article
from claimgraph.stages.timing import calendar
from claimgraph.stages.timing.calendar import Grain, Period
from claimgraph.stages.timing.clauses import Clauses
from claimgraph.stages.timing.expressions import Expression
from claimgraph.stages.timing.lexicon import Meaning
from claimgraph.stages.timing.outlook import is_future, is_untold
from claimgraph.stages.timing.resolve import ANAPHORIC, Moment, resolve

__all__ = ["Mention", "Role", "make_timeline", "published_day"]

_UNIT_GRAINS = {1: Grain.DAY, 2: Grain.WEEK, 3: Grain.MONTH, 4: Grain.QUARTER, 5: Grain.HALF, 6: Grain.YEAR}
_QUARTER = 4  # value of role `unit`
_HOW_FAR_BACK = 40  # mentions; an anaphor reaches no further
_BEFORE = 12  # tokens within which a comparator or *below* reaches back to its value
_PARTS_OF_YEAR = {Meaning.MONTH, Meaning.QUARTER, Meaning.HALF}
_YEARS = (Meaning.YEAR, Meaning.DEICTIC, Meaning.FISCAL)
_STATED = {"year", "short", "deictic", "anaphor"}  # roles that tell the year of a month
_SINCE = 10  # tokens within which `since` reaches a time over an event
_OVER = 10  # tokens within which a year is that of a part of a year behind it
_MONTH = 31  # days
_SURVEYED = 45  # days between the end of a survey and the report on it
# tokens around the days, the day or the month of a survey in which it is called one
_ASKED = {Meaning.DAYS: 40, Meaning.DATE: 5, Meaning.MONTH: 5}
_AROUND = 25  # tokens within which a time bears on a value
_RECORD = 8  # tokens within which a superlative makes a time that of an older record (*the most since 2009*)
_BESIDE = 3  # tokens between a comparator and the time that it governs
_COMPARED = 16  # tokens within which a comparator makes a time the other one
_PRO_VERBS = {"be", "do", "have"}
_OF_CLAUSES = {"than", "as"}
_SUBJECT = 3  # tokens from *than* to the verb of its clause
_TERMS = (Meaning.DATE, Meaning.MONTH, Meaning.YEAR)  # of securities
_SEEN_FROM_NEWEST = {Meaning.UNIT_EARLIER, Meaning.AGO, Meaning.SAME_OF_YEAR, Meaning.UNITS_BEFORE}
_NO_ANCHOR = (ANAPHORIC - {Meaning.SAME_UNIT, Meaning.SAME_SPAN}) | {
    Meaning.SINCE,
    Meaning.AGO,
    Meaning.TRAILING,
    Meaning.COMPARISON,
}


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

    since: the token from where on it does that, its comparator or itself. bears: a value stands near it.
    heads: its sentence ends with a colon, so a list may follow.
    surveys: it gives the days on which people were asked.
    """

    expression: Expression
    period: Period
    first: int
    last: int
    sentence: int
    role: Role
    since: int
    bears: bool
    heads: bool
    surveys: bool


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
        period = _read(expression, (first, last), clauses, sentence_of, found, published)
        if reported and period and _runs_ahead(expression, period, published):
            period = reported
        if period is None:
            continue
        role, since = _role(expression, period, clauses, (first, last), found)
        mention = Mention(
            expression=expression,
            period=period,
            first=first,
            last=last,
            sentence=sentence_of[first],
            role=role,
            since=since,
            bears=_bears(clauses, first, last, sentence_of),
            heads=_heads(clauses, last, sentence_of),
            surveys=_surveys(expression, period, clauses, (first, last), published),
        )
        found.append(mention)
    return found


def _read(
    expression: Expression,
    place: tuple[int, int],
    clauses: Clauses,
    sentence_of: list[int],
    found: list[Mention],
    published: date | None,
) -> Period | None:
    """Resolve one expression against the times found before it."""
    first, sentence = place[0], sentence_of[place[0]]
    year = _year_over(expression, clauses, place, sentence, found)
    moment = Moment(
        published=year or _seen_from(expression, clauses, place, sentence, found) or published,
        anchor=_anchor(expression, sentence, found, published),
        future=year is None and is_future(clauses, first, sentence_of),
        nearest=first > 0 and "through" in clauses.roles[first - 1],
        known=first > 0 and _is_attributive(clauses, place),
        untold=year is None and is_untold(expression, clauses, first),
    )
    period = resolve(expression, moment)
    if period and published and _since(expression, clauses, first):
        return calendar.join(period, Period(start=published, end=published, grain=period.grain)) or period
    return period


def _year_over(
    expression: Expression, clauses: Clauses, place: tuple[int, int], sentence: int, found: list[Mention]
) -> date | None:
    """The end of the year over a part of it: *last year it made a first-quarter loss*; no value stands between."""
    bare = expression.meaning in _PARTS_OF_YEAR and not _STATED & expression.parts.keys()
    over = found[-1] if found else None
    if not bare or over is None or over.sentence != sentence or over.expression.meaning not in _YEARS:
        return None
    adverbial = over.role is Role.TOPIC or (over.role is Role.MODIFIER and over.expression.meaning is Meaning.DEICTIC)
    verb, whole = clauses.verb(over.last), over.period.grain is Grain.YEAR and adverbial
    apart = place[0] - over.last > _OVER or clauses.between("value", over.last, place[0])
    if not whole or apart or verb is None or verb != clauses.verb(place[0]):
        return None
    return over.period.end


def _is_attributive(clauses: Clauses, place: tuple[int, int]) -> bool:
    """Whether a time behind an article stands before the noun that it names: *the May vote*."""
    return clauses.doc[place[0] - 1].pos_ in ("DET", "PRON") and clauses.modifies_noun(place[1])


def _seen_from(
    expression: Expression, clauses: Clauses, place: tuple[int, int], sentence: int, found: list[Mention]
) -> date | None:
    """From where a bare month is seen that is compared with a dated one (*3% in May 2017 from 4% in April*)."""
    bare = expression.meaning in _PARTS_OF_YEAR and not _STATED & expression.parts.keys()
    beside = bool(found) and found[-1].sentence == sentence and "year" in found[-1].expression.parts
    if not bare or not beside:
        return None
    near = found[-1].period if found[-1].period.grain < Grain.YEAR else None
    compared = clauses.between("comparator", found[-1].last + 1, place[0]) > 0
    return near.end if near and compared else None


def _bears(clauses: Clauses, first: int, last: int, sentence_of: list[int]) -> bool:
    start, end = max(first - _AROUND, 0), min(last + _AROUND, len(sentence_of))
    sentence = sentence_of[first]
    start += sum(sentence_of[i] != sentence for i in range(start, first))
    end -= sum(sentence_of[i] != sentence for i in range(last, end))
    return clauses.between("value", start, end) > 0


def _surveys(
    expression: Expression, period: Period, clauses: Clauses, place: tuple[int, int], published: date | None
) -> bool:
    reach = _ASKED.get(expression.meaning)
    if not reach or published is None or not -_MONTH <= (published - period.end).days <= _SURVEYED:
        return False
    return clauses.between("asking", max(place[0] - reach, 0), place[1] + reach) > 0


def _heads(clauses: Clauses, last: int, sentence_of: list[int]) -> bool:
    end = last
    while end + 1 < len(sentence_of) and sentence_of[end + 1] == sentence_of[last] and end - last < _AROUND:
        end += 1
    doc = clauses.doc
    return any(
        doc[i].text == ":" and "\n" in doc[i + 1].text for i in range(max(last, end - 2), min(end, len(doc) - 1))
    )


def _role(
    expression: Expression, period: Period, clauses: Clauses, place: tuple[int, int], before: list[Mention]
) -> tuple[Role, int]:
    """What a time does, and the token from where on it does so (the comparator of what is compared)."""
    first, last = place
    if _is_term(expression, clauses, place):
        return Role.BASELINE, first
    if expression.meaning is Meaning.SINCE and clauses.between("superlative", max(first - _RECORD, 0), first):
        return Role.BASELINE, first
    at = _comparator(clauses, first, before)
    if at is not None and clauses.between("value", at, first):
        return Role.OTHER, at
    if clauses.modifies_noun(last) and clauses.between("value", last + 1, last + 1 + _BESIDE + 1):
        return Role.MODIFIER, first if at is None else at
    if at is not None and _is_near(clauses, at, first) and _is_yardstick(expression, clauses, at, place):
        return Role.BASELINE, at
    if first and "over" in clauses.roles[first - 1] and _looks_back(expression):
        return Role.BASELINE, first
    level = _level(clauses, place)
    if level is not None:
        return Role.BASELINE, level
    if clauses.is_of_report(last) and (period.grain <= Grain.WEEK or expression.meaning is Meaning.DEICTIC):
        return Role.REPORT, first
    return (Role.MODIFIER if clauses.modifies_noun(last) else Role.TOPIC), first


def _is_near(clauses: Clauses, at: int, first: int) -> bool:
    """Whether a time stands right behind a comparator, or behind the clause in little that it opens (*than it did*)."""
    return first - at <= _BESIDE + (_SUBJECT if clauses.between("verb", at, first) else 0)


def _is_yardstick(expression: Expression, clauses: Clauses, at: int, place: tuple[int, int]) -> bool:
    """Whether a time right behind a comparator is what something is compared with, and dates nothing itself.

    *3% more from May*, *than in May*; not *compared with May's sales of 12*, *more than a year ago*, a bare *from May*.
    """
    first, last = place
    if clauses.between("value", max(at - _BEFORE, 0), at):
        return True
    hedge = expression.meaning is Meaning.AGO or "origin" in clauses.roles[at]
    close = all(clauses.doc[i].pos_ == "ADP" for i in range(at + 1, first))
    return close and not hedge and not clauses.modifies_noun(last)


def _comparator(clauses: Clauses, first: int, before: list[Mention]) -> int | None:
    """The comparator that a time belongs to: near before it, with no verb, no other time and no *to* between."""
    told = before[-1].last if before else -1
    for position in range(first - 1, max(first - _COMPARED, told, -1), -1):
        if clauses.between("comparator", position, position + 1):
            return position
        is_verb = clauses.between("verb", position, position + 1) and not _stands_for_clause(clauses, position)
        if is_verb or clauses.opens_level(position) or clauses.doc[position].is_sent_start:
            return None
    return None


def _stands_for_clause(clauses: Clauses, position: int) -> bool:
    """Whether a verb stands for a clause that is compared: *more than it was in May*, *than they did in May*."""
    if clauses.doc[position].lemma_ not in _PRO_VERBS:
        return False
    return any(
        clauses.between("comparator", at, at + 1) and clauses.doc[at].lower_ in _OF_CLAUSES
        for at in range(max(position - _SUBJECT, 0), position)
    )


def _level(clauses: Clauses, place: tuple[int, int]) -> int | None:
    """What sets a value off from that of a time: *5% below May*, *5% below its peak in May*, *at 2005 levels*."""
    first, last = place
    if first and clauses.between("level", last + 1, last + 3):
        return first - 1
    if first and "on" in clauses.roles[first - 1] and clauses.modifies_noun(last):
        return first - 1 if clauses.between("value", first - _BESIDE, first - 1) else None
    for position in range(first - 1, max(first - _BEFORE, -1), -1):
        if "apart_from" in clauses.roles[position]:
            if clauses.opens_value(position + 1):  # above 68,000 by May
                return None
            return position if clauses.between("value", position - _BEFORE, position) else None
        if {"comma", "conjunction"} & clauses.roles[position] or clauses.between("verb", position, position + 1):
            return None
    return None


def _is_term(expression: Expression, clauses: Clauses, place: tuple[int, int]) -> bool:
    """Whether a time ends or names a security, and so dates no value: *12 bonds due 2031*, *the 2031 bonds*."""
    first, last = place
    if expression.meaning not in _TERMS:
        return False
    start = first - 1 - (clauses.doc[first - 1].pos_ == "ADP") if first > 1 else 0
    return bool(clauses.between("term", start, first)) or _names_security(clauses, last)


def _names_security(clauses: Clauses, last: int) -> bool:
    """Whether a security follows, with nothing but nouns before it: *the 2031 bonds*, not *in 1791, the Bill*."""
    for position in range(last + 1, min(last + 1 + _BESIDE, len(clauses.doc))):
        if "security" in clauses.roles[position]:
            return True
        if clauses.doc[position].pos_ not in ("NOUN", "PROPN", "ADJ", "PUNCT") or "comma" in clauses.roles[position]:
            return False
    return False


def _looks_back(expression: Expression) -> bool:
    """Whether *over* before it makes it the base of a change (*over the previous year*), not its span."""
    back = expression.parts.get("anaphor", (0,))[0] < 0 or expression.meaning is Meaning.UNIT_EARLIER
    last = expression.meaning is Meaning.DEICTIC and expression.parts.get("deictic", (0,))[0] < 0
    return back or last or expression.meaning in (Meaning.AGO, Meaning.YEAR)


def _since(expression: Expression, clauses: Clauses, first: int) -> bool:
    """Whether a time dates the event since which something is so (*since she took office in January 2009*)."""
    if expression.meaning is Meaning.SINCE:
        return False
    for position in range(first - 1, max(first - _SINCE, -1), -1):
        if "since" in clauses.roles[position]:
            return True
        if clauses.doc[position].is_sent_start or {"comma", "bracket"} & clauses.roles[position]:
            return False
    return False


def _reported_quarter(expressions: list[Expression], published: date | None) -> Period | None:
    """The calendar quarter of *the quarter ended on a day*, where the article says so."""
    ended = (e for e in expressions if e.meaning is Meaning.ENDING and _QUARTER in e.inner[0].parts.get("unit", ()))
    return next((resolve(e, Moment(published=published)) for e in ended), None)


def _runs_ahead(expression: Expression, period: Period, published: date | None) -> bool:
    """Whether a quarter that is reported on is not over yet: its company counts fiscal quarters."""
    parts = expression.parts.keys()
    fiscal = "fiscal" in parts or not {"year", "short", "deictic"} & parts
    return expression.meaning is Meaning.QUARTER and fiscal and published is not None and period.end >= published


def _anchor(expression: Expression, sentence: int, before: list[Mention], published: date | None) -> Period | None:
    """The time that an anaphor points back to: of its own sentence, else the newest told, else publication.

    A time that another value is compared with (*up from 12 in April*) is no anchor of its sentence.
    """
    units = expression.parts.get("unit", ())
    grain = _UNIT_GRAINS.get(units[-1] if units else 0, Grain.YEAR)
    recent = [m for m in before[: -_HOW_FAR_BACK - 1 : -1] if m.expression.meaning not in _NO_ANCHOR]
    fitting = [m for m in recent if _fits(expression, grain, m)]
    near = [m.period for m in fitting if m.sentence == sentence and m.role in (Role.TOPIC, Role.MODIFIER)]
    if near:
        return near[0]
    if fitting and (expression.meaning in _SEEN_FROM_NEWEST or expression.parts.get("anaphor", (0,))[0] < 0):
        return _newest([m.period for m in fitting], published)
    if fitting:
        return fitting[0].period
    return Period(start=published, end=published, grain=Grain.DAY) if published else None


def _newest(periods: list[Period], published: date | None) -> Period:
    """The latest period that was over or under way at publication, in the finest grain: what is being reported."""
    past = [p for p in periods if published is None or p.start <= published] or periods
    finest = min(min(p.grain, Grain.HALF) for p in past)
    return max((p for p in past if min(p.grain, Grain.HALF) == finest), key=lambda p: p.end)


def _fits(expression: Expression, unit: Grain, mention: Mention) -> bool:
    """Whether a time can be the one that an anaphor points back to."""
    meaning, grain = expression.meaning, mention.period.grain
    if meaning is Meaning.SAME_UNIT and unit <= Grain.QUARTER:
        return grain == unit
    if meaning in _SEEN_FROM_NEWEST and unit <= Grain.WEEK:
        return grain <= unit
    if meaning is Meaning.ANAPHOR and "unit" in expression.parts and expression.parts["anaphor"][0]:
        return grain <= unit
    spans = meaning is Meaning.SAME_SPAN or (meaning is Meaning.ANAPHOR and "period" in expression.parts)
    if spans or meaning in _SEEN_FROM_NEWEST:
        long = grain >= Grain.MONTH or (spans and mention.period.start < mention.period.end)
        return long and mention.role is not Role.REPORT
    return True
