"""`claimgraph extract`: articles to claims, nothing stored."""

import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from claimgraph.cli.options import Column, Paths, Workers, parse_columns
from claimgraph.cli.output import Format, TableFormat, note, print_lines
from claimgraph.records import Article, Claim, Failure

if TYPE_CHECKING:
    from claimgraph.config import Config
    from claimgraph.reading import PassedOver

__all__ = ["extract"]


class _Engine(StrEnum):
    """Who extracts shards."""

    LOCAL = "local"
    RAY = "ray"


def extract(
    paths: Paths,
    form: Annotated[
        TableFormat, typer.Option("--format", help="For people (text), for programs, or Parquet shards in a folder.")
    ] = TableFormat.JSONL,
    workers: Workers = None,
    column: Column = None,
    whole: Annotated[bool, typer.Option("--whole", help="Standard input is one article, not one a line.")] = False,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FOLDER", help="Where the Parquet shards go; also s3://… .")
    ] = None,
    engine: Annotated[_Engine, typer.Option(help="What makes the shards: this machine, or a Ray cluster.")] = (
        _Engine.LOCAL
    ),
    shard: Annotated[int, typer.Option(min=1, metavar="ARTICLES", help="Articles per shard.")] = 200,
) -> None:
    """Print the claims of articles, one a line, or write them as Parquet shards; nothing is stored.

    Standard input (-) holds one sentence a line, or one JSON object with a text a line; each is an article of its own.
    Shards that are complete are kept: a run that was stopped goes on where it stopped.
    """
    from claimgraph.config import Config
    from claimgraph.reading import PassedOver

    if (form is TableFormat.PARQUET) != (output is not None) or (engine is _Engine.RAY and output is None):
        raise typer.BadParameter("--format parquet, --output FOLDER and --engine ray go together")
    failures: list[Failure] = []
    passed = PassedOver()
    config = Config(columns=parse_columns(column))
    if output is not None:
        _write(paths, output, engine, workers, shard, config, failures, passed)
    else:
        articles = _articles(paths, failures, passed, config, whole=whole)
        _print(_claims(articles, failures, workers), Format(form))
    for line in passed.lines():
        note(line)
    for failure in failures:
        note(f"{failure.article}: {failure.problem}")
    raise typer.Exit(1 if failures else 0)


def _print(claims: Iterator[Claim], form: Format) -> None:
    from claimgraph.export import CLAIM_FIELDS, claim_to_line

    if form is Format.TEXT:
        from claimgraph.cli.render import print_claims

        print_claims(claims)
    else:
        print_lines(map(claim_to_line, claims), form, CLAIM_FIELDS)


def _write(
    paths: list[str],
    output: str,
    engine: _Engine,
    workers: int | None,
    size: int,
    config: "Config",
    failures: list[Failure],
    passed: "PassedOver",
) -> None:
    """Write shards, and say how many."""
    from claimgraph.api import extract_shards
    from claimgraph.cli.progress import progress_bar
    from claimgraph.store.report import Progress

    shards = kept = articles = claims = 0
    run = extract_shards(paths, output, engine=engine, workers=workers, size=size, config=config, passed=passed)
    # Ray prints to standard output what happens to its nodes
    with progress_bar() as step, redirect_stdout(sys.stderr):
        for item in run:
            if isinstance(item, Failure):
                failures.append(item)
                continue
            failures += item.failures
            shards, kept = shards + 1, kept + item.kept
            articles, claims = articles + item.articles, claims + item.claims
            if step:
                step(Progress(article=item.name, outcome="new", claims=item.claims), item.articles)
    there = f" ({kept:,} were there)" if kept else ""
    note(f"{output}: {shards:,} shards{there}, {articles:,} articles, {claims:,} claims")


def _articles(
    paths: list[str], failures: list[Failure], passed: "PassedOver", config: "Config", *, whole: bool
) -> Iterator[Article]:
    from claimgraph.api import read
    from claimgraph.lines import read_lines

    source = read_lines(sys.stdin) if paths == ["-"] and not whole else read(paths, config, passed=passed)
    for item in source:
        if isinstance(item, Failure):
            failures.append(item)
        else:
            yield item


def _claims(articles: Iterator[Article], failures: list[Failure], workers: int | None) -> Iterator[Claim]:
    from claimgraph.api import extract_each

    for _, outcome in extract_each(articles, workers=workers):
        if isinstance(outcome, Failure):
            failures.append(outcome)
        else:
            yield from outcome
