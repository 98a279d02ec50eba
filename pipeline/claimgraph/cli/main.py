"""The command line: every command parses its arguments, calls the library and renders, nothing more.

Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 some articles failed, 2 wrong
use or nothing to work on, 3 what `--fail-on` names was found.
"""

import os
import sys

import typer

from claimgraph.cli import (
    doctoring,
    evaluating,
    exporting,
    extracting,
    fetching,
    ingesting,
    judging,
    looking,
    querying,
    watching,
)
from claimgraph.cli.output import note
from claimgraph.errors import ClaimGraphError

__all__ = ["app", "run"]

# rich's help would take half of the 0.3 seconds that --help may cost
app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.callback()
def main() -> None:
    """Find the numeric claims in news articles and what they agree and disagree about."""


for _command in (
    extracting.extract,
    ingesting.ingest,
    watching.watch,
    fetching.fetch,
    querying.conflicts,
    querying.changes,
    querying.show,
    querying.timeline,
    querying.ask,
    judging.judge,
    judging.judgements,
    exporting.export,
    exporting.import_,
    looking.serve,
    looking.report,
    ingesting.failures,
    ingesting.retract,
    evaluating.evaluate,
    doctoring.doctor,
):
    app.command(_command.__name__.rstrip("_"))(_command)


def run() -> None:
    """Run the command line; errors of the library become a line on standard error and exit code 2."""
    try:
        app()
    except ClaimGraphError as error:
        note(f"claimgraph: {error}")
        sys.exit(2)
    except BrokenPipeError:  # the reader of our output has seen enough (| head)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        note("claimgraph: stopped; what was stored until now stays, run the same command to go on")
        sys.exit(130)
