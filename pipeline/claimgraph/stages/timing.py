"""Say what time each quantity is about."""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from claimgraph.records import Article, Quantity, Timing
from claimgraph.stages.base import StageRun, stage

__all__ = ["make_timing"]


@stage("claimgraph_timing", reads=(Article, Quantity), writes=Timing, each=Quantity)
def make_timing(nlp: Language) -> StageRun:
    """Say what time each quantity is about."""

    def run(doc: Doc, article: Article, quantities: tuple[Quantity, ...]) -> Iterator[Timing]:
        for quantity in quantities:
            yield Timing(start=quantity.start, end=quantity.end, year=None, period=None, evidence=())

    return run
