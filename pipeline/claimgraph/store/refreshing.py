"""What another version of the pipeline extracted, from the texts that the graph keeps."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, Select, func, select

from claimgraph.reading import Source
from claimgraph.records import Article
from claimgraph.store.rows import article_from_row
from claimgraph.store.schema import article, failure
from claimgraph.store.store import Store

__all__ = ["count_outdated", "outdated"]

_PAGE = 64  # articles read at a time


def outdated(store: Store, fingerprint: str) -> Iterator[tuple[Source, Article]]:
    """Yield every article that a pipeline of another fingerprint extracted, the latest publication first.

    Those that the pipeline failed on are left out: they would fail again.
    """
    with store.view() as connection:
        ids = _ids(connection, fingerprint)
    for start in range(0, len(ids), _PAGE):
        with store.view() as connection:
            wanted = select(article).where(article.c.id.in_(ids[start : start + _PAGE]))
            rows = {row.id: row for row in connection.execute(wanted)}
        for id in ids[start : start + _PAGE]:
            if row := rows.get(id):
                yield Source(path=row.path or ""), article_from_row(row)


def count_outdated(store: Store, fingerprint: str) -> int:
    """Count what `outdated` would yield; reads every article's fingerprint."""
    with store.view() as connection:
        return connection.scalar(_wanted(func.count(), fingerprint)) or 0


def _ids(connection: Connection, fingerprint: str) -> list[int]:
    wanted = _wanted(article.c.id, fingerprint)
    return list(connection.scalars(wanted.order_by(article.c.published.desc().nulls_last(), article.c.uid)))


def _wanted(what: ColumnElement[int], fingerprint: str) -> Select[int]:
    failed = select(failure.c.article).where(failure.c.fingerprint == fingerprint)
    return select(what).where(article.c.fingerprint != fingerprint, article.c.uid.not_in(failed))
