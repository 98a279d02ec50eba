"""Extract articles into a folder of Parquet shards; what is complete there is left alone."""

import os
from collections.abc import Iterator
from pathlib import Path

from claimgraph.config import Config, fingerprint, reading_fingerprint
from claimgraph.errors import ConfigError, ShardError
from claimgraph.reading import Passed
from claimgraph.records import Failure
from claimgraph.shards.engines import ENGINES
from claimgraph.shards.folder import Folder, is_address
from claimgraph.shards.plan import plan
from claimgraph.shards.records import Piece, Work, Written
from claimgraph.shards.work import article_file, claim_file, finished

__all__ = ["run"]


def run(
    paths: list[str],
    output: str,
    *,
    engine: str,
    workers: int | None,
    size: int,
    config: Config,
    passed: Passed,
) -> Iterator[Written | Failure]:
    """Do what `api.extract_shards` says."""
    if engine not in ENGINES:
        raise ConfigError("engine", engine, f"one of {sorted(ENGINES)}")
    made_by = {"fingerprint": fingerprint(config), "read_by": reading_fingerprint(config)}
    # workers elsewhere have working directories of their own
    place = output if is_address(output) else os.path.abspath(output)
    work = Work(output=place, size=size, config=config, **made_by)
    found = list(plan(paths, config.limits, size, passed))
    yield from (item for item in found if isinstance(item, Failure))
    for shard in _shards([item for item in found if isinstance(item, Piece)], work, engine, workers):
        for path, reason in shard.passed:
            passed(Path(path), reason)
        yield shard


def _shards(pieces: list[Piece], work: Work, engine: str, workers: int | None) -> Iterator[Written]:
    folder = Folder(work.output)
    there = folder.files()
    _check(folder, pieces, there)
    left: list[Piece] = []
    for piece in pieces:
        known = finished(folder, piece, work, there)
        yield from known or ()
        left += [] if known else [piece]
    ends: dict[str, int] = {}
    for shard in ENGINES[engine](left, work, workers) if left else ():
        if not ends:
            _check_shared(folder, shard)
        yield shard
        if shard.last:
            ends[shard.name.rpartition("-")[0]] = int(shard.name.rpartition("-")[2])
    folder.remove(_behind(there, ends))
    folder.tidy()


def _piece_of(file: str) -> tuple[str, int]:
    """Take the name of a shard's file apart: piece and number; the piece is empty if it is no shard's."""
    kind, _, rest = file.rpartition("/")[2].removesuffix(".parquet").partition("-")
    piece, _, number = rest.rpartition("-")
    return (piece, int(number)) if kind in ("claims", "articles") and number.isdecimal() else ("", 0)


def _check(folder: Folder, pieces: list[Piece], there: frozenset[str]) -> None:
    """Refuse a folder in which something else is, so that nobody counts claims that the inputs don't hold."""
    ours = {piece.name for piece in pieces}
    if others := sorted(name for name in there if _piece_of(name)[0] not in ours):
        problem = f"holds {len(others)} files that the inputs do not lead to, such as {others[0]}"
        raise ShardError(folder.target, f"{problem}; remove them, or name another folder")


def _check_shared(folder: Folder, shard: Written) -> None:
    """Refuse to go on where other machines write to disks of their own."""
    if claim_file(shard.name) not in folder.files():
        raise ShardError(folder.target, "what the workers write is not seen here; name a place that all machines share")


def _behind(there: frozenset[str], ends: dict[str, int]) -> Iterator[str]:
    """Name the files of pieces that were longer once."""
    for name in there:
        piece, number = _piece_of(name)
        if piece in ends and number > ends[piece]:
            yield from (claim_file(f"{piece}-{number:05d}"), article_file(f"{piece}-{number:05d}"))
