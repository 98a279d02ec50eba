"""Records to rows and back; the only place that knows how a field is written in a column."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, select

from claimgraph.graph.records import Interval, Question
from claimgraph.records import Article, Claim, Evidence, Relation, Span
from claimgraph.store.schema import article as articles
from claimgraph.store.schema import claim as claims
from claimgraph.vocab import Change, Kind, Qualifier, RelationType, Status

__all__ = [
    "ARTICLE_FIELDS",
    "CLAIM_FIELDS",
    "AnyRow",
    "article_digest",
    "article_from_row",
    "article_row",
    "chunks",
    "claim_columns",
    "claim_from_row",
    "claim_row",
    "claims_by_uid",
    "hash63",
    "load_claims",
    "question_facets",
    "question_from_facets",
    "safe",
    "value_class",
]

AnyRow = Row[*tuple[Any, ...]]

_Item = TypeVar("_Item")

#: `json.dumps` makes an encoder a call for anything but its defaults.
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_spaced_json = json.JSONEncoder(ensure_ascii=False).encode

#: Values per `IN` list and rows per statement; SQLite takes 32,766 variables, of which our widest row uses 25.
CHUNK = 1_000


def chunks(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    """Cut what goes into `IN` lists into pieces that every database takes."""
    everything = list(items)
    for start in range(0, len(everything), CHUNK):
        yield everything[start : start + CHUNK]


def hash63(*parts: object) -> int:
    """Digest parts into a positive 63-bit integer, the same in every process."""
    content = "\0".join(map(str, parts)).encode(errors="surrogatepass")
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest()) >> 1


_UNSAFE = re.compile("[\\0\\ud800-\\udfff]")


def safe(text: str) -> str:
    """Replace what databases refuse, NUL and lone surrogates, one character for one: offsets stay true."""
    return text if text.isascii() and "\0" not in text else _UNSAFE.sub("\ufffd", text)


def _safe_row(row: dict[str, Any]) -> dict[str, Any]:
    return {name: safe(value) if isinstance(value, str) else value for name, value in row.items()}


def article_digest(article: Article) -> str:
    """Digest everything about an article that its claims may depend on; 32 hexadecimal digits."""
    about = (article.title, article.body, article.outlet, article.published, article.language, article.country)
    parts = (*about, article.url, article.author, *((span.start, span.end) for span in article.furniture))
    return hashlib.blake2b(repr(parts).encode(errors="surrogatepass"), digest_size=16).hexdigest()


#: The columns of `article_row`, in its order.
ARTICLE_FIELDS = (
    "uid", "title", "body", "outlet", "published", "language", "country", "url", "author", "furniture",
)  # fmt: skip


def article_row(article: Article) -> dict[str, Any]:
    """Give the columns that say what was read."""
    return _safe_row(
        {
            "uid": article.id,
            "title": article.title,
            "body": article.body,
            "outlet": article.outlet,
            "published": article.published.isoformat() if article.published else None,
            "language": article.language,
            "country": article.country,
            "url": article.url,
            "author": article.author,
            "furniture": json.dumps([[span.start, span.end] for span in article.furniture]),
        }
    )


def article_from_row(row: AnyRow) -> Article:
    """Read an article back."""
    return Article(
        id=row.uid,
        title=row.title,
        body=row.body,
        outlet=row.outlet,
        published=_moment(row.published),
        language=row.language,
        country=row.country,
        url=row.url,
        author=row.author,
        furniture=tuple(Span(start=start, end=end) for start, end in json.loads(row.furniture)),
    )


def _moment(text: str | None) -> date | None:
    """Read a date, or a moment where the minute is known."""
    if text is None:
        return None
    return date.fromisoformat(text) if len(text) == len("2024-01-18") else datetime.fromisoformat(text)


#: The columns of `claim_row`, in its order.
CLAIM_FIELDS = (
    "uid", "sentence", "sentence_start", "start", "end", "value_text", "low", "high", "qualifier", "kind", "unit",
    "change", "subject", "entity", "year", "period", "source", "status", "relation_type", "relation_target",
    "confidence", "evidence",
)  # fmt: skip


def claim_row(claim: Claim) -> dict[str, Any]:
    """Give the columns of a claim, without those that place it in the graph."""
    relation = claim.relation
    return _safe_row(
        {
            "uid": claim.id,
            "sentence": claim.sentence,
            "sentence_start": claim.sentence_start,
            "start": claim.start,
            "end": claim.end,
            "value_text": claim.value_text,
            "low": _decimal_text(claim.low),
            "high": _decimal_text(claim.high),
            "qualifier": str(claim.qualifier),
            "kind": str(claim.kind),
            "unit": claim.unit,
            "change": str(claim.change),
            "subject": claim.subject,
            "entity": _spaced_json(claim.entity),
            "year": claim.year,
            "period": claim.period,
            "source": claim.source,
            "status": str(claim.status),
            "relation_type": str(relation.type) if relation else None,
            "relation_target": relation.target if relation else None,
            "confidence": claim.confidence,
            "evidence": _json([[item.field, item.rule, item.start, item.end] for item in claim.evidence]),
        }
    )


def claim_from_row(row: AnyRow) -> Claim:
    """Read a claim back; the row also has `article_uid`, `outlet` and `published` of its article."""
    relation = None
    if row.relation_type:
        relation = Relation(type=RelationType(row.relation_type), target=row.relation_target)
    return Claim(
        id=row.uid,
        article=row.article_uid,
        outlet=row.outlet,
        published=row.published,
        sentence=row.sentence,
        sentence_start=row.sentence_start,
        start=row.start,
        end=row.end,
        value_text=row.value_text,
        low=_decimal(row.low),
        high=_decimal(row.high),
        qualifier=Qualifier(row.qualifier),
        kind=Kind(row.kind),
        unit=row.unit,
        change=Change(row.change),
        subject=row.subject,
        entity=tuple(json.loads(row.entity)),
        year=row.year,
        period=row.period,
        source=row.source,
        status=Status(row.status),
        relation=relation,
        confidence=row.confidence,
        evidence=tuple(
            Evidence(field=field, rule=rule, start=start, end=end)
            for field, rule, start, end in json.loads(row.evidence)
        ),
    )


def claim_columns() -> Select[Any]:
    """Select what `claim_from_row` reads."""
    own = [column for column in claims.c if column.name != "article"]
    joined = (articles.c.uid.label("article_uid"), articles.c.outlet, articles.c.published)
    return select(*own, *joined).join_from(claims, articles, claims.c.article == articles.c.id)


def load_claims(connection: Connection, ids: Collection[int]) -> dict[int, Claim]:
    """Read claims by row id."""
    found = {}
    for part in chunks(ids):
        for row in connection.execute(claim_columns().where(claims.c.id.in_(part))):
            found[row.id] = claim_from_row(row)
    return found


def claims_by_uid(connection: Connection, uids: Collection[str]) -> dict[str, Claim]:
    """Read claims by id."""
    found = {}
    for part in chunks(uids):
        for row in connection.execute(claim_columns().where(claims.c.uid.in_(part))):
            found[row.uid] = claim_from_row(row)
    return found


def _decimal_text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def value_class(claim: Claim, stands: Interval) -> int:
    """Digest what a claim states: the values that it allows, as of when, and how firmly.

    Claims of one question and one class say the same; the one published first speaks for them all, so that an
    observation with 50,000 claims of the same toll is compared once.
    """
    return hash63(stands.low, stands.high, stands.unit, stands.words, claim.period, claim.status)


def question_facets(question: Question) -> str:
    """Write a question as `question_from_facets` reads it."""
    return safe(_spaced_json(dict(zip(Question.__slots__, _facets_of(question), strict=True))))


_facets_of = attrgetter(*Question.__slots__)
_PUT = tuple((name, getattr(Question, name).__set__) for name in Question.__slots__)


@lru_cache(maxsize=4096)
def question_from_facets(key: str, facets: str) -> Question:
    """Read a question back; kept in memory, because hot questions are candidates of nearly every article."""
    stored = json.loads(facets)
    found = object.__new__(Question)  # its own constructor takes as long as all else here
    for name, put in _PUT:
        item = stored[name]
        put(found, tuple(item) if type(item) is list else item)
    return found
