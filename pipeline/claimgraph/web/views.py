"""What the pages show, as frozen records: the same for HTML, JSON, CSV and the report.

Built by `claimgraph.web.gather` from the graph, drawn by the templates; neither knows the other.
"""

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from claimgraph.store.lists import ArticleLine, Choices
from claimgraph.store.looking import RunLine

__all__ = [
    "ArticlePage",
    "Candidate",
    "Changed",
    "ChangesPage",
    "Cluster",
    "Compared",
    "Conflict",
    "Filters",
    "JudgePage",
    "Judged",
    "JudgementsPage",
    "ListPage",
    "Mention",
    "ObservationPage",
    "ObservationRow",
    "Piece",
    "Start",
    "Statement",
    "YearValue",
    "as_data",
]


def as_data(view: Any) -> Any:
    """Return a view as plain data for its JSON twin; pictures are left out."""
    if is_dataclass(view):
        kept = (item.name for item in fields(view) if not item.metadata.get("picture"))
        return {name: as_data(getattr(view, name)) for name in kept}
    return [as_data(item) for item in view] if isinstance(view, (list, tuple)) else view


def _picture() -> Any:
    """Declare a field that holds SVG."""
    return field(default="", metadata={"picture": True})


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
class Judged:
    """What a person said about a claim, seen from that claim.

    words: between the two claims (`asks the same question as`). other_…: the other claim, empty for `wrong`.
    holds: no later judgement on the same claims overrules it.
    """

    id: str
    ruling: str
    words: str
    article: str
    value: str
    sentence: str
    other_article: str
    other_value: str
    other_sentence: str
    author: str
    made: str
    note: str
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementsPage:
    """Every judgement, the latest first."""

    judgements: tuple[Judged, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A claim that another one can be judged against, and what it is about."""

    statement: Statement
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgePage:
    """A claim to be judged, and the claims that it can be judged against; other: the one chosen already."""

    claim: Statement
    question: str
    observation: str
    other: str
    words: str
    candidates: tuple[Candidate, ...]
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What a new article did to an observation; before: the value that it is new against."""

    kind: str
    observation: str
    question: str
    reason: str
    before: Statement | None
    after: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage:
    """What changed since a run or moment; runs: the latest ones, to choose from. more: not all are shown."""

    since: str
    changes: tuple[Changed, ...]
    more: bool
    runs: tuple[RunLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A card of the start page: one question, two answers, and why they cannot both be right.

    gap: as a share of the larger value; apart: the same in words.
    support, carriers: per side, independent origins and articles behind it. others: further pairs that contradict.
    fresh: a run that counts as new brought or changed it.
    """

    observation: str
    question: str
    entities: tuple[str, ...]
    reason: str
    gap: float
    apart: str
    sides: tuple[Statement, Statement]
    support: tuple[int, int]
    carriers: tuple[int, int]
    others: int
    fresh: bool
    strip: str = _picture()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the start page is narrowed to; empty strings mean everything.

    since: number of the first run that counts as new; only what it or a later one changed is wanted.
    """

    text: str = ""
    entity: str = ""
    measure: str = ""
    year: str = ""
    outlet: str = ""
    kind: str = ""
    since: str = ""

    @property
    def active(self) -> bool:
        """Whether anything is narrowed."""
        return any((self.text, self.entity, self.measure, self.year, self.outlet, self.kind, self.since))


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
    """The start page: what does not fit, then what was found.

    run: the latest ingest. fresh: contradictions that a run since `filters.since`, else the latest, brought or changed.
    page: of cards, from 1; more: whether another follows.
    """

    filters: Filters
    conflicts: tuple[Conflict, ...]
    total_conflicts: int
    run: int
    fresh: int
    articles: int
    outlets: int
    claims: int
    observations: int
    shared: int
    agreeing: int
    moved: int
    rows: tuple[ObservationRow, ...]
    choices: Choices
    page: int
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two statements of an observation compared, by their positions in its list."""

    a: int
    b: int
    label: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """What states one value: positions of its statements, copies of a text left out.

    copies: per statement, articles that print the same text. carriers, origins: articles and independent origins.
    contradicted: by another value of the observation.
    """

    value: str
    statements: tuple[int, ...]
    copies: tuple[tuple[str, ...], ...]
    carriers: int
    origins: int
    contradicted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class YearValue:
    """One value of the same measure in some year, and who printed it first."""

    year: int
    observation: str
    value: str
    outlets: tuple[str, ...]
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationPage:
    """An observation with its statements, comparisons, best answer and charts (SVG, wide and narrow).

    asked: what kind of answer is wanted, in words. judged: what people said, by id of the claim.
    legend: whose colour is which in the chart.
    """

    key: str
    question: str
    entities: tuple[str, ...]
    asked: tuple[tuple[str, str], ...]
    statements: tuple[Statement, ...]
    clusters: tuple[Cluster, ...]
    comparisons: tuple[Compared, ...]
    best: str | None
    best_reason: str
    outlets: int
    origins: int
    contradictions: int
    judged: tuple[tuple[str, Judged], ...]
    years: tuple[YearValue, ...]
    legend: tuple[tuple[str, int], ...]
    series_legend: tuple[tuple[str, int], ...]
    chart: str = _picture()
    chart_narrow: str = _picture()
    series_chart: str = _picture()
    series_narrow: str = _picture()
    neighbourhood: str = _picture()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A claim in its article's text: every field, and what decided each (rule, words that it saw).

    relation: type, id of the claim that this one is relative to, and that claim's value.
    failing: why the article's arithmetic does not hold here; empty where it does.
    """

    claim: str
    observation: str
    kind: str
    value: str
    question: str
    fields: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    relation: tuple[str, str, str] | None
    contradicted: bool
    failing: str
    outlets: int
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of an article's text: plain, furniture, or the figure of a claim; glued: what is written onto it."""

    text: str
    furniture: bool = False
    mention: Mention | None = None
    glued: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """An article with every claim in its place.

    findings: sums inside it: reason in words, whether it holds, the claim it is about. kinds: of its claims, to explain
    the colours.
    """

    id: str
    title: str
    outlet: str
    published: str | None
    author: str | None
    url: str | None
    pieces: tuple[Piece, ...]
    mentions: tuple[Mention, ...]
    findings: tuple[tuple[str, bool, str], ...]
    copies: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A page of lists: of an entity, an outlet, all articles."""

    heading: str
    facts: tuple[str, ...]
    rows: tuple[ObservationRow, ...]
    articles: tuple[ArticleLine, ...]
    conflicts: tuple[Conflict, ...] = ()
