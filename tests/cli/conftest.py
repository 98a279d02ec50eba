"""Run commands in this process, on a graph whose claims need no language model."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from generated import attachment, make_claim
from typer.testing import CliRunner

from claimgraph.store.attach import attach, settle
from claimgraph.store.store import Store
from claimgraph.vocab import Qualifier


@pytest.fixture
def run() -> Callable[..., Result]:
    """Run `claimgraph` with arguments; errors of the library become exit codes as they do at the terminal."""

    def call(*arguments: object, stdin: str | None = None) -> Result:
        from claimgraph.cli.main import app

        return CliRunner().invoke(app, [str(item) for item in arguments], input=stdin)

    return call


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A graph in which two outlets differ on one figure, and agree on another."""
    path = tmp_path / "graph.db"
    first = [
        make_claim("post", 0, value=196, sentence="A total of 196 people were killed in Norland."),
        make_claim("post", 1, value=67, year=2020, period="2020", sentence="The year before 67 people were killed."),
    ]
    second = [
        make_claim("times", 0, value=800, qualifier=Qualifier.APPROXIMATELY, sentence="About 800 people were killed."),
        make_claim("times", 1, value=67, year=2020, period="2020", sentence="In 2020, 67 people were killed."),
    ]
    with Store(path) as store, store.writer() as connection:
        items = (
            attachment("post", first, "one", outlet="The Harbour Post", published=date(2022, 1, 18)),
            attachment("times", second, "two", outlet="Norland \x1b[31mTimes", published=None),
        )
        for item in items:
            attach(connection, [item], run=1)
        settle(connection, run=1)
    return path
