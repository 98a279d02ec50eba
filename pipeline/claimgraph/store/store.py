"""Open a claim graph, write to it in transactions, read from it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection

from claimgraph.errors import StoreError
from claimgraph.store.dialects import database_path, engine_for, parse_url, run_lock, translated, writer_lock
from claimgraph.store.migrations import check_schema, create_schema, migrate, schema_version
from claimgraph.store.schema import SCHEMA_VERSION

__all__ = ["Store"]


class Store:
    """A claim graph in a database.

    `writer()` gives a transaction that commits as a whole or not at all, one writer at a time; `view()` gives a
    consistent state to read, also while somebody writes. Every error of the database comes as a StoreError in words.
    """

    def __init__(self, target: str | Path, *, read_only: bool = False, upgrade: bool = False) -> None:
        """Open a store by path or URL; a new one is created unless `read_only`.

        Args:
            target: path of an SQLite file, or URL.
            read_only: nothing is written.
            upgrade: bring the schema of an older version to this one's.

        Raises:
            StoreError: it cannot be opened, or holds something else.
            SchemaVersionError: another version of claimgraph wrote it.
        """
        self._url = parse_url(target)
        self.path = database_path(self._url)
        self.read_only = read_only
        if read_only and self.path and not self.path.exists():
            raise StoreError(f"{self.path}: no claim graph there yet; `claimgraph ingest` makes one")
        self._engine = engine_for(self._url, read_only=read_only)
        try:
            if upgrade:
                self._migrate()
            self._prepare()
        except StoreError:
            self._engine.dispose()
            raise

    @property
    def address(self) -> str | None:
        """What opens the same store in another process; None for one in memory."""
        if self._url.get_backend_name() != "sqlite":
            return self._url.render_as_string(hide_password=False)
        return str(self.path.absolute()) if self.path else None

    def _prepare(self) -> None:
        with self.view() as connection:
            found = schema_version(connection)
        if found is not None:
            check_schema(found)
            return
        if self.read_only:
            raise StoreError(f"{self}: no claim graph there yet; `claimgraph ingest` makes one")
        self._use_wal()
        with self.writer() as connection:
            if schema_version(connection) is None:  # another process may have been faster
                create_schema(connection)

    def _use_wal(self) -> None:
        """Let readers read while one writes; stays in the file. Not possible inside a transaction."""
        if self.path:
            with writer_lock(self._url), translated(self._url):
                connection = self._engine.raw_connection()
                connection.cursor().execute("PRAGMA journal_mode=WAL")
                connection.close()

    @contextmanager
    def writer(self) -> Iterator[Connection]:
        """Give a transaction that commits at the end of the block; any exception rolls it back."""
        if self.read_only:
            raise StoreError(f"{self}: opened for reading only")
        with translated(self._url), self._engine.connect() as plain:
            connection = plain.execution_options(claimgraph_write=True)
            if self.path:
                with writer_lock(self._url), connection.begin():
                    yield connection
            else:
                with connection.begin(), writer_lock(self._url, connection):
                    yield connection

    @contextmanager
    def run_lock(self, seconds: float, waiting: Callable[[], object] = bool) -> Iterator[None]:
        """Hold the place of the one run that brings articles in; `waiting` is called if another one has it.

        Raises:
            StoreError: another run had it for so many seconds.
        """
        with ExitStack() as stack:
            with translated(self._url):
                stack.enter_context(run_lock(self._url, self._engine, seconds, waiting))
            yield

    @contextmanager
    def view(self) -> Iterator[Connection]:
        """Give one consistent state to read from."""
        with translated(self._url), self._engine.connect() as connection:
            yield connection

    def _migrate(self) -> None:
        """Bring an older store to this version's schema, a transaction a step."""
        with self.view() as connection:
            found = schema_version(connection) or SCHEMA_VERSION
        while found < SCHEMA_VERSION:
            with self.writer() as connection:
                found = migrate(connection, schema_version(connection) or SCHEMA_VERSION)

    def close(self) -> None:
        """Give back the connections; the last one to leave writes SQLite's log into its file."""
        with translated(self._url):
            if self.path and not self.read_only:
                with writer_lock(self._url):
                    self._engine.dispose()
            else:
                self._engine.dispose()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __str__(self) -> str:
        return str(self.path) if self.path else self._url.render_as_string(hide_password=True)
