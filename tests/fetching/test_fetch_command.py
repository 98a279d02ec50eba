"""`claimgraph fetch` as people run it."""

import json

import pytest
from serving import feed, page


@pytest.fixture
def claimgraph(terminal):
    def call(*arguments):
        process = terminal(*arguments)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    return call


def test_pages_of_a_feed_are_saved_and_failures_named(site, claimgraph, tmp_path):
    site.answers |= {"/feed": page(feed("/a", "/gone"), "text/xml"), "/a": page()}
    options = ("--into", tmp_path / "news", "--delay", 0, "--allow-private", "--report", tmp_path / "run.json")
    code, out, err = claimgraph("fetch", f"{site.url}/feed", *options)
    assert code == 1
    (line,) = out.splitlines()
    kind, url, file = line.split()
    assert (kind, url) == ("new", f"{site.url}/a")
    assert (tmp_path / "news" / file).is_file()
    assert f"{site.url}/gone: the server answers 404" in err
    assert "1 feed, 1 new, 1 failed" in err
    assert [item["outcome"] for item in json.loads((tmp_path / "run.json").read_text())] == ["feed", "new", "failed"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_not_asked_unless_allowed(site, claimgraph, tmp_path, host):
    url = site.url.replace("127.0.0.1", host)
    code, _, err = claimgraph("fetch", f"{url}/a", "--into", tmp_path / "news")
    assert code == 1
    assert "--allow-private" in err
    assert site.asked == []


def test_log_for_programs_is_one_object_a_line(site, claimgraph, tmp_path):
    site.answers["/a"] = page()
    options = ("--into", tmp_path / "news", "--delay", 0, "--allow-private", "--log-format", "json")
    code, _, err = claimgraph("fetch", f"{site.url}/a", f"{site.url}/gone", *options)
    assert code == 1
    first, second, last = (json.loads(line) for line in err.splitlines())
    assert (first["event"], first["outcome"], first["url"]) == ("page", "new", f"{site.url}/a")
    assert second["problem"] == "the server answers 404"
    assert (last["event"], last["new"], last["failed"]) == ("done", 1, 1)
