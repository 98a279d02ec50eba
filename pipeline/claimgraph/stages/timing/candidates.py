"""Which times a quantity may be about, and what speaks for each.

For every quantity there are the times of its own sentence, the nearest ones told before it, those of the title and
lead, the time of the quantity before it, the publication day, month and year, and none at all. Each candidate
comes with the structural facts that the ranker weighs; no fact carries a word of the text.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from claimgraph.records import Quantity
from claimgraph.stages.timing import calendar
from claimgraph.stages.timing.calendar import Grain, Period
from claimgraph.stages.timing.derived import derive
from claimgraph.stages.timing.grammar import clause_of, holder, subject_of, syntax
from claimgraph.stages.timing.place import BETWEEN, Before, Place
from claimgraph.stages.timing.setting import Setting, repeat_key
from claimgraph.stages.timing.timeline import Mention, Role
from claimgraph.vocab import Change, Kind

__all__ = ["Before", "Candidate", "follow", "propose"]

_TIME_UNITS = frozenset({"year", "month", "week", "day", "hour", "minute", "second"})
_FRONT = 2  # tokens from the start of its sentence within which a time stands at its front
_FOLLOWING = ("before", "carried", "resumed", "shifted")
_PUBLISHED = ("day", "now", "event", "month", "year", "none", "lasting")
_STEPS = (0, 2, 5, 10, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A time that a quantity may be about: None is no time.

    source: where it comes from: beside (right by the value), lasting (sizes have no time), own (of the sentence),
        earlier, lead, before (of the quantity before), carried (of the one before the sentence), shifted (the step
        before that), start (of a span, for what a change set out from), resumed (of the last value that is not set
        beside another), repeat (of the same value elsewhere), paired, until, ahead and back (see `derived`), reference,
        now and event (the last and first of the days told), day, month and year (of publication), none.
    facts: names of the facts that hold.
    state: those of the quantity itself, which count for each source apart.
    compared: the quantity is set beside another one.
    """

    period: Period | None
    source: str
    mention: Mention | None
    facts: tuple[str, ...]
    state: tuple[str, ...]
    compared: bool

    def all_facts(self) -> list[str]:
        """Return the names of all facts, those of the quantity with the source before them."""
        return [*self.facts, *(f"{self.source}:{fact}" for fact in self.state)]


def propose(setting: Setting, quantity: Quantity, before: Before | None) -> list[Candidate]:
    """List the candidates of one quantity.

    Args:
        setting: the article.
        quantity: any of its quantities.
        before: the quantity before it, None for the first one.
    """
    place = Place(setting, quantity, before)
    if place.is_lasting():
        return [_sure(place, None, "lasting", None)]
    beside = place.beside()
    if beside is not None:
        return [_sure(place, beside.period, "beside", beside)]
    start = place.span_start()
    if start is not None:
        return [_sure(place, start, "start", None)]
    step = place.steps_from() or place.year_before()
    if step is not None:
        return [_sure(place, step, "shifted", None)]
    return list(_Proposer(place).candidates())


def _sure(place: Place, period: Period | None, source: str, mention: Mention | None) -> Candidate:
    compared = _is_compared(place, mention)
    return Candidate(period=period, source=source, mention=mention, facts=(source,), state=(), compared=compared)


def _is_compared(place: Place, mention: Mention | None) -> bool:
    return place.opener == "comparator" or (mention is not None and mention.role is Role.OTHER)


def follow(setting: Setting, quantity: Quantity, chosen: Candidate, before: Before | None) -> Before:
    """Return what the next quantity is told of this one."""
    sentence = setting.sentence_at(quantity.start)
    same = before is not None and before.sentence == sentence
    main, other = (before.main, before.other) if before is not None and same else (None, None)
    main = main if chosen.compared else chosen.period
    return Before(
        sentence=sentence,
        token=setting.clauses.at(quantity.start),
        quantity=quantity,
        period=chosen.period,
        compared=chosen.compared,
        main=main,
        told=_is_told(chosen, before),
        other=chosen.period if chosen.compared else other,
    )


def _is_told(chosen: Candidate, before: Before | None) -> bool:
    """Whether words of the article give a time, of the quantity itself or of the one that it follows."""
    if chosen.source in _FOLLOWING:
        return before is not None and before.told
    return chosen.source not in _PUBLISHED


class _Proposer:
    """Makes the candidates of one quantity; `state` are the facts of the quantity itself."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.state = self._state()

    def candidates(self) -> Iterator[Candidate]:
        """Yield all candidates."""
        for rank, mention in enumerate(reversed(self.place.left)):
            yield self._own(mention, "left", rank)
        for rank, mention in enumerate(self.place.right):
            yield self._own(mention, "right", rank)
        for rank, mention in enumerate(self.place.earlier):
            yield self._told("earlier", mention, rank)
        listed = bool(self.place.earlier) and self.place.earlier[0].heads
        for rank, mention in enumerate(() if listed else self.place.lead):
            yield self._told("lead", mention, rank)
        yield from self._neighbour()
        yield from self._carried()
        yield from self._repeats()
        yield from (self._make(period, source, None, *facts) for source, period, facts in derive(self.place))
        if listed:
            return
        yield from self._publication()
        yield self._make(None, "none", None)
        if self.place.setting.reference is not None:
            yield self._make(self.place.setting.reference, "reference", None, *self._surveyed())

    def _own(self, mention: Mention, side: str, rank: int) -> Candidate:
        """A time of the own sentence."""
        clauses = self.place.setting.clauses
        start, end = (mention.last + 1, self.place.first) if side == "left" else (self.place.last + 1, mention.first)
        between = {what: min(clauses.between(what, start, end), 2) for what in BETWEEN}
        intro = self.place.introducer(mention)
        near = f"{side}:{_bucket(end - start)}"
        apart = "".join(str(min(between[what], 1)) for what in ("value", "verb", "comparator"))
        facts = [f"own:{near}", f"own:{side}:rank={rank}", f"own:{side}:apart={apart}", f"own:intro={intro}"]
        facts += [f"own:{side}:{what}={count}" for what, count in between.items()]
        facts.append(f"own:{side}:intro={intro}:opener={self.place.opener}:{between['comparator'] > 0}")
        facts.append(f"own:{side}:origin={self.place.is_origin}:{between['comparator'] > 0}:{between['value']}")
        facts.append(f"own:{side}:intro={intro}:{near}")
        facts.append(f"own:{side}:times={len(self.place.left)},{len(self.place.right)}:rank={rank}")
        facts.append(f"own:meaning={mention.expression.meaning}")
        facts += [f"own:{side}:{fact}" for fact in self.place.tree(mention)]
        if mention.first - self.place.setting.sentences[self.place.sentence] <= 1:
            facts.append(f"own:fronted:comparator={between['comparator']}")
        role = f"own:role={mention.role}"
        facts += [role, f"{role}:{side}:opener={self.place.opener}:{between['comparator'] > 0}"]
        facts += [f"{role}:{mention.period.grain.name}", f"{role}:{self.place.quantity.kind}"]
        return self._make(mention.period, "own", mention, *facts)

    def _told(self, source: str, mention: Mention, rank: int) -> Candidate:
        """A time told before, or in title and lead."""
        gap = self.place.sentence - mention.sentence
        facts = [
            f"{source}:rank={rank}",
            f"{source}:gap={_bucket(gap)}",
            f"{source}:gap={_bucket(gap)}:rank={rank}:times={self.place.timed}",
            f"{source}:gap={_bucket(gap)}:rank={rank}:{'goes-on' if 'goes-on' in self.state else 'begins'}",
            f"{source}:meaning={mention.expression.meaning}",
            f"{source}:intro={self.place.introducer(mention)}",
            f"{source}:own={self.place.timed}:tense={self.place.tense}",
            *self._told_in(source, mention),
        ]
        facts += [f"{source}:bears={mention.bears}:rank={rank}", f"{source}:bears={mention.bears}:{mention.role}"]
        facts.append(f"{source}:heads={mention.heads}")
        facts += [f"{source}:role={mention.role}", f"{source}:role={mention.role}:{mention.period.grain.name}"]
        return self._make(mention.period, source, mention, *facts)

    def _told_in(self, source: str, mention: Mention) -> Iterator[str]:
        """How a time was told: in which grammar, how often, how many paragraphs ago."""
        setting, clauses = self.place.setting, self.place.setting.clauses
        holds = holder(clauses.doc[mention.last])
        tense = clauses.wide_tense(mention.first).removeprefix("under-")
        yield f"{source}:told={tense}:{self.place.tense.removeprefix('under-')}"
        yield f"{source}:holder={holds}"
        yield f"{source}:holder={holds}:{mention.period.grain.name}:age={self.place.age(mention.period)}"
        yield f"{source}:fronted={mention.first - setting.sentences[mention.sentence] <= _FRONT}"
        yield f"{source}:told={min(setting.told[mention.period], 3)}"
        yield f"{source}:share={setting.told_years[mention.period.year] * 4 // len(setting.thread)}"
        paragraphs = min(setting.paragraphs(mention.last, self.place.first), 3)
        yield f"{source}:paragraphs={paragraphs}"
        yield f"{source}:paragraphs={paragraphs}:{self.place.tense}"

    def _neighbour(self) -> Iterator[Candidate]:
        """The time of the quantity before it, and the step before that time."""
        before = self.place.before
        if before is None:
            return
        series = list(self._series(before))
        if before.compared and before.main is not None and before.main != before.period:
            yield self._make(before.main, "resumed", None, *(f"resumed:{fact}" for fact in series))
        period = before.period
        if period is None:
            return
        facts = [f"before:times={self.place.timed}:{self.place.opener}", *(f"before:{fact}" for fact in series)]
        facts += self._since_before()
        yield self._make(period, "before", None, *facts)
        shifted = calendar.shift(period, steps=-1) if period.grain >= Grain.MONTH else None
        if shifted is not None and self.place.opener == "comparator":
            yield self._make(shifted, "shifted", None, *(f"shifted:{fact}" for fact in series))

    def _carried(self) -> Iterator[Candidate]:
        """The time of the last quantity before the sentence, within the paragraph: beyond it, an error would run on."""
        before, place = self.place.carried, self.place
        if before is None or place.setting.paragraphs(before.token, place.first):
            return
        gap = _bucket(place.sentence - before.sentence)
        like = place.quantity.kind is before.quantity.kind and place.quantity.unit == before.quantity.unit
        facts = [
            f"gap={gap}",
            f"goes-on={'goes-on' in self.state}",
            f"timed={place.timed}:like={like}",
            f"timed={place.timed}:gap={gap}:like={like}",
            f"like={like}:{place.tense}",
        ]
        period = before.period if before.main is None else before.main
        some = "none" if period is None else "some"
        yield self._make(period, "carried", None, *(f"carried:{some}:{fact}" for fact in facts))

    def _series(self, before: Before) -> Iterator[str]:
        """Whether the quantity measures the same as the one before it, and whether either is set beside another."""
        quantity, other = self.place.quantity, before.quantity
        like = quantity.kind is other.kind and quantity.unit == other.unit
        level = quantity.change is other.change
        yield f"like={like}:{self.place.opener}:{before.compared}"
        yield f"like={like}:origin={self.place.is_origin}"
        yield f"like={like}:level={level}:{self.place.opener}"
        yield f"like={like}:timed={self.place.timed}:{self.place.opener}"
        clauses = self.place.setting.clauses
        verb = clauses.between("verb", before.token, self.place.first) > 0
        yield f"verb={verb}:{self.place.opener}:{before.compared}"
        times = clauses.between("time", before.token, self.place.first) > 0
        yield f"time={times}:verb={verb}:{self.place.opener}:{before.compared}"
        yield f"governed={self._governed(before)}"

    def _governed(self, before: Before) -> str:
        clauses = self.place.setting.clauses
        verb = clauses.verb(before.token)
        if verb is None or self.place.verb is None:
            return "none"
        return "same" if verb.i == self.place.verb else "above" if verb.i in self.place.path else "apart"

    def _since_before(self) -> Iterator[str]:
        if self.place.before is not None:
            start, end = self.place.setting.sentences[self.place.sentence], self.place.first
            for what in ("verb", "comma", "bracket", "conjunction"):
                held = self.place.setting.clauses.between(what, max(start, end - 8), end) > 0
                yield f"before:any={what}:{held}"

    def _repeats(self) -> Iterator[Candidate]:
        """The time that the same value has elsewhere in the article: a title's is told in the body."""
        own = self.place.timed
        for sentence, period in self.place.setting.repeats.get(repeat_key(self.place.quantity), ()):
            if sentence != self.place.sentence:
                facts = f"repeat:times={own}", f"repeat:times={own}:title={self.place.tense == 'title'}"
                yield self._make(period, "repeat", None, *facts)

    def _publication(self) -> Iterator[Candidate]:
        at = self.place.setting.published
        if at is None:
            return
        about = "none" if self.place.setting.reference is None else self.place.setting.reference.grain.name
        day = Period(start=at, end=at, grain=Grain.DAY)
        days = self.place.setting.days
        now, event = (days[-1], days[0]) if days else (day, None)
        for source, period in (
            ("day", day),
            ("now", now),
            ("event", event),
            ("month", calendar.month(at.year, at.month)),
            ("year", calendar.year(at.year)),
        ):
            more = [f"{source}:about={about}", f"{source}:own={self.place.timed}:tense={self.place.tense}"]
            more.append(f"{source}:{self.place.quantity.kind}:{self.place.tense}")
            more.append(f"{source}:days={min(len(days), 3)}:{self.place.situation}")
            if period == day and source != "day":
                more.append(f"{source}:published")
            if period is not None:
                yield self._make(period, source, None, *more)

    def _surveyed(self) -> Iterator[str]:
        if self.place.setting.surveyed:
            yield "reference:surveys"
            yield f"reference:surveys:{self.place.quantity.kind}"
            yield f"reference:surveys:{self.place.tense}"

    def _make(self, period: Period | None, source: str, mention: Mention | None, *more: str) -> Candidate:
        facts = [source, *more]
        if mention is not None and mention.surveys:
            facts += ["surveys", f"surveys:{self.place.quantity.kind}"]
        if period is not None:
            facts += self._agreement(period, source)
        elif self.place.before is not None and self.place.before.period is None:
            facts.append("none:again")
        if period is None and self.place.situation:
            facts += [f"none:{self.place.situation}", f"none:{self.place.situation}:tense={self.place.tense}"]
        return Candidate(
            period=period,
            source=source,
            mention=mention,
            facts=tuple(facts),
            state=self.state,
            compared=_is_compared(self.place, mention),
        )

    def _agreement(self, period: Period, source: str) -> list[str]:
        """How the period compares with publication, with the reference and with the quantity before."""
        grain = period.grain.name
        facts = [f"{source}:grain={grain}", f"{source}:grain={grain}:{self.place.quantity.kind}"]
        if period.grain is Grain.DAY:
            facts += self._order(period, source)
        seat, age = self.place.seat(period), self.place.age(period)
        facts += [f"age={age}", f"{source}:age={age}", f"{source}:{self.place.season}:age={age}"]
        facts += [f"{source}:seat={seat}", f"{source}:seat={seat}:tense={self.place.tense}"]
        facts.append(f"seat={seat}:tense={self.place.tense}:{self.place.quantity.kind is Kind.AGE}")
        if self.place.situation:
            facts += [f"{source}:{self.place.situation}", f"seat={seat}:{self.place.situation}"]
            facts.append(f"seat={seat}:{self.place.situation}:tense={self.place.tense}")
        if self.place.before is not None and self.place.before.period == period:
            facts.append(f"{source}:again:{self.place.opener}")
            facts.append(f"again:{self.place.opener}")
        if self.place.setting.reference == period:
            facts.append(f"{source}:isreference")
        return facts

    def _order(self, period: Period, source: str) -> Iterator[str]:
        """Whether a day is the first that the article tells (of the event) or the last (of the latest count)."""
        days = self.place.setting.days
        if period not in days:
            return
        order = "only" if len(days) == 1 else "first" if period == days[0] else "last" if period == days[-1] else "mid"
        passing = self.place.quantity.unit in self.place.setting.passing_units
        yield f"order={order}:{self.place.quantity.kind}:{passing}"
        yield f"order={order}:tense={self.place.tense}"
        yield f"{source}:order={order}"

    def _state(self) -> tuple[str, ...]:
        """Facts of the quantity itself, to be told apart by source."""
        quantity, clauses = self.place.quantity, self.place.setting.clauses
        start, end = self.place.setting.range_of(self.place.sentence)
        near = range(max(start, self.place.first - 6), min(end, self.place.last + 7))
        roles = {role for i in near for role in clauses.roles[i]}
        glued = clauses.is_attribute(self.place.last)
        facts = [f"kind={quantity.kind}", f"tense={self.place.tense}", f"opener={self.place.opener}"]
        facts += [f"kind={quantity.kind}:tense={self.place.tense}", f"kind={quantity.kind}:glued={glued}"]
        facts += [f"near={role}" for role in ("habitual", "now", "forward", "condition") if role in roles]
        if quantity.kind in (Kind.MEASURE, Kind.DURATION):
            facts += [f"apart={'apart' in roles}", f"distance={self.place.is_distance()}"]
        facts.append(f"times={min(len(self.place.left) + len(self.place.right), 2)}")
        if quantity.change is not Change.LEVEL:
            facts.append("change")
        if quantity.kind is Kind.MEASURE:
            size = f"size={quantity.unit not in self.place.setting.passing_units}"
            facts += [size, f"{size}:glued={glued}", f"{size}:apart={'apart' in roles}"]
        if quantity.kind is Kind.RATE:
            facts.append(f"per-time={quantity.unit.rpartition('/')[2] in _TIME_UNITS}")
        if clauses.between("condition", start, end):
            facts.append("condition")
        facts += self.place.opening()
        if clauses.between("quote", start, end):
            facts.append("quote")
        facts += [*self._build(), self.place.season]
        return tuple(facts)

    def _build(self) -> Iterator[str]:
        """The grammar around the quantity, which tells what holds at any time from news."""
        place, doc = self.place, self.place.setting.clauses.doc
        verb = None if place.verb is None else doc[place.verb]
        yield f"clause={clause_of(verb)}"
        yield f"subject={subject_of(verb)}"
        yield f"quoted={place.setting.is_quoted(place.first)}"
        yield f"quoted={place.setting.is_quoted(place.first)}:{place.tense}"
        yield from syntax(doc[place.last])


def _bucket(distance: int) -> int:
    return next((step for step in _STEPS if distance <= step), 99)
