"""Attach any number of articles whose claims are known: prepared in several processes, written by this one."""

import marshal
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice
from typing import TypeVar

from sqlalchemy import Connection

from claimgraph.store.ahead import looked_ahead
from claimgraph.store.attach import attach_prepared, settle
from claimgraph.store.dialects import use_memory
from claimgraph.store.preparing import Prepared
from claimgraph.store.processes import spawned, uncollected
from claimgraph.store.store import Store

__all__ = ["attach_all", "batches", "prepared", "writer"]

_Item = TypeVar("_Item")

_PIECE = 50  # articles that a process prepares at a time
_AHEAD = 48  # pieces under way per process: about a batch, a megabyte each
_LENT = 8  # pieces that this process makes beside them at most before it waits
_FEW = 200  # articles for which no process is started
_BATCH = 20_000  # claims a transaction: the more, the fewer pages of the indexes are written twice
_MOST = 2_000  # articles a transaction, should they have few claims
_CACHE = 256  # megabytes of the database's pages that the writer keeps: every batch touches all parts of the indexes


def attach_all(store: Store, items: Iterable[Prepared], run: int, workers: int | None = None) -> int:
    """Attach articles in large transactions; one whose id is there already takes its place.

    workers: processes besides this one; see `prepared`.

    Returns:
        how many articles there were.
    """
    done = 0
    for batch, ahead in looked_ahead(store, batches(items), workers):
        with writer(store) as connection:
            attach_prepared(connection, list({item.row["uid"]: item for item in batch}.values()), run, ahead)
        done += len(batch)
    with store.writer() as connection:
        settle(connection, run)
    return done


def batches(items: Iterable[Prepared]) -> Iterator[list[Prepared]]:
    """Cut articles into transactions."""
    batch: list[Prepared] = []
    claims = 0
    for item in items:
        batch.append(item)
        claims += len(item.claims)
        if claims >= _BATCH or len(batch) >= _MOST:
            yield batch
            batch, claims = [], 0
    if batch:
        yield batch


@contextmanager
def writer(store: Store) -> Iterator[Connection]:
    """Give a transaction for a batch; the store's connection keeps more of the indexes in memory from then on."""
    with uncollected(), store.writer() as connection:
        use_memory(connection, _CACHE)
        yield connection


def prepared(
    prepare: Callable[[_Item], Prepared], items: Iterable[_Item], workers: int | None = None
) -> Iterator[Prepared]:
    """Yield what a function makes of each item, in order, from this process and others.

    The others work ahead while this one writes a batch; while it waits for them, it lends a hand.

    Args:
        prepare: importable by its name.
        items: read lazily, and sent to other processes.
        workers: processes besides this one; None: as many as there are further cores, 0 for a few items.
    """
    stream = iter(items)
    first = list(islice(stream, _FEW))
    count = workers if workers is not None else 0 if len(first) < _FEW else (os.cpu_count() or 1) - 1
    everything = chain(first, stream)
    if not count:
        yield from map(prepare, everything)
        return
    with spawned(count) as pool:
        try:
            for piece in _pieces(pool, prepare, everything, count * _AHEAD):
                yield from map(Prepared.unpacked, marshal.loads(piece))  # noqa: S302  made by a process of ours
        finally:
            pool.shutdown(cancel_futures=True)


def _pieces(
    pool: ProcessPoolExecutor, prepare: Callable[[_Item], Prepared], items: Iterator[_Item], ahead: int
) -> Iterator[bytes]:
    """Yield packed pieces in order, made by the pool or, as long as its next one is not done, here."""
    waiting: deque[Future[bytes]] = deque()
    while True:
        while len(waiting) < ahead and (piece := list(islice(items, _PIECE))):
            waiting.append(pool.submit(_prepare_all, prepare, piece))
        if not waiting:
            return
        while len(waiting) < ahead + _LENT and not waiting[0].done() and (piece := list(islice(items, _PIECE))):
            waiting.append(Future())
            waiting[-1].set_result(_prepare_all(prepare, piece))
        yield waiting.popleft().result()


def _prepare_all(prepare: Callable[[_Item], Prepared], items: list[_Item]) -> bytes:
    with uncollected():
        return marshal.dumps([prepare(item).packed() for item in items])
