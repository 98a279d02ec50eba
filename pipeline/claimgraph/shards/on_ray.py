"""Extract on a Ray cluster, over Ray Data: readers cut pieces into shards, actors that hold the pipeline extract them.

A row of the data set is a shard, however many articles it holds. So how Ray cuts rows into blocks decides nothing, and
a block that is done again after a node died meets the shards that are complete and leaves them alone.

An actor takes nearly a whole core and a reader a tenth: where actors took all of the cores, no reader would ever start
and the run would stand still. Inside an actor the pipeline runs in a process of its own, as it does on one machine: an
article that kills it or takes for ever costs that article, instead of Ray starting the actor again without end.
"""

import logging
import os
import pickle
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import Any

from claimgraph.config import fingerprint
from claimgraph.errors import ShardError
from claimgraph.extraction import cut, extractor
from claimgraph.shards.engines import todo_of
from claimgraph.shards.folder import Folder
from claimgraph.shards.records import Piece, Shard, Work, Written
from claimgraph.shards.work import complete, write

__all__ = ["run"]

_ACTOR, _READER = 0.9, 0.1  # cores
_BLOCK = 1 << 20  # bytes of rows that Ray hands on together: a shard or two, so that all actors have work at once
_STORE = 512 << 20  # bytes of the object store of a Ray that we start; shards on their way are all that is in it

_Batch = dict[str, Any]


def run(pieces: Iterable[Piece], work: Work, workers: int | None) -> Iterator[Written]:
    """Extract pieces on the cluster that Ray is connected to or finds, else on a Ray started on this machine.

    Raises:
        ShardError: Ray is missing, or the run cannot go on; what is written stays.
    """
    # Ray reports its use to its makers unless it is told not to before it is imported
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
        import ray.data
        from ray.exceptions import RayError
    except ImportError as error:
        raise ShardError(work.output, "--engine ray needs Ray: pip install 'claimgraph[ray]'") from error
    if not ray.is_initialized():
        _start(ray, workers)
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # what matters is raised, and reported once
    settings = ray.data.DataContext.get_current()
    settings.target_max_block_size = _BLOCK
    settings.enable_progress_bars = False
    rows = [{"piece": pickle.dumps(piece)} for piece in pieces]
    count = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
    read = ray.data.from_items(rows, override_num_blocks=len(rows)).map_batches(
        _read, fn_args=(work,), batch_size=1, num_cpus=_READER
    )
    done = read.map_batches(
        _Extractor,
        fn_constructor_args=(work,),
        batch_size=1,
        num_cpus=_ACTOR,
        compute=ray.data.ActorPoolStrategy(size=count),
    )
    try:
        for row in done.iter_rows():
            yield pickle.loads(row["shard"])  # noqa: S301  our own workers wrote it
    except RayError as error:
        raise ShardError(work.output, f"the run on Ray stopped; run it again to go on ({_cause(error)})") from error


def _cause(error: BaseException) -> str:
    """Say what went wrong in the first place, without the traces of the machines that it passed through."""
    while inner := getattr(error, "cause", None) or error.__cause__:
        error = inner
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[-1]}" if lines else type(error).__name__


def _start(ray: Any, workers: int | None) -> None:
    """Connect to the cluster that RAY_ADDRESS names or that runs on this machine; start one here if there is none."""
    quiet = {"log_to_driver": False, "logging_level": "ERROR"}
    try:
        ray.init(address="auto", **quiet)
    except ConnectionError as error:
        if address := os.environ.get("RAY_ADDRESS"):  # Ray's own setting: where a cluster was meant, none is started
            raise ShardError(address, f"no Ray cluster answers there ({error})") from error
        ray.init(address="local", num_cpus=workers, object_store_memory=_STORE, include_dashboard=False, **quiet)


def _read(batch: _Batch, work: Work) -> Iterator[_Batch]:
    """Read pieces; a row for every shard, whether it is complete or to be extracted."""
    for piece in batch["piece"]:
        for item in todo_of(pickle.loads(piece), work):  # noqa: S301  our own driver wrote it
            yield {"shard": [pickle.dumps(item)]}


class _Extractor:
    """An actor: holds the pipeline and writes the shards that it is given."""

    def __init__(self, work: Work) -> None:
        if fingerprint(work.config) != work.fingerprint:
            raise ShardError(
                work.output, "a node has another version of claimgraph, or of what it builds on, installed"
            )
        self._work, self._folder = work, Folder(work.output)
        self._process = ExitStack()
        self._extract = self._process.enter_context(extractor(work.config, 1))

    def __call__(self, batch: _Batch) -> _Batch:
        """Extract the shards of a batch that are not complete yet."""
        return {"shard": [pickle.dumps(self._settled(pickle.loads(row))) for row in batch["shard"]]}  # noqa: S301  ours

    def _settled(self, item: Shard | Written) -> Written:
        if isinstance(item, Written):
            return item
        found = complete(self._folder, item.name, item.state, self._folder.files())
        return found or write(self._work, item, self._extract(cut(article for _, article in item.articles)))
