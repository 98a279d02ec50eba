"""What another process finds of a batch before its turn comes never changes the graph, whatever happens in between."""

import os
import sys
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from generated import build, contents, dump, random_attachment
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from claimgraph.store import ahead as looking
from claimgraph.store import bulk
from claimgraph.store.ahead import look, looked_ahead
from claimgraph.store.attach import attach, attach_prepared, retract
from claimgraph.store.candidates import link
from claimgraph.store.moving import dump_articles, load_articles
from claimgraph.store.preparing import prepare
from claimgraph.store.schema import question
from claimgraph.store.store import Store

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import news

#: Articles that are replaced now and then, and such as make a crowd of questions that differ in words alone.
OTHERS = [prepare(random_attachment(Random(number), number % 30)) for number in range(60)]
CROWD = list(map(prepare, islice(news.flood(40, counted="blue tents", unit="tent"), 40)))

BATCH = st.tuples(
    st.lists(st.sampled_from(OTHERS + CROWD), min_size=1, max_size=25, unique_by=lambda item: item.row["uid"]),
    st.lists(st.sampled_from(OTHERS + CROWD), max_size=8),  # taken out after it
    st.integers(0, 2),  # how many batches the other process lags behind
)


def dies(*_):
    os._exit(1)


def rows_of(batch):
    return [made.kept for item in batch for made in item.claims]


def made(batches, *, ahead):
    store, seen = Store(":memory:"), []
    for at, (batch, gone, _) in enumerate(batches):
        with store.view() as connection:
            coming = [
                (later, batches[later][0]) for later in range(at, len(batches)) if later - batches[later][2] == at
            ]
            seen += [(later, look(connection, rows_of(items))) for later, items in coming] if ahead else []
        with store.writer() as connection:
            attach_prepared(connection, batch, 1, dict(seen).get(at))
            retract(connection, [item.row["uid"] for item in gone], 1)
    return contents(store)


@settings(max_examples=40, deadline=None)
@given(st.lists(BATCH, min_size=2, max_size=5))
def test_looking_ahead_changes_nothing(batches):
    assert made(batches, ahead=True) == made(batches, ahead=False)


def test_what_was_seen_is_not_compared_again(monkeypatch):
    with (
        build([random_attachment(Random(number), number) for number in range(20)]) as store,
        store.writer() as connection,
    ):
        batch = [prepare(random_attachment(Random(number), number)) for number in range(90, 99)]
        found = look(connection, rows_of(batch))
        compared = []
        monkeypatch.setattr("claimgraph.store.candidates.same_question", lambda *pair: compared.append(pair))
        attach_prepared(connection, batch, 2, found)
        assert found.within or found.across
        assert not compared


def test_numbers_that_went_to_other_questions_make_it_worthless():
    with (
        build([random_attachment(Random(number), number) for number in range(9)]) as store,
        store.writer() as connection,
    ):
        row = CROWD[0].claims[0].kept
        found, new = look(connection, [row]), {10_000: row}
        assert found.still(connection, new) is not None
        last = connection.execute(select(func.max(question.c.id))).scalar_one()
        connection.execute(update(question).where(question.c.id == last).values(key="another"))
        assert found.still(connection, new) is None


def test_an_import_in_several_processes_makes_the_same_graph(store, monkeypatch):
    articles = [random_attachment(Random(number), number) for number in range(60)]
    with build(articles) as source, source.view() as connection:
        lines, there = list(dump_articles(connection, workers=0)), dump(connection)
    monkeypatch.setattr(bulk, "_MOST", 12)
    given = []
    monkeypatch.setattr("claimgraph.store.questions.link", lambda *asked: given.append(asked[2]) or link(*asked))
    load_articles(store, lines, workers=1)
    with store.view() as connection:
        assert dump(connection) == there
    assert [found is not None for found in given] == [False, True, True, True, True]


@pytest.mark.parametrize("workers", [0, 1], ids=["alone", "in memory"])
def test_where_nobody_can_look_ahead_batches_come_as_they_are(workers):
    with Store(":memory:") as store:
        assert list(looked_ahead(store, ["a", "b"], workers)) == [("a", None), ("b", None)]


def test_batches_are_written_where_the_other_process_dies(tmp_path, monkeypatch):
    articles = [random_attachment(Random(number), number) for number in range(6)]
    with Store(tmp_path / "graph.db") as store:
        batches = [list(map(prepare, articles[:3])), list(map(prepare, articles[3:]))]
        with store.writer() as connection:
            attach(connection, articles[:1], run=1)
        monkeypatch.setattr(looking, "_look", dies)
        assert [found for _, found in looked_ahead(store, batches, 1)] == [None, None]
