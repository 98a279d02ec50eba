"""Which articles a run takes: --since, --limit, --dry-run; and which it takes out again: --prune."""

import json
import shutil
from datetime import date

import pytest
from generated import everything, extract

from claimgraph.errors import ConfigError
from claimgraph.graphs import Graph

FIRE = "title: Fire\ndate: {}\n\nAt least one wall fell. 12 people were killed in Norland.\n"


@pytest.fixture
def graph(store, monkeypatch):
    """A graph that needs no language model."""
    monkeypatch.setattr("claimgraph.extraction.extract_each", lambda articles, *_, **__: extract(articles))
    return Graph(store)


@pytest.fixture
def news(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    for name, day in (("old", "2020-01-01"), ("new", "2024-05-05"), ("newer", "2024-06-06")):
        (folder / f"{name}.txt").write_text(FIRE.format(day))
    return folder


def records(*ids):
    return "".join(json.dumps({"id": id, "text": FIRE.partition("\n\n")[2]}) + "\n" for id in ids)


def ids(graph):
    from sqlalchemy import select

    from claimgraph.store.schema import article

    with graph.view() as connection:
        return set(connection.scalars(select(article.c.uid)))


def tables(graph):
    with graph.view() as connection:
        return everything(connection)


def test_articles_before_a_day_and_undated_ones_wait_for_another_run(graph, news):
    (news / "undated.txt").write_text(FIRE.partition("\n\n")[2])
    report = graph.ingest([news], since=date(2024, 5, 5))
    assert (report.new, report.left_out) == (2, 2)
    assert ids(graph) == {"new", "newer"}
    assert graph.ingest([news]).new == 2


def test_limit_is_for_one_run(graph, news):
    reports = [graph.ingest([news], limit=2) for _ in range(3)]
    assert [(report.new, report.stopped) for report in reports] == [(2, True), (1, False), (0, False)]


def test_file_that_a_limit_cut_is_read_to_its_end_by_the_next_run(graph, tmp_path):
    (tmp_path / "all.jsonl").write_text(records("a", "b", "c"))
    assert graph.ingest([tmp_path / "all.jsonl"], limit=1).new == 1
    report = graph.ingest([tmp_path / "all.jsonl"])
    assert (report.new, report.unchanged) == (2, 1)


def test_dry_run_tells_and_changes_nothing(graph, news):
    graph.ingest([news])
    (news / "old.txt").write_text(FIRE.format("2020-01-02"))
    (news / "third.txt").write_text(FIRE.format("2020-01-02"))
    (news / "empty.txt").write_text("")
    before = tables(graph)
    steps = []
    report = graph.preview([news], progress=steps.append)
    assert (report.new, report.changed, report.unchanged, len(report.failed)) == (1, 1, 2, 1)
    assert {(step.article, step.outcome) for step in steps} >= {("old", "changed"), ("third", "new")}
    assert tables(graph) == before
    assert graph.ingest([news]).new == 1


def test_articles_of_removed_files_stay_unless_pruned(graph, news):
    graph.ingest([news])
    (news / "old.txt").unlink()
    assert graph.ingest([news]).pruned == 0
    assert graph.ingest([news], prune=True).pruned == 1
    assert ids(graph) == {"new", "newer"}


def test_pruned_graph_equals_one_that_never_had_the_article(graph, news, tmp_path):
    (news / "old.txt").rename(tmp_path / "old.txt")
    graph.ingest([news])
    before = tables(graph)
    shutil.copy(tmp_path / "old.txt", news)
    graph.ingest([news])
    assert tables(graph) != before
    (news / "old.txt").unlink()
    graph.ingest([news], prune=True)
    assert tables(graph) == before


def test_article_that_left_its_file_is_pruned(graph, news):
    (news / "all.jsonl").write_text(records("a", "b"))
    graph.ingest([news])
    (news / "all.jsonl").write_text(records("b"))
    assert graph.ingest([news], prune=True).pruned == 1
    assert ids(graph) == {"old", "new", "newer", "b"}


def test_article_that_another_file_still_holds_stays(graph, news):
    (news / "monday.jsonl").write_text(records("a", "b"))
    (news / "tuesday.jsonl").write_text(records("b", "c"))
    graph.ingest([news])
    (news / "monday.jsonl").unlink()
    assert graph.ingest([news], prune=True).pruned == 1
    assert ids(graph) == {"old", "new", "newer", "b", "c"}
    assert graph.ingest([news]).unchanged == 5


def test_what_cannot_be_read_now_keeps_its_articles(graph, news):
    (news / "all.jsonl").write_text(records("a", "b"))
    graph.ingest([news])
    (news / "all.jsonl").write_text(records("a") + "{broken\n")
    assert graph.ingest([news], prune=True).pruned == 0
    assert "b" in ids(graph)


def test_folders_that_were_not_named_keep_their_articles(graph, news, tmp_path):
    other = tmp_path / "news-2"
    shutil.copytree(news, other)
    graph.ingest([news])
    graph.ingest([other])
    shutil.rmtree(news)
    assert graph.ingest([other], prune=True).pruned == 0


@pytest.mark.parametrize("empty", [True, False], ids=["empty", "file"])
def test_nothing_is_concluded_from_an_empty_folder_or_from_a_file(graph, news, empty):
    graph.ingest([news])
    for path in list(news.iterdir())[1 - empty :]:
        path.unlink()
    with pytest.raises(ConfigError, match="--prune"):
        graph.ingest([news if empty else next(news.iterdir())], prune=True)
    assert len(ids(graph)) == 3


def test_failures_of_removed_files_are_forgotten(graph, news):
    (news / "empty.txt").write_text("")
    graph.ingest([news])
    assert len(graph.failures()) == 1
    (news / "empty.txt").unlink()
    graph.ingest([news], prune=True)
    assert graph.failures() == []
