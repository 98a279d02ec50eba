import json

import pyarrow.dataset as ds
import pytest

ARTICLES = (
    "title: A\noutlet: Post\ndate: 2023-05-02\n\nThe mayor said about 40 houses burned, up from 25 in 2022.",
    "title: B\ndate: 2023-05-03\n\nExports of tin rose 2.5% to $1.2bn in April, one fifth of the total.",
)


@pytest.fixture
def folder(tmp_path):
    for number, text in enumerate(ARTICLES):
        (tmp_path / f"story-{number}.txt").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.model
def test_parquet_holds_the_lines_and_makes_the_same_graph(run, folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("claims")
    lines = [json.loads(line) for line in run("extract", folder, "--workers", 1).stdout.splitlines()]
    done = run("extract", folder, "--format", "parquet", "--output", out, "--workers", 1)
    assert done.exit_code == 0
    assert done.stdout == ""
    assert f"2 articles, {len(lines)} claims" in done.stderr
    order = [line["article"] for line in lines]
    rows = sorted(ds.dataset(out).to_table().to_pylist(), key=lambda row: (order.index(row["article"]), row["start"]))
    assert rows == lines
    for database, source in (("files.db", folder), ("shards.db", out)):
        assert run("ingest", source, "--db", out.parent / database).exit_code == 0
    dumped = [run("export", "--all", "--db", out.parent / name).stdout for name in ("files.db", "shards.db")]
    assert dumped[0] == dumped[1]
    assert len(lines) > 3


def test_articles_that_fail_end_in_exit_code_1_also_when_all_is_there(run, tmp_path):
    (tmp_path / "in.jsonl").write_text('{"id": "a", "text": ""}\n')
    for _ in range(2):
        done = run("extract", tmp_path / "in.jsonl", "--format", "parquet", "--output", tmp_path / "out")
        assert done.exit_code == 1
        assert "in.jsonl:1: no text" in done.stderr


@pytest.mark.parametrize(
    "options",
    [
        ("--format", "parquet"),
        ("--output", "out"),
        ("--engine", "ray"),
        ("--format", "csv", "--output", "out"),
        ("--format", "parquet", "--output", "out", "--engine", "abacus"),
    ],
    ids=" ".join,
)
def test_options_that_do_not_go_together_are_wrong_use(run, options, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("extract", tmp_path, *options).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_the_command_says_what_to_install(run, tmp_path, monkeypatch):
    monkeypatch.setattr("claimgraph.shards.folder.find_spec", lambda name: None if name == "pyarrow" else True)
    done = run("extract", tmp_path, "--format", "parquet", "--output", tmp_path / "out")
    assert str(done.exception) == f"{tmp_path}/out: needs pyarrow: pip install 'claimgraph[parquet]'"


def test_a_graph_is_exported_as_parquet(run, database, tmp_path):
    for option in ("--claims", "--relations"):
        lines = [json.loads(line) for line in run("export", option, "--db", database).stdout.splitlines()]
        file = tmp_path / f"{option}.parquet"
        assert run("export", option, "--db", database, "--format", "parquet", "--output", file).exit_code == 0
        assert ds.dataset(file).to_table().to_pylist() == lines
        assert lines
    assert run("export", "--db", database, "--format", "parquet").exit_code == 2
    assert not list(tmp_path.glob(".*"))
