"""What the tables keep of a question; worked out with the article, in any process, as the question itself is."""

from dataclasses import dataclass

from claimgraph.graph.records import Question
from claimgraph.graph.sketches import sketch
from claimgraph.store.rows import hash63, question_facets
from claimgraph.store.words import search_words

__all__ = ["QuestionRow", "question_row"]


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """The facets as JSON, the sketch, the hashes of the blocks and the words by which plain words find it."""

    facets: str
    sketch: bytes
    blocks: frozenset[int]
    words: frozenset[str]


def question_row(question: Question) -> QuestionRow:
    """Work out what the tables keep of a question."""
    blocks = frozenset(map(hash63, question.blocks))
    return QuestionRow(question_facets(question), sketch(question), blocks, search_words(question))
