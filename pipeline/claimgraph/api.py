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

__all__ = ["Graph", "Outcome", "extract", "extract_each", "load", "read"]


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
