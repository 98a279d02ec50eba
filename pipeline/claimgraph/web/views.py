"""What the pages show, as frozen records: the same for HTML, JSON, CSV and the report.

Built by `claimgraph.web.gather` from the graph, drawn by the templates; neither knows the other.
"""

from dataclasses import dataclass

from claimgraph.store.lists import ArticleLine, Choices

__all__ = [
    "ArticlePage",
    "Compared",
    "Conflict",
    "Filters",
    "ListPage",
    "Mention",
    "ObservationPage",
    "ObservationRow",
    "Piece",
    "Start",
    "Statement",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One claim as people read it.

    value: with qualifier, direction and unit (`about 800`).
    before, printed, after: the sentence, cut around the figure.
    number, low, high: for plots, in the common unit; None for an open end.
    """

    claim: str
    article: str
    outlet: str
    published: str | None
    source: str | None
    value: str
    number: float
    low: float | None
    high: float | None
    status: str
    before: str
    printed: str
    after: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A card of the start page: one question, two answers, and why they cannot both be right.

    support, carriers: per side, independent origins and articles behind it. fresh: the last run brought or changed it.
    """

    observation: str
    question: str
    reason: str
    gap: float
    sides: tuple[Statement, Statement]
    support: tuple[int, int]
    carriers: tuple[int, int]
    others: int
    fresh: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the start page is narrowed to; empty strings mean everything."""

    text: str = ""
    entity: str = ""
    measure: str = ""
    year: str = ""
    outlet: str = ""
    kind: str = ""

    @property
    def active(self) -> bool:
        """Whether anything is narrowed."""
        return any((self.text, self.entity, self.measure, self.year, self.outlet, self.kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationRow:
    """An observation in a list."""

    key: str
    question: str
    claims: int
    outlets: int
    origins: int
    contradictions: int
    updates: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The start page: what does not fit, then what was found."""

    filters: Filters
    conflicts: tuple[Conflict, ...]
    total_conflicts: int
    fresh: int
    articles: int
    claims: int
    rows: tuple[ObservationRow, ...]
    choices: Choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two statements of an observation compared, by their positions in its list."""

    a: int
    b: int
    label: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationPage:
    """An observation with its statements, comparisons, best answer and charts (SVG)."""

    key: str
    question: str
    unit: str
    statements: tuple[Statement, ...]
    comparisons: tuple[Compared, ...]
    best: str | None
    best_reason: str
    outlets: int
    origins: int
    years: tuple[tuple[int, str, Statement], ...]
    chart: str
    series_chart: str
    neighbourhood: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A claim in its article's text: every field, and what decided each."""

    claim: str
    observation: str
    kind: str
    summary: str
    fields: tuple[tuple[str, str], ...]
    evidence: tuple[tuple[str, str, str], ...]
    relation: tuple[str, str] | None
    contradicted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of an article's text: plain, furniture, or the figure of a claim."""

    text: str
    furniture: bool = False
    mention: Mention | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """An article with every claim in its place; findings: sums inside it, in words, and whether they hold."""

    id: str
    title: str
    outlet: str
    published: str | None
    author: str | None
    url: str | None
    pieces: tuple[Piece, ...]
    mentions: tuple[Mention, ...]
    findings: tuple[tuple[str, bool], ...]
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A page of lists: of an entity, an outlet, all articles."""

    heading: str
    facts: tuple[str, ...]
    rows: tuple[ObservationRow, ...]
    articles: tuple[ArticleLine, ...]
