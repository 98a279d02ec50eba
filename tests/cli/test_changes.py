"""`changes`: what the articles of the latest runs did to the graph."""

import json

import pytest
from generated import attachment, make_claim

from claimgraph.graphs import Graph
from claimgraph.store.attach import attach, settle
from claimgraph.store.schema import run as runs
from claimgraph.store.store import Store
from claimgraph.vocab import Qualifier


def claim(article, at, value, **fields):
    return make_claim(article, at, value=value, sentence=f"By then {value} people were killed.", **fields)


RUNS = {
    1: ("post", "2021-05-01", [claim("post", 0, 196, subject="people killed in clashes", year=2020, period="2020")]),
    2: ("times", "2021-05-02", [claim("times", 0, 3, subject="exports of tin", unit="tonne")]),
    3: (
        "mail",
        "2021-05-03",
        [
            claim("mail", 0, 800, qualifier=Qualifier.APPROXIMATELY, subject="people killed in clashes", year=2020,
                  period="2020"),
            claim("mail", 1, 12, subject="homes without power", unit="home"),
        ],
    ),
}  # fmt: skip


@pytest.fixture
def database(tmp_path):
    """Three runs, each with one article; the third contradicts the first."""
    from datetime import date

    path = tmp_path / "graph.db"
    with Store(path) as store:
        for number, (name, day, claims) in RUNS.items():
            with store.writer() as connection:
                connection.execute(runs.insert(), [{"id": number, "started": f"{day}T06:00:00", "fingerprint": "test"}])
                item = attachment(name, claims, f"body {name}", outlet=name, published=date.fromisoformat(day))
                attach(connection, [item], run=number)
                settle(connection, run=number)
    return path


def kinds(result):
    return [(line["kind"], line["after"], line["before"]) for line in map(json.loads, result.stdout.splitlines())]


@pytest.mark.parametrize(
    ("since", "found"),
    [
        ((), [("contradicted", "800", "196"), ("new", "12", None)]),
        (("--since", 2), [("contradicted", "800", "196"), ("new", "12", None), ("new", "3", None)]),
        (("--since", "2021-05-03"), [("contradicted", "800", "196"), ("new", "12", None)]),
        (("--since", "2021-05-04"), []),
        (("--since", 4), []),
    ],
    ids=str,
)
def test_changes_since_a_run_or_a_moment(run, database, since, found):
    result = run("changes", "--db", database, "--format", "jsonl", *since)
    assert result.exit_code == 0
    listed = kinds(result)
    assert listed[:1] == found[:1]
    assert sorted(listed, key=str) == sorted(found, key=str)


def test_changes_show_both_values_with_their_sentences(run, database):
    said = run("changes", "--db", database).stdout
    for words in ("contradicts", "about 800", "mail, 3 May 2021", "196", "post, 1 May 2021", "By then", "new"):
        assert words in said


def test_changes_of_an_unchanged_graph_are_none(run, database):
    assert "No changes." in run("changes", "--db", database, "--since", 4).stdout


def test_value_that_moves_on_is_told_against_the_older_one(tmp_path):
    from datetime import date

    toll = "people killed in the earthquake"
    with Store(tmp_path / "g.db") as store:
        for number, (name, value) in enumerate((("early", 40), ("late", 65)), start=1):
            with store.writer() as connection:
                connection.execute(runs.insert(), [{"id": number, "fingerprint": "test"}])
                item = attachment(
                    name, [claim(name, 0, value, subject=toll)], name, outlet=name, published=date(2021, 3, number)
                )
                attach(connection, [item], run=number)
                settle(connection, run=number)
    with Graph.open(tmp_path / "g.db", read_only=True) as graph:
        (change,) = graph.changes()
    assert (str(change.kind), change.before.value_text, change.after.value_text) == ("moved", "40", "65")
