"""A progress bar on standard error, for people only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from claimgraph.cli.output import visible

if TYPE_CHECKING:
    from claimgraph.store.report import Progress

__all__ = ["progress_bar"]


@contextmanager
def progress_bar() -> "Iterator[Callable[..., object] | None]":
    """Show which article (or shard, given with its number of articles) is done and how many articles are.

    Nothing where standard error is no terminal.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("[bold]{task.completed}[/] articles · {task.fields[claims]} claims"),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, claims=0)
        claims = 0

        def step(done: "Progress", articles: int = 1) -> None:
            nonlocal claims
            claims += done.claims
            bar.update(task, advance=articles, claims=claims, description=visible(done.article)[-48:])

        yield step
