import pytest
from spacy.lang.en import English

from claimgraph.stages.segment import Segmenter


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
    doc = Segmenter()(English().make_doc(text))
    found = [s.text.strip() for s in doc.sents if s.text.strip()]
    assert found == sentences or len(found) == sentences
    assert "".join(s.text_with_ws for s in doc.sents) == text
