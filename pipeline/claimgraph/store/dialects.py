"""What differs between SQLite and PostgreSQL: opening, locking, upserts, and errors in words."""

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import StaticPool

from claimgraph.errors import StoreError

__all__ = [
    "database_path",
    "engine_for",
    "insert_new",
    "parse_url",
    "run_lock",
    "translated",
    "use_memory",
    "writer_lock",
]

_WAIT = 60.0  # seconds that a writer waits for another one; one article takes milliseconds
_WRITE_LOCK, _RUN_LOCK = 0x636C61696D, 0x636C61696E  # keys of PostgreSQL's advisory locks ("claim" and the next)
_CACHE = 8  # megabytes of an SQLite file that a connection keeps in memory; the system keeps the rest as well as that
_PAUSE = 0.05  # seconds between two looks whether a lock is free


def parse_url(target: str | Path) -> URL:
    """Read a path or a SQLAlchemy URL; a bare `postgresql://` takes psycopg 3.

    Raises:
        StoreError: it is neither.
    """
    name = os.fspath(target)
    if "://" not in name:
        return URL.create("sqlite", database=None if name == ":memory:" else name)
    try:
        url = make_url(name)
    except ArgumentError as error:
        raise StoreError(f"{name.split('@')[-1]}: not a database URL") from error
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(f"{url.get_backend_name()}: not a supported database; use a path, sqlite:/// or postgresql://")
    return url


def database_path(url: URL) -> Path | None:
    """Return the file of an SQLite URL, None for one in memory and for servers."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)


def engine_for(url: URL, *, read_only: bool) -> Engine:
    """Create the engine of a store; nothing is opened yet.

    Raises:
        StoreError: the database's driver is not installed.
    """
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, read_only=read_only)
    try:
        return create_engine(url, pool_pre_ping=True)
    except ImportError as error:
        raise StoreError("PostgreSQL needs a driver: pip install 'claimgraph[postgres]'") from error


def _sqlite_engine(url: URL, *, read_only: bool) -> Engine:
    path = database_path(url)
    if path is None:
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    elif read_only:
        mode = "ro" if os.access(path.parent, os.W_OK) else "ro&immutable=1"  # WAL readers must write -shm
        target = path.absolute().as_uri() + f"?mode={mode}"
        engine = create_engine("sqlite://", creator=lambda: _connect(target), pool_size=5)
    else:
        engine = create_engine("sqlite://", creator=lambda: _connect(str(path)), pool_size=5)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _connect(target: str) -> sqlite3.Connection:
    return sqlite3.connect(target, uri=target.startswith("file:"), timeout=_WAIT, check_same_thread=False)


def _set_pragmas(connection: Any, _: object) -> None:
    """Take transactions into our own hands; the driver's deferred BEGIN fails under two writers."""
    connection.isolation_level = None
    for pragma in ("foreign_keys=ON", "synchronous=NORMAL", f"cache_size={-1024 * _CACHE}", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def use_memory(connection: Connection, megabytes: int) -> None:
    """Let a connection keep so much of an SQLite file in memory; servers decide for themselves."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA cache_size={-1024 * megabytes}")


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("claimgraph_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextmanager
def writer_lock(url: URL, connection: Connection | None = None) -> Iterator[None]:
    """Hold the one writer's place; others wait up to a minute.

    SQLite 3.7 to 3.51.2 can damage a WAL file when two connections write and checkpoint at once, so one lock file
    beside the database lets a single process write. PostgreSQL takes an advisory lock for the transaction
    (`connection`), because regrouping needs to see what the other writer linked.

    Raises:
        StoreError: another process has been writing for a minute.
    """
    path = database_path(url)
    if path is None:
        if connection is not None and url.get_backend_name() == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_WAIT:.0f}s'")
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITE_LOCK})
        yield
        return
    with path.with_name(path.name + ".lock").open("ab") as handle:
        if not _until(lambda: _try_lock(handle), _WAIT):
            raise StoreError(f"{path}: another process has been writing for {_WAIT:.0f} seconds; try again later")
        yield


@contextmanager
def run_lock(url: URL, engine: Engine, seconds: float, waiting: Callable[[], object]) -> Iterator[None]:
    """Hold the place of the one run that brings articles in; the death of the process gives it back.

    Two runs at once would do no harm, but much of their work twice.

    Args:
        url: of the store; one in memory is nobody else's.
        engine: of the store.
        seconds: how long another run is waited for.
        waiting: called once if there is one.

    Raises:
        StoreError: the other run is still at work.
    """
    path = database_path(url)
    with ExitStack() as stack:
        if path is not None:
            handle = stack.enter_context(path.with_name(path.name + ".run").open("ab"))
            _take(lambda: _try_lock(handle), seconds, waiting, str(path))
        elif url.get_backend_name() == "postgresql":
            plain = stack.enter_context(engine.connect().execution_options(isolation_level="AUTOCOMMIT"))
            stack.callback(plain.invalidate)  # the lock goes with its connection, also where the server went first
            asked = text("SELECT pg_try_advisory_lock(:key)")
            name = url.render_as_string(hide_password=True)
            _take(lambda: bool(plain.scalar(asked, {"key": _RUN_LOCK})), seconds, waiting, name)
        yield


def _take(free: Callable[[], bool], seconds: float, waiting: Callable[[], object], name: str) -> None:
    if free():
        return
    waiting()
    if not _until(free, seconds):
        problem = f"{name}: another run was bringing articles in, and still is after {seconds:g} seconds"
        raise StoreError(f"{problem}; it does what it finds, run the same command again later for the rest")


def _until(free: Callable[[], bool], seconds: float) -> bool:
    """Try again and again; False if it never worked."""
    deadline = time.monotonic() + seconds
    pause = 0.001
    while not free():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
        pause = min(pause * 2, _PAUSE)
    return True


def _try_lock(handle: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert the rows that are not there yet, by primary or unique key; the others stay as they are."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # costs a tenth of a second, for nothing in SQLite

        connection.execute(postgresql.insert(table).on_conflict_do_nothing(), list(rows))
    else:
        connection.execute(sqlite.insert(table).on_conflict_do_nothing(), list(rows))


_GONE = "the database server stopped or was restarted; run the same command again when it is back, nothing is lost"
_WORDS = (
    ("disk is full", "the disk is full; free some space and run the same command again, nothing is lost"),
    ("No space left", "the disk is full; free some space and run the same command again, nothing is lost"),
    ("readonly", "the database cannot be written; check its permissions and those of its folder"),
    ("read-only", "the database cannot be written; check its permissions and those of its folder"),
    ("unable to open", "the database cannot be opened; check that its folder exists and is readable"),
    ("not a database", "this file is no claim graph (not an SQLite database)"),
    ("malformed", "the database is damaged; restore a backup, or ingest the articles into a new one"),
    ("locked", "another process has been writing for a minute; try again later"),
    ("lock timeout", "another process has been writing for a minute; try again later"),
    ("Connection refused", "the database server does not answer; check that it runs and the URL is right"),
    ("failed: No such file", "the database server does not answer; check that it runs and the URL is right"),
    ("starting up", _GONE),
    ("shutting down", _GONE),
    ("terminating connection", _GONE),
    ("closed the connection", _GONE),
    ("connection is lost", _GONE),
    ("connection is closed", _GONE),
    ("consuming input failed", _GONE),
)


@contextmanager
def translated(url: URL) -> Iterator[None]:
    """Turn the database's errors into a StoreError that says what to do; passwords are not shown."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        problem = str(cause).strip().split("\n")[0]
        words = next((words for sign, words in _WORDS if sign in problem), problem)
        name = database_path(url) or url.render_as_string(hide_password=True)
        raise StoreError(f"{name}: {words}") from error
