"""One observation that everybody prints costs in proportion to the claims, and lists read a part of the graph."""

import sys
import time
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import func, select

from claimgraph.graph.crowds import SPEAKERS
from claimgraph.store.attach import attach, settle
from claimgraph.store.bulk import attach_all
from claimgraph.store.observations import Filter, observations
from claimgraph.store.preparing import prepare
from claimgraph.store.schema import edge
from claimgraph.store.store import Store

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import news

#: What is counted, and in what: a measure with a name, and one without, of which every paper tells in words of its own.
NAMED = {"counted": "people killed", "unit": "person"}
UNNAMED = {"counted": "blue tents", "unit": "tent"}


class Flooded(NamedTuple):
    """Processor time of bringing in one-claim articles that answer one question, and what they leave."""

    seconds: float
    claims: int
    pairs: int


def flooded(size, subject):
    items = list(map(prepare, news.flood(size, **subject)))
    store = Store(":memory:")
    began = time.process_time()
    attach_all(store, items, 1)
    took = time.process_time() - began
    with store.view() as connection:
        pairs = connection.scalar(select(func.count()).select_from(edge))
        return Flooded(took, max(found.claims for found in observations(connection, Filter(), 5)), pairs)


@pytest.mark.slow
@pytest.mark.parametrize(
    (
        "subject",
        "each",
    ),  # pairs per further claim: with other values; each question in words of its own with a few others
    [pytest.param(NAMED, 3, id="named"), pytest.param(UNNAMED, SPEAKERS, id="unnamed")],
)
def test_observation_of_many_thousand_claims_grows_in_proportion(subject, each):
    few, many = flooded(5_000, subject), flooded(20_000, subject)
    assert few.claims > 0.8 * 5_000
    assert many.claims > 0.8 * 20_000
    assert many.seconds < 4 * 1.6 * few.seconds
    assert many.pairs <= few.pairs + each * 15_000


def test_observation_of_an_unnamed_measure_keeps_few_pairs_and_shows_what_answers_it():
    few, many = flooded(400, UNNAMED), flooded(800, UNNAMED)
    assert many.claims > 0.8 * 800
    assert many.pairs < 3 * few.pairs  # of all pairs: 4


@pytest.mark.parametrize("subject", [NAMED, pytest.param(UNNAMED, marks=pytest.mark.slow)], ids=["named", "unnamed"])
def test_one_more_claim_of_a_hot_observation_costs_no_more_than_before(subject):
    store = Store(":memory:")
    stream = news.flood(3_300, **subject)
    times = []
    for size in (300, 2_700):
        attach_all(store, map(prepare, islice(stream, size)), 1)
        began = time.process_time()
        for item in islice(stream, 50):
            with store.writer() as connection:
                attach(connection, [item], run=1)
        times.append(time.process_time() - began)
    with store.writer() as connection:
        settle(connection, run=1)
    with store.view() as connection:
        assert observations(connection, Filter(), 1)[0].claims > 0.8 * 3_100
    assert times[1] < 3 * times[0]


@pytest.mark.parametrize(
    "wanted",
    [Filter(entity="norw"), Filter(measure="KILLED"), Filter(year=2020), Filter(outlet="paper 7")],
    ids=["entity", "measure", "year", "outlet"],
)
def test_list_is_the_same_whether_a_filter_leaves_little_or_much(wanted, monkeypatch):
    store = Store(":memory:")
    others = [news.article(1, number, 100) for number in range(60)]
    with store.writer() as connection:
        attach(connection, [*others, *news.flood(20)], run=1)
    with store.view() as connection:
        little = observations(connection, wanted, 50)
        monkeypatch.setattr("claimgraph.store.observations._FEW", 0)
        much = observations(connection, wanted, 50)
    assert little == much
    assert little


def test_relations_of_a_hot_observation_come_one_by_one():
    """A consumer that stops early has not paid for all pairs."""
    from claimgraph.store.observations import pairs

    store = Store(":memory:")
    attach_all(store, map(prepare, news.flood(2_000)), 1)
    began = time.process_time()
    with store.view() as connection:
        first = list(islice(pairs(connection), 100))
    assert len(first) == 100
    assert time.process_time() - began < 5
