import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph import extract
from claimgraph.records import Article
from claimgraph.stages.claims.confidence import Calibration, facts
from claimgraph.stages.claims.printed import Printed

TITLE = "Flood destroys 300 houses in the valley of the Lenn"


def claims_of(nlp, body, title=""):
    return list(extract([Article(id="a", title=title, body=body)], nlp))


@pytest.mark.model
@pytest.mark.parametrize(
    "body",
    [
        f"{TITLE}\n\nThe river rose on Monday.",
        f"{TITLE}.\n\nThe river rose on Monday.",
        f"The river rose on Monday.\n\n{TITLE}\n\nIt fell on Tuesday.\n\n{TITLE}",
    ],
    ids=["title opens the body", "with a full stop", "caption twice"],
)
def test_a_sentence_printed_twice_states_its_claims_once(nlp, body):
    (claim,) = claims_of(nlp, body, TITLE)
    assert claim.sentence == TITLE
    assert claim.start == TITLE.index("300")


@pytest.mark.model
def test_short_lines_may_recur(nlp):
    assert len(claims_of(nlp, "He sold 5 cars.\n\nHe sold 5 cars.")) == 2


@pytest.mark.model
def test_a_relation_points_to_a_claim_of_the_article(nlp):
    text = "More than half of the 196 sailors of the Lenn slept."
    claims = claims_of(nlp, f"{text}\n\nThe sea was calm.\n\n{text}")
    (share,) = [claim for claim in claims if claim.relation]
    assert share.relation.target in {claim.id for claim in claims}


@pytest.mark.model
def test_claims_carry_a_probability_and_their_sentence(nlp):
    body = "Sales rose 3% to 206 million euros.\n\n“We sold 30 cars,” said Jo Smith."
    for claim in claims_of(nlp, body, TITLE):
        text = f"{TITLE}\n\n{body}"
        assert 0 < claim.confidence < 1
        assert text[claim.sentence_start :].startswith(claim.sentence)
        assert text[claim.start : claim.end] == claim.value_text


@pytest.mark.model
def test_facts_hold_no_word_of_the_article(nlp):
    (known,) = facts(claims_of(nlp, "Police said the Zylorp flood destroyed 300 grandstands in 2023."))
    assert not any("ylorp" in fact or "grandstand" in fact for fact in known)


def test_facts_raise_and_lower_the_odds():
    calibration = Calibration(base=0.0, weights={"good": 2.0, "bad": -2.0})
    assert calibration.probability(frozenset({"unknown"})) == 0.5
    assert calibration.probability(frozenset({"good"})) > 0.8
    assert calibration.probability(frozenset({"good", "bad"})) == 0.5


@given(st.lists(st.sampled_from([TITLE, "A short one.", "Another sentence, long enough to be known again."])))
def test_the_first_print_says_the_same(lines):
    text = "\n".join(lines)
    spans, at = [], 0
    for line in lines:
        spans.append((at, at + len(line)))
        at += len(line) + 1
    printed = Printed(text, spans)
    for start, end in spans:
        first = printed.first(start)
        assert first <= start
        assert text[first : first + end - start] == text[start:end]
