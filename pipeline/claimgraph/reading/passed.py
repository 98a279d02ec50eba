"""What reading passed over in folders: nothing is left out in silence, and nobody is told of every hidden file."""

from collections import Counter
from pathlib import Path

from claimgraph.reading.source import printable

__all__ = ["UNKNOWN_ENDING", "PassedOver"]

UNKNOWN_ENDING = "not a format that we read"
#: Reasons that nobody needs to be told of at the terminal: the file is read elsewhere, or meant not to be seen.
_QUIET = frozenset({"hidden", "already read in this run", "a link to what is read in its own place"})
_NAMED, _SHOWN = 1_000, 3


class PassedOver:
    """Collects what a reading passes over; give it as `passed`.

    counts: how many files for each reason. names: the first thousand files with their reasons, in order.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.names: list[tuple[str, str]] = []

    def __call__(self, path: Path, reason: str) -> None:
        """Take note of a file."""
        self.counts[reason] += 1
        if len(self.names) < _NAMED:
            self.names.append((printable(str(path)), reason))

    def lines(self) -> list[str]:
        """Say in a line a reason how many files were passed over, with the first names; files hidden stay so."""
        return [self._line(reason) for reason in self.counts if reason not in _QUIET]

    def _line(self, reason: str) -> str:
        number = self.counts[reason]
        names = [Path(name).name for name, why in self.names if why == reason][:_SHOWN]
        more = " …" if number > len(names) else ""
        what = "with unknown endings" if reason == UNKNOWN_ENDING else f"({reason})"
        return f"passed over: {number:,} file{'s' if number > 1 else ''} {what}: {', '.join(names)}{more}"

    def record(self) -> dict[str, object]:
        """Give all of it for a report: `counts` by reason, `files` with path and reason."""
        files = [{"path": name, "reason": reason} for name, reason in self.names]
        return {"counts": dict(self.counts), "files": files}
