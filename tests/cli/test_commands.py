"""Commands on a small graph: what is printed where, in which format, with which exit code."""

import csv
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import claimgraph
from claimgraph.export import CLAIM_FIELDS


def lines(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_conflicts_shows_both_sides_with_sentence_outlet_and_date(run, database):
    result = run("conflicts", "--db", database)
    assert result.exit_code == 0
    for said in ("196", "about 800", "The Harbour Post, 18 Jan 2022", "undated", "total of", "people killed · Norland"):
        assert said in result.stdout


def test_text_from_articles_cannot_command_the_terminal(run, database):
    assert "\x1b" not in run("conflicts", "--db", database).stdout


@pytest.mark.parametrize(
    ("option", "value", "found"),
    [
        ("--entity", "norland", 1),
        ("--entity", "Elsewhere", 0),
        ("--measure", "killed", 1),
        ("--year", 2021, 1),
        ("--year", 2020, 0),
        ("--outlet", "harbour", 1),
        ("--min-gap", 0.5, 1),
        ("--min-gap", 0.9, 0),
        ("--since", "2022-01-18", 1),
        ("--since", "2022-01-19", 0),
    ],
    ids=str,
)
def test_conflicts_takes_filters(run, database, option, value, found):
    result = run("conflicts", "--db", database, "--format", "jsonl", option, value)
    assert len(lines(result)) == found


def test_conflicts_as_csv_is_one_row_each(run, database):
    result = run("conflicts", "--db", database, "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert {row["a_value"], row["b_value"]} == {"196", "800"}


def test_export_gives_claim_lines_with_exactly_the_agreed_fields(run, database):
    found = lines(run("export", "--db", database))
    assert [tuple(line) for line in found] == [CLAIM_FIELDS] * 4


def test_export_relations_gives_every_pair_of_two_articles(run, database):
    found = lines(run("export", "--db", database, "--relations"))
    assert {(line["a"], line["b"], line["label"]) for line in found} == {
        ("post-0", "times-0", "contradict"),
        ("post-1", "times-1", "agree"),
    }
    assert all(tuple(line) == ("a", "b", "label", "observation", "reason") for line in found)


def test_csv_export_holds_no_formulas(run, database):
    result = run("export", "--db", database, "--format", "csv")
    cells = [cell for row in csv.reader(io.StringIO(result.stdout)) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_show_finds_observations_claims_and_articles(run, database):
    key = lines(run("conflicts", "--db", database, "--format", "jsonl"))[0]["summary"]["key"]
    assert "contradicts" in run("show", key, "--db", database).stdout
    assert f"answers {key}" in run("show", "post-0", "--db", database).stdout
    assert "test.rule" in run("show", "post-0", "--db", database, "--explain").stdout
    assert "The Harbour Post, 18 Jan 2022" in run("show", "post", "--db", database).stdout
    assert run("show", "nothing", "--db", database).exit_code == 2


def test_ask_finds_the_observation_by_words_and_year(run, database):
    result = run("ask", "how many people were killed in Norland in 2020?", "--db", database, "--format", "jsonl")
    assert lines(result)[0]["year"] == 2020
    assert run("ask", "price of cheese", "--db", database).exit_code == 1


def test_timeline_draws_a_row_a_value(run, database):
    result = run("timeline", "killed", "Norland", "2021", "--db", database)
    assert result.stdout.count("●") == 2


def test_failures_says_when_there_are_none(run, database):
    assert run("failures", "--db", database).stdout.strip() == "No failures."


def test_retract_takes_an_article_out(run, database):
    assert run("retract", "times", "--db", database).exit_code == 0
    assert run("conflicts", "--db", database).stdout.strip() == "No contradictions."


def test_doctor_names_versions_and_the_graph(run, database):
    result = run("doctor", "--db", database)
    assert "sqlite" in result.stdout
    assert "4 claims" in result.stdout


def test_missing_graph_is_said_in_words(tmp_path):
    result = _process("conflicts", "--db", tmp_path / "none.db")
    assert (result.returncode, result.stdout) == (2, "")
    assert "no claim graph there yet" in result.stderr


def test_help_costs_little():
    """0.3 seconds of our own beyond Python's start; processor time, so that a busy machine does not matter."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    assert _process("--help").returncode == 0
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 0.3


def _process(*arguments):
    command = [sys.executable, "-m", "claimgraph", *map(str, arguments)]
    home = str(Path(claimgraph.__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": home}
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)


@pytest.mark.model
def test_ingest_again_skips_by_stat_without_the_language_model(run, tmp_path):
    folder, database = tmp_path / "news", tmp_path / "graph.db"
    folder.mkdir()
    (folder / "fire.txt").write_text(
        "title: Fire in Norland\ndate: 2021-03-04\n\nTwelve people were killed on Monday.\n"
    )
    (folder / "empty.txt").write_text("")
    first = run("ingest", folder, "--db", database, "--report", tmp_path / "run.json")
    assert first.exit_code == 1
    assert "empty" in first.stdout
    assert json.loads((tmp_path / "run.json").read_text())["new"] == 1
    started = time.process_time()
    again = run("ingest", folder, "--db", database)
    assert time.process_time() - started < 0.5
    assert again.exit_code == 0
    assert "Nothing new. 1 article skipped" in again.stdout


@pytest.mark.model
def test_extract_reads_one_sentence_a_line(run):
    given = 'In 2021, 14 people were killed in Norland.\n{"id": "x", "text": "The town lost 300 homes."}\n{bad\n'
    result = run("extract", "-", stdin=given)
    found = [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
    assert {line["article"] for line in found} == {"line-1", "x"}
    assert "line-3" in result.stderr
    assert result.exit_code == 1


def test_export_all_and_import_give_the_same_graph(run, database, tmp_path):
    moved, lines_of = tmp_path / "moved.db", tmp_path / "all.jsonl"
    assert run("export", "--all", "--db", database, "-o", lines_of).exit_code == 0
    assert run("import", lines_of, "--db", moved).exit_code == 0
    for arguments in (("export",), ("export", "--relations"), ("conflicts", "--format", "jsonl"), ("export", "--all")):
        assert run(*arguments, "--db", moved).stdout == run(*arguments, "--db", database).stdout


@pytest.mark.parametrize("line", ["{", '{"uid": "x"}', "[]"], ids=["no json", "no article", "no object"])
def test_import_refuses_what_is_no_export(tmp_path, line):
    given = tmp_path / "all.jsonl"
    given.write_text(line + "\n")
    result = _process("import", given, "--db", tmp_path / "moved.db")
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
