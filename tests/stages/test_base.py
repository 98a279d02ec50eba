import pytest
from spacy.tokens import Doc

from claimgraph.build import check_order
from claimgraph.errors import StageOrderError
from claimgraph.records import Claim
from claimgraph.stages.base import read


@pytest.mark.model
def test_records_survive_the_bytes_of_a_doc(nlp):
    doc = nlp("The ministry said 196 people came in 2023.")
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert doc._.claims
    assert again._.claims == doc._.claims


def test_reading_before_the_stage_ran_is_refused(nlp):
    with pytest.raises(StageOrderError, match="claimgraph_claims must have written"):
        read(nlp.make_doc("196 people came."), Claim)


@pytest.mark.model
def test_wrong_order_is_refused_by_name(nlp):
    from claimgraph import load

    fresh = load()
    fresh.remove_pipe("claimgraph_quantities")
    with pytest.raises(StageOrderError, match="claimgraph_topics reads Quantity"):
        check_order(fresh)
