"""From a claim to the question that it answers, in normal form."""

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from math import floor, log10
from typing import Any

from claimgraph.graph.entities import canonical, is_country, name_words
from claimgraph.graph.grouping import group
from claimgraph.graph.lexicons import Lexicons, Table, lexicons, lies_between
from claimgraph.graph.matching import same_question
from claimgraph.graph.memory import Memory
from claimgraph.graph.periods import Period, parse_period
from claimgraph.graph.records import Interval, Question
from claimgraph.graph.units import common_unit
from claimgraph.graph.values import digits, interval
from claimgraph.graph.words import ROOTS, STEMS, find_phrases, raw_tokens, root, stems
from claimgraph.records import Claim
from claimgraph.vocab import Change, Kind, Status

__all__ = ["group", "question", "same_question"]

_BRACKET = re.compile(r"[(\[]\W?[A-Z]{0,3}\W?$")
#: *10-year* notes, *2.0-liter* engines; ages and lengths of things alike.
_TENOR = re.compile(
    r"(?<![\w.,])(\d{1,4}(?:\.\d{1,2})?)-(year|month|week|day|hour|minute|lit(?:er|re)|inch|point|k|kg|mile)s?(?![\w-])"
)
#: A claim keeps at most this many entities, the most specific ones.
_MOST_ENTITIES = 4
#: Days of a period that may still be that of an event whose count runs on.
_LONGEST_EVENT = 45
#: A value with so many significant digits finds its likes without further words.
_TELLING = 3
#: Characters of the sentence that are read before and behind a value.
_REACH = 160
#: A measure that the subject doesn't name is looked for so many words around the value.
_NEAR = 6
#: So many words on each side of a value are the context of a subject that names no measure.
_AROUND = 10
#: Terms of subjects that say who is counted but not what happened to them.
_WHOEVER = frozenset({"person", "child", "woman"})


#: What is a part is one wherever the cue stands; the name is that of a cue.
_PART = "a part"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """Stems of the sentence around a value, up to the neighbouring numbers, nearest last before and first behind.

    reached: before the value and over numbers, as far as is read.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    reached: tuple[str, ...]


def _question(claim: Claim) -> Question:
    """Return the question that a claim answers; a pure function of its fields, the id left out."""
    tables = lexicons()
    stretch = _stretch(claim)
    subject = stems(claim.subject[:400])
    concepts, terms = _measured(claim, stretch, tables)
    period = parse_period(claim.period, claim.year)
    dimension, _, _, _ = common_unit(claim.kind, claim.unit)
    stands, voice = interval(claim), _voice(claim, stretch, tables)
    facets = {
        "measure": " ".join(concepts) or _display(claim),
        "concepts": concepts,
        "terms": terms,
        "noun": _noun(claim, tables),
        "context": () if concepts else _context(claim, stretch, tables),
        "modifiers": _modifiers(claim, stretch, subject, tables),
        "entities": _entities(claim, voice, concepts, tables),
        "period_start": period.start.isoformat() if period else None,
        "period_end": period.end.isoformat() if period else None,
        "grain": period.grain if period else "",
        "year": claim.year or (period.end.year if period else None),
        "kind": str(claim.kind),
        "unit": stands.unit,
        "dimension": dimension,
        "change": _change(claim, concepts),
        "base": _base(claim, stretch, subject, tables),
        "status": _status(claim),
        "voice": voice,
        "vintage": "" if voice else _vintage(claim, stretch, tables),
        "tenor": _tenor(claim),
        "undated": bool(period and claim.published and period.grain == "day" and claim.period == claim.published[:10]),
        "moves": _moves(claim, concepts, period, tables),
        "low": _plain(stands.low),
        "high": _plain(stands.high),
        "stated": _plain(stands.stated),
        "aside": _aside(claim),
        "digits": _telling(claim, stands),
    }
    return Question(key=_digest(facets), blocks=_blocks(facets, stands.stated, period), **facets)  # type: ignore[arg-type]


#: Comparing two claims asks for their questions again.
question = Memory(_question, 4096)


#: What a digest is made of, in its order: every facet but the key and the blocks, which follow from them.
_SORTED = sorted(set(Question.__slots__) - {"key", "blocks"})


def _digest(facets: Mapping[str, object]) -> str:
    content = repr([(name, facets[name]) for name in _SORTED]).encode(errors="surrogatepass")
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _stretch(claim: Claim) -> _Stretch:
    """Cut the words around the value, ending at the neighbouring numbers and out of reach."""
    start = max(0, claim.start - claim.sentence_start)
    end = start + len(claim.value_text)
    before = raw_tokens(claim.sentence[max(0, start - _REACH) : start])
    after = raw_tokens(claim.sentence[end : end + _REACH])
    last = next((at for at in range(len(before) - 1, -1, -1) if before[at][0].isdigit()), -1)
    first = next((at for at, token in enumerate(after) if token[0].isdigit()), len(after))
    reached = tuple(map(STEMS.__getitem__, before))
    return _Stretch(before=reached[last + 1 :], after=tuple(map(STEMS.__getitem__, after[:first])), reached=reached)


def _measured(claim: Claim, stretch: _Stretch, tables: Lexicons) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the measures that the claim names and the other words of its subject, both sorted.

    A subject that says only who is counted (*people*, *others*) takes the measure nearest in the sentence.
    """
    table = tables.measure_words[claim.kind, claim.change]
    words = _subject(claim)
    if claim.kind in (Kind.COUNT, Kind.MEASURE):
        words += stems(claim.unit)
    found = list(find_phrases(words, table))
    concepts = {name for name, _, _ in found}
    covered = {at for _, first, last in found for at in range(first, last)}
    rest = [word for at, word in enumerate(words) if at not in covered]
    terms = _terms([word for word in rest if not concepts or (word,) not in tables.aliases["event"]], claim, tables)
    if not concepts and (set(terms) <= _WHOEVER if claim.kind is Kind.COUNT else not terms):
        concepts = set(_nearest(stretch, table))
    return tuple(sorted(concepts)), terms


def _subject(claim: Claim) -> tuple[str, ...]:
    """Return the stems of the subject; none where it only names who says so."""
    words = stems(claim.subject[:400])
    return () if claim.source and set(words) <= set(stems(claim.source[:400])) else words


def _nearest(stretch: _Stretch, table: Table) -> tuple[str, ...]:
    """Return the phrase nearest to the value, behind it rather than before it; nothing where all are far."""
    near = [(first, name) for name, first, _ in find_phrases(stretch.after, table)]
    near += [(len(stretch.before) - last + 1, name) for name, _, last in find_phrases(stretch.before, table)]
    return (min(near)[1],) if near and min(near)[0] <= _NEAR else ()


def _entities(claim: Claim, voice: str, concepts: tuple[str, ...], tables: Lexicons) -> tuple[str, ...]:
    """Return canonical names; an outsider who forecasts isn't what the forecast is about.

    Nor is a measure in capitals (*NET*, *GDP*) or what restricts one (*Oper*), as tables of figures have them, as
    long as there is another name.
    """
    measures = tables.measure_words[claim.kind, claim.change].longest
    restricting = tables.cues["modifier", "subject"]
    told = claim.entity[:_MOST_ENTITIES]
    named = [name for name in told if not (_in_capitals(name, measures) or (canonical(name),) in restricting)] or told
    names = tuple(dict.fromkeys(map(canonical, named)))
    said = f" {canonical(claim.source or '')} " if voice else ""
    names = tuple(name for name in names if f" {name} " not in said) or names
    if lies_between(concepts):
        return tuple(sorted(names, key=lambda name: (not is_country(name), name if is_country(name) else "")))
    return _nearest_country(claim, names)


def _in_capitals(name: str, words: Collection[str]) -> bool:
    return name.isupper() and canonical(name) in words


def _nearest_country(claim: Claim, names: tuple[str, ...]) -> tuple[str, ...]:
    """Put the country that the sentence names before one that only the article is about."""
    countries = [name for name in names if is_country(name)]
    if len(countries) < 2 or names[0] != countries[0]:
        return names
    words = claim.sentence[:1000].split()
    told = {canonical(" ".join(words[at : at + size])) for at in range(len(words)) for size in (1, 2)}
    if countries[0] in told or told.isdisjoint(countries):
        return names
    return tuple(sorted(names, key=lambda name: name not in told))


def _noun(claim: Claim, tables: Lexicons) -> str:
    """Return the sort of thing that is counted; empty for other kinds and for nouns that are measures (*deaths*)."""
    words = stems(claim.unit)[-1:]
    if claim.kind is not Kind.COUNT or not words:
        return ""
    known = [name for name, _, _ in find_phrases(words, tables.nouns)]
    if known:
        return known[0]
    if words in tables.measure_words[claim.kind, Change.LEVEL]:
        return ""
    return "person" if is_country(canonical(words[0])) else root(words[0])


def _context(claim: Claim, stretch: _Stretch, tables: Lexicons) -> tuple[str, ...]:
    """Return measures, synonyms and roots nearest to the value, as `terms` has them."""
    around = (*_before(claim, stretch), *stretch.after[:_AROUND])
    measures = {name for name, _, _ in find_phrases(around, tables.measure_words[claim.kind, claim.change])}
    return tuple(sorted(measures | set(_terms(around, claim, tables))))


def _before(claim: Claim, stretch: _Stretch) -> tuple[str, ...]:
    """Return the words before a value; a rate, a price or a change is often told after others of the same thing
    (*the yield on 10-year notes rose 5 points to 4%*), so their context reaches over numbers.
    """
    if claim.kind is Kind.COUNT:
        return stretch.before[-_AROUND:]
    return stretch.reached[-2 * _AROUND :]


def _terms(words: Sequence[str], claim: Claim, tables: Lexicons) -> tuple[str, ...]:
    """Return words of the subject, synonyms under one name, without function words and the entities' names."""
    taken: set[str] = set()
    covered: set[int] = set()
    for name, first, last in find_phrases(words, tables.synonyms):
        taken.add(name)
        covered.update(range(first, last))
    names = [canonical(name) for name in claim.entity[:_MOST_ENTITIES]]
    named = {word for name in names for word in name.split()}
    # *North Korean*: the name of a people may take two words
    telling = name_words(words, names)
    for at in range(len(words) - 1 if telling else 0):
        two = words[at : at + 2]
        if not telling.isdisjoint(two) and canonical(" ".join(two)) in names:
            covered |= {at, at + 1}
    kept = {word for at, word in enumerate(words) if at not in covered} if covered else set(words)
    left = {word for word in kept if word not in telling or canonical(word) not in names} if telling else kept
    return tuple(sorted(taken.union(map(ROOTS.__getitem__, left - tables.stop - named))))


def _display(claim: Claim) -> str:
    return " ".join(claim.subject.split())[:80] or claim.unit


def _cues(says: str, stretch: _Stretch, subject: tuple[str, ...], tables: Lexicons) -> tuple[str, ...]:
    """Return the cues of one sort in the places where each may stand, sorted."""
    places = (("subject", subject), ("before", stretch.before[-12:]), ("after", stretch.after[:12]))
    return tuple(
        sorted({name for place, words in places for name, _, _ in find_phrases(words, tables.cues[says, place])})
    )


def _modifiers(claim: Claim, stretch: _Stretch, subject: tuple[str, ...], tables: Lexicons) -> tuple[str, ...]:
    """Return what restricts the measure; a count that the sentence calls a part of another is restricted, too."""
    found = _cues("modifier", stretch, subject, tables)
    if claim.kind is not Kind.COUNT:
        return found
    near = stretch.before[-4:]  # *of them at least 12*
    before = [name for name, _, last in find_phrases(near, tables.cues["part", "before"]) if last >= len(near) - 2]
    after = [name for name, first, _ in find_phrases(stretch.after[:3], tables.cues["part", "after"]) if not first]
    return tuple(sorted({*found, _PART})) if before or after else found


def _change(claim: Claim, concepts: tuple[str, ...]) -> str:
    """Return level or change. Multiples are one question either way (*three times as many*, *tripled*), and so
    are counts of what is itself a change (*3,000 layoffs*, *cut 3,000 jobs*).
    """
    if claim.kind is Kind.MULTIPLE:
        return "level"
    if claim.kind is Kind.COUNT and any(lexicons().measures[name].rising for name in concepts):
        return "change"
    if claim.kind is Kind.COUNT and any(lexicons().measures[name].falling for name in concepts):
        return "change"
    return "level" if claim.change is Change.LEVEL else "change"


def _base(claim: Claim, stretch: _Stretch, subject: tuple[str, ...], tables: Lexicons) -> str:
    if claim.change is Change.LEVEL:
        return ""
    table = tables.cues["base", "after"]
    near = [(first, name) for name, first, _ in find_phrases(stretch.after, table)]
    near += [(len(stretch.before) - last, name) for name, _, last in find_phrases(stretch.before, table)]
    near += [(_NEAR, name) for name, _, _ in find_phrases(subject, table)]
    return min(near)[1] if near else ""


def _status(claim: Claim) -> str:
    """Return the status class: what is denied or asserted is an outcome either way."""
    return "outcome" if claim.status in (Status.ASSERTED, Status.DENIED) else str(claim.status)


def _voice(claim: Claim, stretch: _Stretch, tables: Lexicons) -> str:
    """Say whether outsiders forecast; the source says so, else the sentence. Countries don't forecast themselves."""
    if claim.status is not Status.FORECAST:
        return ""
    if not claim.source and claim.entity and all(is_country(canonical(name)) for name in claim.entity[:_MOST_ENTITIES]):
        return "analysts"
    table = tables.cues["voice", "subject"]
    near = _beside(stretch, tables) if claim.source else stems(claim.sentence[:1000])
    if claim.source and canonical(claim.source) in map(canonical, claim.entity[:_MOST_ENTITIES]):
        near = ()  # its own forecast, whatever it is compared with
    said = [*find_phrases(stems((claim.source or "")[:400]), table), *find_phrases(near, table)]
    return said[0][0] if said else ""


def _beside(stretch: _Stretch, tables: Lexicons) -> tuple[str, ...]:
    """Return the words right beside a value, up to what it is compared with."""
    after = stretch.after[:_NEAR]
    stop = min((first for _, first, _ in find_phrases(after, tables.cues["before", "before"])), default=len(after))
    return (*stretch.before[-_NEAR:], *after[:stop])


def _vintage(claim: Claim, stretch: _Stretch, tables: Lexicons) -> str:
    """Tell the guidance or plan that another one replaced, and what a value moved from."""
    if claim.status not in (Status.FORECAST, Status.TARGET):
        near = stretch.before[-3:]
        ends = [last for _, _, last in find_phrases(near, tables.cues["before", "before"])]
        return "before" if ends and ends[-1] >= len(near) - 1 else ""
    places = (("before", stretch.before[-6:]), ("after", stretch.after[:4]))
    cues = (find_phrases(words, tables.cues["previous", place]) for place, words in places)
    return "previous" if any(True for found in cues for _ in found) else ""


def _tenor(claim: Claim) -> str:
    """Return the compound of number and unit nearest to the value, in the subject sooner than in the sentence."""
    start = claim.start - claim.sentence_start
    end = start + len(claim.value_text)
    for text, at in ((claim.subject[:400], 0), (claim.sentence, start)):
        if "-" not in text:
            continue
        found = [
            match
            for match in _TENOR.finditer(text)
            if text is not claim.sentence or match.end() <= start or match.start() >= end
        ]
        near = [(max(at - match.end(), match.start() - at), match) for match in found]
        if near and (best := min(near, key=lambda item: item[0]))[0] <= _REACH:
            return " ".join(best[1].groups()).lower()
    return ""


def _telling(claim: Claim, stands: Interval) -> int:
    """Count digits, and half of the trailing zeros where they are size (*4 million* tells more than *4*)."""
    stated, stated_digits = stands.stated, digits(stands.stated)
    if stands.vague:
        return 1
    if claim.kind not in (Kind.COUNT, Kind.MONEY, Kind.MEASURE) or abs(stated) < 100:
        return stated_digits
    return stated_digits + max(0, stated.adjusted() + 1 - stated_digits) // 2


def _aside(claim: Claim) -> bool:
    """Tell whether the value stands right behind an opening bracket, a currency sign at most between."""
    start = max(0, claim.start - claim.sentence_start)
    before = claim.sentence[max(0, start - 5) : start]
    return bool(_BRACKET.search(before))


def _moves(claim: Claim, concepts: tuple[str, ...], period: Period | None, tables: Lexicons) -> str:
    """Return how later reports move the value: by its measure, else either way for a count as of one day."""
    if period and period.days > _LONGEST_EVENT and (claim.published or "9999")[:10] > period.end.isoformat():
        return ""  # a statistic of a year or quarter that is over
    found = {tables.measures[name].moves for name in concepts} - {""}
    if found:
        return found.pop() if len(found) == 1 else "either"
    counted = claim.kind is Kind.COUNT and claim.change is Change.LEVEL and claim.status is Status.ASSERTED
    return "either" if counted and not concepts and period and period.grain == "day" else ""


def _blocks(facets: Mapping[str, Any], stated: Decimal, period: Period | None) -> tuple[str, ...]:
    """Return blocking keys: measure, entity and time; and the value with one of them, or alone where it is telling."""
    sort = "money" if facets["kind"] == "money" else facets["dimension"]
    names = (facets["concepts"] or facets["terms"] or ("",))[:2]
    entities = tuple(name.split()[-1] for name in facets["entities"][:3] if name) or ("",)
    times = _times(period, facets["moves"] or facets["tenor"])
    keys = [f"{sort}|{names[0]}|{entity}|{time}" for entity in entities for time in times]
    keys += [f"{sort}|{name}|{entities[0]}|{times[0]}" for name in names[1:]]
    keys += [f"{sort}|~{size}|{entity}|{times[0]}" for size in _sizes(stated) for entity in entities[:2]]
    value = f"{sort}|={round(stated, 2 - stated.adjusted()).normalize():f}|{facets['year']}"
    keys += [f"{value}|{names[0]}", f"{value}|{entities[0]}"]
    if digits(stated) >= _TELLING:
        keys.append(value)
    return tuple(dict.fromkeys(keys))


def _sizes(stated: Decimal) -> tuple[int, int]:
    """Return the nearest two sizes of a value, so that values less than a factor of 1.8 apart always share one."""
    position = 2 * log10(abs(stated)) if stated else -99.0
    return floor(position - 0.5), floor(position + 0.5)


def _times(period: Period | None, moves: str) -> tuple[str, ...]:
    """Return the months or years under which a period is found; what moves is also found a month later."""
    if period is None:
        return ("",)
    first, last = period.start.isoformat()[:4], period.end.isoformat()[:4]
    if period.days > 31 and not (moves and period.days < 120):
        return (last,) if first == last else (first, last)
    following = period.end.replace(day=28) + timedelta(days=4)
    month = period.end.isoformat()[:7]
    return (month, following.isoformat()[:7]) if moves else (month,)
