"""Say to whom the text attributes each quantity."""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from claimgraph.records import Article, Attribution, Quantity
from claimgraph.stages.base import StageRun, stage

__all__ = ["make_attribution"]


@stage("claimgraph_attribution", reads=(Article, Quantity), writes=Attribution, each=Quantity)
def make_attribution(nlp: Language) -> StageRun:
    """Say to whom the text attributes each quantity."""

    def run(doc: Doc, article: Article, quantities: tuple[Quantity, ...]) -> Iterator[Attribution]:
        for quantity in quantities:
            yield Attribution(start=quantity.start, end=quantity.end, source=None, evidence=())

    return run
