"""People overrule the pipeline: `judge`, `judgements`, and what is exported of them."""

import json

import pytest

from claimgraph.graphs import Graph


def conflicts(run, database):
    """Give the two values of every contradiction."""
    found = map(json.loads, run("conflicts", "--db", database, "--format", "jsonl").stdout.splitlines())
    return [tuple(item[side]["value"]["claim"]["value_text"] for side in "ab") for item in found]


def listed(run, database):
    found = run("judgements", "--db", database, "--format", "jsonl").stdout
    return [json.loads(line) for line in found.splitlines()]


def test_claims_that_ask_different_things_do_not_contradict(run, database):
    assert conflicts(run, database)
    said = run("judge", "different", "post-0", "times-0", "--db", database, "--note", "deaths and injuries")
    assert said.exit_code == 0
    assert "asks something else than" in said.stdout
    assert not conflicts(run, database)
    (item,) = listed(run, database)
    assert (item["ruling"], item["note"], item["a"]["value_text"]) == ("different", "deaths and injuries", "196")


def test_judgement_taken_back_brings_the_contradiction_back(run, database):
    before = conflicts(run, database)
    run("judge", "different", "post-0", "times-0", "--db", database, "--author", "Ada")
    (item,) = listed(run, database)
    assert run("judgements", "--withdraw", item["id"], "--db", database).exit_code == 0
    assert conflicts(run, database) == before
    assert run("judgements", "--withdraw", item["id"], "--db", database).exit_code == 2


def test_wrong_claim_no_longer_answers(run, database):
    run("judge", "wrong", "times-0", "--db", database)
    assert not conflicts(run, database)
    with Graph.open(database, read_only=True) as graph:
        view = graph.observation(graph.observation_of("post-0"))
        assert [claim.id for claim in view.claims] == ["post-0"]


def test_claims_that_ask_the_same_are_compared(run, database):
    run("judge", "same", "post-0", "post-1", "--db", database)
    with Graph.open(database, read_only=True) as graph:
        assert graph.observation_of("post-0") == graph.observation_of("post-1")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("same", "post-0"), "two claims"),
        (("wrong", "post-0", "times-0"), "one claim"),
        (("same", "post-0", "nowhere"), "nowhere"),
        (("same", "post-0", "post-0"), "itself"),
        (("odd", "post-0"), "odd"),
    ],
    ids=lambda item: item if isinstance(item, str) else " ".join(item),
)
def test_what_cannot_be_judged_is_said(run, database, arguments, problem):
    result = run("judge", *arguments, "--db", database)
    assert result.exit_code != 0
    assert problem in result.output + str(result.exception)
    assert not listed(run, database)


def test_judgements_move_with_the_graph(run, database, tmp_path):
    run("judge", "different", "post-0", "times-0", "--db", database)
    whole = tmp_path / "all.jsonl"
    run("export", "--all", "--db", database, "-o", whole)
    other = tmp_path / "other.db"
    assert run("import", whole, "--db", other).exit_code == 0
    assert listed(run, other) == listed(run, database)
    assert not conflicts(run, other)
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"judgement": {"ruling": "odd"}}\n')
    assert run("import", broken, "--db", other).exit_code != 0


def test_judged_articles_are_written_as_gold(run, database, tmp_path):
    run("judge", "same", "post-1", "times-1", "--db", database)
    run("judge", "wrong", "times-0", "--db", database)
    folder = tmp_path / "gold"
    assert run("export", "--gold", folder, "--db", database).exit_code == 0
    claims = json.loads((folder / "claims" / "times.json").read_text())["claims"]
    assert [(item["id"], item["value_text"]) for item in claims] == [("c1", "67")]
    links = json.loads((folder / "links.json").read_text())
    assert links["groups"] == [{"observation": "people killed, Norland, 2020", "members": ["post#c2", "times#c1"]}]
    assert links["relations"] == [{"a": "post#c2", "b": "times#c1", "label": "agree"}]
    assert (folder / "articles" / "post.txt").read_text() == "outlet: The Harbour Post\ndate: 2022-01-18\n\none"
