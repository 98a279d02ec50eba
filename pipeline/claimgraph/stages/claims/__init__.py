"""Join the records of all stages into claims.

printed.py (sentences printed twice) · confidence.py (how likely the core of a claim is right).
"""

import hashlib
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from claimgraph.records import (
    Article,
    Attribution,
    Claim,
    Evidence,
    Quantity,
    Relation,
    Relative,
    Stance,
    Timing,
    Topic,
)
from claimgraph.stages.base import StageRun, iterate_sentences, stage, text_of
from claimgraph.stages.claims.confidence import calibrate, load_calibration
from claimgraph.stages.claims.printed import Printed

__all__ = ["claim_id", "make_claims"]


def claim_id(article: str, start: int, end: int, value_text: str) -> str:
    """Return the id of a claim: a digest of where it stands and what stands there (64 bits, hexadecimal)."""
    content = f"{article}\0{start}\0{end}\0{value_text}".encode(errors="surrogatepass")
    return hashlib.blake2b(content, digest_size=8).hexdigest()


@stage(
    "claimgraph_claims",
    reads=(Article, Quantity, Topic, Timing, Stance, Attribution, Relative),
    writes=Claim,
)
def make_claims(nlp: Language) -> StageRun:
    """Join the records into claims and say how likely each is right.

    Reads:   n Quantity and n each of Topic, Timing, Stance, Attribution; at most n Relative.
    Writes:  at most n Claim, same order: a sentence that is printed twice (a caption, a pulled quotation, a title
        that opens the body) states its claims once, where it stands first.
    """
    calibration = load_calibration(nlp.lang)

    def run(
        doc: Doc,
        article: Article,
        quantities: tuple[Quantity, ...],
        topics: tuple[Topic, ...],
        timings: tuple[Timing, ...],
        stances: tuple[Stance, ...],
        attributions: tuple[Attribution, ...],
        relatives: tuple[Relative, ...],
    ) -> Iterator[Claim]:
        text = text_of(doc)
        printed = Printed(text, list(iterate_sentences(doc)))
        relations = _relations(article, text, printed, quantities, relatives)
        joined = zip(quantities, topics, timings, stances, attributions, strict=True)
        claims = [
            _join(article, text, printed, relations, *records)
            for records in joined
            if printed.first(records[0].start) == records[0].start
        ]
        yield from calibrate(claims, calibration)

    return run


_Relations = dict[tuple[int, int], tuple[Relation, tuple[Evidence, ...]]]


def _relations(
    article: Article, text: str, printed: Printed, quantities: tuple[Quantity, ...], relatives: tuple[Relative, ...]
) -> _Relations:
    """Return the published relations by the relative value's span; their targets are where they are printed first."""
    kept = {(quantity.start, quantity.end) for quantity in quantities}
    found: _Relations = {}
    for relative in relatives:
        start = printed.first(relative.target_start)
        end = start + relative.target_end - relative.target_start
        if (start, end) in kept:
            target = claim_id(article.id, start, end, text[start:end])
            found[relative.start, relative.end] = Relation(type=relative.type, target=target), relative.evidence
    return found


def _join(
    article: Article,
    text: str,
    printed: Printed,
    relations: _Relations,
    quantity: Quantity,
    topic: Topic,
    timing: Timing,
    stance: Stance,
    attribution: Attribution,
) -> Claim:
    start, end = quantity.start, quantity.end
    sentence_start, sentence_end = printed.sentence(start)
    relation, tied = relations.get((start, end), (None, ()))
    return Claim(
        id=claim_id(article.id, start, end, text[start:end]),
        article=article.id,
        outlet=article.outlet,
        published=article.published.isoformat() if article.published else None,
        sentence=text[sentence_start : max(sentence_end, end)],
        sentence_start=sentence_start,
        start=start,
        end=end,
        value_text=text[start:end],
        low=quantity.low,
        high=quantity.high,
        qualifier=quantity.qualifier,
        kind=quantity.kind,
        unit=quantity.unit,
        change=quantity.change,
        subject=topic.subject,
        entity=topic.entity,
        year=timing.year,
        period=timing.period,
        source=attribution.source,
        status=stance.status,
        relation=relation,
        confidence=0.0,
        evidence=(
            *quantity.evidence,
            *topic.evidence,
            *timing.evidence,
            *stance.evidence,
            *attribution.evidence,
            *tied,
        ),
    )
