"""Link the questions of the next batch in another process, while this one writes the batch before.

The other process sees the store as it was before that batch. Pairs of the new questions among themselves and with the
questions that it saw stay right as long as those are there; what is left for the writer are pairs with the others.
"""

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, func, select

from claimgraph.errors import StoreError
from claimgraph.store.candidates import Seen, find
from claimgraph.store.many import rows_where
from claimgraph.store.preparing import Prepared
from claimgraph.store.processes import spawned, uncollected
from claimgraph.store.questionrows import QuestionRow
from claimgraph.store.schema import question, question_sketch
from claimgraph.store.store import Store

__all__ = ["Ahead", "look", "looked_ahead"]


class Ahead(NamedTuple):
    """What a state of the store says of questions that it does not have.

    last: the largest id of a question then, and its key; 0 for none. keys: of the new questions. seen: ids of the
    questions that share a block with them (int64). within: places of two new ones that are one, and how sure that is.
    across: place of a new one, id and key of one that was there, and how sure.
    """

    last: tuple[int, str]
    keys: list[str]
    seen: bytes
    within: list[tuple[int, int, float]]
    across: list[tuple[int, int, str, float]]

    def still(self, connection: Connection, new: Mapping[int, QuestionRow]) -> Seen | None:
        """Return what of it holds now for new questions; None where it is no help.

        new: by id, in a transaction that has not written them yet.
        """
        ids = {row.key: id for id, row in new.items()}
        if not ids.keys() <= set(self.keys) or (
            self.last[0] and _keys(connection, [self.last[0]]) != dict([self.last])
        ):
            return None  # judgements of people changed what is asked, or ids were given to others
        places = [ids.get(key) for key in self.keys]
        pairs = [(places[a], places[b], sure) for a, b, sure in self.within]
        there = _there(connection, {id for _, id, _, _ in self.across})
        pairs += [(places[a], id, sure) for a, id, key, sure in self.across if there.get(id) == key]
        return Seen(np.frombuffer(self.seen, dtype=np.int64), [(a, b, sure) for a, b, sure in pairs if a and b])


def _keys(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    return dict(rows_where(connection, (question.c.id, question.c.key), question.c.id, sorted(ids)))


def _there(connection: Connection, ids: set[int]) -> dict[int, str]:
    """Return the keys of those of the questions that are compared with others."""
    compared = rows_where(connection, (question_sketch.c.question,), question_sketch.c.question, sorted(ids))
    return _keys(connection, {id for (id,) in compared})


def look(connection: Connection, rows: Iterable[QuestionRow]) -> Ahead:
    """Say of questions which are one with others, without writing anything."""
    wanted = {row.key: row for row in rows}
    stored = {key for (key,) in rows_where(connection, (question.c.key,), question.c.key, wanted)}
    last = connection.execute(select(func.coalesce(func.max(question.c.id), 0))).scalar_one()
    keys = sorted(wanted.keys() - stored)
    found = find(connection, {id: wanted[key] for id, key in enumerate(keys, start=last + 1)})
    within = [(a - last - 1, b - last - 1, sure) for a, b, sure in found.pairs if b > last]
    across = [(a - last - 1, b, sure) for a, b, sure in found.pairs if b <= last]
    known = _keys(connection, {last, *(b for _, b, _ in across)})
    told = [(a, b, known[b], sure) for a, b, sure in across]
    return Ahead((last, known.get(last, "")), keys, np.unique(found.ids).tobytes(), within, told)


def looked_ahead(
    store: Store, batches: Iterable[Sequence[Prepared]], workers: int | None
) -> Iterator[tuple[Sequence[Prepared], Ahead | None]]:
    """Yield batches with what another process found of their questions while the batch before was written.

    None: nothing was found, and the writer links the batch itself; so the first batch, all of a store in memory, and
    all where there are no processes besides this one (`workers` 0).
    """
    stream, target = iter(batches), store.address
    batch, found = next(stream, None), None
    with ExitStack() as stack:
        pool = None
        while batch is not None:
            following = next(stream, None)
            if following is not None and target and workers != 0:
                pool = pool or stack.enter_context(spawned(1))
                coming = pool.submit(_look, target, marshal.dumps(_questions(following)))
            else:
                coming = None
            yield batch, _result(found) if found else None
            batch, found = following, coming


def _questions(batch: Iterable[Prepared]) -> list[tuple[Any, ...]]:
    return [made.kept.columns() for item in batch for made in item.claims]


def _result(found: "Future[bytes]") -> Ahead | None:
    try:
        return Ahead(*marshal.loads(found.result()))  # noqa: S302  made by a process of ours
    except (BrokenProcessPool, StoreError):
        return None  # it was only help


def _look(target: str, rows: bytes) -> bytes:
    with uncollected(), _store(target).view() as connection:
        return marshal.dumps(tuple(look(connection, [QuestionRow(*row) for row in marshal.loads(rows)])))  # noqa: S302


@lru_cache(maxsize=1)
def _store(target: str) -> Store:
    return Store(target, read_only=True)
