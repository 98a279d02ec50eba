"""`claimgraph fetch`: pages and feeds from the web into a folder that `ingest` reads."""

import json
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimgraph.cli.logs import Log, LogFormat, LogFormatOption
from claimgraph.cli.output import plain, visible

if TYPE_CHECKING:
    from claimgraph.fetching import Fetched

__all__ = ["fetch"]


def fetch(
    urls: Annotated[
        list[str], typer.Argument(metavar="FEED_OR_URL…", help="Addresses of feeds, news sitemaps and pages.")
    ],
    into: Annotated[Path, typer.Option("--into", metavar="FOLDER", help="Where the pages go; made if not there.")],
    delay: Annotated[float, typer.Option(min=0, help="Seconds between two requests to one host, at least.")] = 2.0,
    limit: Annotated[int | None, typer.Option(min=1, help="Save at most so many pages of feeds in this run.")] = None,
    again: Annotated[
        float, typer.Option(min=0, metavar="HOURS", help="Look again at a page that a feed still names.")
    ] = 24.0,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long one answer may take.")] = 60.0,
    megabytes: Annotated[float, typer.Option(min=0.01, help="How large one answer may be.")] = 10.0,
    contact: Annotated[
        str | None, typer.Option(help="Mail or web address of whoever is responsible; told to the servers.")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also ask machines that are not on the public internet.")
    ] = False,
    report_file: Annotated[
        Path | None, typer.Option("--report", help="Write what became of each address to this file, as JSON.")
    ] = None,
    log_format: LogFormatOption = LogFormat.TEXT,
) -> None:
    """Fetch pages and the pages of feeds into a folder.

    `ingest FOLDER` reads them. Run again, it asks only for what is new or changed. It obeys robots.txt, waits between
    requests, backs off when a server asks for it, and goes to public addresses only. Proxies are not used.
    """
    from claimgraph.fetching import ANYWHERE, Policy
    from claimgraph.fetching import fetch as run

    policy = Policy(
        contact=contact,
        delay=delay,
        pages=limit,
        again=again * 3600,
        seconds=seconds,
        page_bytes=int(megabytes * 2**20),
        allowed=ANYWHERE if allow_private else (),
    )
    log, done = Log(log_format), []
    for item in run(urls, into, policy, now=time.time(), version=_version()):
        done.append(item)
        _tell(item, log)
    if report_file:
        report_file.write_text(json.dumps(plain(done), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    counts = Counter(str(item.outcome) for item in done)
    said = ", ".join(f"{number:,} {outcome}" for outcome, number in counts.items())
    log.say("done", f"{said}. claimgraph ingest {into}", **counts)
    raise typer.Exit(1 if counts["failed"] else 0)


def _version() -> str:
    from claimgraph import __version__

    return __version__


def _tell(item: "Fetched", log: Log) -> None:
    """Name the files that were written on standard output, what went wrong on standard error."""
    from claimgraph.fetching import Outcome

    wrong = item.outcome in (Outcome.FAILED, Outcome.PUT_OFF)
    log.say("page", f"{item.outcome}  {item.url}: {item.problem}" if wrong else "", **plain(item))
    if item.outcome in (Outcome.NEW, Outcome.CHANGED):
        print(visible(f"{item.outcome}  {item.url}  {item.file}"), flush=True)
