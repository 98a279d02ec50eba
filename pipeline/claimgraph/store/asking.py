"""Find observations from plain words: match on measure, entity and year; no language model."""

import re
from calendar import month_name
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from claimgraph.graph.lexicons import lexicons
from claimgraph.graph.words import find_phrases, stems
from claimgraph.store.observations import summary_from_row
from claimgraph.store.results import Summary
from claimgraph.store.schema import observation, question, word
from claimgraph.vocab import Kind, Status

__all__ = ["ask"]

_DERIVED = frozenset({Kind.MULTIPLE, Kind.FRACTION, Kind.PERCENT, Kind.PERCENTAGE_POINTS})
_YEAR = re.compile(r"\b(1[89]\d\d|2[01]\d\d)\b")
_QUARTER = re.compile(r"\b[Qq]([1-4])\b")
_ORDINALS = ("first", "second", "third", "fourth")
_HINT = 0.4  # worth of the right kind, or month; a word that is missing costs more
_ROWS = 4_000  # matches read per word; a word with more says little
_LONGEST = 1_000  # characters of a question that are read
_SHORTEST = 4  # letters of a word that may match the beginning of another (defect: defector)


def ask(connection: Connection, text: str, limit: int) -> list[Summary]:
    """Return the observations that a question in plain words may mean, the best match first.

    Every word that an observation has, itself or under the name of its measure, counts one; a beginning of one of its
    words counts a little less. Words that the graph has nowhere count nothing. An observation must have half of the
    others. What kind of quantity the question is after, and a month or quarter that it names, count a little each.
    Ties go to facts before forecasts, amounts before shares, and then to the observation with more claims.
    """
    years = {int(year) for year in _YEAR.findall(text)}
    scores: defaultdict[int, float] = defaultdict(float)
    asked = 0
    for names in _meanings(_YEAR.sub(" ", text[:_LONGEST])):
        found: dict[int, float] = {}
        for name in sorted(names):
            for id, worth in _matches(connection, name, years).items():
                found[id] = max(worth, found.get(id, 0.0))
        asked += bool(found)
        for id, worth in found.items():
            scores[id] += worth
    wanted = _Wanted(kinds=_kinds(text[:_LONGEST]), periods=_periods(text[:_LONGEST], years))
    return _best(connection, scores, asked, wanted, limit)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a question says besides its words: kinds of quantity, and beginnings of periods (`2012-09`)."""

    kinds: frozenset[str]
    periods: tuple[str, ...]

    def bonus(self, summary: Summary) -> float:
        """Rate how well an observation fits."""
        kind = _HINT if summary.kind in self.kinds else 0.0
        return kind + (_HINT if self.periods and (summary.period or "").startswith(self.periods) else 0.0)


def _kinds(text: str) -> frozenset[str]:
    found = {name for name, _, _ in find_phrases(stems(text), lexicons().cues["asks", "subject"])}
    return frozenset(found | ({str(Kind.FRACTION), str(Kind.RATE)} if str(Kind.PERCENT) in found else set()))


def _periods(text: str, years: set[int]) -> tuple[str, ...]:
    """Return the months and quarters that a question names, of the years that it names."""
    found = {f"-{number:02}" for number, name in enumerate(month_name) if name and name in text.title()}
    found |= {f"-Q{digit}" for digit in _QUARTER.findall(text)}
    found |= {f"-Q{number}" for number, name in enumerate(_ORDINALS, start=1) if f"{name} quarter" in text.lower()}
    return tuple(f"{year}{part}" for year in sorted(years) for part in sorted(found))


def _meanings(text: str) -> list[set[str]]:
    """Return, for every word that says something, the stems under which observations may have it."""
    tables = lexicons()
    words = [item for item in stems(text) if item not in tables.stop]
    names = [{item} for item in words]
    for table in (tables.synonyms, *tables.measure_words.values()):
        for name, first, last in find_phrases(words, table):
            for at in range(first, last):
                names[at].update(stems(name))
    return names


def _matches(connection: Connection, item: str, years: set[int]) -> dict[int, float]:
    """Return what each question that has the word, or one that begins alike, gets for it."""
    found: dict[int, float] = {}
    wanted = select(word.c.question, word.c.word).where(_alike(item)).limit(_ROWS)
    if years:
        wanted = wanted.where(word.c.year.in_([*years, 0]))
    for id, text in connection.execute(wanted):
        found[id] = max(found.get(id, 0.0), 1.0 if text == item else len(item) / max(len(text), len(item)) * 0.9)
    return found


def _alike(item: str) -> ColumnElement[bool]:
    if len(item) < _SHORTEST:
        return word.c.word == item
    beginning = item[: max(_SHORTEST, len(item) - 2)]
    return or_(word.c.word == item, and_(word.c.word >= beginning, word.c.word < beginning + "\uffff"))


def _best(connection: Connection, scores: dict[int, float], asked: int, wanted: _Wanted, limit: int) -> list[Summary]:
    best = sorted(scores, key=lambda id: -scores[id])[:500]
    rows = connection.execute(
        select(question.c.id.label("question"), observation)
        .join(observation, observation.c.id == question.c.observation)
        .where(question.c.id.in_(best))
    ).all()
    ranked: dict[str, tuple[float, Summary]] = {}
    for row in rows:
        score = scores[row.question]
        if score >= asked / 2:
            summary = summary_from_row(row)
            ranked[row.key] = max(
                ranked.get(row.key, (0.0, summary)), (score + wanted.bonus(summary), summary), key=_score
            )
    ordered = sorted(ranked.values(), key=lambda item: (-round(item[0], 2), *_rank(item[1])))
    return [summary for _, summary in ordered[:limit]]


def _score(item: tuple[float, Summary]) -> float:
    return item[0]


def _rank(summary: Summary) -> tuple[bool, bool, int, str]:
    """Put what happened before forecasts, and amounts before shares and multiples of them."""
    return summary.status != Status.ASSERTED, summary.kind in _DERIVED, -summary.claims, summary.key
