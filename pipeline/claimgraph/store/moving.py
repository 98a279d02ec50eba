"""The whole graph as lines, one an article or judgement, and back: for backups and for moving to another database.

Only what was read and extracted, and what people said about it, is written; questions, observations and copies follow
from it, so that the graph in the other store is the same.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import partial
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, select

from claimgraph.errors import StoreError
from claimgraph.graph.judgements import Judgement, Mark
from claimgraph.store.bulk import attach_all, prepared
from claimgraph.store.carried import article_line, carried
from claimgraph.store.judgements import judgements
from claimgraph.store.judging import add
from claimgraph.store.preparing import Attachment, Prepared, prepare
from claimgraph.store.rows import article_from_row, claim_columns, claim_from_row
from claimgraph.store.schema import article, claim, run
from claimgraph.store.store import Store
from claimgraph.vocab import Ruling

__all__ = ["dump_articles", "load_articles"]

#: How the line of a judgement begins, whoever wrote it.
_JUDGEMENT = re.compile(r'\s*\{\s*"judgement"')


def dump_articles(
    connection: Connection, *, by: str | None = None, workers: int | None = None
) -> Iterator[dict[str, Any]]:
    """Yield every article with its claims as a JSON object, by id, then every judgement; numbers are decimal texts.

    Args:
        connection: to read from.
        by: names the code that links claims here; lines then carry what it makes of each. None: they don't.
        workers: processes that work this out besides this one; see `bulk.prepared`.
    """
    for item in prepared(prepare, _stored(connection), workers):
        yield article_line(item, by)
    for said in judgements(connection):
        yield {"judgement": asdict(said)}


def _stored(connection: Connection) -> Iterator[Attachment]:
    for uid in list(connection.scalars(select(article.c.uid).order_by(article.c.uid))):
        row = connection.execute(select(article).where(article.c.uid == uid)).one()
        wanted = claim_columns().where(claim.c.article == row.id).order_by(claim.c.start, claim.c.uid)
        claims = tuple(map(claim_from_row, connection.execute(wanted)))
        known = {"digest": row.digest, "fingerprint": row.fingerprint, "path": row.path}
        yield Attachment(article=article_from_row(row), claims=claims, **known)


def load_articles(
    store: Store,
    lines: Iterable[Mapping[str, Any] | str],
    *,
    started: str | None = None,
    by: str | None = None,
    workers: int | None = None,
) -> int:
    """Attach articles that `dump_articles` gave; those of an id that is there already are replaced.

    Args:
        store: open for writing.
        lines: read lazily, as objects or as the JSON of one; JSON is parsed where the article is prepared.
        started: moment to write down for this run, ISO 8601.
        by: names the code that links claims here: what lines of the same code carry is taken as it is, where they are
            text. None: it is worked out anew.
        workers: processes that prepare articles besides this one, which writes them; see `bulk.prepared`.

    Returns:
        how many articles were attached.

    Raises:
        StoreError: a line is none of ours.
    """
    with store.writer() as connection:
        row = {"started": started, "fingerprint": "import"}
        number = connection.execute(run.insert().returning(run.c.id), [row]).scalar_one()
    said: list[Judgement] = []
    done = attach_all(store, prepared(partial(_prepare, by), _articles(lines, said), workers), number, workers)
    if said:
        with store.writer() as connection:
            add(connection, said, number)
    return done


def _prepare(by: str | None, numbered: tuple[int, object]) -> Prepared:
    number, line = numbered
    found = carried(line, by) if by and isinstance(line, str) else None
    return found or prepare(_attachment(_parsed(number, line)))


def _parsed(number: int, line: object) -> object:
    try:
        return json.loads(line) if isinstance(line, str) else line
    except ValueError as error:
        raise StoreError(f"line {number} is no JSON: {error}") from error


def _articles(lines: Iterable[Mapping[str, Any] | str], said: list[Judgement]) -> Iterator[tuple[int, object]]:
    """Pass on the lines of articles with their numbers, and put the judgements aside."""
    for number, line in enumerate(lines, start=1):
        found = _parsed(number, line) if isinstance(line, str) and _JUDGEMENT.match(line) else line
        if isinstance(found, dict) and set(found) == {"judgement"}:
            said.append(_judgement(found["judgement"]))
        else:
            yield number, line


def _judgement(values: Any) -> Judgement:
    try:
        a, b = (Mark(**side) if side else None for side in (values["a"], values["b"]))
        return Judgement(**{**values, "ruling": Ruling(values["ruling"]), "a": a, "b": b})
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(f"a line is not what `claimgraph export --all` writes: {error}") from error


def _attachment(line: object) -> Attachment:
    if not isinstance(line, dict):
        raise StoreError("a line is not what `claimgraph export --all` writes: no object")
    try:
        read: Any = SimpleNamespace(**line)
        about = {"article_uid": read.uid, "outlet": read.outlet, "published": read.published}
        rows: list[Any] = [SimpleNamespace(**about, **item) for item in line["claims"]]
        return Attachment(
            article=article_from_row(read),
            claims=tuple(map(claim_from_row, rows)),
            digest=read.digest,
            fingerprint=read.fingerprint,
            path=read.path,
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise StoreError(f"a line is not what `claimgraph export --all` writes: {error}") from error
