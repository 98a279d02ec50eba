"""Copies of one story: found through an index of sampled word hashes, kept as copies, one voice.

An article that copies another shares an edge with it; the connected component is one voice. `article.voice` names the
component by one of its articles, null where an article copies nobody.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from claimgraph.graph.voices import fingerprints, is_copy
from claimgraph.store.dialects import insert_new
from claimgraph.store.many import delete_rows, insert_rows, rows_where
from claimgraph.store.rows import chunks
from claimgraph.store.schema import article, copy, fingerprint

__all__ = ["add_copies", "forget_copies", "renew_fingerprints"]

Ids = npt.NDArray[np.int64]

#: Fewer shared hashes than this are chance or a phrase; the pure rule decides above it.
_SHARED = 4


def add_copies(connection: Connection, prints: Mapping[int, Ids]) -> set[int]:
    """Store the fingerprints of new articles, by id, and the articles that they copy or that copy them.

    Returns:
        the articles whose voice changed.
    """
    if not any(len(own) for own in prints.values()):
        return set()
    ids = np.repeat(np.array(list(prints), dtype=np.int64), [len(own) for own in prints.values()])
    hashes = np.concatenate(list(prints.values()))
    order = np.lexsort((ids, hashes))
    hashes, ids = hashes[order], ids[order]
    likely = _likely(connection, hashes, ids)
    insert_rows(connection, fingerprint, ("hash", "article"), list(zip(hashes.tolist(), ids.tolist(), strict=True)))
    changed: set[int] = set()
    for id, copies in _copies(connection, prints, likely).items():
        insert_new(connection, copy, [{"a": a, "b": b} for other in copies for a, b in ((id, other), (other, id))])
        members = {id, *copies}
        voices = set(connection.scalars(select(func.coalesce(article.c.voice, article.c.id)).where(_in(members))))
        members.update(connection.scalars(select(article.c.id).where(article.c.voice.in_(voices))))
        changed |= _name_voice(connection, members, min(voices))
    return changed


def _in(ids: Collection[int]) -> ColumnElement[bool]:
    return article.c.id.in_(ids)


def _likely(connection: Connection, hashes: Ids, ids: Ids) -> dict[int, list[int]]:
    """Return, per new article, those that share enough hashes to be worth a look, the new ones included.

    hashes, ids: the hashes of the new articles, sorted, with the article of each.
    """
    columns = (fingerprint.c.hash, fingerprint.c.article)
    holders: defaultdict[int, list[int]] = defaultdict(list)
    again = np.append(False, hashes[1:] == hashes[:-1])
    for item, id in rows_where(connection, columns, fingerprint.c.hash, hashes[~again].tolist()):
        holders[item].append(id)
    known = np.fromiter(holders, dtype=np.int64, count=len(holders))
    shared_by_two = np.unique(np.append(known, hashes[again]))
    starts, ends = (np.searchsorted(hashes, shared_by_two, side) for side in ("left", "right"))
    for item, start, end in zip(shared_by_two.tolist(), starts.tolist(), ends.tolist(), strict=True):
        holders[item] += ids[start:end].tolist()
    shared: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for found in holders.values():
        for id in found:
            shared[id].update(found)
    new = set(np.unique(ids).tolist())
    return {
        id: others
        for id in new & shared.keys()
        if (others := sorted(other for other, count in shared[id].items() if count >= _SHARED and other != id))
    }


def _copies(connection: Connection, prints: Mapping[int, Ids], likely: Mapping[int, list[int]]) -> dict[int, list[int]]:
    """Return the copies of each article that has any."""
    found = {}
    for id, others in sorted(likely.items()):
        known = _fingerprints_of(connection, others)
        if copies := [other for other in others if is_copy(frozenset(prints[id].tolist()), known[other])]:
            found[id] = copies
    return found


def _fingerprints_of(connection: Connection, ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Work out the hashes of articles from their texts: asked for where an article is nearly surely a copy."""
    rows = rows_where(connection, (article.c.id, article.c.title, article.c.body), article.c.id, ids)
    return {id: fingerprints(f"{title}\n\n{body}") for id, title, body in rows}


def renew_fingerprints(connection: Connection) -> None:
    """Look for the copies of every article anew."""
    ids = list(connection.scalars(select(article.c.id).order_by(article.c.id)))
    for table in (copy, fingerprint):
        connection.execute(table.delete())
    connection.execute(update(article).values(voice=None))
    for part in chunks(ids):
        found = _fingerprints_of(connection, part)
        add_copies(connection, {id: np.array(sorted(own), dtype=np.int64) for id, own in found.items()})


def _name_voice(connection: Connection, members: Collection[int], voice: int | None) -> set[int]:
    """Give articles one voice; return those that had another."""
    changed: set[int] = set()
    for part in chunks(sorted(members)):
        other = article.c.voice.is_distinct_from(voice)
        changed.update(connection.scalars(select(article.c.id).where(_in(part), other)))
        connection.execute(update(article).where(_in(part), other).values(voice=voice))
    return changed


def forget_copies(connection: Connection, ids: Collection[int]) -> set[int]:
    """Remove articles from the index of copies, before the articles themselves go.

    Returns:
        the remaining articles whose voice changed.
    """
    gone = set(ids)
    neighbours: set[int] = set()
    for part in chunks(gone):
        neighbours.update(connection.scalars(select(copy.c.b).where(copy.c.a.in_(part))))
        prints = [(item, id) for id, own in _fingerprints_of(connection, part).items() for item in own]
        delete_rows(connection, fingerprint, ("hash", "article"), prints)
        connection.execute(delete(copy).where(copy.c.a.in_(part)))
    for part in chunks(neighbours):
        connection.execute(delete(copy).where(copy.c.a.in_(part), copy.c.b.in_(gone)))
    changed: set[int] = set()
    rest = neighbours - gone
    while rest:
        component = _component(connection, rest.pop())
        rest -= component
        changed |= _name_voice(connection, component, min(component) if len(component) > 1 else None)
    return changed


def _component(connection: Connection, seed: int) -> set[int]:
    reached, frontier = {seed}, {seed}
    while frontier:
        found: set[int] = set()
        for part in chunks(frontier):
            found.update(connection.scalars(select(copy.c.b).where(copy.c.a.in_(part))))
        frontier = found - reached
        reached |= frontier
    return reached
