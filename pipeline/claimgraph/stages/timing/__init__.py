"""Say what time each quantity is about.

`expressions` finds the time expressions of the text, `resolve` and `timeline` read them against publication and
against one another, `candidates` lists the times that a quantity may be about, and `ranker` chooses.

Tried and dropped, all on stories left out, where years are .886 right: a second ranker (a logit, boosted trees) that
also sees what the first, on articles that it did not learn from, says of the neighbours (.885, .886); learning after
the ranker's own choices instead of the right ones (.883); following several choices at once (.884); how firmly a
value is stated, even as annotated (.884); lemmas of verbs, tags around a value (.886). A quarter of the articles gives
.880.
"""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from claimgraph.records import Article, Evidence, Quantity, Timing
from claimgraph.stages.base import StageRun, stage
from claimgraph.stages.timing.candidates import Candidate, follow, propose
from claimgraph.stages.timing.clauses import load_cues
from claimgraph.stages.timing.expressions import make_finder
from claimgraph.stages.timing.ranker import load_ranker
from claimgraph.stages.timing.setting import read_setting

__all__ = ["make_timing"]


@stage("claimgraph_timing", reads=(Article, Quantity), writes=Timing, each=Quantity)
def make_timing(nlp: Language, language: str = "en") -> StageRun:
    """Say what time each quantity is about.

    Reads:   n Quantity, sorted; doc.sents; tags and heads where there are any; the publication day.
    Writes:  n Timing, same order; year and period are None for what is timeless or can't be known. Without a
             publication day only times that the text spells out are told.

    Args:
        nlp: the pipeline.
        language: ISO 639-1 code of the lexicons and of the ranker.

    Source: gold guidelines, `year` and `period`.
    """
    finder, cues, ranker = make_finder(language), load_cues(language), load_ranker(language)

    def run(doc: Doc, article: Article, quantities: tuple[Quantity, ...]) -> Iterator[Timing]:
        setting = read_setting(doc, article, quantities, finder, cues)
        before = None
        for quantity in quantities:
            chosen = ranker.choose(propose(setting, quantity, before))
            before = follow(setting, quantity, chosen, before)
            yield _record(quantity, chosen)

    return run


def _record(quantity: Quantity, chosen: Candidate) -> Timing:
    period, mention = chosen.period, chosen.mention
    rule = f"timing.{chosen.source}" + (f".{mention.expression.name}" if mention else "")
    seen = mention.expression if mention else quantity
    return Timing(
        start=quantity.start,
        end=quantity.end,
        year=period.year if period else None,
        period=period.iso if period else None,
        evidence=(Evidence(field="period", rule=rule, start=seen.start, end=seen.end),),
    )
