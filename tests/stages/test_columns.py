import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from claimgraph.stages import columns
from claimgraph.stages.base import read  # noqa: F401  registers how docs travel


@pytest.fixture
def doc():
    return Doc(
        English().vocab,
        words=["Oslo", "spent", "40", "crowns", "."],
        spaces=[True, True, True, False, False],
        tags=["NNP", "VBD", "CD", "NNS", "."],
        pos=["PROPN", "VERB", "NUM", "NOUN", "PUNCT"],
        heads=[1, 1, 3, 1, 1],
        deps=["nsubj", "ROOT", "nummod", "dobj", "punct"],
        lemmas=["Oslo", "spend", "40", "crown", "."],
        ents=["B-GPE", "O", "O", "O", "O"],
    )


def test_columns_are_the_tokens_attributes_in_order(doc):
    assert columns.texts(doc) == [token.text for token in doc]
    assert columns.lowers(doc) == [token.lower_ for token in doc]
    assert columns.lemmas(doc) == [token.lemma_ for token in doc]
    assert columns.tags(doc) == [token.tag_ for token in doc]
    assert columns.pos(doc) == [token.pos_ for token in doc]
    assert columns.deps(doc) == [token.dep_ for token in doc]
    assert columns.entity_types(doc) == [token.ent_type_ for token in doc]
    assert columns.heads(doc) == [token.head.i for token in doc]
    assert columns.sentence_starts(doc) == [True, False, False, False, False]
    assert columns.offsets(doc) == [token.idx for token in doc]


def test_columns_of_an_unparsed_doc_are_empty_strings():
    doc = English()("Nobody parsed this.")
    assert columns.tags(doc) == [""] * len(doc)
    assert columns.sentence_starts(doc) == [True, False, False, False]
    assert columns.texts(English()("")) == []


def test_columns_stay_behind_when_a_doc_travels(doc):
    texts = columns.texts(doc)
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert columns.texts(again) == texts
