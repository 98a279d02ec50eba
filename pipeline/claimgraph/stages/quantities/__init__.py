"""Say what each number measures."""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from claimgraph.records import Article, NumberMention, Quantity
from claimgraph.stages.base import StageRun, stage
from claimgraph.stages.quantities.qualifiers import Qualifiers, bounds
from claimgraph.stages.quantities.reader import Reader
from claimgraph.stages.quantities.refusal import evidence, is_refused
from claimgraph.stages.quantities.site import Sites
from claimgraph.vocab import Change

__all__ = ["make_quantities"]


@stage("claimgraph_quantities", reads=(Article, NumberMention), writes=Quantity)
def make_quantities(nlp: Language) -> StageRun:
    """Say what each number measures; numbers that measure nothing stop here.

    Reads:   n NumberMention, sorted; doc.sents, tags, heads, entities; the article's country.
    Writes:  at most n Quantity, same order.
    """
    language = nlp.lang or "en"
    reader = Reader(language)
    qualifiers = Qualifiers(language)

    def run(doc: Doc, article: Article, mentions: tuple[NumberMention, ...]) -> Iterator[Quantity]:
        country = article.country
        sites = Sites(doc).all(mentions)
        for site, reading in zip(sites, reader.read_all(sites, country), strict=True):
            m = site.mention
            if reading is None or is_refused(site, reading):
                continue
            qualified = qualifiers.find(site, reading)
            low, high = bounds(m, reading, qualified.qualifier)
            yield Quantity(
                start=m.start,
                end=m.end,
                low=low,
                high=high,
                kind=reading.kind,
                unit=reading.unit,
                qualifier=qualified.qualifier,
                change=Change.LEVEL,
                noun=reading.noun,
                evidence=(*evidence(reading), *qualified.evidence),
            )

    return run
