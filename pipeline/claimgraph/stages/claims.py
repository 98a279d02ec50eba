"""Join the records of all stages into claims."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from claimgraph.records import (
    Article,
    Attribution,
    Claim,
    Quantity,
    Relation,
    Relative,
    Stance,
    Timing,
    Topic,
)
from claimgraph.stages.base import StageRun, iterate_sentences, stage

__all__ = ["claim_id", "make_claims"]


def claim_id(article: str, start: int, end: int, value_text: str) -> str:
    """Return the id of a claim: a digest of where it stands and what stands there (64 bits, hexadecimal)."""
    content = f"{article}\0{start}\0{end}\0{value_text}".encode(errors="surrogatepass")
    return hashlib.blake2b(content, digest_size=8).hexdigest()


@stage(
    "claimgraph_claims",
    reads=(Article, Quantity, Topic, Timing, Stance, Attribution, Relative),
    writes=Claim,
    each=Quantity,
)
def make_claims(nlp: Language) -> StageRun:
    """Join the records into claims.

    Reads:   n Quantity and n each of Topic, Timing, Stance, Attribution; at most n Relative.
    Writes:  n Claim, same order.
    """

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
        text = doc.text
        sentences = list(iterate_sentences(doc))
        starts = [start for start, _ in sentences]
        relative_at = {(item.start, item.end): item for item in relatives}
        for quantity, topic, timing, stance, attribution in zip(
            quantities, topics, timings, stances, attributions, strict=True
        ):
            start, end = quantity.start, quantity.end
            sentence_start, sentence_end = sentences[max(0, bisect_right(starts, start) - 1)]
            relative = relative_at.get((start, end))
            yield Claim(
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
                relation=_relation(article, text, relative) if relative else None,
                confidence=0.5,
                evidence=(
                    *quantity.evidence,
                    *topic.evidence,
                    *timing.evidence,
                    *stance.evidence,
                    *attribution.evidence,
                    *(relative.evidence if relative else ()),
                ),
            )

    return run


def _relation(article: Article, text: str, relative: Relative) -> Relation:
    start, end = relative.target_start, relative.target_end
    return Relation(type=relative.type, target=claim_id(article.id, start, end, text[start:end]))
