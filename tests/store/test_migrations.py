"""Stores of every released version come to this version's schema without losing anything."""

import sqlite3
from pathlib import Path

import pytest
from generated import dump

from claimgraph.errors import SchemaVersionError
from claimgraph.graphs import Graph
from claimgraph.store.schema import METADATA, SCHEMA_VERSION, judgement, meta, ruling
from claimgraph.store.store import Store
from claimgraph.vocab import Ruling

RELEASED = sorted((Path(__file__).parent / "released").glob("schema-*.sql"))


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def old(request, tmp_path):
    """A store as an older version wrote it: two articles that contradict each other."""
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(request.param.read_text())
    connection.close()
    return path


def columns(path):
    with sqlite3.connect(path) as connection:
        names = [
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'index')")
        ]
        found = {name: sorted(row[1:3] for row in connection.execute(f"PRAGMA table_info('{name}')")) for name in names}
    connection.close()
    return found


def test_every_version_before_this_one_has_a_store_to_test_with():
    assert [path.stem for path in RELEASED] == [f"schema-{number}" for number in range(1, SCHEMA_VERSION)]


def test_older_store_names_the_command_and_the_command_migrates_it(run_cli, old, tmp_path):
    with pytest.raises(SchemaVersionError, match="doctor --migrate"):
        Store(old)
    assert run_cli("doctor", "--migrate", "--db", old).exit_code in (0, 2)  # 2: something else is amiss here
    with Graph.open(old) as graph:
        (conflict,) = graph.conflicts()
        assert {conflict.a.value.claim.value_text, conflict.b.value.claim.value_text} == {"196", "800"}
        graph.judge(Ruling.DIFFERENT, "post-0", "times-0", author="Ada", made="2026-01-01")
        assert not graph.conflicts()
    Store(tmp_path / "new.db").close()
    assert columns(old) == columns(tmp_path / "new.db")


def test_migrating_again_changes_nothing(old):
    Store(old, upgrade=True).close()
    with Store(old) as store, store.view() as connection:
        before = dump(connection)
    Store(old, upgrade=True).close()
    with Store(old) as store, store.view() as connection:
        assert dump(connection) == before


def test_postgresql_migrates_too(postgres):
    import sqlalchemy

    engine = sqlalchemy.create_engine(postgres.replace("postgresql://", "postgresql+psycopg://"))
    try:
        with engine.begin() as connection:
            older = [table for table in METADATA.sorted_tables if table not in (judgement, ruling)]
            METADATA.create_all(connection, tables=older)
            connection.execute(meta.insert(), [{"name": "schema", "value": "1"}])
        with pytest.raises(SchemaVersionError):
            Store(postgres)
        with Graph(Store(postgres, upgrade=True)) as graph:
            assert graph.judgements() == []
    finally:
        METADATA.drop_all(engine)
        engine.dispose()
