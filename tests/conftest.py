"""What all tests share."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


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
