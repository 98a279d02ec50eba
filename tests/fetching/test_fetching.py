"""Pages and feeds from a real server: what is saved is what `ingest` reads, and servers are asked politely."""

import time

import pytest
from serving import STORY, feed, page, redirect

from claimgraph.errors import ConfigError
from claimgraph.fetching import Outcome
from claimgraph.fetching.saving import file_of
from claimgraph.fetching.state import State
from claimgraph.reading import read_articles
from claimgraph.records import Article


def outcomes(fetched):
    return [str(item.outcome) for item in fetched]


def test_page_is_read_with_its_address(site, get, tmp_path):
    site.answers["/news/ferries?id=1"] = page()
    (done,) = get(f"{site.url}/news/ferries?id=1#top")
    assert done.outcome is Outcome.NEW
    (article,) = read_articles([tmp_path / "news"])
    assert isinstance(article, Article)
    assert article.url == article.id == f"{site.url}/news/ferries?id=1"
    assert "41,000 passengers" in article.body
    assert (article.title, article.outlet) == ("Ferries", "Norrby Post")


def test_encoding_that_the_server_names_is_kept(site, get, tmp_path):
    story = STORY.replace("harbour office", "caf\u00e9 owners")

    def answer(request):
        request.send_response(200)
        request.send_header("Content-Type", "text/html; charset=iso-8859-1")
        request.end_headers()
        request.wfile.write(story.encode("latin-1"))

    site.answers["/a"] = answer
    get(f"{site.url}/a")
    (article,) = read_articles([tmp_path / "news"])
    assert "caf\u00e9 owners" in article.body


def test_feed_gives_the_pages_that_it_names_each_once(site, get, tmp_path):
    site.answers["/feed"] = page(feed("/a?utm_source=rss", f"{site.url}/b", "/a", "/gone"), "application/rss+xml")
    site.answers |= {"/a": page(), "/b": page(STORY.replace("March", "April"))}
    done = get(f"{site.url}/feed")
    assert outcomes(done) == ["feed", "new", "new", "failed"]
    assert "404" in done[-1].problem
    assert {a.url for a in read_articles([tmp_path / "news"])} == {f"{site.url}/a", f"{site.url}/b"}


@pytest.mark.parametrize(
    "text",
    [
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link rel='self' href='/x'/><link href='/a'/></entry></feed>",
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>/a</loc></url></urlset>",
        "<rss><channel><item><guid isPermaLink='false'>7</guid><link>/a</link></item></channel></rss>",
    ],
    ids=["Atom", "sitemap", "RSS"],
)
def test_kinds_of_feeds(site, get, text):
    site.answers |= {"/feed": page(text, "text/xml"), "/a": page()}
    assert outcomes(get(f"{site.url}/feed")) == ["feed", "new"]


def test_second_run_asks_only_for_what_is_new(site, get):
    site.answers["/feed"] = [
        page(feed("/a"), "application/rss+xml", ETag='"1"'),
        page(feed("/b", "/a"), "application/rss+xml"),
    ]
    site.answers |= {"/a": page(), "/b": page()}
    get(f"{site.url}/feed")
    site.asked.clear()
    assert outcomes(get(f"{site.url}/feed", now=1_700_003_600.0)) == ["feed", "known", "new"]
    assert site.pages_asked == ["/feed", "/b"]


def test_pages_that_a_feed_still_names_are_looked_at_again_the_next_day(site, get):
    site.answers |= {"/feed": page(feed("/a"), "text/xml"), "/a": [page(), page(STORY + " ")]}
    get(f"{site.url}/feed")
    assert outcomes(get(f"{site.url}/feed", now=1_700_100_000.0)) == ["feed", "changed"]


def test_unchanged_page_costs_a_304_and_the_file_is_left_alone(site, get, tmp_path):
    site.answers["/a"] = [page(ETag='"v1"', Last_Modified="Tue, 14 Nov 2023 22:13:20 GMT"), page("", status=304)]
    (first,) = get(f"{site.url}/a")
    before = (tmp_path / "news" / first.file).stat().st_mtime_ns
    (again,) = get(f"{site.url}/a")
    assert (again.outcome, again.file) == (Outcome.UNCHANGED, first.file)
    assert site.headers[-1]["if-none-match"] == '"v1"'
    assert site.headers[-1]["if-modified-since"] == "Tue, 14 Nov 2023 22:13:20 GMT"
    assert (tmp_path / "news" / first.file).stat().st_mtime_ns == before


def test_same_bytes_without_etag_leave_the_file_alone_and_others_replace_it(site, get, tmp_path):
    site.answers["/a"] = [page(), page(), page(STORY.replace("41,000", "42,000"))]
    assert [get(f"{site.url}/a")[0].outcome for _ in range(3)] == ["new", "unchanged", "changed"]
    (article,) = read_articles([tmp_path / "news"])
    assert "42,000" in article.body


def test_robots_txt_is_read_once_and_obeyed(site, get):
    rules = "User-agent: *\nDisallow: /private*x\nDisallow: /\nAllow: /news\n"
    site.answers |= {"/robots.txt": page(rules, "text/plain"), "/news/a": page(), "/private": page()}
    allowed, denied = get(f"{site.url}/news/a", f"{site.url}/private")
    assert allowed.outcome is Outcome.NEW
    assert denied.outcome is Outcome.FAILED
    assert "robots.txt" in denied.problem
    assert site.asked == ["/robots.txt", "/news/a"]


def test_rules_for_our_name_count_before_those_for_all(site, get):
    rules = "User-agent: *\nAllow: /\n\nUser-agent: claimgraph\nDisallow: /\n"
    site.answers |= {"/robots.txt": page(rules, "text/plain"), "/a": page()}
    assert outcomes(get(f"{site.url}/a")) == ["failed"]


def test_site_whose_rules_cannot_be_read_is_not_asked_in_this_run(site, get):
    site.answers |= {"/robots.txt": [page("", status=503), page("", status=404)], "/a": page()}
    (denied,) = get(f"{site.url}/a")
    assert "robots.txt cannot be read" in denied.problem
    assert site.pages_asked == []
    assert outcomes(get(f"{site.url}/a")) == ["new"]


def test_redirect_may_not_lead_where_robots_txt_forbids(site, get):
    site.answers |= {"/robots.txt": page("User-agent: *\nDisallow: /closed\n", "text/plain"), "/closed": page()}
    site.answers["/open"] = redirect("/closed")
    (denied,) = get(f"{site.url}/open")
    assert "robots.txt" in denied.problem
    assert f"{site.url}/closed" in denied.problem


def test_we_say_who_we_are(site, get):
    site.answers["/a"] = page()
    get(f"{site.url}/a", contact="desk@example.org")
    assert {headers["user-agent"] for headers in site.headers} == {"claimgraph/1 (desk@example.org)"}


def test_host_is_left_alone_between_requests(site, get):
    site.answers |= {f"/{n}": page() for n in range(3)}
    began = time.monotonic()
    get(*(f"{site.url}/{n}" for n in range(3)), delay=0.2)
    assert time.monotonic() - began >= 0.6  # robots.txt and three pages: three pauses


def test_crawl_delay_of_the_site_counts_if_it_is_longer(site, get):
    site.answers |= {"/robots.txt": page("User-agent: *\nCrawl-delay: 0.4\n", "text/plain"), "/a": page(), "/b": page()}
    began = time.monotonic()
    get(f"{site.url}/a", f"{site.url}/b")
    assert time.monotonic() - began >= 0.4


def test_busy_server_is_asked_again_after_the_time_that_it_names(site, get):
    site.answers["/a"] = [page("", status=429, Retry_After="1"), page()]
    began = time.monotonic()
    assert outcomes(get(f"{site.url}/a")) == ["new"]
    assert time.monotonic() - began >= 1


def test_failing_server_is_asked_a_few_times(site, get):
    site.answers["/a"] = page("", status=502)
    (failed,) = get(f"{site.url}/a")
    assert "502" in failed.problem
    assert site.pages_asked == ["/a"] * 3


def test_host_that_wants_a_long_rest_gets_it_also_from_the_next_run(site, get):
    site.answers |= {"/a": page("", status=503, Retry_After="7200"), "/b": page()}
    first = get(f"{site.url}/a", f"{site.url}/b")
    assert outcomes(first) == ["failed", "put off"]
    assert "7200 seconds" in first[0].problem
    assert outcomes(get(f"{site.url}/b", now=1_700_003_600.0)) == ["put off"]
    assert outcomes(get(f"{site.url}/b", now=1_700_007_300.0)) == ["new"]
    assert site.pages_asked == ["/a", "/b"]


def test_feed_counts_as_read_only_when_all_its_pages_are_done(site, get):
    site.answers["/feed"] = page(feed("/a", "/b"), "text/xml", ETag='"1"')
    site.answers |= {"/a": page(), "/b": [page("", status=500)] * 3 + [page()]}
    assert outcomes(get(f"{site.url}/feed")) == ["feed", "new", "failed"]
    assert outcomes(get(f"{site.url}/feed")) == ["feed", "known", "new"]
    assert "if-none-match" not in site.headers[-2]
    get(f"{site.url}/feed")
    assert site.headers[-1]["if-none-match"] == '"1"'


def test_limit_of_pages_puts_the_rest_off(site, get):
    site.answers |= {"/feed": page(feed("/a", "/b"), "text/xml"), "/a": page(), "/b": page()}
    assert outcomes(get(f"{site.url}/feed", pages=1)) == ["feed", "new", "put off"]
    assert outcomes(get(f"{site.url}/feed", pages=1)) == ["feed", "known", "new"]


def test_page_behind_a_redirect_is_known_by_where_it_is(site, get, tmp_path):
    site.answers |= {"/short": redirect("/long", 301), "/long": page()}
    get(f"{site.url}/short")
    (article,) = read_articles([tmp_path / "news"])
    assert article.url == f"{site.url}/long"


def test_two_runs_at_once_are_refused_in_words(tmp_path, get, site):
    (tmp_path / "news").mkdir()
    with State(tmp_path / "news"), pytest.raises(ConfigError, match="no other fetch"):
        get(f"{site.url}/a")


def test_hidden_memory_is_not_read_as_an_article(site, get, tmp_path):
    site.answers["/a"] = page()
    get(f"{site.url}/a")
    assert len(list(read_articles([tmp_path / "news"]))) == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://a.org/../../etc/passwd",
        "https://..a/x",
        "https://a.org/%2e%2e/%2fetc",
        "http://[::1]:80/",
        "http://a.org/" + "x" * 3000,
    ],
    ids=["dots", "host", "escaped", "IPv6", "long"],
)
def test_no_address_leads_out_of_the_folder(url):
    host, name = file_of(url).split("/")
    assert not host.startswith(".")
    assert ".." not in name
    assert len(name) < 120
