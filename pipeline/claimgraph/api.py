"""The verbs of claimgraph. The command line and users all go through here.

spaCy and SQLAlchemy are imported inside the functions: `import claimgraph` and `claimgraph --help` must not pay
a second for them.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from claimgraph.config import Config
from claimgraph.errors import StageError
from claimgraph.extraction import Outcome, extract_each, load
from claimgraph.graphs import Graph
from claimgraph.reading import Passed, read_articles
from claimgraph.records import Article, Claim, Failure

if TYPE_CHECKING:
    from spacy.language import Language

    from claimgraph.shards.records import Written

__all__ = ["SHARD_SIZE", "Graph", "Outcome", "extract", "extract_each", "extract_shards", "load", "read"]

#: Articles: ten to twenty seconds of work, which is what a worker that dies loses.
SHARD_SIZE = 200


def read(
    paths: Iterable[str | Path], config: Config | None = None, *, passed: Passed | None = None
) -> Iterator[Article | Failure]:
    """Read the articles in files and folders; what cannot be read comes as a Failure, in its place.

    Args:
        paths: files, folders, globs, or `-` for standard input.
        config: its limits bound what one input may cost; its columns say what records call an article's fields.
        passed: told of every file in a folder that is no article, and why; see `reading.PassedOver`.
    """
    config = config or Config()
    return read_articles(paths, config.limits, columns=dict(config.columns), passed=passed)


def extract(
    articles: Iterable[Article],
    nlp: "Language | None" = None,
    *,
    config: Config | None = None,
    workers: int | None = None,
) -> Iterator[Claim]:
    """Yield the claims of articles lazily, in order; arguments as for `extract_each`.

    Raises:
        StageError: an article on which a stage fails; `extract_each` reports it and goes on instead.
    """
    for _, outcome in extract_each(articles, nlp, config=config, workers=workers):
        if isinstance(outcome, Failure):
            raise StageError(outcome.stage, outcome.article, outcome.problem)
        yield from outcome


def extract_shards(
    paths: Iterable[str | Path],
    output: str | Path,
    *,
    engine: str = "local",
    workers: int | None = None,
    size: int = SHARD_SIZE,
    config: Config | None = None,
    passed: Passed | None = None,
) -> "Iterator[Written | Failure]":
    """Yield the shards as they are complete, those that were there already among them; and what cannot be read.

    The same inputs give the same files, whatever the engine and the number of workers. Can be stopped at any moment
    and called again: shards that are complete, and made by this pipeline from what the inputs hold now, are kept.

    Args:
        paths: files, folders, globs, or addresses that fsspec knows (`s3://…`).
        output: folder for the shards, a path or an address; made if it is not there.
        engine: `local` (processes of this machine) or `ray` (a cluster: the one that `ray.init` finds).
        workers: processes that extract; None: as many as there are cores, or one for a few articles.
        size: articles per shard.
        config: settings of the pipelines.
        passed: told of every file in a folder that is no article, and why.

    Raises:
        ConfigError: there is no such engine.
        ShardError: the folder holds shards of other inputs, or cannot be written; an extra is missing.
    """
    from claimgraph.shards.folder import check_installed

    check_installed(str(output))
    from claimgraph.shards.run import run

    settings, forget = config or Config(), passed or (lambda path, reason: None)
    inputs = list(map(str, paths))
    return run(inputs, str(output), engine=engine, workers=workers, size=size, config=settings, passed=forget)
