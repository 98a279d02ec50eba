"""Read an article once for all its quantities: its words, its times, and what it is about."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy
from spacy.tokens import Doc

from claimgraph.records import Article, Quantity
from claimgraph.stages import columns
from claimgraph.stages.base import text_of
from claimgraph.stages.timing.calendar import Grain, Period
from claimgraph.stages.timing.clauses import Clauses, Cues
from claimgraph.stages.timing.expressions import Expression, Finder
from claimgraph.stages.timing.lexicon import Meaning
from claimgraph.stages.timing.timeline import Mention, Role, make_timeline, published_day
from claimgraph.vocab import Kind

__all__ = ["Setting", "read_setting", "repeat_key"]

_PARTS = {Meaning.HALF, Meaning.QUARTER, Meaning.PART_OF_YEAR}
_RECENT = 30  # days
_CLOSE = 10  # tokens between a value and the time that is told with it
_REPEATS = 3  # statements of one value whose times are kept
_MATCH_REPORT = 4  # words of sport from which on halves and quarters are those of a match
_ASIDE = {Meaning.SINCE, Meaning.AGO, Meaning.UNIT_EARLIER, Meaning.TRAILING, Meaning.DECADE, Meaning.UNITS_EARLIER}
_LEAD_SENTENCES = 5
_LONG = ("year", "month")  # units of durations that may span the time of a value
_LEAD = 12  # mentions of title and lead that are kept

RepeatKey = tuple[object, ...]


def repeat_key(quantity: Quantity) -> RepeatKey:
    """What two statements of one value share."""
    return quantity.low, quantity.high, quantity.kind, quantity.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is the same for all quantities of an article.

    mentions: all times, sorted. starts: their first tokens. thread: those that can hold on into later sentences.
    lead: the first of the thread in title and first sentences that stand by values.
    sentence_of: the sentence number of every token. sentences: first tokens of the sentences.
    reference: the time that the article is about, where it says so. surveyed: it is that of a survey.
    share: how much of what the article dates is in its year.
    repeats: sentence and time of values that are told with their time, by value, kind and unit.
    days: the days told of the weeks before publication, in order.
    passing_units: units of what passes (magnitudes, temperatures), unlike sizes and distances, which last.
    lasting_units: counted parts of things, which last too (storeys, lanes).
    durations: token, years and months of each duration that is counted in years or months.
    breaks: the tokens that end a paragraph. told, told_years: how often the thread tells each period and year.
    """

    clauses: Clauses
    mentions: list[Mention]
    starts: list[int]
    thread: list[Mention]
    thread_starts: list[int]
    lead: list[Mention]
    sentence_of: list[int]
    sentences: list[int]
    title_end: int
    published: date | None
    reference: Period | None
    surveyed: bool
    share: float
    repeats: dict[RepeatKey, list[tuple[int, Period]]]
    days: list[Period]
    passing_units: frozenset[str]
    lasting_units: frozenset[str]
    breaks: list[int]
    told: Counter[Period]
    told_years: Counter[int]
    durations: list[tuple[int, int, int]]

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that holds a character."""
        return self.sentence_of[self.clauses.at(offset)]

    def range_of(self, sentence: int) -> tuple[int, int]:
        """Return the tokens of a sentence."""
        last = sentence + 1 >= len(self.sentences)
        return self.sentences[sentence], len(self.sentence_of) if last else self.sentences[sentence + 1]

    def paragraphs(self, start: int, end: int) -> int:
        """Count the paragraphs that end in a range of tokens."""
        return max(bisect_left(self.breaks, end) - bisect_left(self.breaks, start), 0)

    def is_quoted(self, position: int) -> bool:
        """Whether a quotation mark of its paragraph is still open at a token."""
        before = bisect_left(self.breaks, position)
        start = self.breaks[before - 1] if before else 0
        return self.clauses.between("quote", start, position) % 2 == 1


def read_setting(
    doc: Doc,
    article: Article,
    quantities: tuple[Quantity, ...],
    finder: Finder,
    cues: Cues,
) -> Setting:
    """Find and resolve the times of an article.

    A time expression never covers the value of a quantity, save of a duration (*the 12 months to June*).
    """
    taken = [quantity for quantity in quantities if quantity.kind is not Kind.DURATION]
    found = finder.find(text_of(doc), taken)
    clauses = Clauses(doc, cues, quantities, found)
    sentences, sentence_of = _number_sentences(doc)
    told = [e for e in found if not _is_part_of_match(e, clauses)]
    published = published_day(article)
    mentions = make_timeline(told, clauses, sentence_of, published)
    thread = [mention for mention in mentions if _holds_on(mention)]
    about, share = _reference(thread, published)
    return Setting(
        clauses=clauses,
        mentions=mentions,
        starts=[mention.first for mention in mentions],
        thread=thread,
        thread_starts=[mention.first for mention in thread],
        lead=list(islice((m for m in thread if m.bears and m.sentence < _LEAD_SENTENCES), _LEAD)),
        sentence_of=sentence_of,
        sentences=sentences,
        title_end=len(article.title),
        published=published,
        reference=about,
        surveyed=any(mention.surveys for mention in thread),
        share=share,
        days=_days(thread, published),
        passing_units=cues.passing_units,
        lasting_units=cues.lasting_units,
        repeats=_repeats(quantities, clauses, mentions, sentence_of),
        breaks=[i for i in numpy.flatnonzero(doc.to_array(["IS_SPACE"])).tolist() if "\n" in doc[i].text],
        told=Counter(mention.period for mention in thread),
        told_years=Counter(mention.period.year for mention in thread),
        durations=[_length(quantity, clauses) for quantity in quantities if _is_long(quantity)],
    )


def _reference(thread: list[Mention], published: date | None) -> tuple[Period | None, float]:
    """The time that the article is about, and the share of its year in what the article dates.

    It is the days of the latest survey, else the month, quarter, half or year that stands by values most
    often; what stands in the lead counts more.
    """
    surveyed = max((m.period for m in thread if m.surveys), key=lambda period: period.end, default=None)
    if surveyed is not None:
        return surveyed, 1.0
    counts: Counter[Period] = Counter()
    for mention in thread:
        over = published is None or mention.period.start <= published
        if mention.period.grain >= Grain.MONTH and mention.role is not Role.REPORT and over and mention.bears:
            counts[mention.period] += 3 if mention.sentence < _LEAD_SENTENCES else 1
    best = max(counts, key=lambda period: counts[period], default=None)
    same = sum(count for period, count in counts.items() if best and period.year == best.year)
    return best, same / counts.total() if counts else 0.0


def _holds_on(mention: Mention) -> bool:
    """Whether a time can hold on into later sentences; of what was said when, only the day."""
    if mention.role in (Role.OTHER, Role.BASELINE) or mention.expression.meaning in _ASIDE:
        return False
    return mention.role is not Role.REPORT or mention.period.grain is Grain.DAY


def _repeats(
    quantities: tuple[Quantity, ...], clauses: Clauses, mentions: list[Mention], sentence_of: list[int]
) -> dict[RepeatKey, list[tuple[int, Period]]]:
    """The times of the values that are told right with their time, by value; the first few statements of each."""
    starts = [mention.first for mention in mentions]
    found: dict[RepeatKey, list[tuple[int, Period]]] = {}
    for quantity in quantities:
        last = clauses.at(quantity.end - 1)
        at = bisect_left(starts, last)
        held = found.setdefault(repeat_key(quantity), [])
        if at < len(mentions) and len(held) < _REPEATS and _stands_by(mentions[at], clauses, last, sentence_of):
            held.append((sentence_of[last], mentions[at].period))
    return found


def _is_long(quantity: Quantity) -> bool:
    return quantity.kind is Kind.DURATION and quantity.unit in _LONG and (quantity.high or quantity.low or 0) >= 1


def _length(quantity: Quantity, clauses: Clauses) -> tuple[int, int, int]:
    count = int(quantity.high or quantity.low or 0)
    years = quantity.unit == "year"
    return clauses.at(quantity.start), count if years else 0, 0 if years else count


def _days(thread: list[Mention], published: date | None) -> list[Period]:
    """The single days shortly before publication, each once, in order."""
    found = {m.period for m in thread if m.period.grain is Grain.DAY and m.period.start == m.period.end}
    recent = [p for p in found if published is not None and 0 <= (published - p.start).days <= _RECENT]
    return sorted(recent, key=lambda period: period.start)


def _stands_by(mention: Mention, clauses: Clauses, last: int, sentence_of: list[int]) -> bool:
    """Whether a time follows a value closely in its sentence, with no other value or comparison between them."""
    between = any(clauses.between(what, last + 1, mention.first) for what in ("value", "comparator"))
    near = mention.sentence == sentence_of[last] and mention.first - last <= _CLOSE
    return near and not between and mention.role not in (Role.BASELINE, Role.REPORT)


def _number_sentences(doc: Doc) -> tuple[list[int], list[int]]:
    """First tokens of the sentences, and the sentence number of every token."""
    starts: list[int] = []
    numbers: list[int] = []
    for i, starting in enumerate(columns.sentence_starts(doc)):
        if starting or i == 0:
            starts.append(i)
        numbers.append(len(starts) - 1)
    return starts, numbers


def _is_part_of_match(expression: Expression, clauses: Clauses) -> bool:
    bare = expression.meaning in _PARTS and not {"year", "deictic", "fiscal"} & expression.parts.keys()
    return bare and clauses.between("sport", 0, len(clauses.doc)) >= _MATCH_REPORT
