"""Ingesting: what is known is skipped, what changed is replaced, what failed is listed."""

import os
from datetime import date

import pytest
from generated import dump, everything, extract
from sqlalchemy import select

from claimgraph.reading import Source
from claimgraph.records import Article, Failure
from claimgraph.store.ingest import Ingest
from claimgraph.store.schema import article, claim
from claimgraph.store.store import Store
from claimgraph.store.view import failures

STORY = "At least one wall fell. 12 people were killed in Norland."


def _article(id="a", body=STORY, **fields):
    return Article(id=id, title="", body=body, **fields)


def _source(name="a.txt", size=10, mtime_ns=1):
    return Source(path=f"/news/{name}", size=size, mtime_ns=mtime_ns)


def _ingest(store, *items, made_by="v1"):
    run = Ingest(store, made_by)
    calls = []

    def counted(articles):
        calls.append(1)
        return extract(articles)

    steps = list(run.steps(iter(items), counted))
    return run.report(), steps, bool(calls)


def _known(store, path, made_by="v1"):
    return Ingest(store, made_by).skip(path, path.stat())


def test_ingest_stores_claims(store):
    report, steps, _ = _ingest(store, (_source(), _article()))
    assert (report.new, report.claims, report.totals.claims, report.totals.observations) == (1, 1, 1, 1)
    assert [(step.article, step.outcome, step.claims) for step in steps] == [("a", "new", 1)]


def test_ingest_twice_changes_nothing(store):
    _ingest(store, (_source(), _article()))
    with store.view() as connection:
        before = everything(connection)
    report, _, extracted = _ingest(store, (_source(), _article()))
    with store.view() as connection:
        assert everything(connection) == before
    assert (report.unchanged, report.run, extracted) == (1, None, False)


@pytest.mark.parametrize(
    ("change", "skipped"),
    [("nothing", True), ("content", False), ("time", False), ("pipeline", False)],
    ids=lambda value: str(value),
)
def test_file_is_skipped_by_a_stat_call_only_if_unchanged(store, tmp_path, change, skipped):
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    _ingest(store, (Source.of(path, path.stat()), _article("story")))
    if change == "content":
        path.write_text(STORY + " More.")
    if change == "time":
        os.utime(path, ns=(1, 1))
    assert _known(store, path, "v2" if change == "pipeline" else "v1") is skipped


def test_touched_file_is_read_but_not_extracted_again(store, tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    _ingest(store, (Source.of(path, path.stat()), _article("story")))
    os.utime(path, ns=(1, 1))
    report, _, extracted = _ingest(store, (Source.of(path, path.stat()), _article("story")))
    assert (report.unchanged, extracted) == (1, False)
    assert _known(store, path)


def test_changed_article_replaces_its_claims(store):
    _ingest(store, (_source(), _article()))
    report, _, _ = _ingest(store, (_source(mtime_ns=2), _article(body="14 people were killed. 15 people were killed.")))
    assert (report.new, report.changed) == (0, 1)
    with store.view() as connection:
        assert sorted(connection.scalars(select(claim.c.value_text))) == ["14", "15"]
        assert everything(connection)["article"] == 1


def test_new_pipeline_extracts_again(store):
    _ingest(store, (_source(), _article()))
    report, _, _ = _ingest(store, (_source(), _article()), made_by="v2")
    assert report.changed == 1


def test_one_bad_article_stops_no_other(store):
    broken = Failure(article="/news/b.txt", stage="read", problem="the file is empty")
    report, _, _ = _ingest(
        store,
        (_source("b.txt"), broken),
        (_source("c.txt"), _article("c", "BREAK")),
        (_source(), _article()),
    )
    assert [item.problem for item in report.failed] == ["the file is empty", "made to fail"]
    assert report.new == 1
    with store.view() as connection:
        assert [item.article for item in failures(connection)] == ["/news/b.txt", "c"]


def test_failure_is_forgotten_when_the_article_gets_in(store):
    _ingest(store, (_source(), _article(body="BREAK")))
    _ingest(store, (_source(mtime_ns=2), _article()))
    with store.view() as connection:
        assert failures(connection) == []


def test_failed_file_is_skipped_until_it_changes(store, tmp_path):
    path = tmp_path / "empty.txt"
    path.touch()
    _ingest(store, (Source.of(path, path.stat()), Failure(article=str(path), stage="read", problem="empty")))
    again = Ingest(store, "v1")
    assert again.skip(path, path.stat())
    assert again.report().known_failures == 1


def test_file_with_many_articles_is_done_with_its_last(store):
    source = _source("many.jsonl")
    items = [(source, _article(f"r{number}", f"{number} people were killed.")) for number in range(1, 90)]
    run = Ingest(store, "v1")
    steps = run.steps(iter(items), extract)
    for _ in range(70):
        next(steps)
    steps.close()  # what a kill leaves behind
    report, _, _ = _ingest(store, *items)
    assert (report.new + report.unchanged, report.totals.articles) == (89, 89)
    assert report.unchanged >= 70


def test_run_killed_behind_its_last_article_is_completed_by_the_next(store, tmp_path):
    """Twenty values of one observation are summed up at the end of a run; a kill may come before."""
    items = [(_source(f"{n}.txt"), _article(f"r{n}", f"{n} people were killed.")) for n in range(1, 21)]
    steps = Ingest(store, "v1").steps(iter(items), extract)
    for _ in items:
        next(steps)
    steps.close()  # what a kill leaves behind
    report, _, extracted = _ingest(store, *items)
    with Store(tmp_path / "whole.db") as whole:
        _ingest(whole, *items)
        with store.view() as found, whole.view() as wanted:
            assert (dump(found), everything(found)) == (dump(wanted), everything(wanted))
    assert (report.unchanged, extracted) == (20, False)


def test_same_article_twice_in_a_run_is_extracted_once(store):
    report, _, _ = _ingest(store, (_source("a.txt"), _article()), (_source("b.txt"), _article()))
    assert (report.new, report.unchanged) == (1, 1)


def test_what_databases_refuse_is_replaced_one_for_one(store):
    text = "A\0B \ud800 12 people were killed."
    _ingest(store, (_source(), _article(body=text, outlet="O\0", published=date(2021, 3, 1))))
    with store.view() as connection:
        stored = connection.execute(select(article.c.body)).scalar_one()
    assert stored == text.replace("\0", "\ufffd").replace("\ud800", "\ufffd")
    assert len(stored) == len(text)
