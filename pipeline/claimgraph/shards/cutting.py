"""A piece to its shards: read its files in order and cut what they hold after every so many articles."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedReader
from pathlib import Path
from typing import Any

from claimgraph.reading import Columns, Passed, read_found
from claimgraph.reading.source import failure, printable
from claimgraph.reading.walk import Found
from claimgraph.records import Article, Failure
from claimgraph.shards.folder import is_address
from claimgraph.shards.records import InputFile, Piece, Shard, Work

__all__ = ["shards_of", "state_of"]

_FORMAT = 1  # raised when shards of an older version are to be made anew


def state_of(piece: Piece, work: Work) -> str:
    """Digest everything that the shards of a piece depend on: files, pipeline, readers, settings; 32 hex digits."""
    files = [(file.path, file.id, file.size, file.version) for file in piece.files]
    parts = (_FORMAT, work.size, work.fingerprint, work.read_by, work.config.columns, files)
    return hashlib.blake2b(repr(parts).encode(errors="surrogateescape"), digest_size=16).hexdigest()


def shards_of(piece: Piece, work: Work) -> Iterator[Shard]:
    """Yield the shards of a piece, at least one; they are the same wherever the piece is read.

    Failures stand in the shard of the article before them.
    """
    passed: list[tuple[str, str]] = []
    shard = Shard(
        piece=piece.name, number=0, state=state_of(piece, work), articles=(), failures=(), passed=(), last=False
    )
    articles: list[tuple[str, Article]] = []
    failures: list[Failure] = []
    for path, item in _items(piece, work, lambda path, reason: passed.append((printable(str(path)), reason))):
        if isinstance(item, Failure):
            failures.append(item)
            continue
        if len(articles) == work.size:
            yield _filled(shard, articles, failures, passed)
            shard = replace(shard, number=shard.number + 1)
        articles.append((path, item))
    yield replace(_filled(shard, articles, failures, passed), last=True)


def _filled(shard: Shard, *contents: list[Any]) -> Shard:
    """Put what was collected into a shard, and make room."""
    articles, failures, passed = map(tuple, contents)
    for collected in contents:
        collected.clear()
    return replace(shard, articles=articles, failures=failures, passed=passed)


def _items(piece: Piece, work: Work, passed: Passed) -> Iterator[tuple[str, Article | Failure]]:
    columns = Columns.mapped(dict(work.config.columns))
    for file in piece.files:
        for item in _read(file, work, columns, passed):
            yield printable(file.path), item


def _read(file: InputFile, work: Work, columns: Columns, passed: Passed) -> Iterator[Article | Failure]:
    limits = work.config.limits
    if is_address(file.path):
        found = Found(path=Path(file.path), id=file.id, named=file.named, stat=None)
        return read_found(found, limits, columns, passed, name=printable(file.path), opened=lambda: _open(file.path))
    try:
        state = os.stat(file.path)
    except OSError as error:
        return iter([failure(file.path, f"cannot be opened: {error.strerror or error}")])
    return read_found(Found(path=Path(file.path), id=file.id, named=file.named, stat=state), limits, columns, passed)


def _open(address: str) -> BufferedReader:
    import fsspec

    stream: Any = fsspec.open(address, "rb").open()
    return BufferedReader(stream)
