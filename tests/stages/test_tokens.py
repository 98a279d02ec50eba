"""The tokeniser: spaCy's tokens, in bounded time."""

import pytest
from spacy.lang.en import English

from claimgraph.stages.tokens import make_tokenizer

PROSE = "“It’s 5km,” she said at 3 p.m.; U.S. exports (of $4.5bn) rose. https://norrby.example/a?b=1,2 \n\n A-Sund\t1:5"


@pytest.fixture(scope="module")
def tokenizer():
    return make_tokenizer()(English())


def test_prose_has_the_tokens_of_spacy(tokenizer):
    assert [t.text_with_ws for t in tokenizer(PROSE)] == [t.text_with_ws for t in English().tokenizer(PROSE)]


@pytest.mark.parametrize("run", ["(", "$", '"', "'s", "5:", "a", "–", "7", "(a"])
@pytest.mark.parametrize("around", ["{}", "Boats, {} 5 men.", "a\n{}\n{}  b"])
def test_long_runs_are_cut_and_nothing_is_lost(tokenizer, run, around):
    text = around.replace("{}", run * 2_000)
    doc = tokenizer(text)
    assert doc.text == text
    assert max(map(len, doc)) <= 100
