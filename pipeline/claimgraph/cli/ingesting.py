"""Commands that write to the graph: `ingest`, `retract`; and `failures`, which lists what did not get in."""

import json
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from claimgraph.cli.options import Database, OutputFormat, Paths, Workers, open_graph
from claimgraph.cli.output import Format, note, plain, print_lines

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
) -> None:
    """Bring articles into the claim graph; what it knows already is skipped.

    Can be run as often as you like and killed at any moment: nothing is counted twice, nothing is lost.
    """
    from claimgraph.cli.progress import progress_bar
    from claimgraph.reading import PassedOver

    passed = PassedOver()
    with open_graph(database, read_only=False) as graph:
        with progress_bar() as step:
            report = graph.ingest(paths, workers=workers, started=_now(), progress=step, passed=passed)
        record = {**plain(report), "passed": passed.record()}
        if report_file:
            report_file.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        if form is Format.TEXT:
            from claimgraph.cli.render import print_report

            print_report(report, graph.conflicts(limit=5) if report.run else [], database)
        else:
            print_lines([record], form, list(record))
        for line in passed.lines():
            note(line)
    if fail_on is FailOn.CONTRADICTION and report.fresh_contradictions:
        raise typer.Exit(3)
    raise typer.Exit(1 if report.failed else 0)


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


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
