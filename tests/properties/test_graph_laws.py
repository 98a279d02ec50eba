"""The laws of the graph: arrival, batching and repetition do not matter, and what is retracted leaves no trace."""

from random import Random

from generated import build, contents, random_attachment
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimgraph.graph.linking import link
from claimgraph.store.attach import attach, retract

SMALL = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def articles(draw, smallest=2, largest=14):
    """Articles from the pools, in a drawn order."""
    seed = draw(st.integers(0, 10_000))
    random = Random(seed)
    made = [random_attachment(random, number) for number in range(draw(st.integers(smallest, largest)))]
    return draw(st.permutations(made))


@SMALL
@given(articles(), st.lists(st.integers(1, 4), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_any_order_and_any_batching_give_the_same_graph(items, sizes, random):
    first = contents(build(sorted(items, key=lambda item: item.article.id)))
    shuffled = list(items)
    random.shuffle(shuffled)
    assert contents(build(shuffled, sizes)) == first


@SMALL
@given(articles())
def test_graph_equals_the_one_linked_from_scratch(items):
    found, _ = contents(build(items))
    claims = [claim for item in items for claim in item.claims]
    expected = {claim: observation.id for observation in link(claims) for claim in observation.claims}
    assert {uid: key for uid, (key, _) in found["claims"].items()} == expected


@SMALL
@given(articles())
def test_attaching_again_changes_nothing(items):
    store = build(items)
    before = contents(store)
    with store.writer() as connection:
        attach(connection, items[: len(items) // 2], run=2)
    assert contents(store) == before


@SMALL
@given(articles(smallest=3), st.integers(1, 2))
def test_retracting_leaves_no_trace(items, kept):
    store = build(items, (3,))
    gone = items[kept:]
    with store.writer() as connection:
        assert retract(connection, [item.article.id for item in gone], run=2) == len(gone)
    assert contents(store) == contents(build(items[:kept]))


def test_retracting_everything_leaves_an_empty_graph():
    random = Random(1)
    items = [random_attachment(random, number) for number in range(20)]
    store = build(items)
    with store.writer() as connection:
        retract(connection, [item.article.id for item in items], run=2)
    _, rows = contents(store)
    assert not any(rows.values()), rows


def test_what_hot_observations_put_off_is_made_up_for(monkeypatch):
    """Small bounds, so that a few articles are above them."""
    random = Random(2)
    items = [random_attachment(random, number) for number in range(30)]
    expected = contents(build(items))
    monkeypatch.setattr("claimgraph.store.questions._LARGE", 2)
    monkeypatch.setattr("claimgraph.store.summaries._HOT", 2)
    random.shuffle(items)
    assert contents(build(items, (7, 3))) == expected
