"""Say how firmly each quantity is stated."""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from claimgraph.records import Article, Quantity, Stance
from claimgraph.stages.base import StageRun, stage
from claimgraph.vocab import Status

__all__ = ["make_stance"]


@stage("claimgraph_stance", reads=(Article, Quantity), writes=Stance, each=Quantity)
def make_stance(nlp: Language) -> StageRun:
    """Say how firmly each quantity is stated."""

    def run(doc: Doc, article: Article, quantities: tuple[Quantity, ...]) -> Iterator[Stance]:
        for quantity in quantities:
            yield Stance(start=quantity.start, end=quantity.end, status=Status.ASSERTED, evidence=())

    return run
