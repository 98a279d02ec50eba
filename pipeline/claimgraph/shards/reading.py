"""Shards to what a graph attaches."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from claimgraph.errors import ShardError
from claimgraph.reading import Source
from claimgraph.reading.source import failure
from claimgraph.records import Failure
from claimgraph.shards.folder import Folder
from claimgraph.shards.tables import attachments
from claimgraph.shards.work import article_file, claim_file, described
from claimgraph.store.preparing import Attachment

__all__ = ["read_shards"]

_Skip = Callable[[Source], bool]


def read_shards(targets: Iterable[str | Path], skip: _Skip) -> Iterator[tuple[Source, Attachment | Failure]]:
    """Yield the articles of the shards in folders with their claims, in the order of the shards' names.

    Articles that failed when they were extracted, and shards that are damaged, come as failures.

    Args:
        targets: folders, as paths or addresses that fsspec knows.
        skip: asked for every shard; True leaves it alone.

    Raises:
        ShardError: there are no shards.
    """
    for target in map(str, targets):
        folder = Folder(target)
        there = folder.files()
        names = sorted(name.removeprefix("claims-").removesuffix(".parquet") for name in there if "/" not in name)
        if not names:
            raise ShardError(target, "holds no shards; `claimgraph extract --format parquet` writes them")
        for name in names:
            source = folder.source(claim_file(name))
            if not skip(source):
                yield from ((source, item) for item in _read(folder, name))


def _read(folder: Folder, name: str) -> list[Attachment | Failure]:
    """Read a shard whole: one that is damaged gives nothing but the failure."""
    try:
        facts = described(folder, name)
        if facts is None:
            raise ValueError("not a shard of ours")
        claims, articles = (_table(folder, file(name)) for file in (claim_file, article_file))
        return [*attachments(claims, articles, facts.fingerprint), *facts.failures]
    except (OSError, pa.ArrowException, LookupError, TypeError, ValueError, ArithmeticError) as error:
        problem = f"the shard is damaged ({error}); extract it again"
        return [failure(folder.path(claim_file(name)), problem)]


def _table(folder: Folder, name: str) -> pa.Table:
    with folder.open(name) as stream:
        return pq.read_table(stream)
