"""Do two answers to one question agree, did the later one move the value on, or can't both be right?"""

from datetime import date

from claimgraph.graph.lexicons import lexicons
from claimgraph.graph.periods import parse_period
from claimgraph.graph.questions import question
from claimgraph.graph.records import Comparison, Interval, Question
from claimgraph.graph.values import cut_off, gap, interval, meet, show, stated, unsigned
from claimgraph.graph.words import find_phrases, stems
from claimgraph.records import Claim
from claimgraph.vocab import Label, Qualifier, Status

__all__ = ["compare"]

#: Days within which reports of one event count as printed at the same time: pages are updated under their first date.
_SAME_TIME = 2
#: A running count that is so much further on has moved, whatever *more than* would still allow. Set on the seen gold.
_MOVED = 0.03
#: A running count that is lower later by up to this share contradicts; more is another event or a part of this one.
_A_LITTLE = 0.25
#: A bound that is missed by this share only is no contradiction.
_NEARLY = 0.05
#: Vague words leave room for so many times what they say at least (*millions* of 60 million).
_VAGUE = 50
#: And so is what lies so little outside of *about*, however many digits follow.
_ROUGHLY = 0.005


def compare(a: Claim, b: Claim) -> Comparison:
    """Compare two answers of different articles to one question; the label doesn't depend on the order."""
    first, second = sorted((a, b), key=lambda claim: (claim.published or "", claim.id))
    x, y = interval(first), interval(second)
    if x.stated < 0 < y.stated or y.stated < 0 < x.stated:
        x, y = (unsigned(item) if item.stated < 0 and first.change != second.change else item for item in (x, y))
    asked = question(first), question(second)
    if asked[0].dimension != asked[1].dimension:
        return Comparison(
            label=Label.AGREE,
            confidence=0.3,
            reason=f"{x.words} and {y.words} are in units that are not converted",
        )
    if (first.status is Status.DENIED) != (second.status is Status.DENIED):
        return _denied(x, y)
    moves = _moves(*asked)
    if not asked[0].concepts and not asked[1].concepts and _as_of(first) == _as_of(second):
        moves = ""  # nothing says that the count runs on, and both speak of one day
    if meet(x, y) and not (moves and _moved_on(first, second, x, y)):
        return Comparison(label=Label.AGREE, confidence=_sure(x, y), reason=_meeting(x, y))
    if cut_off(x, y):
        return Comparison(label=Label.AGREE, confidence=0.6, reason=f"{x.words}; {y.words}: digits cut off")
    if moves:
        return _moving(first, second, x, y, _only_grows(*asked))
    if _provisional(first) or _provisional(second):
        return Comparison(label=Label.UPDATE, confidence=0.7, reason=f"{x.words} was revised: {y.words}")
    if {first.status, second.status} == {Status.FORECAST, Status.ASSERTED}:
        words = f"{x.words}; {y.words}: one was forecast, the other is what came"
        return Comparison(label=Label.UPDATE, confidence=0.4, reason=words)
    if _left_open(first, x, y) or _left_open(second, y, x):
        return Comparison(label=Label.AGREE, confidence=0.3, reason=f"{x.words}; {y.words}: the one leaves room")
    about = Qualifier.APPROXIMATELY in (first.qualifier, second.qualifier)
    if gap(x, y) <= (_NEARLY if x.soft or y.soft else _ROUGHLY if about else 0.0):
        words = f"{x.words}; {y.words}: just outside, as figures of speech are"
        return Comparison(label=Label.AGREE, confidence=0.3, reason=words)
    return Comparison(label=Label.CONTRADICT, confidence=0.7, reason=_apart(x, y, first, second))


def _denied(x: Interval, y: Interval) -> Comparison:
    """Compare a value with one that is denied: only the denial of that very value contradicts it."""
    if meet(x, y) and (gap(x, y) <= _MOVED or x.soft != y.soft):
        words = f"one article reports {x.words}, the other has {y.words} denied"
        return Comparison(label=Label.CONTRADICT, confidence=0.6, reason=words)
    return Comparison(label=Label.AGREE, confidence=0.4, reason=f"{x.words}; {y.words} is denied, which need not clash")


def _left_open(claim: Claim, own: Interval, other: Interval) -> bool:
    """Tell whether a statement allows another value without saying so: *could be up to 30*, *thousands*."""
    if own.vague:
        return own.stated <= other.stated <= own.stated * _VAGUE
    return claim.status is Status.HYPOTHETICAL and claim.low is None and other.stated <= own.stated


def _moves(a: Question, b: Question) -> str:
    return a.moves or b.moves


def _only_grows(a: Question, b: Question) -> bool:
    known = lexicons().measures
    return a.moves == b.moves == "up" and not any(known[name].ebbs for name in (*a.concepts, *b.concepts))


def _moved_on(first: Claim, second: Claim, x: Interval, y: Interval) -> bool:
    """Tell whether two statements that could both hold name different stages of a running count.

    A later bound that is lower still holds (*at least 200*, weeks after 700), unless both were printed at one time.
    """
    if x.vague or y.vague or not (x.soft or y.soft) or gap(x, y) <= _MOVED:
        return False
    early, late = (x, y) if _as_of(first) <= _as_of(second) else (y, x)
    days = abs((_as_of(first) - _as_of(second)).days)
    return days <= _SAME_TIME or not (late.soft and late.stated < early.stated)


def _as_of(claim: Claim) -> date:
    """Return the day that a claim speaks of, else the day of publication."""
    period = parse_period(claim.period)
    if period and period.grain in ("day", "span"):
        return period.end
    if claim.published:
        return date.fromisoformat(claim.published[:10])
    return period.end if period else date.max


def _moving(first: Claim, second: Claim, x: Interval, y: Interval, grows: bool) -> Comparison:
    """Compare two stages of a running count: one that only grows can't have been a little lower later.

    One that is much lower is more likely told of another event or a part: no loud contradiction. Nor is a later lower
    bound (*at least*), while an earlier one says all the more that the count was that high already.
    """
    early, late = (x, y) if _as_of(first) <= _as_of(second) else (y, x)
    if late is x and x.stated < y.stated:
        early, late = x, y  # printed first and lower: the day told is that of the event, not that of the count
    days = abs((_as_of(first) - _as_of(second)).days)
    falls = late.stated < early.stated
    told = (early.soft and early.stated != early.low) or late.soft or _provisional(first) or _provisional(second)
    if grows and falls and days and first.published != second.published and not told and gap(x, y) <= _A_LITTLE:
        words = f"{early.words}, but {late.words} {_after(days)}: it can't have fallen"
        return Comparison(label=Label.CONTRADICT, confidence=0.6, reason=words)
    return Comparison(
        label=Label.UPDATE,
        confidence=0.4 if falls else 0.5 if not days else 0.85,
        reason=f"{early.words}, then {late.words}: later reports move this count on",
    )


def _after(days: int) -> str:
    return "a day later" if days == 1 else f"{days} days later"


def _provisional(claim: Claim) -> bool:
    words = stems(claim.sentence[:1000])
    return any(True for _ in find_phrases(words, lexicons().cues["provisional", "before"]))


def _sure(x: Interval, y: Interval) -> float:
    return 0.95 if x.stated == y.stated else 0.6 if x.soft or y.soft else 0.8


def _meeting(x: Interval, y: Interval) -> str:
    return f"both say {x.words}" if x.words == y.words else f"{x.words}; {y.words}: they meet"


def _apart(x: Interval, y: Interval, first: Claim, second: Claim) -> str:
    """Say that two answers lie apart, each in the unit and the figures of its own text."""
    when = f"; both speak of {first.period}" if first.period and first.period == second.period else ""
    if (first.unit, first.kind) != (second.unit, second.kind) or first.low != first.high or second.low != second.high:
        return f"{x.words}; {y.words}: they lie apart{when}"
    return f"{x.words}; {show(stated(second))} lies outside{when}"
