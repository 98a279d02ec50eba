"""Read an article once for all its quantities: its words, its times, and what it is about."""

from bisect import bisect_left

from spacy.tokens import Doc

from claimgraph.records import Article, Quantity
from claimgraph.stages.timing.calendar import Period
from claimgraph.stages.timing.candidates import RepeatKey, Setting, holds_on, reference, repeat_key
from claimgraph.stages.timing.clauses import Clauses
from claimgraph.stages.timing.expressions import Expression, Finder
from claimgraph.stages.timing.lexicon import Meaning
from claimgraph.stages.timing.timeline import Mention, Role, make_timeline, published_day
from claimgraph.vocab import Kind

__all__ = ["read_setting"]

_PARTS = {Meaning.HALF, Meaning.QUARTER, Meaning.PART_OF_YEAR}
_CLOSE = 10  # tokens between a value and the time that is told with it
_REPEATS = 3  # statements of one value whose times are kept
_MATCH_REPORT = 4  # words of sport from which on halves and quarters are those of a match


def read_setting(
    doc: Doc,
    article: Article,
    quantities: tuple[Quantity, ...],
    finder: Finder,
    cues: dict[str, frozenset[str]],
) -> Setting:
    """Find and resolve the times of an article.

    A time expression never covers the value of a quantity, save of a duration (*the 12 months to June*).
    """
    taken = [quantity for quantity in quantities if quantity.kind is not Kind.DURATION]
    found = finder.find(doc.text, taken)
    clauses = Clauses(doc, cues, quantities, found)
    sentences, sentence_of = _number_sentences(doc)
    told = [e for e in found if not _is_part_of_match(e, clauses)]
    published = published_day(article)
    mentions = make_timeline(told, clauses, sentence_of, published)
    thread = [mention for mention in mentions if holds_on(mention)]
    return Setting(
        clauses=clauses,
        mentions=mentions,
        starts=[mention.first for mention in mentions],
        thread=thread,
        thread_starts=[mention.first for mention in thread],
        sentence_of=sentence_of,
        sentences=sentences,
        title_end=len(article.title),
        published=published,
        reference=reference(thread, published),
        repeats=_repeats(quantities, clauses, mentions, sentence_of),
    )


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


def _stands_by(mention: Mention, clauses: Clauses, last: int, sentence_of: list[int]) -> bool:
    """Whether a time follows a value closely in its sentence, with no other value or comparison between them."""
    between = any(clauses.between(what, last + 1, mention.first) for what in ("value", "comparator", "bracket"))
    near = mention.sentence == sentence_of[last] and mention.first - last <= _CLOSE
    return near and not between and mention.role not in (Role.BASELINE, Role.REPORT)


def _number_sentences(doc: Doc) -> tuple[list[int], list[int]]:
    """First tokens of the sentences, and the sentence number of every token."""
    starts: list[int] = []
    numbers: list[int] = []
    for token in doc:
        if token.is_sent_start or token.i == 0:
            starts.append(token.i)
        numbers.append(len(starts) - 1)
    return starts, numbers


def _is_part_of_match(expression: Expression, clauses: Clauses) -> bool:
    bare = expression.meaning in _PARTS and not {"year", "deictic", "fiscal"} & expression.parts.keys()
    return bare and clauses.between("sport", 0, len(clauses.doc)) >= _MATCH_REPORT
