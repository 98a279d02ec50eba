"""The sample graph of the web tests."""

import shutil
from contextlib import closing

import pytest
from sample_articles import sample_articles
from starlette.testclient import TestClient

from claimgraph.graphs import Graph
from claimgraph.reading import Source
from claimgraph.store.ingest import Ingest
from claimgraph.store.store import Store
from claimgraph.web.app import Judging, make_app

ADDRESS = "http://127.0.0.1"


@pytest.fixture(scope="session")
def sample_path(tmp_path_factory):
    """A store of the sample articles, brought in by two runs; not to be written to."""
    path = tmp_path_factory.mktemp("web") / "sample.db"
    found = sample_articles()
    with Store(path) as store:
        for part in (list(found)[:1], list(found)[1:]):
            run = Ingest(store, "sample", started="2024-02-02T06:00:00+00:00")
            steps = run.steps(
                [(Source(path=""), article) for article in part], lambda stream: [(a, found[a]) for a in stream]
            )
            list(steps)
            run.report()
    return path


@pytest.fixture(scope="session")
def sample(sample_path):
    """An open, read-only graph of the sample articles."""
    with Graph.open(sample_path, read_only=True) as graph:
        yield graph


@pytest.fixture
def own_path(sample_path, tmp_path):
    """A store of the sample articles for one test to write to."""
    path = tmp_path / "own.db"
    with closing(Graph.open(sample_path, read_only=True)):
        shutil.copy(sample_path, path)
    return path


@pytest.fixture
def judging(own_path):
    """How judgements on the test's own store are stored, at a fixed moment."""
    return Judging(writer=lambda: Graph.open(own_path), now=lambda: "2024-02-03T10:30:00+00:00")


@pytest.fixture
def judge(own_path, judging):
    """A client of an explorer that takes judgements."""
    with Graph.open(own_path, read_only=True) as graph:
        yield TestClient(make_app(graph, judging=judging), base_url=ADDRESS)
