"""What can go wrong with a store: killed writers, other versions, no permission, no space, two writers at once."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from generated import attachment, dump, make_claim
from sqlalchemy import update

import claimgraph
from claimgraph.errors import SchemaVersionError, StoreError
from claimgraph.store.attach import attach, settle
from claimgraph.store.schema import meta
from claimgraph.store.store import Store

HERE = Path(__file__).parent


def _items(first, last):
    return [attachment(f"a{at}", [make_claim(f"a{at}", 0, value=at % 7 + 3)]) for at in range(first, last)]


def _attach_all(target, items):
    with Store(target) as store:
        for item in items:
            with store.writer() as connection:
                attach(connection, [item], run=1)
        with store.writer() as connection:
            settle(connection, run=1)


_WRITER = """
import sys
from claimgraph.store.attach import attach
from claimgraph.store.store import Store
from generated import attachment, make_claim
with Store(sys.argv[1]) as store:
    for at in range(60):
        with store.writer() as connection:
            attach(connection, [attachment(f"a{at}", [make_claim(f"a{at}", 0, value=at % 7 + 3)])], run=1)
        print(at, flush=True)
"""


def _writer(target):
    path = os.pathsep.join([str(Path(claimgraph.__file__).parents[1]), str(HERE)])
    command = [sys.executable, "-c", _WRITER, str(target)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path})


def _contents(target):
    with Store(target) as store:
        with store.writer() as connection:
            settle(connection, run=1)
        with store.view() as connection:
            return dump(connection)


def test_killed_writer_loses_at_most_the_article_in_flight(tmp_path):
    """Killed several times and run again, the graph is that of an undisturbed run."""
    target = tmp_path / "graph.db"
    for articles in (3, 17):
        process = _writer(target)
        acknowledged = [process.stdout.readline() for _ in range(articles)]
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with Store(target) as store, store.view() as connection:
            assert len(dump(connection)["claims"]) >= len(acknowledged)
        with sqlite3.connect(target) as plain:
            assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        plain.close()
    _attach_all(target, _items(0, 40))
    whole = tmp_path / "whole.db"
    _attach_all(whole, _items(0, 40))
    assert _contents(target) == _contents(whole)


def test_two_writers_wait_for_each_other(url):
    Store(url).close()
    problems = []

    def work(first):
        try:
            _attach_all(url, _items(first, first + 15))
        except StoreError as error:
            problems.append(error)

    threads = [threading.Thread(target=work, args=(first,)) for first in (0, 15)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert len(_contents(url)["claims"]) == 30


def test_reader_sees_the_last_state_while_somebody_writes(url):
    _attach_all(url, _items(0, 3))
    with Store(url) as writer, Store(url, read_only=True) as reader, writer.writer() as connection:
        attach(connection, _items(3, 5), run=1)
        with reader.view() as seen:
            assert len(dump(seen)["claims"]) == 3


def _attach_and_fail(store):
    with store.writer() as connection:
        attach(connection, _items(0, 3), run=1)
        raise ZeroDivisionError


def test_failed_transaction_leaves_nothing(store):
    with pytest.raises(ZeroDivisionError):
        _attach_and_fail(store)
    with store.view() as connection:
        assert dump(connection)["claims"] == {}


def test_store_of_a_newer_version_is_refused(url):
    with Store(url) as store, store.writer() as connection:
        connection.execute(update(meta).where(meta.c.name == "schema").values(value="99"))
    with pytest.raises(SchemaVersionError, match=r"99.*upgrade claimgraph"):
        Store(url)


def test_missing_store_is_not_created_by_reading(tmp_path):
    with pytest.raises(StoreError, match="claimgraph ingest"):
        Store(tmp_path / "none.db", read_only=True)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"not a database, just text " * 50, b""], ids=["text", "empty"])
def test_file_that_is_no_graph_is_refused_or_filled(tmp_path, content):
    path = tmp_path / "some.db"
    path.write_bytes(content)
    if content:
        with pytest.raises(StoreError, match="no claim graph"):
            Store(path)
        assert path.read_bytes() == content
    else:
        Store(path).close()


def test_database_with_other_tables_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as plain:
        plain.execute("CREATE TABLE recipes (name TEXT)")
    plain.close()
    with pytest.raises(StoreError, match="recipes"):
        Store(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere; needs an ordinary user")
def test_read_only_folder_is_said_in_words(tmp_path):
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o500)
    with pytest.raises(StoreError, match=r"permission|cannot be"):
        Store(folder / "graph.db")


def _fill(store):
    with store.writer() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite takes what it has as the least
        attach(connection, _items(10, 400), run=1)


def test_full_disk_is_said_in_words_and_damages_nothing(tmp_path):
    """A bound on the pages of the file stands in for the disk: SQLite reports the same error."""
    target = tmp_path / "graph.db"
    _attach_all(target, _items(0, 5))
    with Store(target) as store, pytest.raises(StoreError, match="disk is full"):
        _fill(store)
    assert len(_contents(target)["claims"]) == 5


def test_unknown_database_is_refused():
    with pytest.raises(StoreError, match="mysql"):
        Store("mysql://user:secret@host/db")


def test_unreachable_server_is_said_without_the_password():
    with pytest.raises(StoreError) as caught:
        Store("postgresql://user:secret@127.0.0.1:9/db?connect_timeout=2")
    assert "secret" not in str(caught.value)


def test_writer_waits_for_the_lock_of_another_process(tmp_path):
    target = tmp_path / "graph.db"
    Store(target).close()
    process = _writer(target)
    process.stdout.readline()
    started = time.monotonic()
    _attach_all(target, _items(100, 103))
    process.wait()
    process.stdout.close()
    assert time.monotonic() - started < 60
    assert len(_contents(target)["claims"]) == 63
