"""`claimgraph extract`: articles to claims, nothing stored."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from claimgraph.cli.options import Column, OutputFormat, Paths, Workers, parse_columns
from claimgraph.cli.output import Format, note, print_lines
from claimgraph.records import Article, Claim, Failure

if TYPE_CHECKING:
    from claimgraph.config import Config
    from claimgraph.reading import PassedOver

__all__ = ["extract"]


def extract(
    paths: Paths,
    form: OutputFormat = Format.JSONL,
    workers: Workers = None,
    column: Column = None,
    whole: Annotated[bool, typer.Option("--whole", help="Standard input is one article, not one a line.")] = False,
) -> None:
    """Print the claims of articles, one a line; nothing is stored.

    Standard input (-) holds one sentence a line, or one JSON object with a text a line; each is an article of its own.
    """
    from claimgraph.config import Config
    from claimgraph.export import CLAIM_FIELDS, claim_to_line
    from claimgraph.reading import PassedOver

    failures: list[Failure] = []
    passed = PassedOver()
    config = Config(columns=parse_columns(column))
    articles = _articles([str(path) for path in paths], failures, passed, config, whole=whole)
    claims = _claims(articles, failures, workers)
    if form is Format.TEXT:
        from claimgraph.cli.render import print_claims

        print_claims(claims)
    else:
        print_lines(map(claim_to_line, claims), form, CLAIM_FIELDS)
    for line in passed.lines():
        note(line)
    for failure in failures:
        note(f"{failure.article}: {failure.problem}")
    raise typer.Exit(1 if failures else 0)


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
