"""Claims and articles to Arrow tables and back, exactly.

Everybody may read the claims: numbers are floats there, as in JSON. What a float cannot hold, bounds as decimals of
their stated precision, is kept as text with the articles.
"""

import io
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from claimgraph.errors import ShardError
from claimgraph.export import CLAIM_FIELDS, RELATION_FIELDS, claim_from_line, claim_to_line, relation_to_line
from claimgraph.graph.records import Pair
from claimgraph.records import Article, Claim, Evidence
from claimgraph.store.preparing import Attachment
from claimgraph.store.rows import article_digest, article_from_row, article_row, safe

__all__ = ["articles_table", "attachments", "claims_table", "parquet", "relations_table", "write_tables"]

_WHOLE = pa.int64()
_TYPES = {
    "sentence_start": _WHOLE,
    "start": _WHOLE,
    "end": _WHOLE,
    "low": pa.float64(),
    "high": pa.float64(),
    "entity": pa.list_(pa.string()),
    "year": _WHOLE,
    "relation": pa.struct({"type": pa.string(), "target": pa.string()}),
    "confidence": pa.float64(),
}
_CLAIM = pa.schema([(name, _TYPES.get(name, pa.string())) for name in CLAIM_FIELDS])

_RELATION = pa.schema([(name, pa.string()) for name in RELATION_FIELDS])

_ROWS = 10_000  # a row group: bounds memory

_Item = TypeVar("_Item")

_EVIDENCE = pa.struct({"field": pa.string(), "rule": pa.string(), "start": _WHOLE, "end": _WHOLE})
_EXACT = pa.struct({"low": pa.string(), "high": pa.string(), "evidence": pa.list_(_EVIDENCE)})
_TEXTS = ("uid", "title", "body", "outlet", "published", "language", "country", "url", "author", "furniture")
_ARTICLE = pa.schema(
    [*((name, pa.string()) for name in (*_TEXTS, "digest", "path")), ("claims", pa.list_(_EXACT))],
)


def claims_table(claims: Iterable[Claim]) -> pa.Table:
    """Give claims as a table with the columns `CLAIM_FIELDS`, one a row."""
    return pa.Table.from_pylist([_claim(item) for item in claims], schema=_CLAIM)


def relations_table(pairs: Iterable[Pair]) -> pa.Table:
    """Give compared claims as a table with the columns `RELATION_FIELDS`, one pair a row."""
    return pa.Table.from_pylist([relation_to_line(pair) for pair in pairs], schema=_RELATION)


def write_tables(path: Path, table: Callable[[Iterable[_Item]], pa.Table], items: Iterable[_Item]) -> None:
    """Write any number of items to one file, a table of them at a time; the file is whole or not there.

    Raises:
        ShardError: it cannot be written.
    """
    stream = iter(items)
    unfinished = path.with_name(f".{path.name}.tmp")
    try:
        with pq.ParquetWriter(unfinished, table(()).schema, compression="zstd") as writer:
            while part := list(islice(stream, _ROWS)):
                writer.write_table(table(part))
        unfinished.replace(path)
    except OSError as error:
        raise ShardError(str(path), f"cannot be written: {error.strerror or error}") from error


def _claim(claim: Claim) -> dict[str, Any]:
    line = claim_to_line(claim)
    texts = {name: safe(value) for name, value in line.items() if isinstance(value, str)}
    numbers = {name: None if line[name] is None else _float(line[name]) for name in ("low", "high")}
    relation = line["relation"] and {name: safe(value) for name, value in line["relation"].items()}
    return {**line, **texts, **numbers, "entity": list(map(safe, claim.entity)), "relation": relation}


def _float(number: float) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def articles_table(items: Iterable[tuple[str, Article, Sequence[Claim]]]) -> pa.Table:
    """Give articles as a table, one a row: path of the file, article, and what its claims' rows cannot hold."""
    rows = [
        {
            **article_row(article),
            "digest": article_digest(article),
            "path": safe(path),
            "claims": list(map(_exact, own)),
        }
        for path, article, own in items
    ]
    return pa.Table.from_pylist(rows, schema=_ARTICLE)


def _exact(claim: Claim) -> dict[str, Any]:
    evidence = [
        {"field": item.field, "rule": safe(item.rule), "start": item.start, "end": item.end} for item in claim.evidence
    ]
    bounds = {"low": claim.low, "high": claim.high}
    return {**{name: None if value is None else str(value) for name, value in bounds.items()}, "evidence": evidence}


def parquet(table: pa.Table, metadata: dict[str, str] | None = None) -> bytes:
    """Give a table as the bytes of a Parquet file: equal tables, equal bytes."""
    stream = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(metadata), stream, compression="zstd")
    return stream.getvalue()


def attachments(claims: pa.Table, articles: pa.Table, fingerprint: str) -> Iterator[Attachment]:
    """Yield the articles of a shard with their claims, in order.

    Raises:
        KeyError, ValueError, TypeError, ArithmeticError: the tables are not what was written.
    """
    own: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in claims.to_pylist():
        own[line["article"]].append(line)
    for values in articles.to_pylist():
        row: Any = SimpleNamespace(**values)
        # an id that two articles of a shard share: each takes as many claims as it had
        count = len(values["claims"])
        lines, own[row.uid] = own[row.uid][:count], own[row.uid][count:]
        made = tuple(_read(line, exact) for line, exact in zip(lines, values["claims"], strict=True))
        yield Attachment(
            article=article_from_row(row), claims=made, digest=row.digest, fingerprint=fingerprint, path=row.path
        )


def _read(line: dict[str, Any], exact: dict[str, Any]) -> Claim:
    evidence = tuple(Evidence(**item) for item in exact["evidence"])
    return replace(claim_from_line({**line, "low": exact["low"], "high": exact["high"]}), evidence=evidence)
