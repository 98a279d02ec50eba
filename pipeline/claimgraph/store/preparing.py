"""All about an article that can be worked out before a transaction, in any process: rows, questions, fingerprint.

A pure function of the article and its claims, and most of the work of attaching it.
"""

from dataclasses import dataclass, replace
from typing import Any

from claimgraph.graph.entities import canonical
from claimgraph.graph.questions import question
from claimgraph.graph.records import Question
from claimgraph.graph.values import interval
from claimgraph.graph.voices import fingerprints, origin_key
from claimgraph.records import Article, Claim
from claimgraph.store.questionrows import QuestionRow, question_row
from claimgraph.store.rows import article_row, claim_row, safe, value_class

__all__ = ["Attachment", "Prepared", "PreparedClaim", "linking", "prepare"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An article with its claims, and under what it is known.

    digest: of everything that the claims depend on. fingerprint: of the pipeline that made them.
    path: of the file that it was read from, if any.
    """

    article: Article
    claims: tuple[Claim, ...]
    digest: str
    fingerprint: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class PreparedClaim:
    """A claim as the store gives it back, the question that it answers, what is kept of that, its columns by name."""

    claim: Claim
    question: Question
    kept: QuestionRow
    row: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article's columns by name, the hashes of its text, its claims."""

    row: dict[str, Any]
    prints: frozenset[int]
    claims: tuple[PreparedClaim, ...]


def prepare(item: Attachment) -> Prepared:
    """Work out what an attachment writes, its place in the graph left out."""
    known = {"digest": item.digest, "fingerprint": item.fingerprint, "claims": len(item.claims), "path": item.path}
    row = article_row(item.article) | known
    claims = tuple([_prepared(claim, row) for claim in item.claims])
    return Prepared(row, fingerprints(item.article.text), claims)


def _prepared(claim: Claim, article: dict[str, Any]) -> PreparedClaim:
    row = claim_row(claim) | linking(claim)
    asked = question(claim)
    return PreparedClaim(_stored(claim, row, article), asked, question_row(asked), row)


def linking(claim: Claim) -> dict[str, Any]:
    """Return what the graph's code makes of a claim beside its question, by column."""
    return {"value_class": value_class(claim, interval(claim)), "origin": _origin(claim)}


def _stored(claim: Claim, row: dict[str, Any], article: dict[str, Any]) -> Claim:
    """Return the claim as it will be read back: outlet and date of its article, without what databases refuse."""
    about = (article["uid"], article["outlet"], article["published"])
    texts = ("id", "sentence", "value_text", "unit", "subject", "period", "source")
    entity = tuple(map(safe, claim.entity))
    same = all(getattr(claim, name) == row["uid" if name == "id" else name] for name in texts)
    if same and entity == claim.entity and about == (claim.article, claim.outlet, claim.published):
        return claim
    kept = {name: row["uid" if name == "id" else name] for name in texts}
    return replace(claim, article=about[0], outlet=about[1], published=about[2], entity=entity, **kept)


def _origin(claim: Claim) -> str:
    """Name who is behind a figure: the cited source, else the outlet, else the article itself."""
    cited = origin_key(claim) or (canonical(claim.outlet) if claim.outlet else None)
    return safe(cited or f"article {claim.article}")
