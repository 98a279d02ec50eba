"""Copies of one story: found through an index of sampled word hashes, kept as copies, one voice.

An article that copies another shares an edge with it; the connected component is one voice. `article.voice` names the
component by one of its articles, null where an article copies nobody.
"""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from claimgraph.graph.voices import fingerprints, is_copy
from claimgraph.store.dialects import insert_new
from claimgraph.store.rows import chunks
from claimgraph.store.schema import article, copy, fingerprint

__all__ = ["add_copies", "forget_copies"]

#: Fewer shared hashes than this are chance or a phrase; the pure rule decides above it.
_SHARED = 4


def add_copies(connection: Connection, id: int, text: str) -> set[int]:
    """Store an article's fingerprint and the articles that it copies or that copy it.

    Returns:
        the articles whose voice changed.
    """
    own = fingerprints(text)
    copies = [other for other in _candidates(connection, own) if is_copy(own, _fingerprint_of(connection, other))]
    if own:
        connection.execute(insert(fingerprint), [{"hash": item, "article": id} for item in sorted(own)])
    if not copies:
        return set()
    insert_new(connection, copy, [{"a": a, "b": b} for other in copies for a, b in ((id, other), (other, id))])
    voices = set(connection.scalars(select(func.coalesce(article.c.voice, article.c.id)).where(_in(copies))))
    members = {id, *copies}
    members.update(connection.scalars(select(article.c.id).where(article.c.voice.in_(voices))))
    return _name_voice(connection, members, min(voices))


def _in(ids: Collection[int]) -> ColumnElement[bool]:
    return article.c.id.in_(ids)


def _candidates(connection: Connection, own: Collection[int]) -> list[int]:
    """Return the articles that share enough hashes to be worth a look."""
    shared: defaultdict[int, int] = defaultdict(int)
    for part in chunks(sorted(own)):
        counted = select(fingerprint.c.article, func.count()).where(fingerprint.c.hash.in_(part))
        for other, count in connection.execute(counted.group_by(fingerprint.c.article)):
            shared[other] += count
    return sorted(other for other, count in shared.items() if count >= _SHARED)


def _fingerprint_of(connection: Connection, id: int) -> frozenset[int]:
    return frozenset(connection.scalars(select(fingerprint.c.hash).where(fingerprint.c.article == id)))


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
