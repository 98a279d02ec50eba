"""From the schema of every released version to this one, one small function a step.

`MIGRATIONS[n]` brings a store from version n + 1 to n + 2; each runs in its own transaction together with the stamp,
so a migration that was killed is simply run again.
"""

from collections.abc import Callable

from sqlalchemy import Connection, delete, inspect, select, update

from claimgraph.errors import SchemaVersionError, StoreError
from claimgraph.store.schema import (
    METADATA,
    SCHEMA_VERSION,
    edge,
    judgement,
    meta,
    observation,
    question_sketch,
    ruling,
    standing,
)

__all__ = ["MIGRATIONS", "check_schema", "create_schema", "schema_version"]


def _add_judgements_and_sketches(connection: Connection) -> None:
    """1 to 2: people can judge claims; questions have sketches, and fingerprints hash words, not letters.

    Sketches and track records come with linking, which every store of version 1 needs anew; see `store.relinking`.
    """
    from claimgraph.store.copies import renew_fingerprints

    METADATA.create_all(connection, tables=[judgement, ruling, question_sketch, standing])
    renew_fingerprints(connection)


def _weigh_edges(connection: Connection) -> None:
    """2 to 3: pairs of questions keep how sure they are, and lists have indexes of their own.

    The pairs come with linking, which every store of version 2 needs anew.
    """
    edge.drop(connection)
    edge.create(connection)
    for index in observation.indexes:
        index.create(connection, checkfirst=True)
    connection.execute(delete(meta).where(meta.c.name == "graph"))


def _drop_indexes(connection: Connection) -> None:
    """3 to 4: what hangs on one question or one article is worked out; two indexes of every block and hash go."""
    for name in ("question_block_question", "fingerprint_article"):
        connection.exec_driver_sql(f"DROP INDEX IF EXISTS {name}")


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (_add_judgements_and_sketches, _weigh_edges, _drop_indexes)


def schema_version(connection: Connection) -> int | None:
    """Return the version of a store's schema, None where there is none yet.

    Raises:
        StoreError: the database holds something else.
    """
    tables = inspect(connection).get_table_names()
    if "meta" in tables and "claim" in tables:
        return int(connection.execute(select(meta.c.value).where(meta.c.name == "schema")).scalar_one())
    if tables:
        raise StoreError(
            f"the database holds other tables ({', '.join(sorted(tables)[:3])} …); give claimgraph its own"
        )
    return None


def create_schema(connection: Connection) -> None:
    """Create the tables of a new store and stamp them."""
    METADATA.create_all(connection)
    connection.execute(meta.insert(), [{"name": "schema", "value": str(SCHEMA_VERSION)}])


def check_schema(found: int) -> None:
    """Refuse a store of another version.

    Raises:
        SchemaVersionError: says which command migrates, or to upgrade claimgraph.
    """
    if found != SCHEMA_VERSION:
        raise SchemaVersionError(found, SCHEMA_VERSION)


def migrate(connection: Connection, found: int) -> int:
    """Take one step towards this version and return the version reached."""
    if found < SCHEMA_VERSION:
        MIGRATIONS[found - 1](connection)
        found += 1
        connection.execute(update(meta).where(meta.c.name == "schema").values(value=str(found)))
    return found
