"""Which times a quantity may be about, and what speaks for each.

For every quantity there are the times of its own sentence, the nearest ones told before it, those of the title and
lead, the time of the quantity before it, the publication day, month and year, and none at all. Each candidate
comes with the structural facts that the ranker weighs; no fact carries a word of the text.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from claimgraph.records import Quantity
from claimgraph.stages.timing import calendar
from claimgraph.stages.timing.calendar import Grain, Period
from claimgraph.stages.timing.clauses import Clauses
from claimgraph.stages.timing.lexicon import Meaning
from claimgraph.stages.timing.timeline import Mention, Role
from claimgraph.vocab import Change, Kind

__all__ = ["Candidate", "Setting", "holds_on", "propose", "reference", "repeat_key"]

_NEAR = 4  # mentions of the own sentence to either side that are candidates
_BEFORE = 3  # mentions of earlier sentences that are candidates
_LEAD = 3  # mentions of title and lead that are candidates
_LEAD_SENTENCES = 5
_INTRODUCERS = ("comparator", "locative", "limit", "since", "genitive", "over", "on", "through")
_BETWEEN = ("comparator", "bracket", "comma", "conjunction", "subordinate")
_STEPS = (0, 2, 5, 10, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A time that a quantity may be about: None is no time.

    source: where it comes from (own, earlier, lead, before, shifted, day, month, year, none).
    facts: names of the facts that hold.
    """

    period: Period | None
    source: str
    mention: Mention | None
    facts: tuple[str, ...]


RepeatKey = tuple[object, ...]


def repeat_key(quantity: Quantity) -> RepeatKey:
    """What two statements of one value share."""
    return quantity.low, quantity.high, quantity.kind, quantity.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is the same for all quantities of an article.

    mentions: all times, sorted. starts: their first tokens. thread: those that can hold on into later sentences.
    sentence_of: the sentence number of every token. sentences: first tokens of the sentences.
    reference: the time that the article is about, where it says so.
    repeats: sentence and time of values that are told with their time, by value, kind and unit.
    """

    clauses: Clauses
    mentions: list[Mention]
    starts: list[int]
    thread: list[Mention]
    thread_starts: list[int]
    sentence_of: list[int]
    sentences: list[int]
    title_end: int
    published: date | None
    reference: Period | None
    repeats: dict[RepeatKey, list[tuple[int, Period]]]

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that holds a character."""
        return self.sentence_of[self.clauses.at(offset)]


def propose(setting: Setting, quantity: Quantity, before: tuple[int, Period | None] | None) -> list[Candidate]:
    """List the candidates of one quantity.

    Args:
        setting: the article.
        quantity: any of its quantities.
        before: sentence and chosen period of the quantity before it, None for the first one.
    """
    place = _Place(setting, quantity, before)
    return list(place.candidates())


class _Place:
    """One quantity in its sentence."""

    def __init__(self, setting: Setting, quantity: Quantity, before: tuple[int, Period | None] | None) -> None:
        clauses = setting.clauses
        self.setting, self.quantity = setting, quantity
        self.first, self.last = clauses.at(quantity.start), clauses.at(quantity.end - 1)
        self.sentence = setting.sentence_at(quantity.start)
        # only within the sentence: a wrong time must not run through the article
        self.before = before if before is not None and before[0] == self.sentence else None
        self.tense = "title" if quantity.start < setting.title_end else clauses.tense(self.first)
        self.path = clauses.path(self.first)
        verb = clauses.verb(self.first)
        self.verb = verb.i if verb is not None else None
        self.opener = self._opener()
        here = bisect_left(setting.starts, self.first)
        self.left = [m for m in setting.mentions[max(here - _NEAR, 0) : here] if m.sentence == self.sentence]
        self.right = [m for m in setting.mentions[here : here + _NEAR] if m.sentence == self.sentence]
        begin = bisect_left(setting.starts, setting.sentences[self.sentence])
        fronted = setting.mentions[begin] if begin < here else None
        if fronted is not None and fronted not in self.left:
            self.left.insert(0, fronted)
        told = bisect_left(setting.thread_starts, setting.sentences[self.sentence])
        self.earlier = setting.thread[max(told - _BEFORE, 0) : told][::-1]
        lead = bisect_left(setting.thread_starts, _start(setting.sentences, _LEAD_SENTENCES, len(setting.sentence_of)))
        self.lead = [m for m in setting.thread[:lead] if m.sentence != self.sentence and m.bears][:_LEAD]

    def _opener(self) -> str:
        """The cue right before the value: `from` 8.1%, `vs.` 3.7%, `by` 30."""
        clauses = self.setting.clauses
        start = max(self.first - 4, self.setting.sentences[self.sentence])
        if clauses.between("comparator", start, self.first) and not clauses.between("value", start, self.first):
            return "comparator"
        return "none"

    def candidates(self) -> Iterator[Candidate]:
        """Yield all candidates."""
        state = self._state()
        for rank, mention in enumerate(reversed(self.left)):
            yield self._own(mention, "left", rank, state)
        for rank, mention in enumerate(self.right):
            yield self._own(mention, "right", rank, state)
        for rank, mention in enumerate(self.earlier):
            yield self._told("earlier", mention, rank, state)
        for rank, mention in enumerate(self.lead):
            yield self._told("lead", mention, rank, state)
        yield from self._neighbour(state)
        yield from self._publication(state)
        yield self._make(None, "none", None, state)
        if self.setting.reference is not None:
            yield self._make(self.setting.reference, "reference", None, state)
        yield from self._repeats(state)

    def _repeats(self, state: tuple[str, ...]) -> Iterator[Candidate]:
        """The time that the same value has elsewhere in the article: a title's is told in the body."""
        own = bool(self.left or self.right)
        for sentence, period in self.setting.repeats.get(repeat_key(self.quantity), ()):
            if sentence != self.sentence:
                facts = f"repeat:times={own}", f"repeat:times={own}:title={self.tense == 'title'}"
                yield self._make(period, "repeat", None, state, *facts)

    def _state(self) -> tuple[str, ...]:
        """Facts of the quantity itself, to be told apart by source."""
        quantity, clauses = self.quantity, self.setting.clauses
        start, end = _range(self.setting, self.sentence)
        near = range(max(start, self.first - 6), min(end, self.last + 7))
        roles = {role for i in near for role in clauses.roles[i]}
        glued = _is_modifier(clauses, self.last)
        facts = [f"kind={quantity.kind}", f"tense={self.tense}", f"opener={self.opener}"]
        facts += [f"kind={quantity.kind}:tense={self.tense}", f"kind={quantity.kind}:glued={glued}"]
        facts += [f"near={role}" for role in ("habitual", "now", "forward") if role in roles]
        facts.append(f"times={min(len(self.left) + len(self.right), 2)}")
        if quantity.change is not Change.LEVEL:
            facts.append("change")
        if quantity.kind in (Kind.MEASURE, Kind.DURATION, Kind.INDEX):
            facts += [f"unit={quantity.unit}", f"unit={quantity.unit}:glued={glued}"]
        facts += self._opening()
        if clauses.between("quote", start, end):
            facts.append("quote")
        return tuple(facts)

    def _opening(self) -> Iterator[str]:
        """Whether the sentence goes on with what the one before it spoke of."""
        start, end = _range(self.setting, self.sentence)
        words = self.setting.clauses.doc[start : min(start + 4, end)]
        if any(token.tag_ in ("PRP", "PRP$") or "pointing" in self.setting.clauses.roles[token.i] for token in words):
            yield "goes-on"

    def _make(
        self, period: Period | None, source: str, mention: Mention | None, state: tuple[str, ...], *more: str
    ) -> Candidate:
        facts = [source, *(f"{source}:{fact}" for fact in state), *more]
        if period is not None:
            facts += self._agreement(period, source)
        elif self.before is not None and self.before[1] is None:
            facts.append("none:again")
        return Candidate(period=period, source=source, mention=mention, facts=tuple(facts))

    def _agreement(self, period: Period, source: str) -> list[str]:
        """How the period compares with publication, with the reference and with the quantity before."""
        grain = period.grain.name
        facts = [f"{source}:grain={grain}", f"{source}:grain={grain}:{self.quantity.kind}"]
        published = self.setting.published
        if published is not None:
            seat = "past" if period.end.year < published.year else "this"
            seat = "future" if period.start > published or period.end.year > published.year else seat
            facts += [f"{source}:seat={seat}", f"{source}:seat={seat}:tense={self.tense}"]
            facts.append(f"seat={seat}:tense={self.tense}:{self.quantity.kind is Kind.AGE}")
        if self.before is not None and self.before[1] == period:
            facts.append(f"{source}:again:{self.opener}")
            facts.append(f"again:{self.opener}")
        if self.setting.reference == period:
            facts.append(f"{source}:isreference")
        return facts

    def _own(self, mention: Mention, side: str, rank: int, state: tuple[str, ...]) -> Candidate:
        """A time of the own sentence."""
        clauses = self.setting.clauses
        start, end = (mention.last + 1, self.first) if side == "left" else (self.last + 1, mention.first)
        between = {what: min(clauses.between(what, start, end), 2) for what in ("value", "verb", *_BETWEEN)}
        intro = self._introducer(mention)
        near = f"{side}:{_bucket(end - start)}"
        apart = "".join(str(min(between[what], 1)) for what in ("value", "verb", "comparator"))
        facts = [f"own:{near}", f"own:{side}:rank={rank}", f"own:{side}:apart={apart}", f"own:intro={intro}"]
        facts += [f"own:{side}:{what}={count}" for what, count in between.items()]
        facts.append(f"own:{side}:intro={intro}:opener={self.opener}:{between['comparator'] > 0}")
        facts.append(f"own:{side}:intro={intro}:{near}")
        facts.append(f"own:{side}:times={len(self.left)},{len(self.right)}:rank={rank}")
        facts.append(f"own:meaning={mention.expression.meaning}")
        facts += [f"own:{side}:{fact}" for fact in self._tree(mention)]
        if mention.first - self.setting.sentences[self.sentence] <= 1:
            facts.append(f"own:fronted:comparator={between['comparator']}")
        role = f"own:role={mention.role}"
        facts += [role, f"{role}:{side}:opener={self.opener}:{between['comparator'] > 0}"]
        facts += [f"{role}:{mention.period.grain.name}", f"{role}:{self.quantity.kind}"]
        return self._make(mention.period, "own", mention, state, *facts)

    def _introducer(self, mention: Mention) -> str:
        """What introduces a time: a preposition, a comparator, or the noun that it modifies."""
        clauses = self.setting.clauses
        for back in (1, 2):
            position = mention.first - back
            if position < 0:
                break
            if clauses.between("comparator", position, position + 1):
                return "comparator"
            for role in _INTRODUCERS[1:]:
                if role in clauses.roles[position]:
                    return role
        return "modifier" if mention.role is Role.MODIFIER else "bare"

    def _tree(self, mention: Mention) -> Iterator[str]:
        """How time and quantity hang together in the parse."""
        path = self.setting.clauses.path(mention.last)
        up = {token: step for step, token in enumerate(self.path)}
        meet = next((step for step, token in enumerate(path) if token in up), None)
        if meet is None:
            yield "tree=apart"
            return
        yield f"tree={min(up[path[meet]], 4)},{min(meet, 4)}"
        verb = self.setting.clauses.verb(mention.last)
        yield f"sameverb={verb is not None and verb.i == self.verb}"

    def _told(self, source: str, mention: Mention, rank: int, state: tuple[str, ...]) -> Candidate:
        """A time told before, or in title and lead."""
        gap = self.sentence - mention.sentence
        facts = [
            f"{source}:rank={rank}",
            f"{source}:gap={_bucket(gap)}",
            f"{source}:gap={_bucket(gap)}:rank={rank}:times={bool(self.left or self.right)}",
            f"{source}:meaning={mention.expression.meaning}",
            f"{source}:intro={self._introducer(mention)}",
            f"{source}:own={bool(self.left or self.right)}:tense={self.tense}",
        ]
        facts += [f"{source}:bears={mention.bears}:rank={rank}", f"{source}:bears={mention.bears}:{mention.role}"]
        facts.append(f"{source}:heads={mention.heads}")
        facts += [f"{source}:role={mention.role}", f"{source}:role={mention.role}:{mention.period.grain.name}"]
        return self._make(mention.period, source, mention, state, *facts)

    def _neighbour(self, state: tuple[str, ...]) -> Iterator[Candidate]:
        """The time of the quantity before it, and the step before that time."""
        if self.before is None or self.before[1] is None:
            return
        period = self.before[1]
        facts = [f"before:times={bool(self.left or self.right)}:{self.opener}"]
        facts += self._since_before()
        yield self._make(period, "before", None, state, *facts)
        shifted = calendar.shift(period, steps=-1) if period.grain >= Grain.MONTH else None
        if shifted is not None and self.opener == "comparator":
            yield self._make(shifted, "shifted", None, state)

    def _since_before(self) -> Iterator[str]:
        if self.before is not None:
            clauses, start = self.setting.clauses, self.setting.sentences[self.sentence]
            for what in ("verb", "comma", "bracket", "conjunction"):
                yield f"before:any={what}:{clauses.between(what, max(start, self.first - 8), self.first) > 0}"

    def _publication(self, state: tuple[str, ...]) -> Iterator[Candidate]:
        at = self.setting.published
        if at is None:
            return
        about = "none" if self.setting.reference is None else self.setting.reference.grain.name
        day = Period(start=at, end=at, grain=Grain.DAY)
        for source, period in (
            ("day", day),
            ("month", calendar.month(at.year, at.month)),
            ("year", calendar.year(at.year)),
        ):
            more = [f"{source}:about={about}", f"{source}:own={bool(self.left or self.right)}:tense={self.tense}"]
            more.append(f"{source}:{self.quantity.kind}:{self.tense}")
            yield self._make(period, source, None, state, *more)


def _start(sentences: list[int], number: int, default: int) -> int:
    return sentences[number] if number < len(sentences) else default


def _range(setting: Setting, sentence: int) -> tuple[int, int]:
    return setting.sentences[sentence], _start(setting.sentences, sentence + 1, len(setting.sentence_of))


def _is_modifier(clauses: Clauses, last: int) -> bool:
    """Whether the value is glued to a noun by a hyphen (*a two-lane road*)."""
    after = last + 1
    return after < len(clauses.doc) and clauses.doc[after].text in ("-", "–")


def _bucket(distance: int) -> int:
    return next((step for step in _STEPS if distance <= step), 99)


def reference(thread: list[Mention], published: date | None) -> Period | None:
    """The time that the article is about: the month, quarter, half or year that it tells most, early ones first."""
    counts: Counter[Period] = Counter()
    for mention in thread:
        over = published is None or mention.period.start <= published
        if mention.period.grain >= Grain.MONTH and mention.role is not Role.REPORT and over and mention.bears:
            counts[mention.period] += 3 if mention.sentence < _LEAD_SENTENCES else 1
    return max(counts, key=lambda period: counts[period], default=None)


def holds_on(mention: Mention) -> bool:
    """Whether a time can hold on into later sentences."""
    return mention.role not in (Role.OTHER, Role.BASELINE) and mention.expression.meaning not in _ASIDE


_ASIDE = {Meaning.SINCE, Meaning.AGO, Meaning.UNIT_EARLIER, Meaning.TRAILING, Meaning.DECADE, Meaning.UNITS_EARLIER}
