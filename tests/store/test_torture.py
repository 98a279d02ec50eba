"""The bounded version of `make torture`: ten kills in each database."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import claimgraph

SCRIPT = Path(__file__).with_name("torture.py")


def _torture(database, articles, **environment):
    paths = os.pathsep.join([str(Path(claimgraph.__file__).parents[1]), str(SCRIPT.parent)])
    options = ("--kills", "10", "--pipeline-kills", "0", "--articles", str(articles), "--only", database)
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *options],
        env={**os.environ, "PYTHONPATH": paths, **environment},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "10 kills" in done.stdout


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_sqlite_survives_ten_kills():
    _torture("sqlite", 30)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_postgres_survives_ten_kills(postgres):
    _torture("postgres", 24, CLAIMGRAPH_TEST_POSTGRES=postgres)
