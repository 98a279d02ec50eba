"""Articles to claims, in this process or in several; one bad article stops no other.

spaCy is imported inside the functions, so that importing this module stays cheap.
"""

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import chain, islice
from typing import TYPE_CHECKING

from claimgraph.config import Config
from claimgraph.errors import StageError
from claimgraph.records import Article, Claim, Failure

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["BATCH", "Outcome", "cut", "extract_batches", "extract_each", "extractor", "load"]

Outcome = tuple[Claim, ...] | Failure
ArticleOutcome = tuple[Article, Outcome]

#: Articles per batch of the parser; more costs memory and gains under 5 % speed.
BATCH = 16

# Words that a pipeline keeps for good: those of its first 300 articles. Looking rarer ones up anew in every batch costs
# less than can be measured; kept, they would be five times as many after 6,000 articles.
_WORDS = 20_000

# Below this many articles a second process costs more (a second of start-up each) than it saves.
_WORTH_A_PROCESS = 64


def load(config: Config | None = None) -> "Language":
    """Build the pipeline; `load()("text")._.claims` are the claims of a text.

    Raises:
        ConfigError: an override that no stage takes, or no language model is installed.
    """
    from claimgraph.build import build

    config = config or Config()
    nlp = build(dict(config.overrides))
    nlp.max_length = config.limits.article_chars + 1
    return nlp


def extract_each(
    articles: Iterable[Article],
    nlp: "Language | None" = None,
    *,
    config: Config | None = None,
    workers: int | None = None,
) -> Iterator[tuple[Article, Outcome]]:
    """Yield every article with its claims, or with the failure that stopped it, in the order of the articles.

    Args:
        articles: read lazily.
        nlp: the pipeline; made from `config` if not given. A pipeline that is given runs in this process alone.
        config: settings for the pipelines that are made here.
        workers: processes. None: as many as there are cores, or one for a few articles.
    """
    yield from extract_batches(cut(articles), nlp, config=config, workers=workers)


def extract_batches(
    batches: Iterable[list[Article]],
    nlp: "Language | None" = None,
    *,
    config: Config | None = None,
    workers: int | None = None,
) -> Iterator[tuple[Article, Outcome]]:
    """Extract batches of at most `BATCH` articles; arguments as for `extract_each`."""
    config = config or Config()
    stream = iter(batches)
    first = list(islice(stream, _WORTH_A_PROCESS // BATCH))
    if not first:
        return
    few = sum(map(len, first)) < _WORTH_A_PROCESS
    if nlp is not None or workers == 1 or (workers is None and few):
        nlp = nlp or load(config)
        for batch in chain(first, stream):
            yield from zip(batch, _extract_batch(nlp, batch), strict=True)
        return
    count = workers or os.cpu_count() or 1
    with extractor(config, count) as extract:
        yield from extract(chain(first, stream))


@contextmanager
def extractor(config: Config, workers: int) -> Iterator[Callable[[Iterable[list[Article]]], Iterator[ArticleOutcome]]]:
    """Give a function that extracts batches in worker processes, which live until the block ends.

    A worker that dies, or takes longer than `limits.article_seconds` over an article, costs that article alone.
    """
    from claimgraph.parallel import map_batches, open_pool

    with open_pool(_prepare_worker, (config,), workers=workers) as pool:

        def extract(batches: Iterable[list[Article]]) -> Iterator[ArticleOutcome]:
            seconds = config.limits.article_seconds
            return map_batches(pool, batches, _run_in_worker, workers=workers, seconds=seconds)

        yield extract


def cut(articles: Iterable[Article], size: int = BATCH) -> Iterator[list[Article]]:
    """Cut articles into batches, lazily."""
    stream = iter(articles)
    while batch := list(islice(stream, size)):
        yield batch


def _extract_batch(nlp: "Language", batch: list[Article]) -> list[Outcome]:
    """Extract a batch; if anything in it fails, extract its articles one by one and report the bad ones."""
    try:
        return _extract_all(nlp, batch)
    except Exception:  # noqa: BLE001  whatever it was, the articles are tried alone and the bad one is named
        return [_extract_one(nlp, article) for article in batch]


def _extract_one(nlp: "Language", article: Article) -> Outcome:
    try:
        return _extract_all(nlp, [article])[0]
    except StageError as error:
        return Failure(article=article.id, stage=error.stage, problem=error.problem)
    except Exception as error:  # noqa: BLE001  one article's failure is a line in the report
        return Failure(article=article.id, stage="extract", problem=f"{type(error).__name__}: {error}")


def _extract_all(nlp: "Language", batch: list[Article]) -> list[Outcome]:
    from claimgraph.stages.base import attach_article
    from claimgraph.stages.base import read as read_slot

    with _vocabulary(nlp):
        docs = (attach_article(nlp.make_doc(article.text), article) for article in batch)
        return [read_slot(doc, Claim) for doc in nlp.pipe(docs, batch_size=BATCH)]


def _vocabulary(nlp: "Language") -> AbstractContextManager[object]:
    """Let the pipeline learn words until it knows the common ones, and forget those that a batch adds from then on.

    Docs and tokens are not to be used behind the block; claims hold plain strings.
    """
    if len(nlp.vocab) < _WORDS or nlp.vocab.in_memory_zone:  # type: ignore[attr-defined]
        return nullcontext()
    return nlp.memory_zone()


_worker_nlp: "Language | None" = None


def _prepare_worker(config: Config) -> None:
    """Build the pipeline once per worker process, and keep the garbage collector from walking over its tables."""
    global _worker_nlp
    _worker_nlp = load(config)
    gc.collect()
    gc.freeze()


def _run_in_worker(batch: list[Article]) -> list[Outcome]:
    if _worker_nlp is None:
        raise RuntimeError("the worker was not prepared")
    return _extract_batch(_worker_nlp, batch)
