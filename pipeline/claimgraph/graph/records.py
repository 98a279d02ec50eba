"""What the graph decides, as frozen records: questions, intervals, verdicts, comparisons, observations.

Nothing here knows spaCy or a store; every field is a string, a number or a tuple, so that
`dataclasses.asdict` gives JSON.
"""

from dataclasses import dataclass
from decimal import Decimal

from claimgraph.records import give_fields, take_fields
from claimgraph.vocab import Label

__all__ = [
    "Answer",
    "Best",
    "Comparison",
    "Interval",
    "Observation",
    "Pair",
    "Question",
    "Track",
    "Verdict",
    "Weighing",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a claim answers, in normal form. Equal facets give an equal `key` and the other way round.

    key: 16 hexadecimal digits, a digest of all facets below.
    measure: what is measured, for display and search (`defector`, `death`, `net income`).
    concepts: names of the lexicon's measures that the claim speaks of, sorted (`death`).
    terms: stems of the remaining words of the subject, sorted.
    noun: what sort of thing is counted (person, building), or the noun itself; empty where the measure says it.
    context: words around a value whose subject names no measure, sorted; they say what a vague subject leaves out.
    modifiers: restrictions named by the lexicon, sorted (`core`, `youth`); they keep look-alikes apart.
    entities: canonical names, most specific first.
    period_start, period_end: first and last day, ISO 8601; None where the claim is timeless.
    grain: day, month, quarter, half, year, span; empty where the period is unknown.
    dimension: what units can be converted into each other (`count`, `money USD`, `percent`, `length`).
    change: level or change; base: what a change is measured against (year, quarter, month, week), if said.
    status: outcome, forecast, target or hypothetical.
    voice: who forecasts (`analysts`), where that makes another question; vintage: `previous` for superseded plans,
        `before` for what a value moved from (*from 4.1%*).
    tenor: the span or size that tells things of one name apart (`10 year` of a bond), nearest to the value; or empty.
    undated: the period is only the day of publication, which is where figures without a date end up.
    moves: up, down or either for what grows or varies between reports (tolls, running counts), else empty.
    low, high, stated: bounds and printed number in the common unit of the dimension, as decimal text.
        An equal, precise answer is evidence that two claims ask the same in other words, an answer of
        another magnitude that they don't; so the bounds belong to what is compared.
    aside: the value is a conversion in brackets behind another value.
    digits: significant digits of the value: how telling an equal answer is.
    blocks: keys under which questions that may be the same are found; two that are the same share one.
    """

    key: str
    measure: str
    concepts: tuple[str, ...]
    terms: tuple[str, ...]
    noun: str
    context: tuple[str, ...]
    modifiers: tuple[str, ...]
    entities: tuple[str, ...]
    period_start: str | None
    period_end: str | None
    grain: str
    year: int | None
    kind: str
    unit: str
    dimension: str
    change: str
    base: str
    status: str
    voice: str
    vintage: str
    tenor: str
    undated: bool
    moves: str
    low: str | None
    high: str | None
    stated: str
    aside: bool
    digits: int
    blocks: tuple[str, ...]

    def __hash__(self) -> int:
        """Hash the key, a digest of the rest: questions are looked up a lot."""
        return hash(self.key)

    __getstate__, __setstate__ = give_fields, take_fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether two questions are one; `confidence` is the estimated probability that this verdict is right."""

    same: bool
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How two answers to one question relate, how sure that is, and why, in words for a reader."""

    label: Label
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The values that a statement allows, in the common unit of its dimension; a decrease is negative.

    low, high: None where the statement leaves that end open.
    stated: the number that was printed (the middle of a range), signed and converted.
    soft: one end is only a guess at what the speaker would still have said (`more than 1,000`: up to 1,500).
    words: the statement and what it covers, for reasons (`"about 800" covers 750–850`).
    """

    low: Decimal | None
    high: Decimal | None
    stated: Decimal
    unit: str
    soft: bool
    vague: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One claim as an answer: its interval, who stands behind it, when it was published (ISO 8601 or None).

    voice: the article whose copies count once; origin: whoever is cited, else the outlet, normalised.
    """

    claim: str
    interval: Interval
    voice: str
    origin: str
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A source's track record: in how many questions others confirmed or corrected it, and what its vote weighs."""

    weight: float
    confirmed: int
    corrected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What one claim weighed in a best answer, and the factors of that weight."""

    claim: str
    weight: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The value that the answers support best, the interval around it, and what weighed how much.

    claim: id of the claim that states it best. value: what it states, never an average.
    support: the share of all weight behind it. carriers: claims behind the value.
    origins: independent origins behind them.
    """

    claim: str
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    unit: str
    support: float
    carriers: int
    origins: int
    weighings: tuple[Weighing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """Questions that are one, and the claims that answer it. `id` is the smallest key of its questions."""

    id: str
    measure: str
    entities: tuple[str, ...]
    questions: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two claims of different articles that answer one observation, compared; `a` is the smaller id."""

    a: str
    b: str
    label: Label
    observation: str
    confidence: float
    reason: str
