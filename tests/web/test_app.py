import csv
import io

import pytest
from sample_articles import HOSTILE, sample_articles
from starlette.testclient import TestClient

from claimgraph.store.observations import Filter
from claimgraph.web.app import make_app


@pytest.fixture(scope="module")
def client(sample):
    return TestClient(make_app(sample), base_url="http://127.0.0.1")


@pytest.fixture(scope="module")
def conflict(client):
    return client.get("/?format=json").json()["conflicts"][0]


def test_start_page_shows_the_contradiction_with_both_sentences(client):
    page = client.get("/").text
    assert "What does not fit" in page
    assert "Defectors to the South, North Korea and South Korea, 2023" in page
    for words in ("The ministry said", "arrived in 2023", "Some", "The Herald", "Retirement Page", "undated"):
        assert words in page


def test_json_twin_says_the_same(conflict):
    assert {side["printed"] for side in conflict["sides"]} == {"196", "800"}
    assert conflict["support"] == [1, 1]
    assert conflict["reason"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("entity=Korea", 1),
        ("entity=France", 0),
        ("year=2023", 1),
        ("year=1999", 0),
        ("year=9999999999999999999", 1),
        ("outlet=Herald", 1),
        ("kind=money", 0),
        ("q=defectors+2023", 1),
        ("q=unemployment", 0),
    ],
)
def test_filters_narrow_the_start_page(client, query, found):
    assert len(client.get(f"/?format=json&{query}").json()["conflicts"]) == found


def test_observation_page_has_chart_sentences_and_series(client, conflict):
    page = client.get(f"/observation/{conflict['observation']}").text
    assert page.count("<svg") == 5
    assert "contradict" in page
    assert "The same measure over the years" in page
    assert "2022" in page


def test_tables_come_as_csv_without_formulas(client, conflict):
    answer = client.get(f"/observation/{conflict['observation']}?format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["outlet"] for row in rows} == {"The Herald", "Retirement Page"}
    assert answer.headers["content-type"].startswith("text/csv")


def test_article_page_marks_claims_in_place_and_greys_furniture(client):
    page = client.get("/article?id=herald").text
    assert '<span class="furniture">Share this</span>' in page
    assert page.count("<mark id=") == 2
    assert page.count('class="fields"') == 2
    assert "quantities.noun" in page
    assert "https://herald.example/more" in page


def test_sum_that_does_not_add_up_is_flagged_in_its_place(client):
    page = client.get("/article?id=sums")
    assert page.text.count("Does not add up") == 2
    assert 'class="fails"' in page.text
    assert 'data-relation="change_from"' in page.text
    (mention,) = [item for item in client.get("/article?id=sums&format=json").json()["mentions"] if item["failing"]]
    assert mention["value"] == "up 50%"


def test_copies_are_one_voice_and_later_tolls_move_on(client, sample):
    key = sample.observations(Filter(measure="killed"))[0].key
    page = client.get(f"/observation/{key}?format=json").json()
    first = next(item for item in page["clusters"] if item["value"] == "12")
    assert (first["carriers"], first["origins"], first["copies"]) == (2, 1, [["mirror"]])
    assert [item["label"] for item in page["comparisons"]] == ["update"]
    text = client.get(f"/observation/{key}").text
    assert 'class="copy"' in text
    assert 'class="head"' in text
    assert "one voice" in text


def test_words_and_filters_narrow_together(client):
    assert len(client.get("/?format=json&q=defectors&kind=count").json()["conflicts"]) == 1
    assert client.get("/?format=json&q=defectors&kind=money").json()["conflicts"] == []


def test_outlet_that_revises_itself_and_is_followed_is_told(tmp_path):
    from datetime import date

    from generated import attachment, make_claim

    from claimgraph.graphs import Graph
    from claimgraph.store.attach import attach, settle
    from claimgraph.store.store import Store

    said = [
        ("early", "The Post", 3, {"value": 12}),
        ("late", "The Post", 4, {"value": 20}),
        ("other", "The Times", 5, {"value": 61, "subject": "homes flooded", "unit": "home"}),
        ("first", "The Post", 4, {"value": 61, "subject": "homes flooded", "unit": "home"}),
    ]
    with Store(tmp_path / "graph.db") as store, store.writer() as connection:
        for name, outlet, day, fields in said:
            claims = [make_claim(name, sentence=f"It counted {fields['value']} of them.", **fields)]
            attach(connection, [attachment(name, claims, name, outlet=outlet, published=date(2021, 5, day))], run=1)
        settle(connection, run=1)
    with Graph.open(tmp_path / "graph.db", read_only=True) as graph:
        page = TestClient(make_app(graph), base_url="http://127.0.0.1").get("/outlet?name=The+Post&format=json").json()
    assert "1 confirmed by another outlet, 1 of them later" in page["facts"]
    assert "1 where it states another value later itself" in page["facts"]


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "99999999999"])
def test_any_page_number_is_answered(client, page):
    assert client.get("/", params={"page": page}).status_code == 200


def test_claim_address_leads_to_its_sentence(client, conflict):
    claim = conflict["sides"][0]["claim"]
    answer = client.get(f"/claim/{claim}", follow_redirects=False)
    assert answer.headers["location"].endswith(f"#claim-{claim}")


@pytest.mark.parametrize("address", ["/observation/nothing", "/article?id=nothing", "/claim/nothing", "/nowhere"])
def test_what_is_not_there_is_said_plainly(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "<h1>" in answer.text


def test_hostile_text_is_shown_as_text(client):
    for address in ("/articles", "/entity?name=<script>", "/outlet", "/", "/?q=%3Cscript%3Ealert(1)%3C/script%3E"):
        page = client.get(address).text
        assert "<script>" not in page
        assert "<img" not in page
    articles = {article.id: article for article in sample_articles()}
    page = client.get("/article", params={"id": f"x/{HOSTILE}"}).text
    assert articles[f"x/{HOSTILE}"].body.split("<")[0] in page
    assert "<img" not in page
    assert "javascript:" not in page


def test_other_hosts_are_refused(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_policy_forbids_everything_from_elsewhere(client):
    headers = client.get("/").headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"


def test_nothing_can_be_written(client):
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)("/").status_code == 405


def test_a_prefix_is_in_every_link(sample):
    client = TestClient(make_app(sample, prefix="/claims"), base_url="http://127.0.0.1")
    page = client.get("/").text
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert all(link.startswith(("/claims", "#")) for link in links)
