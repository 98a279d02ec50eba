"""Find the questions that a new question may be one with, and ask which of them it is.

Candidates share a block. Their sketches rule most of them out, many pairs at a time; only the others are read and
compared. What is found does not depend on how questions are cut into transactions.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from claimgraph.graph.questions import same_question
from claimgraph.graph.records import Question
from claimgraph.graph.sketches import SKETCH, may_be_same
from claimgraph.store.many import insert_rows, rows_where
from claimgraph.store.questionrows import QuestionRow
from claimgraph.store.rows import question_from_facets
from claimgraph.store.schema import question, question_block, question_sketch

__all__ = ["RETIRED", "Ids", "Seen", "find", "link", "link_again", "load_questions"]

#: How the keys of questions begin that other code asked, and that only wait for their last claim to go.
RETIRED = "old "

Ids = npt.NDArray[np.int64]
Pair = tuple[int, int, float]

#: Pairs that are judged together: a hundred bytes each, so that a batch of any size stays in a few megabytes.
_PAIRS = 50_000


def load_questions(connection: Connection, ids: Collection[int]) -> dict[int, Question]:
    """Read questions by id; those that other code asked are left out: this one need not understand them."""
    rows = rows_where(connection, (question.c.id, question.c.key, question.c.facets), question.c.id, sorted(ids))
    return {id: question_from_facets(key, facets) for id, key, facets in rows if not key.startswith(RETIRED)}


class Seen(NamedTuple):
    """The stored questions that new ones were compared with, by id, and the pairs that are the same.

    Every pair has at least one new question, and is there once, with the confidence of the verdict.
    """

    ids: Ids
    pairs: list[Pair]


def link(connection: Connection, new: Mapping[int, QuestionRow], ahead: Seen | None = None) -> list[Pair]:
    """Store blocks and sketches of new questions, which have the largest ids; return the pairs that are the same.

    ahead: what is known already of the new questions among themselves, and with some that are stored.
    """
    blocks = _blocks(new)
    held = _holders(connection, blocks)
    insert_rows(connection, question_block, ("block", "question"), list(zip(*blocks.T.tolist(), strict=True)))
    insert_rows(connection, question_sketch, ("question", "sketch"), [(id, row.sketch) for id, row in new.items()])
    if ahead is None:
        return _same(connection, new, blocks, np.concatenate((held, blocks)))
    return ahead.pairs + _same(connection, new, blocks, held[~np.isin(held[:, 1], ahead.ids)])


def find(connection: Connection, new: Mapping[int, QuestionRow]) -> Seen:
    """Do as `link` does, but store nothing."""
    blocks = _blocks(new)
    held = _holders(connection, blocks)
    return Seen(held[:, 1], _same(connection, new, blocks, np.concatenate((held, blocks))))


def _same(connection: Connection, new: Mapping[int, QuestionRow], blocks: Ids, members: Ids) -> list[Pair]:
    """Return the pairs of new questions and those of members that share a block and are the same.

    blocks, members: rows of block and question.
    """
    sketches = _Sketches(connection, new)
    same: list[Pair] = []
    for pairs in _candidates(blocks, members):
        likely = sketches.sifted(pairs)
        known = load_questions(connection, {b for _, b in likely}.difference(new))
        known |= {id: new[id].question for pair in likely for id in pair if id in new}
        verdicts = [(a, b, same_question(known[a], known[b])) for a, b in likely]
        same += [(a, b, verdict.confidence) for a, b, verdict in verdicts if verdict.same]
    return same


def link_again(
    connection: Connection, id: int, row: QuestionRow, new: Mapping[int, QuestionRow]
) -> list[tuple[int, int, float]]:
    """Do as `link` does for one question that is there already, but without blocks and sketch.

    new: questions of this transaction, which are linked but have no row yet.
    """
    held = _holders(connection, _blocks({id: row}))
    insert_rows(connection, question_block, ("block", "question"), [(block, id) for block in sorted(row.blocks)])
    insert_rows(connection, question_sketch, ("question", "sketch"), [(id, row.sketch)])
    others = sorted({*held[:, 1].tolist()} - {id})
    sketches = rows_where(connection, (*question_sketch.c,), question_sketch.c.question, others)
    theirs = np.frombuffer(b"".join([item for _, item in sketches]), dtype=SKETCH)
    likely = may_be_same(np.frombuffer(row.sketch * len(theirs), dtype=SKETCH), theirs)
    ids = [other for (other, _), kept in zip(sketches, likely.tolist(), strict=True) if kept]
    known = load_questions(connection, set(ids).difference(new)) | {at: new[at].question for at in ids if at in new}
    verdicts = [(id, at, same_question(row.question, known[at])) for at in ids]
    return [(a, b, verdict.confidence) for a, b, verdict in verdicts if verdict.same]


def _blocks(new: Mapping[int, QuestionRow]) -> Ids:
    """Return the rows of block and question, sorted."""
    sizes = [len(row.blocks) for row in new.values()]
    found = np.fromiter(chain.from_iterable(row.blocks for row in new.values()), dtype=np.int64, count=sum(sizes))
    rows = np.stack((found, np.repeat(np.fromiter(new, dtype=np.int64, count=len(new)), sizes)), axis=1)
    sorted_rows: Ids = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
    return sorted_rows


def _holders(connection: Connection, blocks: Ids) -> Ids:
    """Return the rows of block and question that are stored already, of the blocks of new questions."""
    wanted = blocks[np.append(True, blocks[1:, 0] != blocks[:-1, 0])[: len(blocks)], 0].tolist()
    columns = (question_block.c.block, question_block.c.question)
    found = rows_where(connection, columns, question_block.c.block, wanted)
    return np.fromiter(chain.from_iterable(found), dtype=np.int64, count=2 * len(found)).reshape(-1, 2)


def _candidates(blocks: Ids, members: Ids) -> Iterator[Ids]:
    """Yield the pairs of a new question and a member of a smaller id that share a block, each once, in parts.

    blocks: rows of block and new question, sorted. members: those of the questions that they are compared with.
    """
    if not len(blocks):  # claims that somebody judged wrong ask what nobody else does
        return
    members = members[np.argsort(members[:, 0], kind="stable")]
    asked = blocks[np.argsort(blocks[:, 1], kind="stable")]
    starts = np.searchsorted(members[:, 0], asked[:, 0], "left")
    sizes = np.searchsorted(members[:, 0], asked[:, 0], "right") - starts
    for first, last in _cuts(asked[:, 1], sizes):
        pairs = _expanded(asked[first:last, 1], starts[first:last], sizes[first:last], members[:, 1])
        if len(pairs):
            yield pairs


def _cuts(ids: Ids, sizes: Ids) -> Iterator[tuple[int, int]]:
    """Cut rows into parts of about `_PAIRS` pairs, all rows of one question in one part."""
    total, first = np.cumsum(sizes), 0
    ends = np.flatnonzero(np.append(ids[1:] != ids[:-1], True)) + 1  # the last row ends a question
    while first < len(ids):
        before = total[first - 1] if first else 0
        within = ends[(ends > first) & (total[ends - 1] - before <= _PAIRS)]
        last = int(within[-1]) if len(within) else int(ends[ends > first][0])
        yield first, last
        first = last


def _expanded(ids: Ids, starts: Ids, sizes: Ids, members: Ids) -> Ids:
    """Pair every question with the members of its blocks that have a smaller id, each once."""
    one = np.repeat(ids, sizes)
    offsets = np.arange(len(one)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    other = members[np.repeat(starts, sizes) + offsets]
    pairs = np.stack((one, other), axis=1)[other < one]
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs = pairs[order]
    fresh = np.ones(len(pairs), dtype=bool)
    fresh[1:] = (pairs[1:] != pairs[:-1]).any(axis=1)
    kept: Ids = pairs[fresh]
    return kept


class _Sketches:
    """Sketches of new questions, which are at hand, and of older ones, which are read as they are asked for."""

    def __init__(self, connection: Connection, new: Mapping[int, QuestionRow]) -> None:
        """Take the new questions by ascending id."""
        self._connection = connection
        self._ids = np.fromiter(new, dtype=np.int64, count=len(new))
        self._items = np.frombuffer(b"".join([row.sketch for row in new.values()]), dtype=SKETCH)

    def sifted(self, pairs: Ids) -> list[tuple[int, int]]:
        """Return the pairs that their sketches don't rule out."""
        wanted = np.unique(pairs[pairs[:, 1] < self._ids[0], 1])
        columns = (question_sketch.c.question, question_sketch.c.sketch)
        rows: list[tuple[Any, ...]] = sorted(
            rows_where(self._connection, columns, question_sketch.c.question, wanted.tolist())
        )
        ids = np.concatenate((np.array([id for id, _ in rows], dtype=np.int64), self._ids))
        older = np.frombuffer(b"".join([item for _, item in rows]), dtype=SKETCH)
        known = np.concatenate((older, self._items)) if rows else self._items
        one, other = (known[np.searchsorted(ids, pairs[:, side])] for side in (0, 1))
        kept: list[tuple[int, int]] = [(a, b) for a, b in pairs[may_be_same(one, other)].tolist()]
        return kept
