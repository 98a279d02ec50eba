"""The cluster: two nodes in one machine, one of which dies in mid-run."""

import gzip
import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import claimgraph
from claimgraph.api import extract_shards

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not find_spec("ray"), reason="needs Ray: pip install 'claimgraph[ray]'"),
]

PLACES = ("Norland", "Port Vesper", "Ostrava", "Halvorsen Bay", "Lower Wick")
SIZE = 4


def story(number):
    place = PLACES[number % len(PLACES)]
    return (
        f"The mayor of {place} said {number * 10 + 40} houses burned in 2023, up from {number + 11} a year before. "
        f"Repairs will cost ${number + 2}.5 million, the council said. One in {number + 3} people left."
    )


def page(number) -> bytes:
    """Give a web page as a record of an archive."""
    content = f"<html><title>Fires</title><body><article><h1>Fires</h1><p>{story(number)}</p></article></body></html>"
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{content}"
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\n"
    length = f"Content-Type: application/http\r\nContent-Length: {len(answer.encode())}\r\n\r\n"
    return gzip.compress(f"{head}{length}{answer}\r\n\r\n".encode())


@pytest.fixture
def inputs(tmp_path) -> list[Path]:
    """Files of every kind that a cluster is given: texts, records, Parquet, a web archive; one record has no text."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(6):
        (folder / f"text-{number}.txt").write_text(f"date: 2024-03-0{number + 1}\n\n{story(number)}\n")
    records = [{"id": f"line-{number}", "text": story(number), "date": "2024-02-02"} for number in range(20, 36)]
    lines = tmp_path / "lines.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in [*records, {"id": "bad", "text": ""}]))
    table = tmp_path / "table.parquet"
    rows = [{"id": f"row-{number}", "text": story(number)} for number in range(40, 50)]
    pq.write_table(pa.Table.from_pylist(rows), table)
    archive = tmp_path / "pages.warc.gz"
    archive.write_bytes(b"".join(map(page, range(60, 63))))
    return [folder, lines, table, archive]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.timeout(600)  # seventy seconds of processor time, on two cores that may have other work
def test_a_cluster_that_loses_a_node_writes_the_files_of_one_process(inputs, tmp_path):
    script = Path(__file__).with_name("losing_a_node.py")
    environment = {**os.environ, "PYTHONPATH": str(Path(claimgraph.__file__).parents[1])}
    command = [sys.executable, script, tmp_path / "together", SIZE, *inputs]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, env=environment, timeout=500)
    assert done.returncode == 0, done.stderr
    together = dict(map(json.loads, done.stdout.splitlines()))
    alone = list(extract_shards(inputs, tmp_path / "alone", size=SIZE, workers=1))
    assert contents(tmp_path / "together") == contents(tmp_path / "alone")
    assert together == {shard.name: [failure.problem for failure in shard.failures] for shard in alone}
    assert sum(map(len, together.values())) == 1
    assert sum(shard.articles for shard in alone) == 6 + 16 + 10 + 3
    assert all(shard.claims for shard in alone)
