"""Who extracts the shards: this machine, or a Ray cluster. An engine is a function; the shards are the same."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from claimgraph.extraction import ArticleOutcome, cut, extract_batches
from claimgraph.records import Article
from claimgraph.shards.cutting import shards_of
from claimgraph.shards.folder import Folder
from claimgraph.shards.records import Piece, Shard, Work, Written
from claimgraph.shards.work import complete, write

__all__ = ["ENGINES", "Engine", "Todo", "todo_of"]

#: From pieces to their complete shards, in any order. The last argument: how many workers; None: as many as there are
#: cores. Every shard is written by `work.write`, from the outcomes of `extraction`.
Engine = Callable[[Iterable[Piece], Work, int | None], Iterator[Written]]

Todo = Shard | Written


def todo_of(piece: Piece, work: Work) -> Iterator[Todo]:
    """Yield the shards of a piece: what is complete as it is, the others to be extracted; both in order."""
    folder = Folder(work.output)
    there = folder.files()
    for shard in shards_of(piece, work):
        yield complete(folder, shard.name, shard.state, there) or shard


def on_this_machine(pieces: Iterable[Piece], work: Work, workers: int | None) -> Iterator[Written]:
    """Extract in this process or in several; they go on while a shard is written."""
    waiting: deque[Todo] = deque()

    def batches() -> Iterator[list[Article]]:
        for piece in pieces:
            for item in todo_of(piece, work):
                waiting.append(item)
                if isinstance(item, Shard):
                    # no batch holds articles of two shards: what is parsed together must not depend on who does it
                    yield from cut(article for _, article in item.articles)

    collected: list[ArticleOutcome] = []
    for outcome in extract_batches(batches(), config=work.config, workers=workers):
        while not _articles(waiting[0]):
            yield _settled(waiting.popleft(), work)
        collected.append(outcome)
        if len(collected) == _articles(waiting[0]):
            yield _settled(waiting.popleft(), work, collected)
            collected = []
    while waiting:
        yield _settled(waiting.popleft(), work)


def _articles(item: Todo) -> int:
    """Count the articles that are to be extracted."""
    return len(item.articles) if isinstance(item, Shard) else 0


def _settled(item: Todo, work: Work, outcomes: Iterable[ArticleOutcome] = ()) -> Written:
    return write(work, item, outcomes) if isinstance(item, Shard) else item


def on_ray(pieces: Iterable[Piece], work: Work, workers: int | None) -> Iterator[Written]:
    """Extract on a Ray cluster; see `on_ray`."""
    from claimgraph.shards.on_ray import run

    return run(pieces, work, workers)


ENGINES: dict[str, Engine] = {"local": on_this_machine, "ray": on_ray}
