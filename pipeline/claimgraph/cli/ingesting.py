"""Commands that write to the graph: `ingest`, `retract`; and `failures`, which lists what did not get in."""

import json
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimgraph.cli.logs import Log, LogFormat, LogFormatOption, now
from claimgraph.cli.options import Column, Database, OutputFormat, Since, Workers, open_graph
from claimgraph.cli.output import Format, note, plain, print_lines

if TYPE_CHECKING:
    from claimgraph.graphs import Graph
    from claimgraph.reading import PassedOver
    from claimgraph.store.report import Report

__all__ = ["failures", "ingest", "retract"]


class FailOn(StrEnum):
    """What makes `ingest` end with exit code 3."""

    CONTRADICTION = "contradiction"  # this run brought or changed a contradiction


def ingest(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Files, folders or globs to read, shards too; - for standard input.")
    ] = None,
    database: Database = "claimgraph.db",
    workers: Workers = None,
    form: OutputFormat = Format.TEXT,
    report_file: Annotated[
        Path | None, typer.Option("--report", help="Write what was done to this file, as JSON.")
    ] = None,
    fail_on: Annotated[FailOn | None, typer.Option(help="End with exit code 3 if this was found.")] = None,
    since: Since = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Extract at most so many articles in this run.")] = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Take out the articles that are no longer in the folders.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done; nothing is extracted or stored.")
    ] = False,
    refresh: Annotated[
        bool,
        typer.Option(
            "--refresh", help="Without paths: extract again what an older pipeline extracted, latest articles first."
        ),
    ] = False,
    wait: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="How long another run on this graph is waited for.")
    ] = 600,
    column: Column = None,
    log_format: LogFormatOption = LogFormat.TEXT,
) -> None:
    """Bring articles into the claim graph; what it knows already is skipped.

    Can be run as often as you like and killed at any moment: nothing is counted twice, nothing is lost.
    """
    _check(paths, refresh=refresh, alone=prune or dry_run or bool(since), prune=prune, bounded=bool(limit) or dry_run)
    from claimgraph.reading import PassedOver

    log, passed, day = Log(log_format), PassedOver(), _day(since)
    with _graph(database, column, dry_run=dry_run) as graph:
        with log.progress() as step:
            run: dict[str, Any] = {
                "workers": workers,
                "started": now(),
                "wait": wait,
                "waiting": partial(_waiting, log, wait),
            }
            if dry_run:
                report = graph.preview(paths or (), progress=step, passed=passed, since=day, limit=limit)
            elif refresh:
                report = graph.refresh(progress=step, limit=limit, **run)
            else:
                report = graph.ingest(
                    paths or (), progress=step, passed=passed, since=day, limit=limit, prune=prune, **run
                )
        _print(graph, report, passed, form, database, dry_run=dry_run)
    log.passed(passed)
    log.done(report)
    if report_file:
        record = {**plain(report), "passed": passed.record()}
        report_file.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if fail_on is FailOn.CONTRADICTION and report.fresh_contradictions:
        raise typer.Exit(3)
    raise typer.Exit(1 if report.failed else 0)


def _check(paths: list[str] | None, *, refresh: bool, alone: bool, prune: bool, bounded: bool) -> None:
    """Refuse options that do not go together."""
    if refresh and (paths or alone):
        raise typer.BadParameter("--refresh goes without paths, --since, --prune and --dry-run")
    if not refresh and not paths:
        raise typer.BadParameter("Missing argument 'PATHS...': files, folders or globs to read; - for standard input")
    if prune and bounded:
        raise typer.BadParameter("--prune goes with neither --limit nor --dry-run")


def _waiting(log: Log, seconds: float) -> None:
    log.say("waiting", f"another run brings articles into this graph; waiting for up to {seconds:g} seconds")


def _day(since: str | None) -> date | None:
    try:
        return date.fromisoformat(since) if since else None
    except ValueError as error:
        raise typer.BadParameter(f"--since is {since!r}; allowed: a day, YYYY-MM-DD") from error


def _graph(database: str, column: list[str] | None, *, dry_run: bool) -> "Graph":
    """Open the graph; a dry run writes to none, and where there is none yet everything is new."""
    if not dry_run:
        return open_graph(database, read_only=False, columns=column)
    missing = "://" not in database and not Path(database).exists()
    return open_graph(":memory:" if missing else database, read_only=not missing, columns=column)


def _print(
    graph: "Graph", report: "Report", passed: "PassedOver", form: Format, database: str, *, dry_run: bool
) -> None:
    if form is Format.TEXT:
        from claimgraph.cli.render import print_report

        if dry_run:
            print("A dry run; nothing was stored. It would be:")
        print_report(report, graph.conflicts(limit=5) if report.run else [], database)
    else:
        record = {**plain(report), "passed": passed.record()}
        print_lines([record], form, list(record))


def retract(
    articles: Annotated[list[str], typer.Argument(help="Ids of articles, as `show` and `export` give them.")],
    database: Database = "claimgraph.db",
    undo: Annotated[
        bool, typer.Option("--undo", help="Let them in again; the next ingest of their files brings them.")
    ] = False,
) -> None:
    """Take articles out of the graph, with everything that hung on them; they stay out until `--undo`."""
    with open_graph(database, read_only=False) as graph:
        found = graph.let_in(articles) if undo else graph.retract(articles)
    note(f"{found} of {len(articles)} articles {'let in again at the next ingest' if undo else 'taken out'}")
    raise typer.Exit(0 if found == len(articles) else 1)


def failures(database: Database = "claimgraph.db", form: OutputFormat = Format.TEXT) -> None:
    """List the articles that could not be read or extracted, and why, and those that were taken out.

    What failed is tried again when it changes; what was taken out stays out until `retract --undo`.
    """
    with open_graph(database) as graph:
        found = graph.failures()
    if form is Format.TEXT:
        from claimgraph.cli.render import print_failures

        print_failures(found)
    else:
        print_lines([plain(item) for item in found], form, ("article", "stage", "problem"))
