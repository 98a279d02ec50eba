"""Many questions that differ in the words around their values alone need few pairs, in whatever order they come."""

from itertools import combinations
from random import Random

import pytest
from generated import WORDS, attachment, build, contents, make_claim
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from claimgraph.graph import crowds
from claimgraph.graph.linking import link
from claimgraph.graph.questions import question, same_question
from claimgraph.store.attach import attach, retract
from claimgraph.store.schema import edge
from claimgraph.vocab import Kind

SMALL = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(autouse=True, scope="module")
def few_speakers():
    """So few that a dozen articles are a crowd."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(crowds, "SPEAKERS", 3)
        yield


def told(number, values=(12, 14), subjects=("wooden chairs", "chairs")):
    """Return an article that gives a figure without a measure, in words of its own."""
    random = Random(number)
    before, after = (" ".join(random.choices(WORDS, k=5)) for _ in range(2))
    value = str(random.choice(values))
    subject = random.choice(subjects)
    start = len(before) + 1
    fields = {"subject": subject, "unit": "chair", "kind": Kind.COUNT, "sentence_start": 0, "start": start}
    sentence = f"{before} {value} {subject} {after}."
    made = make_claim(f"c{number:04d}", value=value, sentence=sentence, end=start + len(value), **fields)
    return attachment(f"c{number:04d}", [made])


@st.composite
def articles(draw, smallest=8, largest=30):
    first = draw(st.integers(0, 10_000))
    return draw(st.permutations([told(first + at) for at in range(draw(st.integers(smallest, largest)))]))


def test_members_of_a_crowd_are_all_one():
    asked = [question(told(number).claims[0]) for number in range(60)]
    pairs = [(a, b) for a, b in combinations(asked, 2) if crowds.crowd(a) == crowds.crowd(b)]
    assert all(crowds.crowd(item) for item in asked)
    assert len(pairs) > 300
    assert all(same_question(a, b).same for a, b in pairs)


@SMALL
@given(articles(), st.lists(st.integers(1, 9), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_any_order_and_any_batching_give_the_same_graph(items, sizes, random):
    first = contents(build(sorted(items, key=lambda item: item.article.id)))
    shuffled = list(items)
    random.shuffle(shuffled)
    assert contents(build(shuffled, sizes)) == first


@SMALL
@given(articles(), st.integers(1, 7))
def test_graph_equals_the_one_linked_from_scratch(items, size):
    found, _ = contents(build(items, (size,)))
    claims = [claim for item in items for claim in item.claims]
    expected = {claim: observation.id for observation in link(claims) for claim in observation.claims}
    assert {uid: key for uid, (key, _) in found["claims"].items()} == expected


@SMALL
@given(articles(), st.integers(1, 12), st.integers(1, 5))
def test_retracting_leaves_no_trace(items, kept, size):
    store = build(items, (7,))
    gone = items[kept:]
    for at in range(0, len(gone), size):
        with store.writer() as connection:
            retract(connection, [item.article.id for item in gone[at : at + size]], run=2)
    assert contents(store) == contents(build(items[:kept]))


@SMALL
@given(articles(), st.integers(1, 12), st.integers(0, 10_000))
def test_articles_that_change_leave_the_graph_of_what_they_say_now(items, count, seed):
    store = build(items, (5,))
    before = [item.article.id for item in items[:count]]
    others = [told(20_000 + seed + at) for at in range(len(before))]
    changed = [
        attachment(name, [make_claim(name, **_fields(item.claims[0]))])
        for name, item in zip(before, others, strict=True)
    ]
    with store.writer() as connection:
        attach(connection, changed, run=2)
    assert contents(store) == contents(build([*items[count:], *changed]))


def _fields(claim):
    kept = ("subject", "unit", "kind", "sentence", "sentence_start", "start", "end")
    return {"value": claim.value_text, **{name: getattr(claim, name) for name in kept}}


def test_pairs_grow_with_the_number_of_questions_and_not_with_its_square():
    def pairs(size):
        with build([told(number, values=(12,)) for number in range(size)], (50,)).view() as connection:
            return connection.scalar(select(func.count()).select_from(edge))

    assert pairs(400) - pairs(200) == 2 * 200
