import csv
import io

import pytest
from starlette.testclient import TestClient

from claimgraph.web.app import make_app


@pytest.fixture(scope="module")
def client(sample):
    return TestClient(make_app(sample), base_url="http://127.0.0.1")


def test_last_run_is_shown_with_what_it_contradicts(client):
    page = client.get("/changes").text
    assert "In the last run" in page
    assert "Defectors to the South, North Korea and South Korea, 2023" in page
    assert "Before" in page


def test_earlier_run_brings_more(client):
    last = client.get("/changes?format=json").json()["changes"]
    all_ = client.get("/changes?format=json&since=1").json()["changes"]
    assert len(all_) > len(last) > 0


@pytest.mark.parametrize("since", ["99", "2099-01-01", "2024-02-02T06", "nonsense", "0", "99999999999999999999"])
def test_any_run_or_moment_is_answered(client, since):
    assert client.get("/changes", params={"since": since}).status_code == 200


def test_changes_come_as_csv(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/changes?format=csv&since=1").text)))
    assert {row["kind"] for row in rows} >= {"contradicted", "new"}
    assert all(row["value_after"] for row in rows)


def test_start_page_counts_what_a_run_brought(client):
    start = client.get("/?format=json").json()
    assert start["run"] == 2
    assert client.get("/?format=json&since=3").json()["fresh"] == 0
    assert client.get("/?format=json&since=1").json()["fresh"] == 1
    assert f"/?since={start['run']}" in client.get("/").text
