"""Say how firmly each quantity is stated.

lexicon.py (cues and verbs from data/<lang>/stance.toml) · cues.py (where cues stand in a sentence) · reach.py
(which of them govern a value).

Tried and dropped: a multinomial logit and boosted trees over the value's clause, the cues around it, its year and the
rules' verdicts. On articles left out both had .867 right where the rules alone have .867.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from decimal import Decimal

from spacy.language import Language
from spacy.tokens import Doc, Span

from claimgraph.records import Article, Evidence, Quantity, Stance, Timing
from claimgraph.stages.base import StageRun, stage, text_of
from claimgraph.stages.governors import Sentences, climb, is_past, is_prose
from claimgraph.stages.stance.cues import SentenceCues
from claimgraph.stages.stance.lexicon import Lexicon, load_lexicon
from claimgraph.stages.stance.reach import Verdict, decide
from claimgraph.vocab import Kind, Status

__all__ = ["make_stance"]

_Value = tuple[Decimal | None, Decimal | None, Kind, str]

# Characters between a value and its conversion: ` million euros (about US$`.
_CONVERSION_GAP = 40


@stage("claimgraph_stance", reads=(Article, Quantity, Timing), writes=Stance, each=Quantity)
def make_stance(nlp: Language) -> StageRun:
    """Say how firmly each quantity is stated.

    Reads:   the publication date; n Quantity and n Timing, sorted by start; heads and tags of the sentences.
    Writes:  n Stance, same order; asserted where no cue reaches the value, unless its year is still to come or the
             value is a headline's and the body states it otherwise.

    Source: gold guidelines, `status`; cue direction, terminators and pseudo-cues after ConText (Harkema et al.
    2009), with the parse in place of a window of tokens.
    """
    lexicon = load_lexicon(nlp.lang)

    def run(
        doc: Doc, article: Article, quantities: tuple[Quantity, ...], timings: tuple[Timing, ...]
    ) -> Iterator[Stance]:
        verdicts = list(_verdicts(doc, article, quantities, timings, lexicon))
        body = bisect_left([quantity.start for quantity in quantities], len(article.title))
        told = _summed_up(quantities[body:], verdicts[body:]) if body else {}
        for number, (quantity, verdict) in enumerate(zip(quantities, verdicts, strict=True)):
            titled = verdict is None and number < body
            yield _stance(quantity, told.get(_value(quantity)) if titled else verdict)

    return run


def _verdicts(
    doc: Doc, article: Article, quantities: tuple[Quantity, ...], timings: tuple[Timing, ...], lexicon: Lexicon
) -> Iterator[Verdict | None]:
    """Yield what its own sentence and its year say of each value, None where neither speaks."""
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
        comes = verdict is not None or (_can_come(quantity, span) and not _is_left(span, cues))
        ahead = _is_ahead(timing, article) and comes
        yield _ahead(verdict, quantity) if ahead else verdict


def _summed_up(quantities: Iterable[Quantity], verdicts: Iterable[Verdict | None]) -> dict[_Value, Verdict]:
    """Return how the body first states values, for headlines, which have no room for cues; none that it asserts."""
    first: dict[_Value, Verdict | None] = {}
    for quantity, verdict in zip(quantities, verdicts, strict=True):
        first.setdefault(_value(quantity), verdict)
    return {
        value: Verdict(verdict.status, f"{verdict.rule} below", verdict.start, verdict.end)
        for value, verdict in first.items()
        if verdict is not None and verdict.status is not Status.ASSERTED
    }


def _value(quantity: Quantity) -> _Value:
    return quantity.low, quantity.high, quantity.kind, quantity.unit


def _is_ahead(timing: Timing, article: Article) -> bool:
    """Say whether the value is about a year after the article's own."""
    return article.published is not None and timing.year is not None and timing.year > article.published.year


def _lasts(timing: Timing) -> bool:
    """Say whether the value is a size or a distance, which is so whatever will happen there."""
    return any(evidence.rule == "timing.lasting" for evidence in timing.evidence)


def _can_come(quantity: Quantity, span: Span | None) -> bool:
    """Say whether a value without a cue can still be to come: nothing that is counted, or told in the past tense."""
    return quantity.kind is not Kind.COUNT and span is not None and not is_past(span.root)


def _is_left(span: Span | None, cues: SentenceCues | None) -> bool:
    """Say whether the value is what something moves away from: *cut to 5 from 11*, *up from 9*."""
    return span is not None and cues is not None and any(s.token.i in cues.terminators for s in climb(span.root))


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
