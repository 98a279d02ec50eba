"""The best-supported answer."""

import time
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from claimgraph.graph.best import best_answer
from claimgraph.graph.records import Answer
from claimgraph.graph.values import interval
from claimgraph.vocab import Qualifier


def answer(make_claim, claim, value, origin, published="2031-05-02"):
    return Answer(
        claim=claim, interval=interval(make_claim(str(value), value)), voice=claim, origin=origin, published=published
    )


def test_no_answers_give_none():
    assert best_answer([]) is None


def test_carriers_of_one_origin_share_a_vote(make_claim):
    carried = [answer(make_claim, f"c{number}", 300, "ministry") for number in range(5)]
    others = [answer(make_claim, "d", 410, "hospital"), answer(make_claim, "e", 410, "red cross")]
    best = best_answer([*carried, *others])
    assert best.value == 410
    assert (best.carriers, best.origins) == (2, 2)


def test_recent_reports_win_where_values_move(make_claim):
    reports = [
        answer(make_claim, "a", 77, "x", "2031-05-01"),
        answer(make_claim, "b", 77, "y", "2031-05-01"),
        answer(make_claim, "c", 272, "z", "2031-05-12"),
    ]
    assert best_answer(reports, moves=True).value == 272
    assert best_answer(reports).value == 77


@given(st.lists(st.tuples(st.sampled_from([77, 80, 272]), st.sampled_from("xyz")), min_size=1, max_size=8), st.data())
def test_best_answer_is_a_reported_value_whatever_the_order(make_claim, said, data):
    answers = [answer(make_claim, f"c{number}", value, origin) for number, (value, origin) in enumerate(said)]
    best = best_answer(answers)
    assert best == best_answer(data.draw(st.permutations(answers)))
    assert best.value in {Decimal(value) for value, _ in said}
    assert 0 < best.support <= 1


def test_a_bound_supports_values_but_is_none(make_claim):
    bound = interval(make_claim("7", 7, qualifier=Qualifier.MORE_THAN, high=None))
    said = [answer(make_claim, "a", 9, "x"), answer(make_claim, "b", 8, "y"), answer(make_claim, "c", 9, "z")]
    loose = [Answer(claim=name, interval=bound, voice=name, origin=name, published=None) for name in "pq"]
    assert best_answer([*said, *loose]).value == 9
    assert best_answer([*said, *loose]).support == 0.8


def test_copies_share_a_vote_whoever_prints_them(make_claim):
    copied = [replace(answer(make_claim, name, 300, name), voice="one text") for name in ("a", "b", "c")]
    best = best_answer([*copied, answer(make_claim, "d", 410, "d"), answer(make_claim, "e", 410, "e")])
    assert (best.value, best.origins) == (410, 2)


def test_best_of_very_many_answers_is_found_at_once(make_claim):
    """An observation that everybody prints has a few values, and as many answers as there are papers."""
    few = [answer(make_claim, f"v{value}", value, "x") for value in (300, 310, 320, 410)]
    answers = [replace(few[at % 4], claim=f"c{at:05d}", voice=f"v{at}", origin=f"o{at}") for at in range(20_000)]
    began = time.process_time()
    assert best_answer(answers).carriers == 10_000  # 300 and 310 meet
    assert time.process_time() - began < 5
