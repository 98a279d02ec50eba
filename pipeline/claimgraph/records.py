"""The frozen records that cross a boundary between stages, one per boundary.

Every record about a value carries `start` and `end`, the half-open character range of the value
expression in `Article.text`. That pair is the join key. A stage adds its own record and never changes
another's. Numbers are `Decimal` inside and become JSON numbers in `claimgraph.export`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from claimgraph.vocab import Change, Form, Kind, Qualifier, RelationType, Status

__all__ = [
    "Article",
    "Attribution",
    "Claim",
    "Evidence",
    "Failure",
    "NumberMention",
    "Quantity",
    "Relation",
    "Relative",
    "Span",
    "Stance",
    "Timing",
    "Topic",
    "give_fields",
    "take_fields",
]


def give_fields(record: Any) -> list[object]:
    """Give a record's fields in order, to pickle it; dataclasses by themselves look all fields up for every object."""
    return [getattr(record, name) for name in record.__slots__]


def take_fields(record: Any, state: list[object]) -> None:
    """Take the fields of `give_fields` back."""
    for name, value in zip(record.__slots__, state, strict=True):
        object.__setattr__(record, name, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A half-open range of characters of `Article.text`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Which rule or lexicon entry decided a field, and the characters that it saw.

    field: the name of the decided field of `Claim`, such as `qualifier`.
    rule: `<table>.<entry>` or `<stage>.<rule>`, such as `stance.is expected to`.
    """

    field: str
    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What was read from one file, page or line; its characters never change afterwards.

    id: path relative to the folder that was named, without the ending; or the record's own id or url.
    title: empty when unknown; then `text` is the body alone.
    published: a `datetime` where the minute is known, a `date` where only the day is, else None.
    language: ISO 639-1. country: ISO 3166-1 alpha-2 of the outlet, for a bare `$`; None when unknown.
    furniture: ranges of `text` that are page furniture (share buttons, captions, mastheads); they yield no claim.
    """

    id: str
    title: str
    body: str
    outlet: str | None = None
    published: date | None = None
    language: str = "en"
    country: str | None = None
    url: str | None = None
    author: str | None = None
    furniture: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """Title, blank line, body: the text into which every offset points."""
        return f"{self.title}\n\n{self.body}" if self.title else self.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One article that could not be read or extracted, and why; the run goes on without it."""

    article: str
    stage: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberMention:
    """Here is a number.

    text: the value with its multiplier, as written (`1.2bn`, `between 40 and 50`).
    low, high: the value, multiplier applied; equal for a point, None for an open end (`dozens`: 24, None).
    step: the place value of the last digit stated (1E+8 for `1.2bn`); half of it is the rounding error.
    """

    start: int
    end: int
    text: str
    low: Decimal | None
    high: Decimal | None
    step: Decimal
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """What a number measures. Numbers that measure nothing have no quantity and stop here.

    low, high: the final bounds, after qualifier and unit (`more than 1,000`: 1000, None; 25 basis points: 0.25).
    noun: the characters of the counted noun phrase or unit, None where it is elided.
    """

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    kind: Kind
    unit: str
    qualifier: Qualifier
    change: Change
    noun: Span | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Of what and of whom: the measure in words and the named entities, most specific first."""

    start: int
    end: int
    subject: str
    entity: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """About when: calendar year and ISO 8601 period (`2023-10`, `2019/2023`); None where it can't be known."""

    start: int
    end: int
    year: int | None
    period: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """How firmly a value is stated."""

    start: int
    end: int
    status: Status
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says so, as the article's fullest name; None in the article's own voice."""

    start: int
    end: int
    source: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """A value defined through another one of the same article, which starts and ends at the target's range."""

    start: int
    end: int
    type: RelationType
    target_start: int
    target_end: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """The published form of `Relative`: the target is a claim's id."""

    type: RelationType
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement in an article that some quantity of something has a value.

    Fields mean what the gold guidelines say. `published` is ISO 8601, to the minute where known.
    `confidence` is the estimated probability that value, unit, year and entity are all right.
    """

    id: str
    article: str
    outlet: str | None
    published: str | None
    sentence: str
    sentence_start: int
    start: int
    end: int
    value_text: str
    low: Decimal | None
    high: Decimal | None
    qualifier: Qualifier
    kind: Kind
    unit: str
    change: Change
    subject: str
    entity: tuple[str, ...]
    year: int | None
    period: str | None
    source: str | None
    status: Status
    relation: Relation | None
    confidence: float
    evidence: tuple[Evidence, ...] = ()

    def __hash__(self) -> int:
        """Hash the id, a digest of the rest: claims are looked up a lot."""
        return hash(self.id)

    __getstate__, __setstate__ = give_fields, take_fields
