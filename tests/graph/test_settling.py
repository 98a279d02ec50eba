"""All answers of one observation compared, with how sure that is."""

import pytest

from claimgraph.graph.settling import Statement, settle
from claimgraph.vocab import Kind, Label, Qualifier

RATE = {"kind": Kind.PERCENT, "unit": "%", "subject": "inflation", "period": "2031-04"}


@pytest.fixture
def settled(make_claim):
    """Compare statements given as (article, text, value, fields); return the labels by pairs of positions."""

    def compare(*said):
        claims = [
            make_claim(text, value, article=article, **{"high": value} | fields)
            for article, text, value, fields in said
        ]
        found = settle([Statement(claim, frozenset({claim.article})) for claim in claims])
        return {(a, b): comparison for a, b, comparison in found}

    return compare


def test_equal_facets_and_other_figures_contradict(settled):
    found = settled(("post", "4.1", "4.1", RATE), ("times", "4.3", "4.3", RATE))
    assert found[0, 1].label is Label.CONTRADICT
    assert 0.45 <= found[0, 1].confidence <= 1


def test_a_figure_beside_the_right_one_contradicts_less(settled):
    """The Post gives 4.1 and 4.3, the Times 4.1: the 4.3 is more likely of another month than wrong."""
    alone = settled(("post", "4.3", "4.3", RATE), ("times", "4.1", "4.1", RATE))
    both = settled(("post", "4.3", "4.3", RATE), ("times", "4.1", "4.1", RATE), ("post", "4.1", "4.1", RATE))
    assert (0, 2) not in both
    assert both[0, 1].label is not Label.CONTRADICT or both[0, 1].confidence < alone[0, 1].confidence


def test_vague_words_contradict_nobody(settled):
    people = {"subject": "people in the square", "high": None, "qualifier": Qualifier.AT_LEAST}
    found = settled(
        ("post", "millions", 2_000_000, people), ("times", "40,000", 40_000, {"subject": "people in the square"})
    )
    assert all(item.label is not Label.CONTRADICT for item in found.values())
