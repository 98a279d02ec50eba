"""What is known about pages that were asked for before: kept beside them, in one SQLite file.

The file is also the lock: while one run has it, another leaves with a message. A killed run lets go of it.
"""

import sqlite3
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from claimgraph.errors import ConfigError

__all__ = ["Known", "State"]

_FILE = ".claimgraph-fetch.db"  # hidden, so that it is not read as an article


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One page as it was when it was last asked for.

    url: that was asked. final: where redirects led. etag, modified: what the server said to tell versions apart.
    digest: of the page's bytes. file: relative to the folder. asked: seconds since 1970.
    problem: why it could not be fetched the last time, None if it could.
    """

    url: str
    final: str
    etag: str | None = None
    modified: str | None = None
    digest: str | None = None
    file: str | None = None
    asked: float = 0.0
    problem: str | None = None


_NAMES = tuple(field.name for field in fields(Known))


class State:
    """The memory of a folder; close it, or use it in a `with` block."""

    def __init__(self, folder: Path) -> None:
        """Open the memory of a folder, or begin one, and keep others out.

        Raises:
            ConfigError: another run is filling the folder, or the file is something else.
        """
        path = folder / _FILE
        self._connection = sqlite3.connect(path, timeout=1.0, isolation_level=None)
        try:
            self._prepare()
        except sqlite3.OperationalError as error:
            self._connection.close()
            raise ConfigError(
                "--into", str(folder), f"a folder that no other fetch is filling now ({error})"
            ) from error
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise ConfigError(
                "--into", str(folder), f"{path} must be ours: {error}; remove it to start anew"
            ) from error

    def _prepare(self) -> None:
        run = self._connection.execute
        run("PRAGMA locking_mode=EXCLUSIVE")
        run("BEGIN EXCLUSIVE")
        run(
            "CREATE TABLE IF NOT EXISTS page (url TEXT PRIMARY KEY, final TEXT NOT NULL, etag TEXT, modified TEXT,"
            " digest TEXT, file TEXT, asked REAL NOT NULL, problem TEXT) WITHOUT ROWID"
        )
        run("CREATE TABLE IF NOT EXISTS host (name TEXT PRIMARY KEY, until REAL NOT NULL) WITHOUT ROWID")
        run("COMMIT")

    def page(self, url: str) -> Known | None:
        """Give what is known about a page."""
        found = self._connection.execute(f"SELECT {', '.join(_NAMES)} FROM page WHERE url = ?", [url]).fetchone()
        return Known(**dict(zip(_NAMES, found, strict=True))) if found else None

    def remember(self, known: Known) -> None:
        """Write down what a page is now."""
        marks = ", ".join("?" * len(_NAMES))
        self._connection.execute(f"INSERT OR REPLACE INTO page ({', '.join(_NAMES)}) VALUES ({marks})", astuple(known))

    def shut_until(self, host: str) -> float:
        """Give the moment, in seconds since 1970, until which a host wants to be left alone; 0 if it does not."""
        found = self._connection.execute("SELECT until FROM host WHERE name = ?", [host]).fetchone()
        return float(found[0]) if found else 0.0

    def shut(self, host: str, until: float) -> None:
        """Write down until when a host wants to be left alone."""
        self._connection.execute("INSERT OR REPLACE INTO host (name, until) VALUES (?, ?)", [host, until])

    def close(self) -> None:
        """Let others at the folder."""
        self._connection.close()

    def __enter__(self) -> "State":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
