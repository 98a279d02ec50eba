"""Commands that write to the graph: `ingest`, `retract`; and `failures`, which lists what did not get in."""

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimgraph.cli.logs import Log, LogFormat, LogFormatOption, now
from claimgraph.cli.options import Column, Database, OutputFormat, Paths, Since, Workers, open_graph
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
    paths: Paths,
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
    column: Column = None,
    log_format: LogFormatOption = LogFormat.TEXT,
) -> None:
    """Bring articles into the claim graph; what it knows already is skipped.

    Can be run as often as you like and killed at any moment: nothing is counted twice, nothing is lost.
    """
    if prune and (limit or dry_run):
        raise typer.BadParameter("--prune goes with neither --limit nor --dry-run")
    from claimgraph.reading import PassedOver

    log, passed, day = Log(log_format), PassedOver(), _day(since)
    with _graph(database, column, dry_run=dry_run) as graph:
        with log.progress() as step:
            if dry_run:
                report = graph.preview(paths, progress=step, passed=passed, since=day, limit=limit)
            else:
                report = graph.ingest(
                    paths,
                    workers=workers,
                    started=now(),
                    progress=step,
                    passed=passed,
                    since=day,
                    limit=limit,
                    prune=prune,
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
) -> None:
    """Take articles out of the graph, with everything that hung on them."""
    with open_graph(database, read_only=False) as graph:
        gone = graph.retract(articles)
    note(f"{gone} of {len(articles)} articles taken out")
    raise typer.Exit(0 if gone == len(articles) else 1)


def failures(database: Database = "claimgraph.db", form: OutputFormat = Format.TEXT) -> None:
    """List the articles that could not be read or extracted, and why; they are tried again when they change."""
    with open_graph(database) as graph:
        found = graph.failures()
    if form is Format.TEXT:
        from claimgraph.cli.render import print_failures

        print_failures(found)
    else:
        print_lines([plain(item) for item in found], form, ("article", "stage", "problem"))
