import os
from dataclasses import replace
from pathlib import Path

import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from claimgraph.api import extract_shards
from claimgraph.errors import ShardError
from claimgraph.export import CLAIM_FIELDS
from claimgraph.records import Failure
from claimgraph.shards.work import write

STORY = "In the village {} people were hurt and {} houses burned."


def texts(count, start=10):
    return [STORY.format(start + at, at) for at in range(count)]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_shard_holds_so_many_articles_and_the_last_one_the_rest(tmp_path, stories, extracted):
    path = stories("day.jsonl", *texts(5))
    done = list(extract_shards([path], tmp_path / "out", size=2))
    assert [(item.articles, item.claims, item.last) for item in done] == [(2, 4, False), (2, 4, False), (1, 2, True)]
    names = sorted(path.name for path in (tmp_path / "out").glob("*.parquet"))
    assert names == [f"claims-{item.name}.parquet" for item in done]
    assert [pq.read_metadata(tmp_path / "out" / name).num_rows for name in names] == [4, 4, 2]


def test_the_folder_reads_as_one_table_of_claims(tmp_path, stories, extracted):
    list(extract_shards([stories("day.jsonl", *texts(5))], tmp_path / "out", size=2))
    table = ds.dataset(tmp_path / "out").to_table()
    assert tuple(table.column_names) == CLAIM_FIELDS
    assert table.column("article").to_pylist() == [f"day-{at}" for at in range(5) for _ in range(2)]


def test_complete_shards_are_kept_and_missing_ones_made(tmp_path, stories, extracted):
    path, out = stories("day.jsonl", *texts(5)), tmp_path / "out"
    first = list(extract_shards([path], out, size=2))
    whole = contents(out)
    (out / f"claims-{first[1].name}.parquet").unlink()
    extracted.clear()
    again = list(extract_shards([path], out, size=2))
    assert extracted == ["day-2", "day-3"]
    assert [item.kept for item in again] == [True, False, True]
    assert contents(out) == whole


def test_nothing_is_read_again_when_all_is_there(tmp_path, stories, extracted, monkeypatch):
    path, out = stories("day.jsonl", *texts(5)), tmp_path / "out"
    list(extract_shards([path], out, size=2))
    monkeypatch.setattr("claimgraph.shards.cutting.read_found", None)
    assert [item.kept for item in extract_shards([path], out, size=2)] == [True] * 3


@pytest.mark.parametrize("part", ["claims", "_articles/articles"])
def test_a_damaged_or_missing_file_is_made_again(tmp_path, stories, extracted, part):
    path, out = stories("day.jsonl", *texts(3)), tmp_path / "out"
    (item,) = extract_shards([path], out)
    whole = contents(out)
    file = out / f"{part}-{item.name}.parquet"
    file.write_bytes(b"PAR1 half of it") if part == "claims" else file.unlink()
    list(extract_shards([path], out))
    assert contents(out) == whole


def test_a_run_that_breaks_leaves_whole_files_only_and_the_next_one_goes_on(tmp_path, stories, extracted, monkeypatch):
    path, out = stories("day.jsonl", *texts(6)), tmp_path / "out"
    done = []

    def break_down(work, shard, outcomes):
        if len(done) == 1:
            raise KeyboardInterrupt
        done.append(write(work, shard, outcomes))
        return done[-1]

    with monkeypatch.context() as patch:
        patch.setattr("claimgraph.shards.engines.write", break_down)
        with pytest.raises(KeyboardInterrupt):
            list(extract_shards([path], out, size=2))
    assert [path.name for path in out.glob("*.parquet")] == [f"claims-{done[0].name}.parquet"]
    (out / ".claims-half.parquet.0123.tmp").write_bytes(b"left by a worker that was killed")
    assert [item.kept for item in extract_shards([path], out, size=2)] == [True, False, False]
    list(extract_shards([path], tmp_path / "undisturbed", size=2))
    assert contents(out) == contents(tmp_path / "undisturbed")


def test_a_changed_file_is_extracted_again_and_loses_the_shards_it_had_more(tmp_path, stories, extracted):
    path, other, out = stories("day.jsonl", *texts(5)), stories("night.jsonl", *texts(1)), tmp_path / "out"
    list(extract_shards([path, other], out, size=1))
    stories("day.jsonl", *texts(2, start=900))
    extracted.clear()
    done = list(extract_shards([path, other], out, size=1))
    assert extracted == ["day-0", "day-1"]
    assert len(list(out.glob("*.parquet"))) == len(list(out.glob("_articles/*.parquet"))) == len(done) == 3


def test_a_file_that_comes_moves_no_other_shard(tmp_path, stories, extracted):
    for number in range(40):
        stories(f"{number:02}.jsonl", *texts(1))
    out = tmp_path / "out"
    before = list(extract_shards([tmp_path / "input"], out, size=4))
    stories("17a.jsonl", *texts(1))
    extracted.clear()
    after = list(extract_shards([tmp_path / "input"], out, size=4))
    assert len(before) > 4
    assert "17a-0" in extracted
    # where a piece of the input ends hangs on the digests of the paths: the file joins one, or cuts one in two
    assert len({item.name.rpartition("-")[0] for item in after if not item.kept}) <= 2
    assert sum(item.articles for item in after) == 41


def test_another_pipeline_makes_everything_anew(tmp_path, stories, extracted, monkeypatch):
    path, out = stories("day.jsonl", *texts(3)), tmp_path / "out"
    list(extract_shards([path], out))
    monkeypatch.setattr("claimgraph.shards.run.fingerprint", lambda config: "another")
    assert [(item.kept, item.fingerprint) for item in extract_shards([path], out)] == [(False, "another")]


def test_failures_are_reported_in_the_run_that_meets_them_and_in_later_ones(tmp_path, stories, extracted):
    path = stories("day.jsonl", texts(1)[0], "poison in the well", "")
    first = [failure for item in extract_shards([path], tmp_path / "out") for failure in item.failures]
    again = [failure for item in extract_shards([path], tmp_path / "out") for failure in item.failures]
    assert [failure.stage for failure in first] == ["read", "extract"]
    assert again == first
    missing = list(extract_shards([tmp_path / "nowhere.txt"], tmp_path / "other"))
    assert [type(item) for item in missing] == [Failure]


def test_a_folder_with_shards_of_other_inputs_is_refused(tmp_path, stories, extracted):
    list(extract_shards([stories("day.jsonl", *texts(1))], tmp_path / "out"))
    with pytest.raises(ShardError, match="the inputs do not lead to"):
        list(extract_shards([stories("night.jsonl", *texts(1))], tmp_path / "out"))


def test_workers_that_write_to_disks_of_their_own_are_found_out(tmp_path, stories, extracted, monkeypatch):
    def elsewhere(work, shard, outcomes):
        return write(replace(work, output=str(tmp_path / "another disk")), shard, outcomes)

    monkeypatch.setattr("claimgraph.shards.engines.write", elsewhere)
    with pytest.raises(ShardError, match="all machines share"):
        list(extract_shards([stories("day.jsonl", *texts(1))], tmp_path / "out"))


def test_standard_input_is_refused(tmp_path):
    with pytest.raises(ShardError, match="standard input"):
        list(extract_shards(["-"], tmp_path / "out"))


def test_claims_among_the_inputs_are_no_articles(tmp_path, stories, extracted):
    stories("day.jsonl", *texts(3))
    folder = tmp_path / "input"
    passed = []
    for _ in range(2):
        done = list(
            extract_shards(
                [folder], folder / "claims.parquet", passed=lambda path, why: passed.append((path.name, why))
            )
        )
        assert sum(item.articles for item in done) == 3
    assert [name for name, why in passed if "extracted" in why] == ["claims.parquet"]


def test_addresses_of_fsspec_are_read_and_written(tmp_path, stories, extracted):
    import fsspec

    fsspec.filesystem("memory").pipe("/news/2023/day.jsonl", stories("day.jsonl", *texts(3)).read_bytes())
    fsspec.filesystem("memory").pipe("/news/2023/notes.bin", b"\0\1")
    done = list(extract_shards(["memory://news"], "memory://claims/out", size=2))
    assert [item.articles for item in done] == [2, 1]
    assert [item.kept for item in extract_shards(["memory://news"], "memory://claims/out", size=2)] == [True, True]
    (item,) = extract_shards(["memory://nothing/here.jsonl"], tmp_path / "out")
    assert isinstance(item, Failure)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path, stories, extracted):
    out = tmp_path / "out"
    out.mkdir(mode=0o500)
    with pytest.raises(ShardError, match="cannot be written"):
        list(extract_shards([stories("day.jsonl", *texts(1))], out))


def test_the_same_files_come_out_in_any_folder(tmp_path, stories, extracted):
    path = stories("day.jsonl", *texts(5))
    list(extract_shards([path], tmp_path / "a", size=2))
    list(extract_shards([path], tmp_path / "b", size=2))
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
