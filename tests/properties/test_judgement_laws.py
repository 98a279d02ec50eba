"""The laws of judgements: they outweigh the pipeline, whenever they come, and leave no trace once taken back."""

from random import Random

from generated import dump, everything, random_attachment
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimgraph.graph.judgements import judgement, mark_of
from claimgraph.store.attach import attach, retract, settle
from claimgraph.store.judging import add, take_back
from claimgraph.store.store import Store
from claimgraph.vocab import Ruling

SMALL = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def cases(draw):
    """Articles from the pools and judgements about their claims."""
    random = Random(draw(st.integers(0, 10_000)))
    items = [random_attachment(random, number) for number in range(draw(st.integers(2, 9)))]
    claims = [claim for item in items for claim in item.claims]
    said = []
    for at in range(draw(st.integers(1, 5))):
        a, b = random.sample(claims, 2)
        ruling = random.choice(list(Ruling))
        other = None if ruling is Ruling.WRONG else mark_of(b)
        said.append(judgement(ruling, mark_of(a), other, author="reader", made=f"2026-01-0{at + 1}"))
    return items, said


def build(steps):
    """Attach articles and take in judgements one after the other."""
    store = Store(":memory:")
    for step in steps:
        with store.writer() as connection:
            if hasattr(step, "ruling"):
                add(connection, [step], run=1)
            else:
                attach(connection, [step], run=1)
    return store


def contents(store):
    with store.writer() as connection:
        settle(connection, run=1)
    with store.view() as connection:
        return dump(connection), everything(connection)


def observations(store):
    return {uid: key for uid, (key, _) in contents(store)[0]["claims"].items()}


@SMALL
@given(cases(), st.randoms(use_true_random=False))
def test_judgements_and_articles_may_come_in_any_order(case, random):
    items, said = case
    first = contents(build([*items, *said]))
    steps = [*said, *items]
    random.shuffle(steps)
    assert contents(build(steps)) == first


@SMALL
@given(cases())
def test_judgement_that_is_taken_back_leaves_no_trace(case):
    items, said = case
    store = build([*items, *said])
    with store.writer() as connection:
        for item in said:
            assert take_back(connection, item.id, run=1)
            assert not take_back(connection, item.id, run=1)
    assert contents(store) == contents(build(items))


@SMALL
@given(cases())
def test_judgement_survives_that_its_articles_go_and_come_back(case):
    items, said = case
    store = build([*items, *said])
    before = contents(store)
    with store.writer() as connection:
        retract(connection, [item.article.id for item in items], run=2)
    assert not any(contents(store)[1].values())
    with store.writer() as connection:
        attach(connection, items, run=3)
    assert contents(store) == before


@SMALL
@given(cases())
def test_last_judgement_alone_decides_about_its_claims(case):
    items, said = case
    last = said[-1]
    of = observations(build([*items, last]))
    claims = {mark_of(claim): claim.id for item in items for claim in item.claims}
    a = of[claims[last.a]]
    if last.ruling is Ruling.WRONG:
        assert list(of.values()).count(a) == 1
    else:
        assert (a == of[claims[last.b]]) is (last.ruling is Ruling.SAME)
