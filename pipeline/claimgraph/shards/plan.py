"""Inputs to pieces: which files one worker reads in a row.

A piece is named after its first file, and where it begins depends on that file alone: a big one, or one whose name
digests to a multiple of the size of shards. So a file that comes, goes or changes moves no other piece, and the shards
of all the others are still good.
"""

import os
import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

from claimgraph.config import Limits
from claimgraph.errors import ShardError
from claimgraph.reading import Passed
from claimgraph.reading.formats import split_ending
from claimgraph.reading.source import failure, printable
from claimgraph.reading.walk import Found, walk
from claimgraph.records import Failure
from claimgraph.shards.folder import is_address, version_of
from claimgraph.shards.records import InputFile, Piece

__all__ = ["plan"]

_ALONE = 1 << 20  # bytes from which on a file is a piece of its own


def plan(paths: Iterable[str], limits: Limits, size: int, passed: Passed) -> Iterator[Piece | Failure]:
    """Yield the files to read, in pieces, in a stable order; and what is not there.

    Args:
        paths: files, folders, globs, or addresses that fsspec knows.
        limits: as for reading.
        size: articles per shard.
        passed: told what is passed over in folders, and why.

    Raises:
        ShardError: an address that cannot be listed, or standard input, which cannot be read twice.
    """
    piece: list[InputFile] = []
    for item in _files(paths, limits, passed):
        if isinstance(item, Failure):
            yield item
            continue
        if piece and (_is_big(item) or _is_big(piece[0]) or _digest(item) % size == 0):
            yield _piece(piece)
            piece = []
        piece.append(item)
    if piece:
        yield _piece(piece)


def _is_big(file: InputFile) -> bool:
    return file.size >= _ALONE


def _digest(file: InputFile) -> int:
    return int.from_bytes(blake2b(file.path.encode(errors="surrogateescape"), digest_size=6).digest())


def _piece(files: list[InputFile]) -> Piece:
    """Name a piece after its first file: readable, in the order of files, and unique."""
    readable = re.sub(r"[^A-Za-z0-9_.]+", "-", files[0].id).strip("-.")[:40] or "articles"
    return Piece(name=f"{readable}-{_digest(files[0]):012x}", files=tuple(files))


def _files(paths: Iterable[str], limits: Limits, passed: Passed) -> Iterator[InputFile | Failure]:
    paths = list(map(str, paths))
    if "-" in paths:
        raise ShardError("-", "standard input cannot be read again after a break; write it to a file first")
    for found in walk((path for path in paths if not is_address(path)), limits, passed):
        yield _here(found) if isinstance(found, Found) else found[1]
    for path in filter(is_address, paths):
        yield from _remote(path)


def _here(found: Found) -> InputFile | Failure:
    if found.stat is None:
        return failure(str(found.path), "not a file")
    return InputFile(
        path=os.path.abspath(found.path),
        id=found.id,
        named=found.named,
        size=found.stat.st_size,
        version=str(found.stat.st_mtime_ns),
    )


def _remote(address: str) -> Iterator[InputFile | Failure]:
    """List a file, the files below a folder that have an ending we read, or what a glob matches."""
    try:
        from fsspec.core import url_to_fs

        files, root = url_to_fs(address)
        named = files.glob(root) if "*" in root else [root]
        if not named:
            yield failure(address, "no file matches the pattern")
        for path in named:
            yield from _below(files, str(path)) if files.isdir(path) else [_there(files, str(path), str(path), True)]
    except FileNotFoundError:
        yield failure(address, "no such file or folder")
    except ImportError as error:
        raise ShardError(address, f"{error}; fsspec comes with pip install 'claimgraph[parquet]'") from error
    except (OSError, ValueError) as error:
        raise ShardError(address, f"cannot be listed: {error}") from error


def _below(files: Any, folder: str) -> Iterator[InputFile]:
    for path in sorted(map(str, files.find(folder))):
        relative = path.removeprefix(folder).lstrip("/")
        if split_ending(relative)[1] and not any(part.startswith((".", "_")) for part in relative.split("/")):
            yield _there(files, path, relative, False)


def _there(files: Any, path: str, relative: str, named: bool) -> InputFile:
    facts = files.info(path)
    stem = split_ending(relative.rpartition("/")[2] if named else relative)[0]
    return InputFile(
        path=files.unstrip_protocol(path),
        id=printable(stem),
        named=named,
        size=facts.get("size") or 0,
        version=version_of(facts),
    )
