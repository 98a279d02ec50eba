"""Copies of one story: found through an index of sampled word hashes, kept as copies, one voice.

An article that copies another shares an edge with it; the connected component is one voice. `article.voice` names the
component by one of its articles, null where an article copies nobody.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from claimgraph.graph.voices import fingerprints, is_copy
from claimgraph.store.dialects import insert_new
from claimgraph.store.many import insert_rows, rows_where
from claimgraph.store.rows import chunks
from claimgraph.store.schema import article, copy, fingerprint

__all__ = ["add_copies", "forget_copies", "renew_fingerprints"]

#: Fewer shared hashes than this are chance or a phrase; the pure rule decides above it.
_SHARED = 4


def add_copies(connection: Connection, prints: Mapping[int, Collection[int]]) -> set[int]:
    """Store the fingerprints of new articles, by id, and the articles that they copy or that copy them.

    Returns:
        the articles whose voice changed.
    """
    likely = _likely(connection, prints)
    rows = sorted((item, id) for id, own in prints.items() for item in own)
    insert_rows(connection, fingerprint, ("hash", "article"), rows)
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


def _likely(connection: Connection, prints: Mapping[int, Collection[int]]) -> dict[int, list[int]]:
    """Return, per new article, those that share enough hashes to be worth a look, the new ones included."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for id, own in prints.items():
        for item in own:
            holders[item].append(id)
    columns = (fingerprint.c.hash, fingerprint.c.article)
    for item, id in rows_where(connection, columns, fingerprint.c.hash, sorted(holders)):
        holders[item].append(id)
    shared: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for ids in holders.values():
        if len(ids) > 1:
            for id in ids:
                shared[id].update(ids)
    return {
        id: sorted(other for other, count in shared[id].items() if count >= _SHARED and other != id)
        for id in prints.keys() & shared.keys()
    }


def _copies(
    connection: Connection, prints: Mapping[int, Collection[int]], likely: Mapping[int, list[int]]
) -> dict[int, list[int]]:
    """Return the copies of each article that has any."""
    found = {}
    for id, others in sorted(likely.items()):
        known = _fingerprints_of(connection, others)
        if copies := [other for other in others if is_copy(frozenset(prints[id]), known[other])]:
            found[id] = copies
    return found


def _fingerprints_of(connection: Connection, ids: Collection[int]) -> dict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for id, item in rows_where(connection, (fingerprint.c.article, fingerprint.c.hash), fingerprint.c.article, ids):
        found[id].add(item)
    return found


def renew_fingerprints(connection: Connection) -> None:
    """Look for the copies of every article anew."""
    ids = list(connection.scalars(select(article.c.id).order_by(article.c.id)))
    for table in (copy, fingerprint):
        connection.execute(table.delete())
    connection.execute(update(article).values(voice=None))
    for part in chunks(ids):
        rows = rows_where(connection, (article.c.id, article.c.title, article.c.body), article.c.id, part)
        add_copies(connection, {id: fingerprints(f"{title}\n\n{body}") for id, title, body in rows})


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
        connection.execute(delete(fingerprint).where(fingerprint.c.article.in_(part)))
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
