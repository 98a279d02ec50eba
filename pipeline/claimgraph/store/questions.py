"""Find the observation of every question through indexes, and regroup what a new or lost question touches.

A question is compared with the questions that share a block with it; verdicts "the same" are edges. Grouping is a
pure function of a connected component of edges, so the observations do not depend on the order of arrival; the work
for one article depends on its candidates and their groups, not on the size of the graph or of a component.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, select

from claimgraph.store.candidates import link, load_questions
from claimgraph.store.crowds import both_ways, close, crowded, gaps, later, lead
from claimgraph.store.many import delete_rows, insert_rows, next_id, rows_where, update_rows
from claimgraph.store.questionrows import QuestionRow, block_hashes
from claimgraph.store.regions import grouped
from claimgraph.store.rows import chunks
from claimgraph.store.schema import (
    claim,
    edge,
    observation,
    question,
    question_block,
    question_sketch,
    standing,
    ungrouped,
    word,
)

if TYPE_CHECKING:
    from claimgraph.store.ahead import Ahead

__all__ = [
    "Added",
    "Regrouped",
    "add_questions",
    "create_observations",
    "existing",
    "insert_questions",
    "prune_questions",
    "regroup",
    "regroup_large",
]


#: Questions of a region above which it is grouped once a batch.
_LARGE = 100


@dataclass(frozen=True, slots=True)
class Added:
    """Questions that were wanted.

    ids: by key. new: those that were not there, by id. linked: those of them that are one with another question.
    moved: older questions that have other pairs now.
    """

    ids: dict[str, int]
    new: dict[int, QuestionRow] = field(default_factory=dict)
    linked: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)


def add_questions(connection: Connection, wanted: Mapping[str, QuestionRow], ahead: "Ahead | None" = None) -> Added:
    """Find questions by key and link the new ones with their candidates.

    A new one has no row yet: `regroup` writes it with its observation, or `insert_questions` without one.
    ahead: what another process found of them.
    """
    rows = rows_where(connection, (question.c.key, question.c.id), question.c.key, wanted)
    ids: dict[str, int] = dict(rows)
    missing = [wanted[key] for key in sorted(wanted.keys() - ids.keys())]
    if not missing:
        return Added(ids)
    new = dict(enumerate(missing, start=next_id(connection, question)))
    insert_rows(connection, word, ("word", "year", "question"), _words(new))
    large = crowded(new)
    last = later(new, large)
    compared = {id: item for id, item in new.items() if id not in last} if last else new
    found = lead(connection, new, large, link(connection, compared, ahead and ahead.still(connection, compared)))
    edges = sorted(both_ways(found.pairs))
    insert_rows(connection, edge, ("a", "b", "confidence"), edges)
    linked = {a for a, _, _ in edges if a in new}
    return Added(ids | {item.key: id for id, item in new.items()}, new, linked, found.moved)


def _words(new: Mapping[int, QuestionRow]) -> list[tuple[str, int, int]]:
    """Return the rows of words, those of one word in a row, as the table has them: it is written page by page."""
    rows: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for id, item in new.items():
        for text in item.words:
            rows[text].append((text, item.year, id))
    return [row for text in sorted(rows) for row in rows[text]]


def insert_questions(connection: Connection, new: Mapping[int, QuestionRow], belongs: Mapping[int, int]) -> None:
    """Insert new questions; `belongs` gives the observations of those that have one."""
    rows = [(id, item.key, item.facets, belongs.get(id, 0)) for id, item in new.items()]
    insert_rows(connection, question, ("id", "key", "facets", "observation"), rows)


def existing(connection: Connection, ids: Collection[int]) -> set[int]:
    """Return those of the questions that are still asked."""
    return {id for (id,) in rows_where(connection, (question.c.id,), question.c.id, ids)}


def prune_questions(
    connection: Connection, suspects: Collection[int], new: Mapping[int, QuestionRow]
) -> tuple[set[int], set[int]]:
    """Remove those of the suspects that no claim asks any more, with all that hung on them.

    Args:
        connection: of a writer.
        suspects: questions that lost a claim.
        new: questions of this transaction that may have no row yet.

    Returns:
        those that the removed were grouped with, or whose pairs changed, and the observations that the removed belonged
        to. A group hangs together by pairs and by what people say, so it is enough to name neighbours.
    """
    orphans = set(suspects)
    for part in chunks(suspects):
        orphans.difference_update(connection.scalars(select(claim.c.question).where(claim.c.question.in_(part))))
    pairs = rows_where(connection, (edge.c.b, edge.c.a), edge.c.a, sorted(orphans))
    left = gaps(connection, orphans, pairs, new)
    observations: set[int] = set()
    for part in chunks(orphans):
        observations.update(connection.scalars(select(question.c.observation).where(question.c.id.in_(part))))
        _forget_blocks(connection, part)
        for column in (
            question_sketch.c.question,
            word.c.question,
            ungrouped.c.question,
            edge.c.a,
            question.c.id,
        ):
            connection.execute(delete(column.table).where(column.in_(part)))
    _delete_edges(connection, pairs)
    neighbours = {neighbour for neighbour, _ in pairs} - orphans
    rows = rows_where(connection, (question.c.id, question.c.observation), question.c.id, sorted(neighbours))
    moved = close(connection, left, new)
    return moved.union(id for id, observation in rows if observation in observations), observations


def _forget_blocks(connection: Connection, ids: Collection[int]) -> None:
    known = load_questions(connection, ids)
    blocks = [(block, id) for id, item in known.items() for block in block_hashes(item)]
    delete_rows(connection, question_block, ("block", "question"), blocks)


def _delete_edges(connection: Connection, pairs: Iterable[tuple[int, int]]) -> None:
    by_start: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in pairs:
        by_start[a].append(b)
    for a, ends in by_start.items():
        for part in chunks(ends):
            connection.execute(delete(edge).where(edge.c.a == a, edge.c.b.in_(part)))


@dataclass(frozen=True, slots=True)
class Regrouped:
    """Which observations have other questions now.

    touched: observations whose questions changed.
    born: observations that have no row yet, by id, with their questions, all of which are new; keys: their keys.
    """

    touched: set[int]
    born: dict[int, list[int]] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)


def regroup(
    connection: Connection,
    seeds: Collection[int],
    emptied: Collection[int],
    run: int,
    *,
    new: Mapping[int, QuestionRow] | None = None,
    alone: Collection[int] = (),
    largest: float | None = None,
) -> Regrouped:
    """Group anew what the seeds touch, and write which observation each question belongs to.

    Args:
        connection: of a writer.
        seeds: questions that are new, or whose neighbour is gone.
        emptied: observations that lost a question and may have none left.
        run: that creates new observations.
        new: questions of this transaction, which are written here; observations that consist of them are left to the
            caller to write. alone: those of them that are one with no other question; they are no seeds.
        largest: questions of a region that is grouped now; larger ones wait for `regroup_large`. None: `_LARGE`.
    """
    new = new or {}
    found = grouped(connection, seeds, new, _LARGE if largest is None else largest)
    insert_rows(connection, ungrouped, ("question",), [(id,) for id in sorted(found.later)], new_only=True)
    parts = found.parts + [[id] for id in found.later if not found.before[id]] + [[id] for id in alone]
    keys, before = ({**found.keys, **{id: new[id].key for id in alone}}, {**found.before, **dict.fromkeys(alone, 0)})
    return _write(connection, parts, keys, before, emptied, run, new)


def regroup_large(connection: Connection, run: int) -> set[int]:
    """Group the large regions that changed since they were last grouped; return the observations that changed."""
    waiting = set(connection.scalars(select(ungrouped.c.question)))
    connection.execute(ungrouped.delete())
    return regroup(connection, waiting, (), run, largest=inf).touched if waiting else set()


def _write(
    connection: Connection,
    parts: Collection[Collection[int]],
    keys: Mapping[int, str],
    before: Mapping[int, int],
    emptied: Collection[int],
    run: int,
    new: Mapping[int, QuestionRow],
) -> Regrouped:
    """Move questions to the observations that they belong to now; say which observations changed."""
    keyed = {min(keys[id] for id in part): part for part in parts}
    rows = rows_where(connection, (observation.c.key, observation.c.id), observation.c.key, keyed)
    ids: dict[str, int] = dict(rows)
    created = dict(enumerate(sorted(keyed.keys() - ids.keys()), start=next_id(connection, observation)))
    born = {id: sorted(keyed[key]) for id, key in created.items() if all(item in new for item in keyed[key])}
    create_observations(connection, [(id, key, run) for id, key in created.items() if id not in born])
    ids |= {key: id for id, key in created.items()}
    moved = [(ids[key], id) for key, part in keyed.items() for id in part if before[id] != ids[key]]
    insert_questions(connection, new, {id: to for to, id in moved if id in new})
    old = [(to, id) for to, id in moved if id not in new]
    update_rows(connection, question, ("observation",), sorted(old, key=lambda row: row[1]))
    left = set(emptied).union(before[id] for _, id in moved) - {0}
    touched = {to for to, _ in moved}.difference(born) | _drop_empty(connection, left)
    return Regrouped(touched, born, {id: created[id] for id in born})


#: What an observation says until it is summed up.
_BLANK = {
    "subject": "",
    "entity": "[]",
    "kind": "",
    "unit": "",
    "change": "",
    "status": "",
    "claims": 0,
    "articles": 0,
    "outlets": 0,
    "origins": 0,
    "classes": 0,
    "agreeing": 0,
    "updating": 0,
    "contradicting": 0,
    "gap": 0.0,
    "support": 0,
    "score": 0.0,
    "outlet_names": "[]",
}


def create_observations(connection: Connection, rows: Collection[tuple[int, str, int]]) -> None:
    """Insert observations that are still to be summed up: id, key and run of each."""
    blank = tuple(_BLANK.values())
    insert_rows(connection, observation, ("id", "key", "run", *_BLANK), [(*row, *blank) for row in rows])


def _drop_empty(connection: Connection, observations: Collection[int]) -> set[int]:
    """Delete the observations that no question belongs to; return the others."""
    rows = rows_where(connection, (question.c.observation,), question.c.observation, sorted(observations))
    kept = {id for (id,) in rows}
    for part in chunks(set(observations) - kept):
        connection.execute(delete(observation).where(observation.c.id.in_(part)))
        connection.execute(delete(standing).where(standing.c.observation.in_(part)))
    return kept
