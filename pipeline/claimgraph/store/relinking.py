"""Ask every claim's question again, after a change of the code or the lexicons that link.

Questions, edges and observations follow from claims and from the code in `claimgraph.graph`, so a graph that another
version linked would mix two meanings. The claims stay as they are: nothing is extracted again. Killed half-way, it
goes on where it stopped.
"""

from sqlalchemy import Connection, delete, select, update

from claimgraph.store.attach import reask, settle
from claimgraph.store.candidates import RETIRED
from claimgraph.store.dialects import insert_new
from claimgraph.store.schema import article, edge, meta, question, question_block, question_sketch, ungrouped, word
from claimgraph.store.store import Store

__all__ = ["linked_by", "relink"]

_BATCH = 50  # articles a transaction
_PUT_OFF = 1_000  # articles after which the work that hot observations put off is done


def linked_by(connection: Connection) -> str | None:
    """Return the fingerprint of the code that linked the graph; None for one that is older than fingerprints."""
    return connection.scalar(select(meta.c.value).where(meta.c.name == "graph"))


def relink(store: Store, fingerprint: str) -> int:
    """Link the graph anew if other code linked it; return how many articles were linked, 0 where all was well."""
    with store.view() as connection:
        said = linked_by(connection)
    if said == fingerprint:
        return 0
    going_on, _, at = (said or "").partition(" ")
    if going_on != fingerprint:
        at = "0"
        with store.writer() as connection:
            _begin(connection)
            _stamp(connection, f"{fingerprint} 0")
    last, done = int(at), 0
    while step := _step(store, fingerprint, last, done):
        last, count = step
        done += count
    with store.writer() as connection:
        settle(connection, run=0)
        _stamp(connection, fingerprint)
    return done


def _begin(connection: Connection) -> None:
    """Take the old questions out of every search; each goes with the last claim that asks it."""
    for table in (edge, question_block, question_sketch, word, ungrouped):
        connection.execute(delete(table))
    connection.execute(update(question).values(key=RETIRED + question.c.key))


def _step(store: Store, fingerprint: str, last: int, done: int) -> tuple[int, int] | None:
    """Link the next articles; return the id of the last one and how many they were, None at the end."""
    with store.writer() as connection:
        following = select(article.c.id, article.c.uid).where(article.c.id > last).order_by(article.c.id).limit(_BATCH)
        rows = connection.execute(following).all()
        if not rows:
            return None
        reask(connection, [row.uid for row in rows], run=0)
        if done // _PUT_OFF != (done + len(rows)) // _PUT_OFF:
            settle(connection, run=0)
        _stamp(connection, f"{fingerprint} {rows[-1].id}")
    return rows[-1].id, len(rows)


def _stamp(connection: Connection, value: str) -> None:
    insert_new(connection, meta, [{"name": "graph", "value": value}])
    connection.execute(update(meta).where(meta.c.name == "graph").values(value=value))
