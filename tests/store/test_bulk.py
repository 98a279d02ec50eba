"""What other processes prepare is what this one would prepare, and what is written at once needs no second look."""

import json
import sys
from pathlib import Path
from random import Random

import pytest
from generated import dump, random_attachment
from sqlalchemy import select

from claimgraph.errors import StoreError
from claimgraph.export import dump_line
from claimgraph.store import carried, moving
from claimgraph.store.attach import attach
from claimgraph.store.bulk import prepared
from claimgraph.store.moving import dump_articles, load_articles
from claimgraph.store.preparing import Prepared, prepare
from claimgraph.store.schema import observation
from claimgraph.store.store import Store
from claimgraph.store.summaries import refresh

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import news


@pytest.fixture
def articles():
    random = Random(7)
    return [random_attachment(random, number) for number in range(40)]


def test_claims_and_questions_cross_to_another_process_unchanged(articles):
    for item in map(prepare, articles):
        there = Prepared.unpacked(item.packed())
        assert there.packed() == item.packed()
        for sent, own in zip(there.claims, item.claims, strict=True):
            assert (sent.claim, sent.kept.question) == (own.claim, own.kept.question)


def test_articles_come_in_order_whoever_prepares_them():
    alone, helped = ([item.packed() for item in prepared(news.prepared, range(230), workers)] for workers in (0, 1))
    assert helped == alone


def test_summing_up_again_changes_nothing(store, articles):
    """Observations of a single claim are written from its columns, without being summed up."""
    with store.writer() as connection:
        attach(connection, articles, run=1)
        refresh(connection, list(connection.scalars(select(observation.c.id))), run=2)
        assert set(connection.scalars(select(observation.c.run))) == {1}


def test_lines_are_imported_as_text_or_as_objects(articles):
    found = []
    with Store(":memory:") as source:
        with source.writer() as connection:
            attach(connection, articles, run=1)
        with source.view() as connection:
            lines = list(dump_articles(connection))
    for given in (lines, [json.dumps(line) for line in lines]):
        with Store(":memory:") as target:
            assert load_articles(target, given, workers=0) == len(articles)
            with target.view() as connection:
                found.append(dump(connection))
    assert found[0] == found[1]


@pytest.fixture
def exported(articles):
    """Lines of a graph, as code called `this` writes them."""
    with Store(":memory:") as source:
        with source.writer() as connection:
            attach(connection, articles, run=1)
        with source.view() as connection:
            return [dump_line(line) for line in dump_articles(connection, by="this", workers=0)]


def imported(lines, by):
    with Store(":memory:") as target:
        load_articles(target, lines, by=by, workers=0)
        with target.view() as connection:
            return dump(connection)


def test_what_lines_carry_is_taken_as_it_is(exported, monkeypatch):
    anew = imported(exported, None)
    monkeypatch.setattr(moving, "prepare", None)  # nothing is worked out any more
    assert imported(exported, "this") == anew


def test_lines_of_other_code_are_worked_out_anew(exported):
    assert carried.carried(exported[0], "this")
    assert carried.carried(exported[0], "that") is None
    assert imported(exported, "that") == imported(exported, None)


def test_lines_that_somebody_changed_are_worked_out_anew(exported):
    changed = [line.replace("Norland", "Soutland") for line in exported]
    assert [carried.carried(line, "this") for line in changed if "Soutland" in line].count(None) > 1
    assert imported(changed, "this") == imported(changed, None)
    short = [dump_line({**json.loads(line), "ready": None}) for line in exported]
    assert imported(short, "this") == imported(exported, None)


def test_a_line_that_carries_something_else_is_refused():
    line = {"uid": "a"}
    with pytest.raises(StoreError, match="export --all"):
        carried.carried(dump_line({**line, "check": carried._check(dump_line(line), "this")}), "this")
