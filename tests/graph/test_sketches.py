"""A sketch never rules out a pair that the whole comparison would call the same."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path
from zlib import crc32

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from claimgraph.evaluation import gold_claims
from claimgraph.graph.matching import same_question
from claimgraph.graph.questions import question
from claimgraph.graph.records import Question
from claimgraph.graph.sketches import SKETCH, may_be_same, sketch
from claimgraph.graph.weights import WEIGHTS

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
WORDS = st.sets(st.sampled_from(["wheat", "export", "person", "harbour", "crew", "loss"]), max_size=3)
NAMES = ("norland", "united states", "gulf states", "port vesper", "pv", "vesper", "ann b vesper", "")
DAYS = st.sampled_from([("2021-01-01", "2021-12-31", "year"), ("2021-03-01", "2021-03-31", "month"),
                        ("2021-03-09", "2021-03-09", "day"), ("2021-03-12", "2021-03-12", "day"),
                        ("2021-03-02", "2021-05-02", "span"), ("2021-04-01", "2021-06-30", "quarter"),
                        ("2020-01-01", "2020-12-31", "year"), (None, None, "")])  # fmt: skip
VALUES = st.sampled_from([("3", "3", "3"), ("4", "4", "4"), ("1150", "1250", "1200"), ("1250", "1350", "1300"),
                          ("1200", None, "1200"), (None, "1300", "1300"), ("-12.5", "-11.5", "-12"), ("0", "0", "0"),
                          ("1199.5", "1200.5", "1200"), ("1203.5", "1204.5", "1204"),
                          ("1" * 20, "1" * 20, "1")])  # fmt: skip


@st.composite
def questions(draw):
    """Every facet on its own, so that pairs differ in any combination of them."""
    start, end, grain = draw(DAYS)
    low, high, stated = draw(VALUES)
    money = draw(st.booleans())
    facets = {
        "measure": "m",
        "concepts": tuple(sorted(draw(st.sets(st.sampled_from(["death", "revenue", "export", "wage"]), max_size=2)))),
        "terms": tuple(sorted(draw(WORDS))),
        "noun": draw(st.sampled_from(["", "person", "house"])),
        "context": tuple(sorted(draw(WORDS))),
        "modifiers": tuple(sorted(draw(st.sets(st.sampled_from(["core", "youth"]), max_size=1)))),
        "entities": tuple(draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True))),
        "period_start": start,
        "period_end": end,
        "grain": grain,
        "year": None,
        "kind": "money" if money else "count",
        "unit": draw(st.sampled_from(["", "magnitude"])),
        "dimension": draw(st.sampled_from(["money USD", "money EUR"])) if money else "count",
        "change": draw(st.sampled_from(["level", "change"])),
        "base": draw(st.sampled_from(["", "year"])),
        "status": draw(st.sampled_from(["outcome", "forecast", "target", "hypothetical"])),
        "voice": draw(st.sampled_from(["", "analysts"])),
        "vintage": draw(st.sampled_from(["", "previous", "before"])),
        "tenor": draw(st.sampled_from(["", "", "10 year", "2 year"])),
        "undated": draw(st.booleans()),
        "moves": draw(st.sampled_from(["", "up", "either"])),
        "low": low,
        "high": high,
        "stated": stated,
        "aside": draw(st.booleans()),
        "digits": draw(st.integers(1, 5)),
        "blocks": (),
    }
    return Question(key=repr(sorted(facets.items())), **facets)


def judged(a, b):
    """Return what the sketches say of a pair."""
    (found,) = may_be_same(*(np.frombuffer(sketch(item), SKETCH) for item in (a, b)))
    return bool(found)


@settings(max_examples=200, deadline=None)
@given(questions(), questions())
def test_what_is_the_same_is_never_ruled_out(a, b):
    assert judged(a, b) or not same_question(a, b).same


@settings(max_examples=150, deadline=None)
@given(questions(), st.data())
def test_what_differs_in_one_facet_and_is_the_same_is_never_ruled_out(a, data):
    """Pairs that are nearly equal, so that many of them are the same."""
    other = data.draw(questions())
    name = data.draw(st.sampled_from(["terms", "context", "entities", "noun", "modifiers", "status", "concepts"]))
    b = replace(a, key=other.key, **{name: getattr(other, name)})
    assert judged(a, b) or not same_question(a, b).same


@given(questions(), questions())
@settings(max_examples=30, deadline=None)
def test_the_order_of_a_pair_does_not_matter(a, b):
    assert judged(a, b) == judged(b, a)


def test_what_shares_nothing_is_ruled_out(make_claim):
    one = question(make_claim("43", 43, subject="people killed", entity=("Norland",)))
    two = question(make_claim("900", 900, subject="cows sold", entity=("Ostrava Mills",), period="2011", year=2011))
    assert not judged(one, two)


def test_questions_of_the_corpus_lose_no_pair():
    asked = list({found.key: found for claim in gold_claims(CORPUS) for found in [question(claim)]}.values())
    pairs = [(a, b) for a, b in combinations(asked, 2) if set(a.blocks) & set(b.blocks)]
    sides = [np.frombuffer(b"".join(map(sketch, side)), SKETCH) for side in zip(*pairs, strict=True)]
    lost = [
        pair for pair, kept in zip(pairs, may_be_same(*sides), strict=True) if not kept and same_question(*pair).same
    ]
    assert pairs
    assert not lost


def test_every_sign_is_known_to_the_sketches():
    """Whoever adds a sign that can speak for two questions being one must raise the bound in `graph/sketches.py`."""
    assert crc32(" ".join(sorted(WEIGHTS)).encode()) == 47156865
