"""The sample graph of the web tests."""

import pytest
from sample_articles import sample_articles

from claimgraph.graphs import Graph
from claimgraph.reading import Source
from claimgraph.store.ingest import Ingest
from claimgraph.store.store import Store


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """An open, read-only graph of the sample articles."""
    path = tmp_path_factory.mktemp("web") / "sample.db"
    found = sample_articles()
    with Store(path) as store:
        run = Ingest(store, "sample")
        list(
            run.steps([(Source(path=""), article) for article in found], lambda stream: [(a, found[a]) for a in stream])
        )
    with Graph.open(path, read_only=True) as graph:
        yield graph
