import pytest
from spacy.lang.en import English

from claimgraph.lexicon import load_entries
from claimgraph.stages.base import iterate_sentences
from claimgraph.stages.segment import Opener, make_segment


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("Dam breaks\n\nIt broke. Then it rained.", 3, id="title-and-body"),
        pytest.param("One line\nanother line", 2, id="single-break"),
        pytest.param("The U.S. economy grew 3.5 percent.", 1, id="abbreviation-and-decimal"),
        pytest.param("Sales fell, the company said, by the usual amount in the last\n" * 5, 1, id="hard-wrapped"),
    ],
)
def test_sentences_end_at_stops_and_line_breaks(text, sentences):
    doc = make_segment(English(), "segment")(English().make_doc(text))
    found = [s.text.strip() for s in doc.sents if s.text.strip()]
    assert found == sentences or len(found) == sentences
    assert "".join(s.text_with_ws for s in doc.sents) == text


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ('He left. "Nobody knew," she said.', ["He left.", '"Nobody knew," she said.']),
        ("He left. “Nobody knew,” she said.", ["He left.", "“Nobody knew,” she said."]),
        ('"He left!" she said.', ['"He left!" she said.']),
        ('"He left." She wept.', ['"He left."', "She wept."]),
        ("He left. (Nobody knew.) She wept.", ["He left.", "(Nobody knew.)", "She wept."]),
        ("Lamps AG (LMPG_p.DE) fell.", ["Lamps AG (LMPG_p.DE) fell."]),
        ("He left.Nobody knew.", ["He left.", "Nobody knew."]),
    ],
)
def test_quotation_marks_belong_to_the_sentence_they_open(text, sentences):
    assert _split(text) == sentences


@pytest.mark.parametrize("opener", load_entries("en", "segment", "opener", Opener, "name"), ids=lambda o: o.name)
def test_openers_end_a_sentence_behind_an_abbreviation(opener):
    assert [len(_split(text)) for text in opener.yes] == [2] * len(opener.yes)
    assert [len(_split(text)) for text in opener.no] == [1] * len(opener.no)


def _split(text: str) -> list[str]:
    nlp = English()
    doc = make_segment(nlp, "segment")(nlp.make_doc(text))
    return [text[start:end] for start, end in iterate_sentences(doc)]


def test_sentence_without_end_is_cut():
    doc = make_segment(English(), "segment")(English().make_doc("The boats went \n on " * 1_000))
    assert max(map(len, doc.sents)) <= 401
    assert not any(sentence[0].is_space for sentence in doc.sents)
    assert "".join(s.text_with_ws for s in doc.sents) == doc.text
