import pytest

from claimgraph import Graph
from claimgraph.api import extract_shards
from claimgraph.errors import ConfigError, ShardError
from claimgraph.store.ingest import Ingest

TEXTS = ("In Norland 12 people were killed.", "Some 14 people were killed, of 800.", "poison", "12 people were killed.")


@pytest.fixture
def folder(tmp_path, stories, extracted):
    """Shards of four articles, one of which failed."""
    stories("a.jsonl", *TEXTS[:2])
    stories("b.jsonl", *TEXTS[2:])
    list(extract_shards([tmp_path / "input"], tmp_path / "out", size=1))
    extracted.clear()
    return tmp_path / "out"


@pytest.fixture
def directly(tmp_path, stories, extracted, monkeypatch, folder):
    """The graph of the same articles, ingested from their files."""
    from claimgraph.shards import engines

    def extract_each(articles, nlp=None, *, config=None, workers=None):
        batches = ([article] for article in articles)
        return engines.extract_batches(batches, config=config, workers=workers)

    monkeypatch.setattr("claimgraph.extraction.extract_each", extract_each)
    with Graph.open(":memory:") as graph:
        graph.ingest([tmp_path / "input"])
        yield graph


def state(graph):
    pairs = sorted((pair.a, pair.b, pair.label) for pair in graph.relations())
    return list(graph.dump()), pairs


def test_shards_make_the_graph_that_their_articles_make(folder, directly):
    with Graph.open(":memory:") as graph:
        report = graph.ingest([folder])
        assert state(graph) == state(directly)
        assert (report.new, report.claims, [item.article for item in report.failed]) == (3, 4, ["b-0"])
        assert [item.article for item in graph.failures()] == ["b-0"]


def test_ingesting_twice_changes_nothing_and_looks_at_no_shard_again(folder, monkeypatch):
    with Graph.open(":memory:") as graph:
        graph.ingest([folder])
        before = state(graph)
        monkeypatch.setattr("claimgraph.shards.reading.described", None)
        report = graph.ingest([folder])
        assert (report.run, report.new, report.unchanged, report.by_stat, report.known_failures) == (None, 0, 3, 3, 1)
        assert state(graph) == before


def test_articles_that_are_known_from_their_files_are_unchanged(folder, directly, extracted):
    before = state(directly)
    report = directly.ingest([folder])
    assert (report.new, report.changed, report.unchanged) == (0, 0, 3)
    assert state(directly) == before


def test_an_article_that_changed_takes_the_place_of_its_older_version(folder, tmp_path, stories):
    with Graph.open(":memory:") as graph:
        graph.ingest([folder])
        stories("a.jsonl", "In Norland 99 people were killed.", TEXTS[1])
        list(extract_shards([tmp_path / "input"], folder, size=1))
        report = graph.ingest([folder])
        assert (report.new, report.changed, report.unchanged) == (0, 1, 2)
        assert sorted(claim.value_text for claim in graph.claims()) == ["12", "14", "800", "99"]


def test_what_was_taken_out_stays_out(folder):
    with Graph.open(":memory:") as graph:
        graph.ingest([folder])
        graph.retract(["a-0"])
        for shard in folder.rglob("*.parquet"):
            shard.touch()
        assert graph.ingest([folder]).retracted == 1
        assert graph.article("a-0") is None


def test_a_limit_and_a_dry_run(folder):
    with Graph.open(":memory:") as graph:
        assert graph.preview([folder]).new == 3
        report = graph.ingest([folder], limit=2)
        assert (report.new, report.stopped) == (2, True)
        assert graph.ingest([folder]).new == 1


def test_shards_and_articles_in_one_run(folder, tmp_path, stories, directly):
    extra = stories("c.jsonl", "Then 70 homes burned.")
    assert directly.ingest([folder, extra]).new == 1


def test_a_damaged_shard_is_named_and_the_others_go_on(folder):
    first, *_ = sorted(folder.glob("*.parquet"))
    first.write_bytes(first.read_bytes()[:200])
    with Graph.open(":memory:") as graph:
        report = graph.ingest([folder])
        assert report.new == 2
        assert "damaged" in next(item.problem for item in report.failed if item.article == str(first))


def test_a_run_that_was_killed_is_made_up_for(folder, tmp_path, monkeypatch):
    """Whatever the transaction that dies, what was committed is skipped and the rest is attached."""
    with Graph.open(tmp_path / "graph.db") as graph:
        monkeypatch.setattr("claimgraph.store.bulk._MOST", 1)
        attach = Ingest._attach_batch

        def die(run, batch, ahead):
            if any(item.row["uid"] == "b-1" for item in batch):
                raise KeyboardInterrupt
            attach(run, batch, ahead)

        with monkeypatch.context() as patch:
            patch.setattr(Ingest, "_attach_batch", die)
            with pytest.raises(KeyboardInterrupt):
                graph.ingest([folder])
        assert graph.totals().articles == 2
    with Graph.open(tmp_path / "graph.db") as graph, Graph.open(":memory:") as other:
        graph.ingest([folder])
        other.ingest([folder])
        assert state(graph) == state(other)


def test_prune_is_refused_and_an_empty_address_named(folder):
    with Graph.open(":memory:") as graph:
        with pytest.raises(ConfigError, match="from shards nothing is gone"):
            graph.ingest([folder], prune=True)
        with pytest.raises(ShardError, match="holds no shards"):
            graph.ingest(["memory://empty"])
