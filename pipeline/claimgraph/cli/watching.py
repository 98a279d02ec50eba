"""`claimgraph watch`: folders that fill up, brought into the graph as they do."""

import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from claimgraph.cli.logs import Log, LogFormat, LogFormatOption, now
from claimgraph.cli.options import Column, Database, Workers, open_graph
from claimgraph.errors import StoreError

if TYPE_CHECKING:
    from spacy.language import Language

    from claimgraph.graphs import Graph
    from claimgraph.reading import Skip
    from claimgraph.store.report import Progress, Report

__all__ = ["watch"]


def watch(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER…", help="Folders to watch, with all below them.")],
    database: Database = "claimgraph.db",
    workers: Workers = None,
    settle: Annotated[
        float, typer.Option(min=0.1, metavar="SECONDS", help="Read a file when it stayed the same for so long.")
    ] = 2.0,
    rescan: Annotated[
        float, typer.Option(min=1, metavar="SECONDS", help="Look after so long although nothing seemed to change.")
    ] = 3600.0,
    column: Column = None,
    log_format: LogFormatOption = LogFormat.TEXT,
) -> None:
    """Ingest what is in folders and what lands there.

    Runs until it is stopped by Ctrl-C or SIGTERM. What was done is kept, whenever it is stopped. A database that is
    away for a while is waited for.
    """
    from claimgraph.watching import Pauses
    from claimgraph.watching import watch as run

    log, stop = Log(log_format), Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    log.say("watching", f"watching {', '.join(map(str, folders))}; Ctrl-C stops", folders=list(map(str, folders)))
    ours = "" if "://" in database else os.path.abspath(database)
    run(
        folders,
        _looker(folders, partial(open_graph, database, read_only=False, columns=column), workers, log),
        stop,
        Pauses(settle=settle, rescan=rescan),
        ours=ours,
    )
    log.say("stopped", "stopped; what was stored until now stays")


def _looker(
    folders: list[Path], opened: "Callable[[], Graph]", workers: int | None, log: Log
) -> "Callable[[Skip, Callable[[], None]], bool]":
    """Make the function that looks at the folders once and logs what it found.

    The first look may find years of articles and uses as many processes as it may; for the others the model stays
    loaded.
    """
    from claimgraph.extraction import load

    nlp: Language | None = None
    first = True

    def look(skip: "Skip", check: Callable[[], None]) -> bool:
        def step(done: "Progress") -> None:
            log.say("article", "", article=done.article, outcome=done.outcome, claims=done.claims)
            check()

        nonlocal nlp, first
        try:
            with opened() as graph:
                report = graph.ingest(folders, nlp, workers=workers, started=now(), progress=step, skip=skip)
        except StoreError as error:
            log.say("store", f"{now()} {error}; tried again soon", problem=str(error))
            return False
        for failure in report.failed:
            log.say("failed", f"{failure.article}: {failure.problem}", article=failure.article, problem=failure.problem)
        if report.run is not None:
            log.say("done", _said(report), new=report.new, changed=report.changed, failed=len(report.failed))
        if first:
            first, nlp = False, load()
        return True

    return look


def _said(report: "Report") -> str:
    parts = [(report.new, "new"), (report.changed, "changed"), (len(report.failed), "failed")]
    said = ", ".join(f"{number:,} {word}" for number, word in parts if number)
    fresh = report.fresh_contradictions
    return f"{now()} {said or 'nothing new'}" + (f"; contradictions new or changed: {fresh:,}" if fresh else "")
