"""Tie shares, multiples and changes to the quantity that they are relative to."""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from claimgraph.records import Quantity, Relative, Topic
from claimgraph.stages.base import StageRun, stage

__all__ = ["make_relative"]


@stage("claimgraph_relative", reads=(Quantity, Topic), writes=Relative)
def make_relative(nlp: Language) -> StageRun:
    """Tie shares, multiples and changes to their base."""

    def run(doc: Doc, quantities: tuple[Quantity, ...], topics: tuple[Topic, ...]) -> Iterator[Relative]:
        return iter(())

    return run
