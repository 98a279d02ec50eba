"""What the graph answers, as frozen records; lists are sorted, most important first."""

from dataclasses import dataclass

from claimgraph.graph.records import Best, Comparison
from claimgraph.records import Article, Claim
from claimgraph.vocab import Label

__all__ = ["ArticleView", "Conflict", "ObservationView", "Related", "Side", "Summary", "Value"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """An observation in one line.

    subject, entity, kind, unit, change, status, year, period: of the claim that speaks for it.
    claims, articles, outlets: how many carry an answer. origins: how many of them are independent witnesses.
    values: different statements. agreeing, updating, contradicting: how those compare.
    gap: largest contradiction, as a share of the larger value. score: how much it matters, for sorting.
    published: last publication. run: the last ingest that changed it.
    """

    key: str
    subject: str
    entity: tuple[str, ...]
    kind: str
    unit: str
    change: str
    status: str
    year: int | None
    period: str | None
    claims: int
    articles: int
    outlets: int
    origins: int
    values: int
    agreeing: int
    updating: int
    contradicting: int
    gap: float
    support: int
    score: float
    published: str | None
    run: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One statement of an observation and who makes it.

    claim: the one published first. carriers: articles. origins: independent ones. outlets: sorted names.
    """

    claim: Claim
    claims: int
    carriers: int
    origins: int
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a contradiction: a value, and the origins behind it and behind the values that agree with it."""

    value: Value
    origins: int
    carriers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """An observation whose answers contradict each other, with its heaviest contradiction.

    a: the side that was published first. others: how many further pairs of values contradict each other.
    """

    summary: Summary
    a: Side
    b: Side
    comparison: Comparison
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Two values of one observation compared; the numbers are positions in `ObservationView.values`."""

    a: int
    b: int
    label: Label
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationView:
    """An observation with everything that answers it.

    values: by first publication, undated ones last. claims: all of them, in the same order.
    """

    summary: Summary
    values: tuple[Value, ...]
    related: tuple[Related, ...]
    best: Best | None
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article, its claims in the order of the text, the observation of each, and its copies."""

    article: Article
    claims: tuple[Claim, ...]
    observations: tuple[str, ...]
    copies: tuple[str, ...]
