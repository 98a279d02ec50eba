"""Say of what and of whom each quantity is."""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from claimgraph.records import Article, Quantity, Topic
from claimgraph.stages.base import StageRun, stage

__all__ = ["make_topics"]


@stage("claimgraph_topics", reads=(Article, Quantity), writes=Topic, each=Quantity)
def make_topics(nlp: Language) -> StageRun:
    """Say of what and of whom each quantity is."""

    def run(doc: Doc, article: Article, quantities: tuple[Quantity, ...]) -> Iterator[Topic]:
        for quantity in quantities:
            yield Topic(start=quantity.start, end=quantity.end, subject="", entity=(), evidence=())

    return run
