"""Articles that somebody took out by name stay out, whatever becomes of their files, until somebody lets them in again.

What stays out is written down beside the failures, under a stage of its own, so that it is listed with its reason.
"""

from collections.abc import Collection

from sqlalchemy import Connection, delete, select

from claimgraph.store.attach import retract, settle
from claimgraph.store.rows import chunks, safe
from claimgraph.store.schema import article, failure, file

__all__ = ["RETRACTED", "let_in", "retracted", "take_out_for_good"]

#: The stage of failures that are none: the article was taken out.
RETRACTED = "retract"
_PROBLEM = "taken out by `claimgraph retract`; `claimgraph retract --undo` lets it in again"


def take_out_for_good(connection: Connection, uids: Collection[str]) -> int:
    """Take articles out with everything that hung on them, and keep them out; return how many there were."""
    known = [safe(uid) for uid in uids]
    rows = []
    for part in chunks(known):
        found = connection.execute(
            select(article.c.uid, article.c.path, article.c.digest).where(article.c.uid.in_(part))
        )
        rows += [{"article": uid, "path": path, "digest": digest} for uid, path, digest in found]
    gone = retract(connection, known, run=0)
    settle(connection, run=0)
    for part in chunks([row["article"] for row in rows]):
        connection.execute(delete(failure).where(failure.c.article.in_(part)))
    if rows:
        said = {"stage": RETRACTED, "problem": _PROBLEM, "fingerprint": "", "run": 0}
        connection.execute(failure.insert(), [{**row, **said} for row in rows])
    return gone


def let_in(connection: Connection, uids: Collection[str]) -> int:
    """Let articles in again that were taken out: the next ingest that meets them reads them; return how many."""
    known = [safe(uid) for uid in uids]
    paths: dict[str, str | None] = {}
    for part in chunks(known):
        asked = select(failure.c.article, failure.c.path).where(failure.c.article.in_(part))
        paths.update((uid, path) for uid, path in connection.execute(asked.where(failure.c.stage == RETRACTED)))
    for part in chunks(paths):
        connection.execute(delete(failure).where(failure.c.article.in_(part)))
    for part in chunks(filter(None, paths.values())):
        connection.execute(delete(file).where(file.c.path.in_(part)))
    return len(paths)


def retracted(connection: Connection) -> frozenset[str]:
    """Return the ids of the articles that stay out."""
    return frozenset(connection.scalars(select(failure.c.article).where(failure.c.stage == RETRACTED)))
