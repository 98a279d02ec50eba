"""The parts of README.md that are real output: made anew here, compared by a test, rewritten by `make golden`."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
_BLOCK = re.compile(r"<!-- output: (\w+) -->\n```text\n(.*?)```\n<!-- end -->", re.S)


def run(*arguments: str) -> str:
    """Return what a command prints on standard output."""
    paths = {"PYTHONPATH": str(ROOT / "pipeline"), "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    environment = {**os.environ, **paths}
    command = [sys.executable, "-W", "ignore", "-m", "claimgraph", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, check=True)
    return done.stdout


def _help() -> str:
    return run("--help").replace("python -m claimgraph", "claimgraph")


def _conflicts() -> str:
    with tempfile.TemporaryDirectory() as folder:
        database = f"{folder}/readme.db"
        run("ingest", "corpus", "--db", database)
        return run("conflicts", "--db", database, "--measure", "defector", "--limit", "2")


OUTPUTS: dict[str, Callable[[], str]] = {"conflicts": _conflicts, "help": _help}


def shown() -> dict[str, str]:
    """Return the outputs that README.md shows, by name."""
    return dict(_BLOCK.findall(README.read_text(encoding="utf-8")))


def tidy(text: str) -> str:
    """Drop trailing spaces and blank lines around."""
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines()) + "\n"


def rewrite() -> None:
    """Put fresh output into README.md."""
    text = README.read_text(encoding="utf-8")

    def fresh(match: re.Match[str]) -> str:
        return f"<!-- output: {match[1]} -->\n```text\n{tidy(OUTPUTS[match[1]]())}```\n<!-- end -->"

    README.write_text(_BLOCK.sub(fresh, text), encoding="utf-8")


if __name__ == "__main__":
    rewrite()
