"""Say how firmly each quantity is stated.

lexicon.py (cues and verbs from data/<lang>/stance.toml) · cues.py (where cues stand in a sentence) · reach.py
(which of them govern a value).
"""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from claimgraph.records import Article, Evidence, Quantity, Stance, Timing
from claimgraph.stages.base import StageRun, stage, text_of
from claimgraph.stages.governors import Sentences, is_past, is_prose
from claimgraph.stages.stance.cues import SentenceCues
from claimgraph.stages.stance.lexicon import load_lexicon
from claimgraph.stages.stance.reach import Verdict, decide
from claimgraph.vocab import Kind, Status

__all__ = ["make_stance"]

# Characters between a value and its conversion: ` million euros (about US$`.
_CONVERSION_GAP = 40


@stage("claimgraph_stance", reads=(Article, Quantity, Timing), writes=Stance, each=Quantity)
def make_stance(nlp: Language) -> StageRun:
    """Say how firmly each quantity is stated.

    Reads:   the publication date; n Quantity and n Timing, sorted by start; heads and tags of the sentences.
    Writes:  n Stance, same order; asserted where no cue reaches the value, unless its year is still to come.

    Source: gold guidelines, `status`; cue direction, terminators and pseudo-cues after ConText (Harkema et al.
    2009), with the parse in place of a window of tokens.
    """
    lexicon = load_lexicon(nlp.lang)

    def run(
        doc: Doc, article: Article, quantities: tuple[Quantity, ...], timings: tuple[Timing, ...]
    ) -> Iterator[Stance]:
        text, sentences = text_of(doc), Sentences(doc)
        cues: SentenceCues | None = None
        before: tuple[Quantity, Verdict | None] | None = None
        for quantity, timing in zip(quantities, timings, strict=True):
            span = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
            verdict = None
            if before is not None and _converts(text, before[0], quantity):
                verdict = before[1]
            elif span is not None and len(span) and quantity.kind is not Kind.AGE:
                sentence = sentences.at(quantity.start)
                if is_prose(sentence):
                    if cues is None or cues.start != sentence.start:
                        cues = SentenceCues(sentence, lexicon, title=sentence.start_char < len(article.title))
                    verdict = decide(span, quantity.kind, cues, lexicon)
            before = quantity, verdict
            if verdict is not None and verdict.status is Status.FORECAST and _lasts(timing):
                verdict = None
            ahead = _is_ahead(timing, article) and (_can_come(quantity, span) or verdict is not None)
            yield _stance(quantity, _ahead(verdict, quantity) if ahead else verdict)

    return run


def _is_ahead(timing: Timing, article: Article) -> bool:
    """Say whether the value is about a year after the article's own."""
    return article.published is not None and timing.year is not None and timing.year > article.published.year


def _lasts(timing: Timing) -> bool:
    """Say whether the value is a size or a distance, which is so whatever will happen there."""
    return any(evidence.rule == "timing.lasting" for evidence in timing.evidence)


def _can_come(quantity: Quantity, span: Span | None) -> bool:
    """Say whether a value without a cue can still be to come: nothing that is counted, or told in the past tense."""
    return quantity.kind is not Kind.COUNT and span is not None and not is_past(span.root)


def _ahead(verdict: Verdict | None, quantity: Quantity) -> Verdict:
    """Nothing that is still to come can be asserted; and what *would* be in a year that will come is a forecast."""
    if verdict is None or verdict.status is Status.ASSERTED:
        return Verdict(Status.FORECAST, "year to come", quantity.start, quantity.end)
    if verdict.conditional:
        return Verdict(Status.FORECAST, f"{verdict.rule} in a year to come", verdict.start, verdict.end)
    return verdict


def _converts(text: str, before: Quantity, quantity: Quantity) -> bool:
    """Say whether a value in brackets restates the one before it in another unit: 30 euros ($33)."""
    if quantity.kind is not before.kind or quantity.start - before.end > _CONVERSION_GAP:
        return False
    between = text[before.end : quantity.start]
    return "(" in between and not any(sign in between for sign in ");.")


def _stance(quantity: Quantity, verdict: Verdict | None) -> Stance:
    if verdict is None:
        return Stance(start=quantity.start, end=quantity.end, status=Status.ASSERTED, evidence=())
    evidence = Evidence(field="status", rule=f"stance.{verdict.rule}", start=verdict.start, end=verdict.end)
    return Stance(start=quantity.start, end=quantity.end, status=verdict.status, evidence=(evidence,))
