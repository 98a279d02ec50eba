"""What the README schedules can be run: units that systemd takes, lines that a shell takes, options that are there."""

import re
import shlex
import shutil
import subprocess

import pytest
from readme import README
from typer.main import get_command

from claimgraph.cli.main import app

BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README.read_text(encoding="utf-8"), re.S)
UNITS = [text for kind, text in BLOCKS if kind == "ini"]
CRON = [line for kind, text in BLOCKS if kind == "crontab" for line in text.splitlines()]
SHELL = [line for kind, text in BLOCKS if kind == "console" for line in text.splitlines()]
COMMAND = re.compile(r"claimgraph ([a-z]+ [^|;>'\n]*)")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_units_are_what_systemd_takes(tmp_path):
    program = tmp_path / ".venv" / "bin" / "claimgraph"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    names = ("claimgraph.service", "claimgraph.timer", "claimgraph-watch.service")
    for name, unit in zip(names, UNITS, strict=True):
        (tmp_path / name).write_text(unit.replace("/srv/claimgraph", str(tmp_path)))
    command = ["systemd-analyze", "verify", *(str(tmp_path / name) for name in names)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "claimgraph" in line]
    assert (done.returncode, ours) == (0, []), done.stderr


@pytest.mark.parametrize("line", CRON, ids=range(len(CRON)))
def test_crontab_lines_are_five_times_and_a_command_that_a_shell_takes(line):
    times, command = line.split(None, 5)[:5], line.split(None, 5)[5]
    assert all(re.fullmatch(r"[\d*/,-]+", time) for time in times)
    assert not re.search(r"(?<!\\)%", command), "cron takes a bare % for the end of the command"
    subprocess.run(["sh", "-n", "-c", command.replace("\\%", "%")], check=True)


@pytest.mark.parametrize(
    "arguments",
    [found.partition("#")[0] for text in (*UNITS, *CRON, *SHELL) for found in COMMAND.findall(text)],
    ids=lambda text: text[:40],
)
def test_commands_in_the_readme_have_the_options_that_it_names(arguments):
    name, *rest = shlex.split(arguments)
    command = get_command(app).commands[name]
    with command.make_context(name, rest) as context:
        assert context.params
