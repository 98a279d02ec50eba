"""Parquet files of articles; needs the extra `parquet`."""

import io
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from claimgraph.errors import ArticleError
from claimgraph.reading.rows import articles_from_rows
from claimgraph.reading.source import Columns, Input
from claimgraph.records import Article, Failure

__all__ = ["read_parquet"]

_BATCH = 64  # rows in memory at a time


def read_parquet(given: Input) -> Iterator[Article | Failure]:
    """Read an article a row, streaming; columns are mapped like those of JSON and CSV."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise ArticleError(given.name, "needs pyarrow: pip install 'claimgraph[parquet]'") from error
    stream = given.stream if given.stream.seekable() else io.BytesIO(given.data)
    try:
        table = pq.ParquetFile(stream)
        wanted = _wanted(given.columns)
        columns = [name for name in table.schema_arrow.names if name in wanted]
        yield from articles_from_rows(given, _rows(table, columns, given.name))
    except (pa.ArrowException, OSError) as error:
        raise ArticleError(given.name, f"the Parquet file is damaged ({error}); fetch it again") from error


def _wanted(columns: Columns) -> frozenset[str]:
    return frozenset(name for field in fields(columns) for name in getattr(columns, field.name))


def _rows(table: Any, columns: list[str], name: str) -> Iterator[tuple[str, Any]]:
    number = 0
    for batch in table.iter_batches(batch_size=_BATCH, columns=columns):
        for row in batch.to_pylist():
            number += 1
            yield f"{name}:{number}", row
