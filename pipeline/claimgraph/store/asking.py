"""Find observations from plain words: match on measure, entity and year; no language model."""

import re
from calendar import month_name
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from claimgraph.graph.lexicons import lexicons
from claimgraph.graph.words import find_phrases, stems
from claimgraph.store.many import rows_where
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
_CLOSER = 500  # questions that are looked at closer, the likeliest first
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
    meanings = _meanings(_YEAR.sub(" ", text[:_LONGEST]))
    found = [_having(connection, names, years) for names in meanings]
    likely: defaultdict[int, float] = defaultdict(float)
    for ids in found:
        for id, worth in ids.items():
            likely[id] += worth + 1 / len(ids)  # among equals, who has the rare words is worth a closer look
    best = sorted(likely, key=lambda id: (-likely[id], id))[:_CLOSER]
    scores = _scores(connection, best, [names for names, ids in zip(meanings, found, strict=True) if ids])
    wanted = _Wanted(kinds=_kinds(text[:_LONGEST]), periods=_periods(text[:_LONGEST], years))
    return _best(connection, scores, sum(map(bool, found)), wanted, limit)


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


def _having(connection: Connection, names: Collection[str], years: set[int]) -> dict[int, float]:
    """Return the questions that have a word, by one of its names, and what each gets for it; of a common word some."""
    found: dict[int, float] = {}
    for name in sorted(names):
        wanted = select(word.c.question, word.c.word).where(_alike(name)).limit(_ROWS)
        if years:
            wanted = wanted.where(word.c.year.in_([*years, 0]))
        for id, text in connection.execute(wanted):
            found[id] = max(_worth(name, text), found.get(id, 0.0))
    return found


def _scores(connection: Connection, ids: Sequence[int], meanings: Sequence[Collection[str]]) -> dict[int, float]:
    """Look closer at questions: add up what each gets for its words, common ones included."""
    words: defaultdict[int, set[str]] = defaultdict(set)
    for id, text in rows_where(connection, (word.c.question, word.c.word), word.c.question, ids):
        words[id].add(text)
    return {
        id: sum(max((_worth(name, text) for name in names for text in words[id]), default=0.0) for names in meanings)
        for id in ids
    }


def _worth(name: str, text: str) -> float:
    """Rate a word of a question by a word that is asked for: one, a little less where only the beginning is alike."""
    if text == name:
        return 1.0
    if len(name) < _SHORTEST or not text.startswith(_beginning(name)):
        return 0.0
    return len(name) / max(len(text), len(name)) * 0.9


def _beginning(name: str) -> str:
    return name[: max(_SHORTEST, len(name) - 2)]


def _alike(item: str) -> ColumnElement[bool]:
    if len(item) < _SHORTEST:
        return word.c.word == item
    beginning = _beginning(item)
    return or_(word.c.word == item, and_(word.c.word >= beginning, word.c.word < beginning + "\uffff"))


def _best(connection: Connection, scores: dict[int, float], asked: int, wanted: _Wanted, limit: int) -> list[Summary]:
    best = [id for id, score in scores.items() if score >= asked / 2]
    rows = connection.execute(
        select(question.c.id.label("question"), observation)
        .join(observation, observation.c.id == question.c.observation)
        .where(question.c.id.in_(best))
    ).all()
    ranked: dict[str, tuple[float, Summary]] = {}
    for row in rows:
        summary = summary_from_row(row)
        score = scores[row.question] + wanted.bonus(summary)
        ranked[row.key] = max(ranked.get(row.key, (0.0, summary)), (score, summary), key=_score)
    ordered = sorted(ranked.values(), key=lambda item: (-round(item[0], 2), *_rank(item[1])))
    return [summary for _, summary in ordered[:limit]]


def _score(item: tuple[float, Summary]) -> float:
    return item[0]


def _rank(summary: Summary) -> tuple[bool, bool, int, str]:
    """Put what happened before forecasts, and amounts before shares and multiples of them."""
    return summary.status != Status.ASSERTED, summary.kind in _DERIVED, -summary.claims, summary.key
