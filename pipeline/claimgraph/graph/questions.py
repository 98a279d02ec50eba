"""From a claim to the question that it answers, in normal form."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from claimgraph.graph.entities import canonical
from claimgraph.graph.grouping import group
from claimgraph.graph.lexicons import Lexicons, lexicons
from claimgraph.graph.matching import same_question
from claimgraph.graph.periods import Period, parse_period
from claimgraph.graph.records import Question
from claimgraph.graph.units import common_unit
from claimgraph.graph.values import digits, interval
from claimgraph.graph.words import find_phrases, stem, tokenize
from claimgraph.records import Claim
from claimgraph.vocab import Change, Kind, Status

__all__ = ["group", "question", "same_question"]

#: A claim keeps at most this many entities, the most specific ones.
_MOST_ENTITIES = 4
#: Characters of the sentence that are read before and behind a value.
_REACH = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """Stems of the sentence around a value, up to the neighbouring numbers, nearest last before and first behind."""

    before: tuple[str, ...]
    after: tuple[str, ...]


def question(claim: Claim) -> Question:
    """Return the question that a claim answers; a pure function of its fields, the id left out."""
    tables = lexicons()
    stretch = _stretch(claim)
    subject = tuple(stem(token) for token, _, _ in tokenize(claim.subject[:400]))
    unit = tuple(stem(token) for token, _, _ in tokenize(claim.unit)) if claim.kind is Kind.COUNT else ()
    concepts = _concepts(claim, subject, unit, stretch, tables)
    terms = _terms((*subject, *unit), tables)
    period = parse_period(claim.period, claim.year)
    dimension, _, _, _ = common_unit(claim.kind, claim.unit)
    stands = interval(claim)
    facets = {
        "measure": " ".join(concepts) or _display(claim),
        "concepts": concepts,
        "terms": terms,
        "modifiers": _cues("modifier", stretch, subject, tables),
        "entities": tuple(dict.fromkeys(canonical(name) for name in claim.entity[:_MOST_ENTITIES])),
        "period_start": period.start.isoformat() if period else None,
        "period_end": period.end.isoformat() if period else None,
        "grain": period.grain if period else "",
        "year": claim.year or (period.end.year if period else None),
        "kind": str(claim.kind),
        "unit": stands.unit,
        "dimension": dimension,
        "change": _change(claim),
        "base": _base(claim, stretch, subject, tables),
        "status": _status(claim),
        "voice": _voice(claim, tables),
        "vintage": _vintage(stretch, tables),
        "moves": _moves(concepts, tables),
        "low": _plain(stands.low),
        "high": _plain(stands.high),
        "digits": digits(stands.stated),
    }
    return Question(key=_digest(facets), blocks=_blocks(facets, stands.stated, period), **facets)  # type: ignore[arg-type]


def _digest(facets: Mapping[str, object]) -> str:
    content = repr(sorted(facets.items())).encode(errors="surrogatepass")
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _stretch(claim: Claim) -> _Stretch:
    """Cut the words around the value, ending at the neighbouring numbers and out of reach."""
    start = max(0, claim.start - claim.sentence_start)
    end = start + len(claim.value_text)
    before = [token for token, _, _ in tokenize(claim.sentence[max(0, start - _REACH) : start])]
    after = [token for token, _, _ in tokenize(claim.sentence[end : end + _REACH])]
    last = max((at for at, token in enumerate(before) if token[0].isdigit()), default=-1)
    first = next((at for at, token in enumerate(after) if token[0].isdigit()), len(after))
    return _Stretch(before=tuple(map(stem, before[last + 1 :])), after=tuple(map(stem, after[:first])))


def _concepts(
    claim: Claim, subject: tuple[str, ...], unit: tuple[str, ...], stretch: _Stretch, tables: Lexicons
) -> tuple[str, ...]:
    """Name the measures in the subject; where it names none and counts people or things, the nearest around it."""
    found = {name for name, _, _ in find_phrases(subject, tables.measure_words)}
    found |= {name for name, _, _ in find_phrases(unit, tables.measure_words)}
    if found or claim.kind not in (Kind.COUNT, Kind.PERCENT, Kind.FRACTION, Kind.MEASURE):
        return tuple(sorted(found))
    near = [(first, name) for name, first, _ in find_phrases(stretch.after, tables.measure_words)]
    near += [
        (len(stretch.before) - last + 1, name) for name, _, last in find_phrases(stretch.before, tables.measure_words)
    ]
    return (min(near)[1],) if near and min(near)[0] <= 6 else ()


def _terms(words: tuple[str, ...], tables: Lexicons) -> tuple[str, ...]:
    """Return the other words of the subject, synonyms under one name, without function words."""
    taken: set[str] = set()
    covered: set[int] = set()
    for name, first, last in find_phrases(words, tables.synonyms):
        taken.add(name)
        covered.update(range(first, last))
    taken |= {word for at, word in enumerate(words) if at not in covered and word not in tables.stop}
    return tuple(sorted(taken))


def _display(claim: Claim) -> str:
    return " ".join(claim.subject.split())[:80] or claim.unit


def _cues(says: str, stretch: _Stretch, subject: tuple[str, ...], tables: Lexicons) -> tuple[str, ...]:
    """Return the cues of one sort in the places where each may stand, sorted."""
    places = (("subject", subject), ("before", stretch.before[-12:]), ("after", stretch.after[:12]))
    return tuple(
        sorted({name for place, words in places for name, _, _ in find_phrases(words, tables.cues[says, place])})
    )


def _change(claim: Claim) -> str:
    """Return level or change; multiples are one question either way (*three times as many*, *tripled*)."""
    return "level" if claim.change is Change.LEVEL or claim.kind is Kind.MULTIPLE else "change"


def _base(claim: Claim, stretch: _Stretch, subject: tuple[str, ...], tables: Lexicons) -> str:
    if claim.change is Change.LEVEL:
        return ""
    table = tables.cues["base", "after"]
    near = [(first, name) for name, first, _ in find_phrases(stretch.after, table)]
    near += [(len(stretch.before) - last, name) for name, _, last in find_phrases(stretch.before, table)]
    near += [(0, name) for name, _, _ in find_phrases(subject, table)]
    return min(near)[1] if near else ""


def _status(claim: Claim) -> str:
    """Return the status class: what is denied or asserted is an outcome either way."""
    return "outcome" if claim.status in (Status.ASSERTED, Status.DENIED) else str(claim.status)


def _voice(claim: Claim, tables: Lexicons) -> str:
    """Say whether outsiders forecast; the source says so, else the sentence."""
    if claim.status is not Status.FORECAST:
        return ""
    table = tables.cues["voice", "subject"]
    words = tuple(stem(token) for token, _, _ in tokenize(claim.source or claim.sentence[:1000]))
    return next((name for name, _, _ in find_phrases(words, table)), "")


def _vintage(stretch: _Stretch, tables: Lexicons) -> str:
    places = (("before", stretch.before[-4:]), ("after", stretch.after[:4]))
    cues = (find_phrases(words, tables.cues["previous", place]) for place, words in places)
    return "previous" if any(True for found in cues for _ in found) else ""


def _moves(concepts: tuple[str, ...], tables: Lexicons) -> str:
    found = [tables.measures[name].moves for name in concepts if tables.measures[name].moves]
    return "" if not found else found[0] if len(set(found)) == 1 else "either"


def _blocks(facets: Mapping[str, object], stated: Decimal, period: Period | None) -> tuple[str, ...]:
    """Return blocking keys: measure and entity and year, and the value itself."""
    year = facets["year"]
    entities = facets["entities"]
    assert isinstance(entities, tuple)  # noqa: S101 - for the type checker
    keys = [f"{facets['dimension']}|{entity.split()[-1]}|{year}" for entity in entities[:3] if entity]
    rounded = round(stated, 1 - stated.adjusted()) if stated else stated
    keys.append(f"{facets['dimension']}|={rounded.normalize():f}|{year}")
    return tuple(keys)
