"""What the tables keep of a question; worked out with the article, in any process, as the question itself is."""

from typing import Any

from claimgraph.graph.records import Question
from claimgraph.graph.sketches import sketch
from claimgraph.store.rows import hash63, question_facets, question_from_facets
from claimgraph.store.words import search_words

__all__ = ["QuestionRow", "block_hashes", "question_row"]


class QuestionRow:
    """The key, the year, the facets as JSON, the sketch, hashes of the blocks, the words by which plain words find it.

    The question itself is read from the facets where it is asked for: most new questions are compared with none.
    """

    __slots__ = ("_question", "blocks", "facets", "key", "sketch", "words", "year")

    def __init__(
        self,
        key: str,
        year: int,
        facets: str,
        sketch: bytes,
        blocks: frozenset[int],
        words: frozenset[str],
        question: Question | None = None,
    ) -> None:
        """Take the columns; `year` is 0 for what is timeless, `question` what the facets say, if it is at hand."""
        self.key, self.year, self.facets, self.sketch = key, year, facets, sketch
        self.blocks, self.words, self._question = blocks, words, question

    @property
    def question(self) -> Question:
        """What is asked."""
        if self._question is None:
            self._question = question_from_facets(self.key, self.facets)
        return self._question

    def columns(self) -> tuple[Any, ...]:
        """Return the arguments that make an equal one, plain values all."""
        return self.key, self.year, self.facets, self.sketch, self.blocks, self.words


def question_row(question: Question) -> QuestionRow:
    """Work out what the tables keep of a question."""
    facets, words = question_facets(question), search_words(question)
    blocks = block_hashes(question)
    return QuestionRow(question.key, question.year or 0, facets, sketch(question), blocks, words, question)


def block_hashes(question: Question) -> frozenset[int]:
    """Return the hashes of a question's blocks; they can be taken out again as long as this function stays as it is."""
    return frozenset([hash63(block) for block in question.blocks])
