"""Say how firmly each quantity is stated.

lexicon.py (cues and verbs from data/<lang>/stance.toml) · cues.py (where cues stand in a sentence) · reach.py
(which of them govern a value).
"""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from claimgraph.records import Article, Evidence, Quantity, Stance
from claimgraph.stages.base import StageRun, stage, text_of
from claimgraph.stages.governors import is_prose
from claimgraph.stages.stance.cues import SentenceCues
from claimgraph.stages.stance.lexicon import load_lexicon
from claimgraph.stages.stance.reach import Verdict, decide
from claimgraph.vocab import Kind, Status

__all__ = ["make_stance"]

# Characters between a value and its conversion: ` million euros (about US$`.
_CONVERSION_GAP = 40


@stage("claimgraph_stance", reads=(Article, Quantity), writes=Stance, each=Quantity)
def make_stance(nlp: Language) -> StageRun:
    """Say how firmly each quantity is stated.

    Reads:   n Quantity, sorted by start; heads and tags of the sentences that hold one.
    Writes:  n Stance, same order; asserted where no cue reaches the value.

    Source: gold guidelines, `status`; cue direction, terminators and pseudo-cues after ConText (Harkema et al.
    2009), with the parse in place of a window of tokens.
    """
    lexicon = load_lexicon(nlp.lang)

    def run(doc: Doc, article: Article, quantities: tuple[Quantity, ...]) -> Iterator[Stance]:
        cues: SentenceCues | None = None
        before: tuple[Quantity, Verdict | None] | None = None
        for quantity in quantities:
            span = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
            verdict = None
            if before is not None and _converts(doc, before[0], quantity):
                verdict = before[1]
            elif span is not None and len(span) and quantity.kind is not Kind.AGE:
                sentence = span.sent
                if cues is None or cues.start != sentence.start:
                    cues = SentenceCues(sentence, lexicon, title=sentence.start_char < len(article.title))
                verdict = decide(span, quantity.kind, cues, lexicon) if is_prose(sentence) else None
            before = quantity, verdict
            yield _stance(quantity, verdict)

    return run


def _converts(doc: Doc, before: Quantity, quantity: Quantity) -> bool:
    """Say whether a value in brackets restates the one before it in another unit: 30 euros ($33)."""
    if quantity.kind is not before.kind or quantity.start - before.end > _CONVERSION_GAP:
        return False
    between = text_of(doc)[before.end : quantity.start]
    return "(" in between and not any(sign in between for sign in ");.")


def _stance(quantity: Quantity, verdict: Verdict | None) -> Stance:
    if verdict is None:
        return Stance(start=quantity.start, end=quantity.end, status=Status.ASSERTED, evidence=())
    evidence = Evidence(field="status", rule=f"stance.{verdict.rule}", start=verdict.start, end=verdict.end)
    return Stance(start=quantity.start, end=quantity.end, status=verdict.status, evidence=(evidence,))
