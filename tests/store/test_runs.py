"""Runs side by side, articles that are taken out by name, and the pipeline's next version."""

import json
import os
import threading
import time
from datetime import date

import pytest
from generated import everything, extract
from sqlalchemy import select

from claimgraph.errors import StoreError
from claimgraph.graphs import Graph
from claimgraph.records import Article
from claimgraph.store.schema import article, claim

STORY = "title: Fire\ndate: {}\n\nAt least one wall fell. {} people were killed in Norland.\n"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Extract without a language model."""
    monkeypatch.setattr("claimgraph.extraction.extract_each", lambda articles, *_, **__: extract(articles))


@pytest.fixture
def news(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    for name, day, dead in (("old", "2020-01-01", 12), ("new", "2024-05-05", 14), ("undated", "", 15)):
        (folder / f"{name}.txt").write_text(STORY.format(day, dead))
    return folder


def values(graph):
    return sorted(claim.value_text for claim in graph.claims())


def test_two_runs_wait_for_each_other_and_say_so(url, news):
    """The second one begins when the first is done, and finds nothing left to do."""
    said, reports, inside = [], [], threading.Event()

    def slow(_):
        inside.set()
        time.sleep(0.2)

    def first():
        with Graph.open(url) as graph:
            reports.append(graph.ingest([news], progress=slow))

    thread = threading.Thread(target=first)
    thread.start()
    inside.wait(30)
    with Graph.open(url) as graph:
        reports.append(graph.ingest([news], wait=60, waiting=lambda: said.append("waiting")))
        assert values(graph) == ["12", "14", "15"]
    thread.join()
    assert said == ["waiting"]
    assert [(report.new, report.by_stat) for report in reports] == [(3, 0), (0, 3)]


def test_run_that_waited_long_enough_leaves_with_a_message(url, news):
    with Graph.open(url) as graph, Graph.open(url) as other:

        def meanwhile(_):
            with pytest.raises(StoreError, match=r"another run was bringing.*run the same command again"):
                other.ingest([news], wait=0)

        assert graph.ingest([news], progress=meanwhile).new == 3
        assert other.ingest([news], wait=0).unchanged == 3


def test_retracted_article_stays_out_also_when_its_file_changes(url, news):
    with Graph.open(url) as graph:
        graph.ingest([news])
        assert graph.retract(["old", "unknown"]) == 1
        assert graph.ingest([news]).unchanged == 3
        (news / "old.txt").write_text(STORY.format("2020-01-01", 13))
        assert graph.ingest([news]).retracted == 1
        assert values(graph) == ["14", "15"]
        assert "taken out" in next(item.problem for item in graph.failures() if item.article == "old")


def test_retracted_article_comes_back_when_it_is_asked_for(url, news):
    with Graph.open(url) as graph:
        graph.ingest([news])
        graph.retract(["old"])
        assert graph.let_in(["old", "new"]) == 1
        report = graph.ingest([news])
        assert (report.new, report.unchanged, report.retracted) == (1, 2, 0)
        assert values(graph) == ["12", "14", "15"]
        assert graph.failures() == []


def test_retracted_record_stays_out_of_a_file_that_grows(url, tmp_path):
    rows = [{"id": f"r{n}", "text": f"By then {n} people were killed."} for n in range(10, 14)]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows[:3]))
    with Graph.open(url) as graph:
        graph.ingest([path])
        graph.retract(["r11"])
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        assert graph.ingest([path]).new == 1
        assert graph.ingest([path]).new == 0
        assert values(graph) == ["10", "12", "13"]


def test_retracted_article_survives_pruning(url, news):
    with Graph.open(url) as graph:
        graph.ingest([news])
        graph.retract(["old"])
        kept = (news / "old.txt").read_text()
        (news / "old.txt").unlink()
        graph.ingest([news], prune=True)
        (news / "old.txt").write_text(kept)
        assert graph.ingest([news]).retracted == 1
        assert values(graph) == ["14", "15"]


def _numbered(articles):
    """The next version of the pipeline: claims the double."""
    for one in articles:
        doubled = Article(id=one.id, title="", body=one.body.replace("1", "3"), published=one.published)
        yield one, next(extract([doubled]))[1]


@pytest.fixture
def next_version(monkeypatch):
    def change():
        monkeypatch.setattr("claimgraph.graphs.fingerprint", lambda _: "v2")
        monkeypatch.setattr("claimgraph.extraction.extract_each", lambda articles, *_, **__: _numbered(articles))

    return change


def test_refresh_replaces_the_latest_articles_first_and_keeps_the_others(url, news, next_version):
    with Graph.open(url) as graph:
        graph.ingest([news])
        next_version()
        for name in os.listdir(news):
            (news / name).unlink()  # the texts are in the graph
        assert graph.outdated() == 3
        assert graph.refresh(limit=1).changed == 1
        assert values(graph) == ["12", "15", "34"]
        assert graph.outdated() == 2
        assert graph.refresh().changed == 2
        assert values(graph) == ["32", "34", "35"]
        assert graph.refresh().run is None
        assert graph.outdated() == 0


def test_files_are_known_after_a_refresh(url, news, next_version):
    with Graph.open(url) as graph:
        graph.ingest([news])
        next_version()
        graph.refresh()
        with graph.view() as connection:
            before = everything(connection)
        assert graph.ingest([news]).unchanged == 3
        assert graph.ingest([news]).by_stat == 3
        with graph.view() as connection:
            assert everything(connection) == before
            assert len(list(connection.scalars(select(article.c.path).distinct()))) == 3


def test_article_on_which_the_next_version_fails_keeps_its_claims_and_is_listed(url, monkeypatch):
    items = [Article(id="a", title="", body="12 people were killed. BREAK later.", published=date(2021, 1, 1))]
    monkeypatch.setattr(
        "claimgraph.extraction.extract_each",
        lambda articles, *_, **__: ((one, next(extract([Article(id="a", title="", body="12 people were killed")]))[1])
                                    for one in articles),
    )  # fmt: skip
    with Graph.open(url) as graph:
        graph.ingest(items)
        monkeypatch.setattr("claimgraph.graphs.fingerprint", lambda _: "v2")
        monkeypatch.setattr("claimgraph.extraction.extract_each", lambda articles, *_, **__: extract(articles))
        assert [item.article for item in graph.refresh().failed] == ["a"]
        assert graph.refresh().failed == ()
        with graph.view() as connection:
            assert list(connection.scalars(select(claim.c.value_text))) == ["12"]
        assert [item.article for item in graph.failures()] == ["a"]
