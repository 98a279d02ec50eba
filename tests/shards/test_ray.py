"""The cluster: two nodes in one machine, one of which dies in mid-run."""

import json
import os
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import claimgraph
from claimgraph.records import Failure
from claimgraph.shards.run import extract_shards

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
pytest.importorskip("ray", reason="needs Ray: pip install 'claimgraph[ray]'")

# Ray leaves sockets and files to the garbage collector, and warns of its own changes
pytestmark = [pytest.mark.model, pytest.mark.filterwarnings("ignore")]

PLACES = ("Norland", "Port Vesper", "Ostrava", "Halvorsen Bay", "Lower Wick")
SIZE = 4


def story(number):
    place = PLACES[number % len(PLACES)]
    return (
        f"The mayor of {place} said {number * 10 + 40} houses burned in 2023, up from {number + 11} a year before. "
        f"Repairs will cost ${number + 2}.5 million, the council said. One in {number + 3} people left."
    )


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
    with archive.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for number in range(60, 63):
            page = (
                f"<html><title>Fires</title><body><article><h1>Fires</h1><p>{story(number)}</p></article></body></html>"
            )
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
            url = f"https://example.org/{number}"
            record = writer.create_warc_record(url, "response", payload=BytesIO(page.encode()), http_headers=headers)
            writer.write_record(record)
    return [folder, lines, table, archive]


@pytest.fixture
def cluster(monkeypatch):
    """Two nodes of a core each, with small object stores; nothing but this machine is asked for anything."""
    import ray
    from ray.cluster_utils import Cluster

    monkeypatch.setenv("PYTHONPATH", str(Path(claimgraph.__file__).parents[1]))  # of the nodes' processes
    store = 80 * 2**20
    head = {"num_cpus": 1, "object_store_memory": store, "include_dashboard": False}
    # a node that does not answer is given up after two seconds, not fifteen
    head["_system_config"] = {"health_check_period_ms": 500, "health_check_failure_threshold": 4}
    nodes = Cluster(initialize_head=True, head_node_args=head)
    nodes.doomed = nodes.add_node(num_cpus=1, object_store_memory=store)
    ray.init(address=nodes.address, log_to_driver=False, logging_level="ERROR")
    yield nodes
    ray.shutdown()
    nodes.shutdown()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def failures(items) -> list[Failure]:
    return sorted((found for item in items for found in item.failures), key=lambda found: found.article)


def test_a_cluster_that_loses_a_node_writes_the_files_of_one_process(inputs, tmp_path, cluster):
    alone = list(extract_shards(inputs, tmp_path / "alone", size=SIZE, workers=1))
    together = []
    for shard in extract_shards(inputs, tmp_path / "together", size=SIZE, engine="ray", workers=2):
        together.append(shard)
        if len(together) == 2:
            cluster.remove_node(cluster.doomed, allow_graceful=False)
    assert contents(tmp_path / "together") == contents(tmp_path / "alone")
    assert sorted(shard.name for shard in together) == sorted(shard.name for shard in alone)
    assert [found.problem for found in failures(together)] == [found.problem for found in failures(alone)]
    assert len(failures(alone)) == 1
    assert sum(shard.articles for shard in together) == 6 + 16 + 10 + 3
    assert all(shard.claims for shard in together if shard.articles)
