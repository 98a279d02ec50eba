"""One quantity in its sentence: which times may date it, and how they stand to it."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from claimgraph.records import Quantity
from claimgraph.stages.timing import calendar
from claimgraph.stages.timing.calendar import Grain, Period
from claimgraph.stages.timing.lexicon import Meaning
from claimgraph.stages.timing.setting import Setting
from claimgraph.stages.timing.timeline import Mention, Role
from claimgraph.vocab import Kind

__all__ = ["BETWEEN", "Before", "Place"]

#: What may stand between a value and a time and part them.
BETWEEN = ("value", "verb", "now", "comparator", "bracket", "comma", "conjunction", "subordinate")

_NEAR = 4  # mentions of the own sentence to either side that are candidates
_BEFORE = 3  # mentions of earlier sentences that are candidates
_LEAD = 3  # mentions of title and lead that are candidates
_INTRODUCERS = ("locative", "limit", "since", "genitive", "over", "on", "through")
_MUCH = 0.5  # share of its year from which on an article is about one time
# On the annotated articles such a time is the value's in 98 of 100 cases; of a genitive or *over* that is not so.
_BESIDE = ("locative", "bare", "on", "through", "modifier")
_RIGHT_BY, _LEFT_BY = 6, 3  # tokens
_HEDGES = 8  # tokens between a place and its distance: *about*, *some*, *more than*, a distance that is converted
_HEDGING = frozenset({"ADV", "ADP", "ADJ", "DET", "SCONJ"})
_CONVERTED = _HEDGING | {"NUM", "NOUN", "SYM"}
_LOOKED_BACK_AT = (Role.OTHER, Role.BASELINE)
_STEP = 6  # tokens from a value to the *from* of what it was before
_SPANS = (Meaning.SPAN, Meaning.YEARS, Meaning.MONTHS, Meaning.SINCE, Meaning.TRAILING, Meaning.ANAPHOR)
_OPENS = 4  # tokens from a comparator to its value: *compared with about $ 30*
_AGES = (("week", 7), ("month", 31), ("quarter", 100), ("year", 400), ("years", 1100))
_DIRECTED = 12  # tokens from a distance to its direction, a conversion between


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The quantity before one, and how it was dated.

    token: its first. period: its time. compared: it is set beside another one (*from 67*). main: the time of the last
    quantity of the sentence that is not; None for none. told: words of the article give the time, not its publication.
    other: the time of the last quantity of the sentence that is set beside another one.
    """

    sentence: int
    token: int
    quantity: Quantity
    period: Period | None
    compared: bool
    main: Period | None
    told: bool
    other: Period | None


class Place:
    """One quantity in its sentence.

    first, last: its tokens. tense: of its clause, `title` in the title. path: tokens from it up to its root.
    compared: times behind it of what it is compared with.
    left, right: times of its sentence that may date it, in text order. earlier: times told before, nearest first.
    lead: times of title and lead. opener: `comparator` where the value is set beside another one, else `none`.
    is_origin: it is what a change set out from.
    timed: whether its sentence has a time for it. situation: what was told before, where it has none; else empty.
    season: `early` or `late` in the year of publication, when news of another year is common; else `mid`.
    before: the quantity before it in the sentence, None for the first. carried: for the first, the one before that.
    """

    def __init__(self, setting: Setting, quantity: Quantity, before: Before | None) -> None:
        clauses = setting.clauses
        self.setting, self.quantity = setting, quantity
        self.first, self.last = clauses.at(quantity.start), clauses.at(quantity.end - 1)
        self.sentence = setting.sentence_at(quantity.start)
        # only within the sentence: a wrong time must not run through the article
        self.carried = before if before is not None and before.sentence != self.sentence else None
        self.before = before if before is not None and before.sentence == self.sentence else None
        self.tense = "title" if quantity.start < setting.title_end else clauses.wide_tense(self.first)
        self.path = clauses.path(self.first)
        verb = clauses.verb(self.first)
        self.verb = verb.i if verb is not None else None
        comparator = self._comparator()
        self.opener = "none" if comparator is None else "comparator"
        self.is_origin = comparator is not None and "origin" in clauses.roles[comparator]
        self._compares_at = comparator
        here = bisect_left(setting.starts, self.first)
        self.left = [m for m in setting.mentions[max(here - _NEAR, 0) : here] if self._may_govern(m)]
        self.right = [m for m in setting.mentions[here : here + _NEAR] if self._may_govern(m)]
        begin = bisect_left(setting.starts, setting.sentences[self.sentence])
        fronted = setting.mentions[begin] if begin < here else None
        if fronted is not None and self._may_govern(fronted) and fronted not in self.left:
            self.left.insert(0, fronted)
        told = bisect_left(setting.thread_starts, setting.sentences[self.sentence])
        near = setting.mentions[here : here + _NEAR]
        self.compared = [
            m for m in near if m.sentence == self.sentence and m.role in _LOOKED_BACK_AT and m.since > self.last
        ]
        self.earlier = _each_once(setting.thread[max(told - 2 * _BEFORE, 0) : told][::-1])[:_BEFORE]
        self.lead = _each_once([m for m in setting.lead if m.sentence != self.sentence])[:_LEAD]
        self.timed = bool(self.left or self.right)
        self.season = _season(setting.published)
        self.situation = "" if self.timed else self._situation()

    def _may_govern(self, mention: Mention) -> bool:
        """Whether a time of the sentence may date the value: what is compared dates only what stands in between."""
        if mention.sentence != self.sentence or mention.role is Role.BASELINE:
            return False
        if mention.role is Role.MODIFIER:
            return mention.since == mention.first or self.first > mention.since
        return mention.role is not Role.OTHER or mention.since < self.first < mention.first

    def _situation(self) -> str:
        """What has been told before a sentence without a time: the last time, and what the article is about."""
        last = next((m for m in self.earlier if m.bears), None)
        told = "none" if last is None else "day" if last.period.grain is Grain.DAY else self.seat(last.period)
        about = self.setting.reference
        share = "much" if self.setting.share >= _MUCH else "little"
        return f"{told}/{'none' if about is None else self.seat(about)}/{share}"

    def seat(self, period: Period) -> str:
        """Where a period lies seen from publication."""
        published = self.setting.published
        if published is None:
            return "unknown"
        if period.start > published or period.end.year > published.year:
            return "future"
        return "past" if period.end.year < published.year else "this"

    def age(self, period: Period) -> str:
        """How long before publication a period ended."""
        published = self.setting.published
        if published is None:
            return "unknown"
        if period.end >= published:
            return "ahead" if period.start > published else "now"
        days = (published - period.end).days
        return next((name for name, most in _AGES if days <= most), "old")

    def _comparator(self) -> int | None:
        """The comparator right before the value: `from` 8.1%, `vs.` 3.7%."""
        clauses = self.setting.clauses
        start = max(self.first - _OPENS, self.setting.sentences[self.sentence])
        for position in range(self.first - 1, start - 1, -1):
            if clauses.between("comparator", position, position + 1):
                return position
            if clauses.between("value", position, position + 1):
                break
        return None

    def is_lasting(self) -> bool:
        """Whether the value is a size that names a thing (*a 2-litre engine*, *a two-lane road*): it has no time."""
        unit, kind, setting = self.quantity.unit, self.quantity.kind, self.setting
        size = kind is Kind.MEASURE and unit not in setting.passing_units
        part = kind is Kind.COUNT and unit in setting.lasting_units and self._names_unit()
        span = kind in (Kind.MEASURE, Kind.DURATION)
        return ((size or part) and setting.clauses.is_attribute(self.last)) or (span and self.is_distance())

    def _names_unit(self) -> bool:
        """Whether the unit follows at once: *a 4-room flat* has rooms as a part, *4 guest rooms* are counted."""
        doc, after = self.setting.clauses.doc, self.last + 1
        return after < len(doc) and (doc[after].is_punct or doc[after].lemma_.lower() == self.quantity.unit)

    def beside(self) -> Mention | None:
        """The time that leaves no doubt: right by the value (*278 in 2022*, *2022's 278*), or of a value compared
        (*from 67, or 3 a head, a year earlier*)."""
        after, before = self.right[:1], self.left[-1:]
        for mention in after:
            told = mention.role is not Role.REPORT and self.introducer(mention) in _BESIDE
            if told and self._is_clear(self.last + 1, mention.first, _RIGHT_BY):
                return self._last_of_list(mention)
        for mention in before:
            named = mention.role is Role.MODIFIER and mention.period.grain >= Grain.MONTH
            if named and self._is_clear(mention.last + 1, self.first, _LEFT_BY):
                return mention
        return next((mention for mention in self.right if self._is_compared(mention)), None)

    def _last_of_list(self, mention: Mention) -> Mention:
        """The last of times of one grain that are listed, like years of a span: *30 in 2007, 2013 and 2014*."""
        clauses = self.setting.clauses
        for after in self.right[1:]:
            gap = range(mention.last + 1, after.first)
            listed = all({"comma", "conjunction"} & clauses.roles[i] for i in gap) and len(gap) > 0
            if not listed or after.period.grain != mention.period.grain or after.period.end < mention.period.end:
                break
            mention = after
        return mention

    def _is_compared(self, mention: Mention) -> bool:
        """Whether a comparator sets the value, and no other one after it, beside what the time has seen."""
        if mention.role is not Role.OTHER or not mention.since < self.first < mention.first:
            return False
        between = self.setting.clauses.between
        parted = between("verb", mention.since, mention.first) or between(
            "comparator", mention.since + 1, mention.first
        )
        return not parted

    def _is_clear(self, start: int, end: int, most: int) -> bool:
        between = (self.setting.clauses.between(what, start, end) for what in BETWEEN)
        return end - start <= most and not any(between)

    def steps_from(self) -> Period | None:
        """The time before that of the value right before it, where a change set out from this one: *to 5% from 7%*."""
        before, at = self.before, self._compares_at
        if before is None or before.period is None or at is None or not self.is_origin or self.right or not before.told:
            return None
        like = self.quantity.kind is before.quantity.kind and self.quantity.unit == before.quantity.unit
        near = at - before.token <= _STEP and before.period.grain >= Grain.MONTH
        if like and near and before.other is not None:
            return before.other
        return calendar.shift(before.period, steps=-1) if like and near else None

    def span_start(self) -> Period | None:
        """The start of the span before a change from this value: *between 2009 and 2012 it fell from 9 to 8*."""
        start, end = self.setting.range_of(self.sentence)
        alone = len(self.left) == 1 and self.setting.clauses.between("time", start, end) == 1
        if not self.is_origin or not alone or self.left[0].expression.meaning not in _SPANS:
            return None
        near = range(self.last + 1, min(self.last + _STEP, end))
        return (
            calendar.first_of(self.left[0].period) if any(self.setting.clauses.opens_level(i) for i in near) else None
        )

    def year_before(self) -> Period | None:
        """The time a year before that of the value right before it, in a row of results: *Net 3.2 mln vs 2.9 mln*."""
        before, at, clauses = self.before, self._compares_at, self.setting.clauses
        if before is None or before.period is None or at is None or self.is_origin or self.right:
            return None
        like = self.quantity.kind is before.quantity.kind and self.quantity.unit == before.quantity.unit
        start, end = self.setting.range_of(self.sentence)
        told = clauses.between("verb", start, end) or clauses.between("forward", self.last, min(self.last + _STEP, end))
        if not like or self.quantity.kind is Kind.PERCENT or told or at - before.token > _STEP:
            return None
        return calendar.shift(before.period, years=-1)

    def is_distance(self) -> bool:
        """Whether the value says how far a place is: *Oslo, some 12 miles north*, *a farm situated 2 hours away*."""
        clauses, start = self.setting.clauses, self.setting.sentences[self.sentence]
        if not self._leads_somewhere():
            return False
        at, least = self.first - 1, max(start, self.first - _HEDGES)
        converts = at >= start and "bracket" in clauses.roles[at]
        at -= converts
        while at >= least and clauses.doc[at].pos_ in (_CONVERTED if converts else _HEDGING):
            at -= 1
        named = at > start and "comma" in clauses.roles[at] and clauses.doc[at - 1].pos_ == "PROPN"
        return at < start or named or "situated" in clauses.roles[at]

    def _leads_somewhere(self) -> bool:
        """Whether a direction follows unit and conversion: *12 miles (20 km) to the north*, *a 2-hour drive*."""
        clauses, inside, nouns = self.setting.clauses, False, 0
        for at in range(self.last + 1, min(self.last + _DIRECTED, self.setting.range_of(self.sentence)[1])):
            token = clauses.doc[at]
            if "direction" in clauses.roles[at] and not inside:
                return True
            if "bracket" in clauses.roles[at]:
                inside = token.is_left_punct
            elif not inside:
                nouns += token.pos_ in ("NOUN", "PROPN")
                if nouns > 1 or token.pos_ in ("VERB", "AUX", "NUM") or "comma" in clauses.roles[at]:
                    return False
        return False

    def introducer(self, mention: Mention) -> str:
        """What introduces a time: a preposition, a comparator, or the noun that it modifies."""
        clauses = self.setting.clauses
        for back in (1, 2):
            position = mention.first - back
            if position < 0:
                break
            if clauses.between("comparator", position, position + 1):
                return "comparator"
            for role in _INTRODUCERS:
                if role in clauses.roles[position]:
                    return role
        return "modifier" if mention.role is Role.MODIFIER else "bare"

    def tree(self, mention: Mention) -> Iterator[str]:
        """How time and quantity hang together in the parse."""
        path = self.setting.clauses.path(mention.last)
        up = {token: step for step, token in enumerate(self.path)}
        meet = next((step for step, token in enumerate(path) if token in up), None)
        if meet is None:
            yield "tree=apart"
            return
        yield f"tree={min(up[path[meet]], 4)},{min(meet, 4)}"
        verb = self.setting.clauses.verb(mention.last)
        bond = "none" if verb is None else self._bond(verb.i, path)
        yield f"verb={bond}"
        yield f"verb={bond}:{self.setting.clauses.tense(mention.last)}:{self.tense}"

    def _bond(self, verb: int, path: list[int]) -> str:
        """How the verb of a time stands to the verb of the value."""
        if verb == self.verb:
            return "same"
        return "above" if verb in self.path else "below" if self.verb in path else "apart"

    def opening(self) -> Iterator[str]:
        """Whether the sentence goes on with what the one before it spoke of."""
        start, end = self.setting.range_of(self.sentence)
        words = self.setting.clauses.doc[start : min(start + 4, end)]
        if any(token.tag_ in ("PRP", "PRP$") or "pointing" in self.setting.clauses.roles[token.i] for token in words):
            yield "goes-on"


def _season(published: date | None) -> str:
    if published is None:
        return "undated"
    return "early" if published.month <= 2 else "late" if published.month == 12 else "mid"


def _each_once(mentions: list[Mention]) -> list[Mention]:
    """Keep the first mention of each period."""
    first: dict[Period, Mention] = {}
    for mention in mentions:
        first.setdefault(mention.period, mention)
    return list(first.values())
