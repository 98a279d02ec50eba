"""All about an article that can be worked out before a transaction, in any process: rows, questions, fingerprint.

A pure function of the article and its claims, and most of the work of attaching it.
"""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from claimgraph.graph.entities import canonical
from claimgraph.graph.questions import question
from claimgraph.graph.values import interval
from claimgraph.graph.voices import fingerprints, origin_key
from claimgraph.records import Article, Claim
from claimgraph.store.questionrows import QuestionRow, question_row
from claimgraph.store.rows import CLAIM_FIELDS, article_row, claim_from_row, claim_row, safe, value_class

__all__ = ["CLAIM_COLUMNS", "Attachment", "Prepared", "PreparedClaim", "linking", "prepare"]


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


#: The columns of a claim in the order of `PreparedClaim.row`.
CLAIM_COLUMNS = (*CLAIM_FIELDS, "value_class", "origin")


class PreparedClaim:
    """A claim's columns, and what is kept of the question that it answers; the claim is read from them if asked for.

    row: in the order of `CLAIM_COLUMNS`. kept: of the question as the claim alone has it.
    """

    __slots__ = ("_article", "_claim", "kept", "row")

    def __init__(
        self, article: Mapping[str, Any], row: tuple[Any, ...], kept: QuestionRow, claim: Claim | None = None
    ) -> None:
        """Take the columns of the claim and its article; `claim` is what they say, if it is at hand."""
        self._article, self.row, self.kept, self._claim = article, row, kept, claim

    @property
    def claim(self) -> Claim:
        """The claim as the store gives it back."""
        if self._claim is None:
            about = {"article_uid": self.article["uid"], "outlet": self.outlet, "published": self.published}
            row: Any = SimpleNamespace(**about, **dict(zip(CLAIM_COLUMNS, self.row, strict=True)))
            self._claim = claim_from_row(row)
        return self._claim

    @property
    def article(self) -> Mapping[str, Any]:
        """The columns of its article by name."""
        return self._article

    @property
    def outlet(self) -> str | None:
        """Who printed it."""
        outlet: str | None = self._article["outlet"]
        return outlet

    @property
    def published(self) -> str | None:
        """When it was printed, ISO 8601."""
        published: str | None = self._article["published"]
        return published


class Prepared:
    """An article's columns by name, the hashes of its text (64 bits each), its claims."""

    __slots__ = ("claims", "prints", "row")

    def __init__(self, row: dict[str, Any], prints: bytes, claims: tuple[PreparedClaim, ...]) -> None:
        """Take what `prepare` worked out."""
        self.row, self.prints, self.claims = row, prints, claims

    def packed(self) -> tuple[Any, ...]:
        """Return plain values alone, which cross to another process at a tenth of the cost of objects."""
        return self.row, self.prints, [(made.row, made.kept.columns()) for made in self.claims]

    @classmethod
    def unpacked(cls, values: tuple[Any, ...]) -> "Prepared":
        """Take what `packed` gave."""
        row, prints, claims = values
        return cls(row, prints, tuple([PreparedClaim(row, own, QuestionRow(*kept)) for own, kept in claims]))


def prepare(item: Attachment) -> Prepared:
    """Work out what an attachment writes, its place in the graph left out."""
    known = {"digest": item.digest, "fingerprint": item.fingerprint, "claims": len(item.claims), "path": item.path}
    row = article_row(item.article) | known
    claims = tuple([_prepared(claim, row) for claim in item.claims])
    return Prepared(row, array("q", fingerprints(item.article.text)).tobytes(), claims)


def _prepared(claim: Claim, article: dict[str, Any]) -> PreparedClaim:
    row = claim_row(claim)
    stored = _stored(claim, row, article)  # what is asked follows from what can be read back
    columns = (*row.values(), *linking(stored).values())
    return PreparedClaim(article, columns, question_row(question(stored)), stored)


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
