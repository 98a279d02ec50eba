"""The command line: arguments to api to output, nothing more."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def main() -> None:
    """Find the numeric claims in news articles and what they agree and disagree about."""


@app.command()
def extract(paths: Annotated[list[Path], typer.Argument(help="Files or folders to read.")]) -> None:
    """Print the claims of articles, one a line; nothing is stored."""
    from claimgraph import api
    from claimgraph.export import claim_to_line, dump_line
    from claimgraph.records import Article, Failure

    failures: list[Failure] = []

    def articles() -> Iterator[Article]:
        for item in api.read(paths):
            if isinstance(item, Failure):
                failures.append(item)
            else:
                yield item

    for _, outcome in api.extract_each(articles()):
        if isinstance(outcome, Failure):
            failures.append(outcome)
            continue
        for claim in outcome:
            print(dump_line(claim_to_line(claim)))
    for failure in failures:
        print(f"{failure.article}: {failure.problem}", file=sys.stderr)
    raise typer.Exit(1 if failures else 0)


def run() -> None:
    """Run the command line."""
    app()
