"""The verbs of claimgraph. The command line, the store and users all go through here.

spaCy is imported inside the functions: `import claimgraph` and `claimgraph --help` must not pay a second for it.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from claimgraph.config import Config
from claimgraph.errors import ClaimGraphError, StageError
from claimgraph.reading import read_articles
from claimgraph.records import Article, Claim, Failure

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["extract", "extract_each", "load", "read"]

Outcome = tuple[Claim, ...] | Failure

_BATCH = 16  # articles per batch of the parser; more costs memory and gains under 5 % speed


def load(config: Config | None = None) -> "Language":
    """Build the pipeline; `load()("text")._.claims` are the claims of a text.

    Raises:
        ConfigError: an override that no stage takes, or no language model is installed.
    """
    from claimgraph.build import build

    return build(dict((config or Config()).overrides))


def read(paths: Iterable[str | Path], config: Config | None = None) -> Iterator[Article | Failure]:
    """Read the articles in files and folders; what cannot be read comes as a Failure, in its place."""
    return read_articles(paths, (config or Config()).limits)


def extract(articles: Iterable[Article], nlp: "Language | None" = None) -> Iterator[Claim]:
    """Yield the claims of articles lazily, in order.

    Raises:
        StageError: an article on which a stage fails; `extract_each` reports it and goes on instead.
    """
    for _, outcome in extract_each(articles, nlp):
        if isinstance(outcome, Failure):
            raise StageError(outcome.stage, outcome.article, outcome.problem)
        yield from outcome


def extract_each(articles: Iterable[Article], nlp: "Language | None" = None) -> Iterator[tuple[Article, Outcome]]:
    """Yield every article with its claims, or with the failure that stopped it; one bad article stops no other."""
    pipeline = nlp or load()
    stream = iter(articles)
    while batch := list(islice(stream, _BATCH)):
        yield from _extract_batch(pipeline, batch)


def _extract_batch(nlp: "Language", batch: list[Article]) -> list[tuple[Article, Outcome]]:
    """Extract a batch; if anything in it fails, extract its articles one by one and report the bad ones."""
    try:
        return _extract_all(nlp, batch)
    except ClaimGraphError:
        return [_extract_one(nlp, article) for article in batch]


def _extract_one(nlp: "Language", article: Article) -> tuple[Article, Outcome]:
    try:
        return _extract_all(nlp, [article])[0]
    except ClaimGraphError as error:
        stage = getattr(error, "stage", "extract")
        return article, Failure(article=article.id, stage=stage, problem=str(error))


def _extract_all(nlp: "Language", batch: list[Article]) -> list[tuple[Article, Outcome]]:
    from claimgraph.stages.base import attach_article
    from claimgraph.stages.base import read as read_slot

    docs = ((attach_article(nlp.make_doc(article.text), article), article) for article in batch)
    return [(article, read_slot(doc, Claim)) for doc, article in nlp.pipe(docs, as_tuples=True, batch_size=_BATCH)]
