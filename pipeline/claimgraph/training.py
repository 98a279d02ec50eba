"""Annotated articles as the trainers in `models/` read them: parsed, with the annotated quantities put in.

nlp = claimgraph.load()
for annotated in read_annotated(nlp, [Path("../shared/gold")]):
    ...
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from claimgraph.evaluation import annotated_folders, gold_claims
from claimgraph.reading import read_articles
from claimgraph.records import Article, Claim, Quantity
from claimgraph.stages.base import attach_article, read

__all__ = ["Annotated", "digest_annotated", "read_annotated"]

_LAST = "claimgraph_quantities"


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """One article with its annotated claims.

    folder: the name of the folder that holds it. story: what is left out of training together: a folder of articles
    about one story (it has a `links.json`), else the article alone. quantities: those of the claims, of the same
    length and order; what the annotation does not tell (noun, evidence) is the extraction's.
    """

    folder: str
    story: str
    article: Article
    doc: Doc
    claims: tuple[Claim, ...]
    quantities: tuple[Quantity, ...]

    @property
    def name(self) -> str:
        """The last part of the article's id."""
        return self.article.id.rsplit("/", 1)[-1]


def read_annotated(nlp: Language, roots: Iterable[Path], leave_out: Collection[str] = ()) -> Iterator[Annotated]:
    """Run the pipeline up to the quantities over annotated articles; by root, folder and file name.

    Args:
        nlp: a pipeline of claimgraph.
        roots: folders of folders with articles/ and claims/ (gold guidelines), or such folders themselves.
        leave_out: names of folders that are passed over.

    Raises:
        EvaluationError: there is no annotation under a root.
    """
    stages = nlp.pipe_names[: nlp.pipe_names.index(_LAST) + 1]
    for folder in (folder for root in roots for folder in annotated_folders(root) if folder.name not in leave_out):
        claims: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in gold_claims(folder):
            claims[claim.article].append(claim)
        for article in read_articles([folder / "articles"]):
            if isinstance(article, Article):
                doc = attach_article(nlp.make_doc(article.text), article)
                for stage in stages:
                    doc = nlp.get_pipe(stage)(doc)
                yield _annotate(folder, article, doc, claims[article.id.rsplit("/", 1)[-1]])


def _annotate(folder: Path, article: Article, doc: Doc, claims: Sequence[Claim]) -> Annotated:
    kept = tuple(_disjoint(claim for claim in claims if article.text[claim.start : claim.end] == claim.value_text))
    extracted = tuple(read(doc, Quantity))
    name = article.id.rsplit("/", 1)[-1]
    return Annotated(
        folder=folder.name,
        story=folder.name if (folder / "links.json").exists() else f"{folder.name}/{name}",
        article=article,
        doc=doc,
        claims=kept,
        quantities=tuple(_quantity(claim, extracted) for claim in kept),
    )


def _disjoint(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims in order of the text, without those that overlap the one before."""
    end = 0
    for claim in sorted(claims, key=lambda claim: (claim.start, claim.end)):
        if claim.start >= end:
            yield claim
            end = claim.end


def _quantity(claim: Claim, extracted: Sequence[Quantity]) -> Quantity:
    over = next((q for q in extracted if q.start < claim.end and q.end > claim.start), None)
    return Quantity(
        start=claim.start,
        end=claim.end,
        low=claim.low,
        high=claim.high,
        kind=claim.kind,
        unit=claim.unit,
        qualifier=claim.qualifier,
        change=claim.change,
        noun=over.noun if over else None,
        evidence=over.evidence if over else (),
    )


def digest_annotated(roots: Iterable[Path], leave_out: Collection[str] = ()) -> str:
    """Return the SHA-256, in hexadecimal, of all articles and annotations that `read_annotated` would read."""
    content = hashlib.sha256()
    for folder in (folder for root in roots for folder in annotated_folders(root) if folder.name not in leave_out):
        for path in sorted((*folder.glob("articles/*"), *folder.glob("claims/*.json"))):
            content.update(path.read_bytes())
    return content.hexdigest()
