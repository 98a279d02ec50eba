"""What all tests share."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def nlp():
    """The whole pipeline, built once."""
    from claimgraph import load

    return load()


@pytest.fixture(scope="session")
def gold() -> Path:
    """The shared gold; tests that need it are skipped where it is missing."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("needs ../shared/gold, which is not part of the repository")
    return SHARED / "gold"


@pytest.fixture
def terminal() -> Callable[..., "subprocess.Popen[str]"]:
    """Start `claimgraph` from the source as its own process; the test waits for it, or signals to it."""

    def start(*arguments: object, **options: object) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "claimgraph", *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "pipeline")}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "env": environment}
        return subprocess.Popen(command, **{**pipes, **options})  # type: ignore[call-overload]

    return start
