"""Laws of the quantities stage, on generated text."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimgraph.records import NumberMention, Quantity
from claimgraph.stages.base import read
from claimgraph.vocab import Qualifier

pytestmark = pytest.mark.model

WORDS = re.findall(
    r"[^ ]+",
    "about more than up to no 12 5.5% $3 million three half twice dozens per a share of the voters rose fell by "
    "killed from vs km miles years ago old in 100,000 people jobs added cuts points , . ; ( ) - -- and or nil mln dlrs",
)
texts = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
loose = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def run(nlp, text):
    doc = nlp.make_doc(text)
    for name in nlp.pipe_names[: nlp.pipe_names.index("claimgraph_quantities") + 1]:
        doc = nlp.get_pipe(name)(doc)
    return read(doc, NumberMention), read(doc, Quantity)


@loose
@given(text=texts)
def test_every_quantity_is_a_mention_and_its_words_lie_in_the_text(nlp, text):
    mentions, found = run(nlp, text)
    assert {(q.start, q.end) for q in found} <= {(m.start, m.end) for m in mentions}
    for q in found:
        assert q.unit == q.unit.strip() != ""
        assert q.noun is None or (
            0 <= q.noun.start < q.noun.end <= len(text) and text[q.noun.start : q.noun.end].strip()
        )
        assert all(0 <= e.start <= e.end <= len(text) for e in q.evidence)
        assert {e.field for e in q.evidence} >= {"kind", "unit"}


@loose
@given(text=texts)
def test_bounds_say_what_the_qualifier_says(nlp, text):
    for q in run(nlp, text)[1]:
        if q.qualifier in (Qualifier.MORE_THAN, Qualifier.AT_LEAST):
            assert q.low is not None
            assert q.high is None
        elif q.qualifier in (Qualifier.LESS_THAN, Qualifier.AT_MOST):
            assert q.low is None
            assert q.high is not None
        else:
            assert q.low is not None
            assert q.high is not None
            assert q.low <= q.high
            assert (q.qualifier is Qualifier.RANGE) <= (q.low < q.high)


@pytest.mark.parametrize(
    ("sign", "code"), [("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("C$", "CAD"), ("Rs ", "INR"), ("RM", "MYR")]
)
@given(value=st.integers(100, 10**6))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_sign_gives_its_currency_whatever_the_amount(nlp, sign, code, value):
    found = run(nlp, f"The bridge cost {sign}{value:,} in all.")[1]
    assert [(q.unit, q.low) for q in found] == [(code, value)]


def test_hostile_sentences_take_linear_time(nlp):
    """One sentence of thousands of numbers must not cost more per number than a short one."""
    import time

    def cost(count: int) -> float:
        started = time.process_time()
        stage = nlp.get_pipe("claimgraph_quantities")
        doc = nlp.make_doc("up to about 12 more than 5 per " * count)
        doc._.claimgraph_numbermention = tuple(
            NumberMention(start=m.start(), end=m.end(), text=m[0], low=1, high=1, step=1, form="digits")
            for m in re.finditer(r"\d+", doc.text)
        )
        stage(doc)
        return time.process_time() - started

    cost(50)
    assert cost(1600) < 24 * max(cost(200), 0.05)
