"""Run a function over articles in worker processes; a worker that dies or hangs costs one article, which is named.

Articles go out in batches and come back in order, so that one process and many give the same stream. When a
batch dies or runs out of time its articles are tried one by one, each alone in a worker, so that only the guilty
one fails. At most a few batches per worker are under way: memory does not grow with the number of articles.
"""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import contextmanager

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from claimgraph.records import Article, Claim, Failure

__all__ = ["map_batches", "open_pool"]

Outcome = tuple[Claim, ...] | Failure
Run = Callable[[list[Article]], list[Outcome]]

# Batches under way per worker: one at work, two waiting, so that no worker idles while results are stored.
_AHEAD = 3


@contextmanager
def open_pool(initializer: Callable[..., None], initargs: tuple[object, ...], *, workers: int) -> Iterator[ProcessPool]:
    """Give a pool for any number of `map_batches`.

    Args:
        initializer: importable function that prepares a worker, called once in each.
        initargs: its arguments.
        workers: number of processes.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPool(max_workers=workers, initializer=initializer, initargs=list(initargs), context=context) as pool:
        yield pool


def map_batches(
    pool: ProcessPool, batches: Iterable[list[Article]], run: Run, *, workers: int, seconds: float
) -> Iterator[tuple[Article, Outcome]]:
    """Yield every article of batches with its outcome, in the order of the articles.

    Args:
        pool: what `open_pool` gave.
        batches: read lazily, in this process.
        run: importable function from a batch to one outcome per article.
        workers: number of processes of the pool.
        seconds: wall time that one article may take; a batch gets as much for each of its articles.
    """
    stream = iter(batches)
    waiting: deque[tuple[list[Article], ProcessFuture[list[Outcome]]]] = deque()

    def schedule() -> None:
        if batch := next(stream, None):
            waiting.append((batch, pool.schedule(run, args=[batch], timeout=seconds * len(batch))))

    for _ in range(workers * _AHEAD):
        schedule()
    try:
        while waiting:
            batch, future = waiting.popleft()
            yield from zip(batch, _outcomes(pool, run, batch, future, seconds), strict=True)
            schedule()
    finally:
        for _, future in waiting:
            future.cancel()  # type: ignore[no-untyped-call]


def _outcomes(
    pool: ProcessPool, run: Run, batch: list[Article], future: ProcessFuture[list[Outcome]], seconds: float
) -> Iterator[Outcome]:
    """Yield a batch's outcomes; if it failed as a whole, try its articles alone."""
    problem = _problem(future, seconds * len(batch))
    if problem is None:
        yield from future.result()
    elif len(batch) == 1:
        yield Failure(article=batch[0].id, stage="extract", problem=problem)
    else:
        for article in batch:
            alone = pool.schedule(run, args=[[article]], timeout=seconds)
            yield from _outcomes(pool, run, [article], alone, seconds)


def _problem(future: ProcessFuture[list[Outcome]], seconds: float) -> str | None:
    """Wait for a task; say in words what killed it, None if nothing did."""
    try:
        future.result()
    except FutureTimeout:
        return f"took longer than {seconds:g} seconds; its worker was stopped (setting: limits.article_seconds)"
    except ProcessExpired as error:
        return f"its worker process died (exit code {error.exitcode}); out of memory is the usual cause"
    except Exception as error:  # noqa: BLE001  whatever a worker raises costs that article alone
        return f"{type(error).__name__}: {error}"
    return None
