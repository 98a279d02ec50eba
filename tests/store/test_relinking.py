"""A graph that other code or lexicons linked is linked anew from its claims, also after having been killed."""

from random import Random

import pytest
from generated import dump, random_attachment
from sqlalchemy import select, update

from claimgraph.config import graph_fingerprint
from claimgraph.graphs import Graph
from claimgraph.store import relinking
from claimgraph.store.attach import attach, settle
from claimgraph.store.relinking import relink
from claimgraph.store.schema import meta, question
from claimgraph.store.store import Store


@pytest.fixture
def linked(store):
    """A store with a dozen articles, linked by this version, and its content."""
    relink(store, graph_fingerprint())
    dice = Random(5)
    with store.writer() as connection:
        attach(connection, [random_attachment(dice, number) for number in range(12)], run=0)
        settle(connection, run=0)
    with store.view() as connection:
        return store, dump(connection)


def spoil(store):
    """Make a store look as if other code had linked it, with questions that this code can't read."""
    with store.writer() as connection:
        connection.execute(update(meta).where(meta.c.name == "graph").values(value="other"))
        connection.execute(update(question).values(facets="{}"))


def test_relinking_gives_the_graph_that_linking_gave(linked):
    store, before = linked
    spoil(store)
    assert relink(store, graph_fingerprint()) == 12
    with store.view() as connection:
        assert dump(connection) == before
    assert relink(store, graph_fingerprint()) == 0


def test_relinking_that_was_killed_goes_on(linked, monkeypatch):
    store, before = linked
    spoil(store)
    monkeypatch.setattr(relinking, "_BATCH", 5)
    steps = iter([True, False])
    step = relinking._step
    monkeypatch.setattr(relinking, "_step", lambda *given: step(*given) if next(steps) else 1 / 0)
    with pytest.raises(ZeroDivisionError):
        relink(store, graph_fingerprint())
    monkeypatch.setattr(relinking, "_step", step)
    assert relink(store, graph_fingerprint()) == 7
    with store.view() as connection:
        assert dump(connection) == before


def test_doctor_says_who_linked_and_ingest_links(linked, run_cli, tmp_path):
    store, before = linked
    spoil(store)
    if store.path:
        assert "linked by another version" in run_cli("doctor", "--db", store.path).stdout
    with Graph(store) as graph:
        assert not graph.is_linked()
        graph.ingest([])
        assert graph.is_linked()
        with store.view() as connection:
            assert connection.scalar(select(meta.c.value).where(meta.c.name == "graph")) == graph_fingerprint()
            assert dump(connection) == before


def test_preview_links_nothing_and_needs_no_leave_to_write(tmp_path):
    path = tmp_path / "graph.db"
    with Graph.open(path) as graph:
        graph.relink()
    with Store(path) as store, store.writer() as connection:
        connection.execute(update(meta).where(meta.c.name == "graph").values(value="another version"))
    (tmp_path / "new.txt").write_text("Port Vesper counted 196 new houses in 2021.")
    with Graph.open(path, read_only=True) as graph:
        assert graph.preview([tmp_path / "new.txt"]).new == 1
        assert not graph.is_linked()
