"""Take judgements of people in, and take them back, regrouping what they are about."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection

from claimgraph.graph.judgements import Judgement
from claimgraph.store.attach import reask, settle
from claimgraph.store.judgements import drop, forget_rulings_of, keep
from claimgraph.store.rows import safe

__all__ = ["add", "take_back"]


def add(connection: Connection, items: Iterable[Judgement], run: int) -> int:
    """Store judgements; those that are there already are skipped. Return how many were new."""
    fresh = [item for item in items if keep(connection, item)]
    if fresh:
        _reask(connection, fresh, run)
    return len(fresh)


def take_back(connection: Connection, uid: str, run: int) -> bool:
    """Remove a judgement with all that followed from it; return whether there was one."""
    gone = drop(connection, uid)
    if gone is None:
        return False
    freed = forget_rulings_of(connection, [uid])
    _reask(connection, [gone], run, freed)
    return True


def _reask(connection: Connection, items: Collection[Judgement], run: int, freed: Collection[int] = ()) -> None:
    articles = {safe(mark.article) for item in items for mark in (item.a, item.b) if mark}
    reask(connection, sorted(articles), run, freed)
    settle(connection, run)
