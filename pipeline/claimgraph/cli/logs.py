"""What happens in a run, on standard error: in words for people, or as one JSON object a line for log collectors."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from claimgraph.cli.output import note, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from claimgraph.reading import PassedOver
    from claimgraph.store.report import Progress, Report

__all__ = ["Log", "LogFormat", "LogFormatOption", "now"]


class LogFormat(StrEnum):
    """How a run is logged."""

    TEXT = "text"  # a line where there is something to say; a progress bar at the terminal
    JSON = "json"  # one object a line: time, event, and what belongs to it


LogFormatOption = Annotated[LogFormat, typer.Option("--log-format", help="How the run is logged on standard error.")]


def now() -> str:
    """Give the moment, in ISO 8601 with the zone of this machine."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


class Log:
    """Writes what happens to standard error."""

    def __init__(self, form: LogFormat) -> None:
        """Make a log of a format."""
        self._json = form is LogFormat.JSON

    def say(self, event: str, text: str, **facts: object) -> None:
        """Log an event: `text` for people (nothing if it is empty), `event` with `facts` for programs."""
        if self._json:
            line = {"time": now(), "event": event, **{name: plain(value) for name, value in facts.items()}}
            print(json.dumps(line, default=str), file=sys.stderr, flush=True)
        elif text:
            note(text)

    @contextmanager
    def progress(self) -> "Iterator[Callable[[Progress], object] | None]":
        """Log every article that is done: as a bar at the terminal, as a line each for programs."""
        if self._json:
            yield lambda step: self.say("article", "", article=step.article, outcome=step.outcome, claims=step.claims)
            return
        from claimgraph.cli.progress import progress_bar

        with progress_bar() as step:
            yield step

    def passed(self, passed: "PassedOver") -> None:
        """Log what reading passed over."""
        for line in passed.lines():
            self.say("passed", line, problem=line)

    def done(self, report: "Report", text: str = "") -> None:
        """Log how a run ended, for programs also each failure; at the terminal the report says that."""
        for failure in report.failed if self._json else ():
            self.say("failed", "", article=failure.article, stage=failure.stage, problem=failure.problem)
        counts = {name: value for name, value in plain(report).items() if name not in ("failed", "totals")}
        self.say("done", text, **counts, failed=len(report.failed))
