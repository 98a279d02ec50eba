"""Options of `ingest`: what is read, what is only said, how it is logged."""

import json

import pytest
from generated import extract

from claimgraph.config import Config
from claimgraph.graphs import Graph

STORY = "title: Fire\ndate: {}\n\nAt least one wall fell. 12 people were killed in Norland.\n"


@pytest.fixture
def ingest(run, tmp_path, monkeypatch):
    """Run `ingest` on a folder of two articles and a picture, without a language model."""
    monkeypatch.setattr("claimgraph.extraction.extract_each", lambda articles, *_, **__: extract(articles))
    news = tmp_path / "news"
    news.mkdir()
    for name, day in (("old", "2020-01-01"), ("new", "2024-05-05")):
        (news / f"{name}.txt").write_text(STORY.format(day))
    (news / "photo.png").write_bytes(b"\x89PNG")
    return lambda *options: run("ingest", news, "--db", tmp_path / "graph.db", *options)


def test_dry_run_says_what_would_be_done_and_makes_no_database(ingest, tmp_path):
    result = ingest("--dry-run")
    assert result.exit_code == 0
    assert "nothing was stored" in result.stdout
    assert "2 new" in result.stdout
    assert not (tmp_path / "graph.db").exists()
    ingest()
    assert "2 articles skipped" in ingest("--dry-run").stdout


def test_since_and_limit_are_said(ingest):
    assert "1 article left out" in ingest("--since", "2024-01-01").stdout
    assert "Stopped at the limit" not in ingest("--limit", 1).stdout
    assert ingest("--since", "yesterday").exit_code == 2


def test_prune_takes_out_what_is_gone(ingest, tmp_path):
    ingest()
    (tmp_path / "news" / "old.txt").unlink()
    assert "1 article taken out" in ingest("--prune").stdout
    assert ingest("--prune", "--limit", 1).exit_code == 2


def test_log_for_programs_is_one_object_a_line(ingest, tmp_path):
    (tmp_path / "news" / "empty.txt").write_text("")
    result = ingest("--log-format", "json")
    lines = [json.loads(line) for line in result.stderr.splitlines()]
    assert {line["event"] for line in lines} == {"article", "failed", "passed", "done"}
    assert all(line["time"] for line in lines)
    done = lines[-1]
    assert (done["new"], done["failed"]) == (2, 1)


def test_folder_as_an_empty_disk_is_not_pruned(run, ingest, tmp_path):
    ingest()
    (tmp_path / "empty").mkdir()
    result = run("ingest", tmp_path / "empty", "--db", tmp_path / "graph.db", "--prune")
    assert result.exit_code != 0
    assert "a disk may be missing" in str(result.exception)


def test_columns_can_be_mapped_and_a_file_that_failed_is_read_anew(run, ingest, tmp_path):
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"id": "r", "words": STORY.partition("\n\n")[2]}) + "\n")
    database = ("--db", tmp_path / "graph.db")
    assert "map the right one" in run("ingest", rows, *database).stdout
    assert "1 new" in run("ingest", rows, *database, "--column", "body=words").stdout
    assert run("ingest", rows, *database, "--column", "words").exit_code == 2


@pytest.mark.parametrize("how", ["option", "config"])
def test_columns_of_parquet_are_mapped_by_option_and_by_config(run, ingest, tmp_path, how):
    pa = pytest.importorskip("pyarrow", reason="needs pyarrow: pip install 'claimgraph[parquet]'")
    import pyarrow.parquet as pq

    rows, database = tmp_path / "rows.parquet", str(tmp_path / "graph.db")
    pq.write_table(pa.table({"key": ["r"], "words": [STORY.partition("\n\n")[2]]}), rows)
    if how == "option":
        run("ingest", rows, "--db", database, "--column", "id=key", "--column", "body=words")
    else:
        with Graph.open(database, config=Config(columns=(("id", "key"), ("body", "words")))) as graph:
            graph.ingest([rows])
    with Graph.open(database) as graph:
        assert [claim.article for claim in graph.claims()] == ["r"]


def test_file_that_failed_is_tried_again_when_its_reader_is_there(run, ingest, tmp_path, monkeypatch):
    (tmp_path / "news" / "release.pdf").write_bytes(b"%PDF-1.4\n")
    monkeypatch.setattr("claimgraph.config.util.find_spec", lambda _: None)
    assert ingest().exit_code == 1
    assert "failed before" in ingest().stdout
    monkeypatch.undo()
    monkeypatch.setattr("claimgraph.extraction.extract_each", lambda articles, *_, **__: extract(articles))
    assert ingest().exit_code == 1
