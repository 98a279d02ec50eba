"""Say what each number measures."""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from claimgraph.records import Article, NumberMention, Quantity
from claimgraph.stages.base import StageRun, stage
from claimgraph.stages.quantities.change import Changes
from claimgraph.stages.quantities.measured import Measured, measure
from claimgraph.stages.quantities.qualifiers import Qualifiers
from claimgraph.stages.quantities.reader import Reader
from claimgraph.stages.quantities.refusal import Refusals
from claimgraph.stages.quantities.site import Sites

__all__ = ["make_quantities"]


@stage("claimgraph_quantities", reads=(Article, NumberMention), writes=Quantity)
def make_quantities(nlp: Language) -> StageRun:
    """Say what each number measures; numbers that measure nothing stop here.

    Reads:   n NumberMention, sorted; doc.sents, tags, heads, entities; the article's country.
    Writes:  at most n Quantity, same order.
    """
    language = nlp.lang or "en"
    reader, qualifiers, changes = Reader(language), Qualifiers(language), Changes(language)
    refusals = Refusals(language)

    def run(doc: Doc, article: Article, mentions: tuple[NumberMention, ...]) -> Iterator[Quantity]:
        sites = Sites(doc).all(mentions)
        lefts, rights = [None, *sites[:-1]], [*sites[1:], None]
        before: Measured | None = None
        readings = reader.read_all(sites, article.country)
        for site, reading, left, right in zip(sites, readings, lefts, rights, strict=False):
            if reading is None:
                continue
            before = measure(site, reading, before, qualifiers, changes)
            if not refusals.refuses(site, reading, left, right):
                yield before.quantity()

    return run
