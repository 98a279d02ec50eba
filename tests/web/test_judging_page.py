"""People judge claims in the explorer: what they say is stored, shown, listed and taken back; nobody else can."""

import csv
import io
import re

import pytest
from starlette.testclient import TestClient

from claimgraph.graphs import Graph
from claimgraph.web.app import make_app

OURS = {"origin": "http://127.0.0.1"}


def conflicts(client):
    return client.get("/?format=json").json()["conflicts"]


@pytest.fixture
def pair(judge):
    """Ids of the two claims that contradict each other."""
    return [side["claim"] for side in conflicts(judge)[0]["sides"]]


def form_of(client, claim, **query):
    """Open the page on which a claim is judged, and give what its form would send."""
    page = client.get("/judge", params={"claim": claim, **query})
    token = re.search(r'name="token" value="([^"]+)"', page.text)
    assert token
    return {"token": token[1], "claim": claim, "author": "Ada", "note": "one counts arrivals"}


def send(client, form, headers=OURS, path="/judge"):
    return client.post(path, data=form, headers=headers, follow_redirects=False)


def test_different_questions_do_not_contradict_any_more(judge, pair):
    form = form_of(judge, pair[0], other=pair[1], ruling="different") | {"ruling": "different", "other": pair[1]}
    answer = send(judge, form)
    assert answer.status_code == 303
    assert conflicts(judge) == []
    page = judge.get(answer.headers["location"]).text
    assert "asks another question than" in page
    assert "one counts arrivals" in page
    assert "Ada, 3 Feb 2024, 10:30" in page


def test_judgement_is_listed_for_people_and_programs_and_taken_back(judge, pair):
    send(judge, form_of(judge, pair[0]) | {"ruling": "wrong"})
    (item,) = judge.get("/judgements?format=json").json()["judgements"]
    assert (item["ruling"], item["author"], item["value"]) == ("wrong", "Ada", "196")
    (row,) = csv.DictReader(io.StringIO(judge.get("/judgements?format=csv").text))
    assert row["id"] == item["id"]
    assert f"judgement-{item['id']}" in judge.get("/judgements").text
    assert "judged wrong" in judge.get("/article", params={"id": item["article"]}).text
    token = form_of(judge, pair[0])["token"]
    answer = send(judge, {"token": token, "judgement": item["id"]}, path="/withdraw")
    assert answer.status_code == 303
    assert {side["claim"] for side in conflicts(judge)[0]["sides"]} == set(pair)
    assert send(judge, {"token": token, "judgement": item["id"]}, path="/withdraw").status_code == 404


def test_other_claims_are_found_by_words(judge, pair):
    page = judge.get("/judge", params={"claim": pair[0], "q": "goats"}).text
    assert "41" in page
    assert "Nothing was found" in judge.get("/judge", params={"claim": pair[0], "q": "zeppelins"}).text


def test_name_is_remembered_in_any_script(judge, pair):
    send(judge, form_of(judge, pair[0]) | {"ruling": "wrong", "author": "Åsa “Ö” Łoś"})
    assert 'value="Åsa “Ö” Łoś"' in judge.get("/judge", params={"claim": pair[0]}).text


@pytest.mark.parametrize(
    ("change", "headers", "status"),
    [
        pytest.param({"token": "guessed"}, OURS, 403, id="another token"),
        pytest.param({"token": ""}, OURS, 403, id="no token"),
        pytest.param({}, {}, 403, id="no origin"),
        pytest.param({}, {"origin": "null"}, 403, id="origin of a sandbox"),
        pytest.param({}, {"origin": "http://evil.example"}, 403, id="another site"),
        pytest.param({}, {"origin": "http://127.0.0.1:3000"}, 403, id="another port of this machine"),
        pytest.param({"author": " "}, OURS, 400, id="no name"),
        pytest.param({"ruling": "nonsense"}, OURS, 400, id="no such ruling"),
        pytest.param({"ruling": "same"}, OURS, 400, id="no other claim"),
        pytest.param({"ruling": "same", "other": "nowhere"}, OURS, 400, id="other claim is gone"),
        pytest.param({"claim": "nowhere"}, OURS, 400, id="claim is gone"),
        pytest.param({"note": "x" * 70_000}, OURS, 413, id="too long"),
    ],
)
def test_what_cannot_be_stored_is_refused(judge, pair, change, headers, status):
    answer = send(judge, form_of(judge, pair[0]) | {"ruling": "wrong"} | change, headers)
    assert answer.status_code == status
    assert "was not stored" in answer.text
    assert judge.get("/judgements?format=json").json()["judgements"] == []


def test_form_of_another_browser_is_refused(judge, pair, own_path, judging):
    form = form_of(judge, pair[0]) | {"ruling": "wrong"}
    with Graph.open(own_path, read_only=True) as graph:
        other = TestClient(make_app(graph, judging=judging), base_url="http://127.0.0.1")
        assert send(other, form).status_code == 403


def test_only_forms_are_read(judge, pair):
    form_of(judge, pair[0])
    assert judge.post("/judge", json={"ruling": "wrong"}, headers=OURS).status_code == 415


def test_cookie_stays_on_our_own_pages(judge, pair):
    given = judge.get("/judge", params={"claim": pair[0]}).headers["set-cookie"].lower()
    assert "samesite=strict" in given
    assert "httponly" in given


def test_proxy_that_rewrites_the_host_is_trusted_by_name(own_path, judging, pair):
    from dataclasses import replace

    judging = replace(judging, trusted=frozenset({"news.example"}))
    with Graph.open(own_path, read_only=True) as graph:
        app = make_app(graph, judging=judging, prefix="/claims")
        client = TestClient(app, base_url="http://127.0.0.1")
        page = client.get("/judge", params={"claim": pair[0]})
        token = re.search(r'name="token" value="([^"]+)"', page.text)[1]
        assert "path=/claims/" in page.headers["set-cookie"].lower()
        form = {"token": token, "claim": pair[0], "ruling": "wrong", "author": "Ada"}
        headers = {"origin": "https://news.example", "cookie": f"claimgraph_token={token}"}
        answer = send(client, form, headers)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/claims/observation/")


def test_read_only_explorer_takes_and_offers_nothing(sample):
    client = TestClient(make_app(sample), base_url="http://127.0.0.1")
    claim = conflicts(client)[0]["sides"][0]["claim"]
    assert client.get("/judge", params={"claim": claim}).status_code == 403
    assert send(client, {"claim": claim, "ruling": "wrong"}).status_code == 403
    assert "/judge?" not in client.get("/").text
    assert client.get("/judgements").status_code == 200


def test_hostile_note_is_shown_as_text(judge, pair):
    bad = "</textarea><script>alert(1)</script>"
    answer = send(judge, form_of(judge, pair[0]) | {"ruling": "wrong", "note": bad, "author": bad})
    for address in (answer.headers["location"], "/judgements", f"/judge?claim={pair[0]}"):
        page = judge.get(address).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
