"""The words under which a question is found from plain words."""

from claimgraph.graph.records import Question
from claimgraph.graph.words import stems

__all__ = ["search_words"]

_MOST = 24  # words of one question; a longer subject is no phrase


def search_words(question: Question) -> frozenset[str]:
    """Return the stems of a question's measure, concepts and entities."""
    found = [word for name in (question.measure, *question.concepts, *question.entities) for word in stems(name)]
    return frozenset([*found, *question.terms][:_MOST])
