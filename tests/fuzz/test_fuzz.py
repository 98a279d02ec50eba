"""A bounded run of the fuzzer, and everything that it ever found."""

import os
import subprocess
import sys
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

import claimgraph

HERE = Path(__file__).parent


def _targets():
    spec = spec_from_file_location("targets", HERE / "targets.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("found", sorted((HERE / "found").iterdir()), ids=lambda path: path.name)
@pytest.mark.filterwarnings("ignore")
def test_what_was_found_stays_mended(found, capfd):
    name = found.name.partition("-")[0]
    _targets().TARGETS[name](found.read_bytes())
    assert capfd.readouterr().err == ""


@pytest.mark.slow
@pytest.mark.skipif(find_spec("atheris") is None, reason="needs atheris, which Linux alone has")
@pytest.mark.parametrize(("target", "runs"), [("numbers", 2_000), ("readers", 160)])
def test_bounded_fuzzing_finds_nothing(target, runs, tmp_path):
    """The same inputs every time, so that a run of the suite depends on the code alone; `make fuzz` looks further."""
    paths = {"PYTHONPATH": str(Path(claimgraph.__file__).parents[1]), "PYTHONHASHSEED": "0"}
    options = (f"-runs={runs}", "-seed=1", f"-artifact_prefix={tmp_path}/")
    command = [sys.executable, str(HERE / "fuzz.py"), target, str(tmp_path / "kept"), *options]
    done = subprocess.run(command, capture_output=True, env={**os.environ, **paths}, timeout=200, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-3000:]
