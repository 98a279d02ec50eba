"""Every linking word ties a relation in its `yes` sentences and none in its `no` sentences; lists of parts likewise."""

import pytest

from claimgraph.graph.parts import Opening, find_parts
from claimgraph.lexicon import load_entries
from claimgraph.stages.relative import Definite, Link

pytestmark = pytest.mark.model

LINKS = [
    *load_entries("en", "relative", "link", Link, "text"),
    *load_entries("en", "relative", "definite", Definite, "text"),
    *load_entries("en", "relative", "other", Definite, "text"),
]
OPENINGS = load_entries("en", "parts", "opening", Opening, "text")


def cases(entries, name):
    return [pytest.param(text, id=f"{entry.text}: {text}") for entry in entries for text in getattr(entry, name)]


@pytest.mark.parametrize("sentence", cases(LINKS, "yes"))
def test_a_link_ties_a_relation(nlp, sentence):
    assert any(claim.relation for claim in nlp(sentence)._.claims)


@pytest.mark.parametrize("sentence", cases(LINKS, "no"))
def test_a_link_stays_silent(nlp, sentence):
    assert not any(claim.relation for claim in nlp(sentence)._.claims)


@pytest.mark.parametrize("sentence", cases(OPENINGS, "yes"))
def test_an_opening_lists_parts(nlp, sentence):
    assert list(find_parts(nlp(sentence)._.claims))


@pytest.mark.parametrize("sentence", cases(OPENINGS, "no"))
def test_an_opening_is_silent(nlp, sentence):
    assert not list(find_parts(nlp(sentence)._.claims))
