"""Kinds of web pages: what a reader of each of them gets, and what none of them gives."""

import io
import json
from datetime import date, datetime
from io import BufferedReader

import pytest

from claimgraph.config import Limits
from claimgraph.extraction import extract_each
from claimgraph.reading import read_articles
from claimgraph.reading.dispatch import read_input
from claimgraph.reading.source import Input
from claimgraph.records import Article, Failure

LEAD = "The ferry company of Norrby carried 41,000 passengers in March, the harbour office said on Monday."
PROSE = (
    LEAD,
    "That was about twice as many as in the same month a year before, when storms closed the quay for nine days.",
    "The office expects more in April, because a second ship will take up service after its repair in the yard.",
)


def paragraphs(*sentences):
    return "".join(f"<p>{sentence}</p>" for sentence in sentences or PROSE)


def ld(*nodes):
    return "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)


def story(headline="Ferries fill up", **facts):
    return {"@type": "NewsArticle", "headline": headline, **facts}


def page(head="", body="", title="Ferries fill up", prose=None):
    article = f"<article><h1>{title}</h1>{prose or paragraphs()}</article>"
    name = '<meta property="og:site_name" content="Norrby Courier">'
    return f"<!DOCTYPE html><html lang=en><head>{name}{head}</head><body>{article}{body}</body></html>"


@pytest.fixture
def read(tmp_path):
    def run(content):
        path = tmp_path / "page.html"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        (outcome,) = read_articles([path])
        return outcome

    return run


@pytest.fixture
def claims(nlp):
    def run(article):
        ((_, found),) = extract_each([article], nlp)
        assert not isinstance(found, Failure), found
        return found

    return run


LIVE = {
    "@type": "LiveBlogPosting",
    "headline": "Storm over Norrby: latest",
    "datePublished": "2021-04-05T08:00:00+02:00",
    "coverageStartTime": "2021-04-05T06:00:00+02:00",
    "liveBlogUpdate": [
        {"@type": "BlogPosting", "headline": "Quay closed", "datePublished": "2021-04-05T11:30:00+02:00"},
        {"@type": "BlogPosting", "headline": "Boats adrift", "datePublished": "2021-04-05T09:10:00+02:00"},
    ],
}


def test_live_blog_is_one_article_of_the_time_when_it_began(read):
    posts = "".join(
        f"<div class=post><h2>{head}</h2><time>{time}</time><p>{text}</p></div>"
        for head, time, text in (
            ("Quay closed", "11:30", "The harbour office closed the quay of Norrby after 14 boats had been damaged."),
            ("Boats adrift", "09:10", "The coast guard said that it had towed 6 boats back to the harbour since dawn."),
        )
    )
    article = read(page(ld(LIVE), title="Storm over Norrby: latest", prose=posts + paragraphs()))
    assert article.title == "Storm over Norrby: latest"
    assert article.published == datetime(2021, 4, 5, 8, 0)
    assert "14 boats had been damaged" in article.body
    assert "towed 6 boats" in article.body


def test_amp_page_is_read_like_its_original(read):
    content = (
        "<!doctype html><html ⚡ lang=en><head><meta charset=utf-8><style amp-boilerplate>body{animation:8s}</style>"
        '<link rel="canonical" href="https://courier.example/2021/04/05/ferries">'
        f'<meta property="og:site_name" content="Norrby Courier">{ld(story(datePublished="2021-04-05T07:05:00Z"))}'
        "</head><body><amp-sidebar id=s><ul><li>12 offers<li>40 jobs</ul></amp-sidebar><article>"
        "<h1>Ferries fill up</h1><amp-img src=a.jpg width=600 height=400></amp-img>"
        f"{paragraphs()}<amp-ad width=300 height=250><div>Save 30% today</div></amp-ad></article></body></html>"
    )
    article = read(content)
    assert (article.title, article.outlet) == ("Ferries fill up", "Norrby Courier")
    assert article.published == datetime(2021, 4, 5, 7, 5)
    assert article.url == "https://courier.example/2021/04/05/ferries"
    assert LEAD in article.body
    assert not any(other in article.body for other in ("12 offers", "40 jobs", "30%", "8s"))


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(
            ld({"@graph": [{"@type": "WebSite", "name": "Courier"}, story(datePublished="2021-04-05T09:05:00+02:00")]}),
            id="@graph",
        ),
        pytest.param(ld([story(datePublished="2021-04-05T09:05:00+02:00")]), id="list"),
        pytest.param(
            ld({**story(datePublished="2021-04-05T09:05:00+02:00"), "@type": ["Article", "NewsArticle"]}),
            id="two types",
        ),
        pytest.param(
            '<script type="application/ld+json">{"@type": "NewsArticle", broken</script>'
            + ld(story(datePublished="2021-04-05T09:05:00+02:00")),
            id="broken block first",
        ),
        pytest.param(
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferries fill up",,'
            '"datePublished":"2021-04-05T09:05:00+02:00"}</script>',
            id="only a broken block",
        ),
        pytest.param(
            ld(
                story("Ferries to be painted", datePublished="2019-01-02T10:00:00+02:00"),
                story("Harbour master retires", datePublished="2020-11-12T10:00:00+02:00"),
                story(datePublished="2021-04-05T09:05:00+02:00"),
            ),
            id="other stories first",
        ),
        pytest.param(
            ld(story(datePublished="2021-04-05T09:05:00+02:00", dateModified="2021-04-09T10:00:00+02:00"))
            + '<meta property="article:modified_time" content="2021-04-09T10:00:00+02:00">',
            id="modified later",
        ),
        pytest.param(
            '<meta property="article:modified_time" content="2021-04-09T08:00:00Z">'
            '<meta property="article:published_time" content="2021-04-05T09:05:00+02:00">',
            id="modified before published",
        ),
    ],
)
def test_structured_data_say_title_and_time_of_publication(read, head):
    article = read(page(head))
    assert article.title == "Ferries fill up"
    assert article.published == datetime(2021, 4, 5, 9, 5)


def test_dates_in_the_text_are_not_the_publication(read):
    told = paragraphs("The ship was launched on 12 May 1987 and sold on 3 June 2009, the harbour office said.", *PROSE)
    assert read(page(prose=told)).published is None
    known = read(page(ld(story(datePublished="2021-04-05")), prose=told))
    assert known.published == date(2021, 4, 5)


FOREIGN = {
    "German": "Die Reederei von Norrby hat im März 41.000 Fahrgäste befördert, teilte das Hafenamt mit.",
    "French": "La compagnie de Norrby a transporté 41 000 passagers en mars, a annoncé lundi le bureau du port.",
    "Russian": "Паромная компания перевезла в марте 41 000 пассажиров, сообщило в понедельник управление порта.",
    "Japanese": "港湾事務所は月曜日、フェリー会社が三月に四万一千人の乗客を運んだと発表した。",
}


@pytest.mark.parametrize(("language", "sentence"), FOREIGN.items(), ids=FOREIGN.keys())
def test_page_in_another_language_is_refused_by_name(read, language, sentence):
    outcome = read(page(title="Norrby", prose=paragraphs(*[sentence] * 4)))
    assert isinstance(outcome, Failure)
    assert f"written in {language}" in outcome.problem


@pytest.mark.parametrize("caption", ["", "<figcaption>Boat {}</figcaption>"], ids=["without captions", "with labels"])
def test_page_with_only_pictures_is_no_article(read, caption):
    pictures = "".join(f'<figure><img src="{i}.jpg">{caption.format(i)}</figure>' for i in range(30))
    outcome = read(f"<html><body><h1>Our best pictures</h1><div class=gallery>{pictures}</div></body></html>")
    assert isinstance(outcome, Failure)
    assert "no article" in outcome.problem


def test_stub_before_a_paywall_gives_its_teaser_and_no_prices(read, claims):
    wall = (
        "<div class=paywall><p>Subscribe to continue reading.</p><p>Only $4 a month for the first 12 months.</p>"
        "<p>Already a subscriber? Log in</p></div>"
    )
    facts = ld(story(isAccessibleForFree=False, datePublished="2021-04-05T09:05:00+02:00"))
    article = read(page(facts, body=wall))
    assert LEAD in article.body
    assert [claim.value_text for claim in claims(article) if claim.value_text in ("4", "$4", "12")] == []


FURNITURE = {
    "captions of other stories": '<div class="related"><figure><img src=a.jpg><figcaption>The 1,234 tonne crane fell'
    "</figcaption></figure></div>",
    "related links": "<aside><h2>Related</h2><ul><li><a href=/a>Crane of 1,234 tonnes falls in harbour</a></li>"
    "<li><a href=/b>Council spends 1,234 crowns on flags</a></li></ul></aside>",
    "most read": '<section class="most-read"><h3>Most read</h3><ol><li><a href=/a>1,234 sheep seen</a></ol></section>',
    "ticker": "<table><tr><th>Ticker</th><th>Last</th></tr><tr><td>NRB</td><td>1,234</td></tr></table>",
    "cookies": '<div id="cookie-banner"><p>We use cookies and share them with our 1,234 partners.</p></div>',
    "newsletter": "<form><p>Join 1,234 readers of our morning letter</p><input type=email></form>",
    "footer": "<footer><p>Norrby Courier, 1,234 Quay Street. Circulation 1,234 copies.</p></footer>",
    "comments": '<div id="comments"><h3>1,234 comments</h3><p class=comment>I saw 1,234 boats there myself.</p></div>',
    "navigation": "<nav><ul><li><a href=/n>News (1,234)</a></li><li><a href=/j>1,234 jobs</a></li></ul></nav>",
}


@pytest.mark.parametrize("furniture", FURNITURE.values(), ids=FURNITURE.keys())
def test_no_claim_comes_from_around_the_article(read, claims, furniture):
    found = claims(read(page(body=furniture)))
    assert any(claim.value_text == "41,000" for claim in found)
    assert [claim.sentence for claim in found if "1,234" in claim.value_text] == []


def test_cells_of_tables_are_claims_that_know_their_headers(read, claims):
    rows = (("Norrby", "14", "$60"), ("Sund", "9", "$45"), ("Vik", "23", "$80"))
    body = "".join(f"<tr><th scope=row>{a}</th><td>{b}</td><td>{c}</td></tr>" for a, b, c in rows)
    head = "<thead><tr><th>Harbour</th><th>Fishing boats</th><th>Mooring fee</th></tr></thead>"
    article = read(page(prose=paragraphs() + f"<table>{head}<tbody>{body}</tbody></table>"))
    found = {claim.value_text.strip("$"): claim for claim in claims(article)}
    assert {"14", "9", "23", "60", "45", "80"} <= found.keys()
    assert "boats" in (found["9"].unit + found["9"].subject).lower()
    assert "fee" in found["45"].subject.lower()
    assert found["45"].unit == "USD"
    assert any("Sund" in name for name in (*found["9"].entity, found["9"].sentence))


@pytest.mark.parametrize(
    ("meta", "codec", "server"),
    [
        pytest.param("iso-8859-1", "utf-8", None, id="page says latin-1, is UTF-8"),
        pytest.param("utf-8", "cp1252", None, id="page says UTF-8, is Windows"),
        pytest.param("utf-8", "utf-8", "iso-8859-1", id="server says latin-1, page is UTF-8"),
        pytest.param("windows-1252", "cp1252", "utf-8", id="server says UTF-8, page is Windows"),
        pytest.param("no-such-code", "utf-8", "also-none", id="neither is known"),
        pytest.param(None, "cp1252", "windows-1252", id="only the server says"),
    ],
)
def test_bytes_decide_where_page_and_server_disagree_about_the_encoding(meta, codec, server):
    declared = f'<meta charset="{meta}">' if meta else ""
    content = page(declared).replace("Norrby", "Nörrby – “quay”").encode(codec)
    kind = "text/html" + (f"; charset={server}" if server else "")
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + content
    facts = f"WARC-Type: response\r\nWARC-Target-URI: https://c.example/a\r\nContent-Length: {len(answer)}\r\n"
    record = f"WARC/1.0\r\n{facts}Content-Type: application/http\r\n\r\n".encode() + answer + b"\r\n\r\n"
    stream = BufferedReader(io.BytesIO(record))
    given = Input(id="a", name="a.warc", ending=".warc", stream=stream, limits=Limits())
    (article,) = read_input(given)
    assert isinstance(article, Article)
    assert "Nörrby – “quay”" in article.body
