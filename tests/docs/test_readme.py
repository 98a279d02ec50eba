import re

import pytest
from readme import OUTPUTS, README, shown, tidy
from typer.main import get_command

import claimgraph
from claimgraph.cli.main import app
from claimgraph.export import CLAIM_FIELDS

PYTHON = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.S)


@pytest.mark.model
@pytest.mark.parametrize("name", sorted(OUTPUTS))
def test_output_in_readme_is_what_the_commands_print(name):
    """Rewrite it with `make golden`."""
    assert shown()[name] == tidy(OUTPUTS[name]())


@pytest.mark.model
def test_python_in_readme_runs(capsys):
    names: dict[str, object] = {}
    for block in PYTHON:
        exec(compile(block, "README.md", "exec"), names)  # noqa: S102  our own README
    said = capsys.readouterr().out
    assert "196" in said
    assert "800" in said


def test_every_field_of_a_claim_is_described():
    text = README.read_text(encoding="utf-8")
    assert [name for name in CLAIM_FIELDS if f"`{name}`" not in text] == []


def test_every_command_has_help():
    commands = get_command(app).commands
    assert [name for name, command in commands.items() if not command.help] == []
    undescribed = [
        f"{name} {option.opts[0]}"
        for name, command in commands.items()
        for option in command.params
        if not getattr(option, "help", None) and option.name != "help"
    ]
    assert undescribed == []


def test_public_names_are_pinned():
    assert sorted(claimgraph.__all__) == ["Article", "Claim", "Graph", "extract", "load", "read"]
