"""Formats that hold many articles or hide them in layers: feeds, archives, mail, documents, Parquet."""

import bz2
import gzip
import io
import lzma
import random
import sys
import tarfile
import time
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from claimgraph.config import Limits
from claimgraph.reading import documents, read_articles
from claimgraph.records import Failure

BODY = "The ferry company of Norrby carried 41,000 passengers in March, the harbour office said on Monday."
PAGE = (
    "<!DOCTYPE html><html><head><title>Ferries fill up</title></head><body><article><h1>Ferries fill up</h1>"
    + f"<p>{BODY}</p>" * 1
    + "<p>That was about twice as many as in the same month a year before, when storms closed the quay.</p>"
    + "<p>The office expects more in April, because a second ship will take up service after its repair.</p>"
    + "</article></body></html>"
)

RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Norrby Courier</title>
<item><title>Ferries &amp; boats</title><link>https://norrby.se/1</link><guid>n-1</guid>
<pubDate>Mon, 05 Apr 2021 09:05:00 +0200</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{BODY}</p><p>About 45,000 are expected.</p><script>12</script>]]></content:encoded></item>
<item><title>Empty</title><link>https://norrby.se/2</link></item></channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Norrby Courier</title><entry><title>Ferries</title>
<link rel="self" href="https://norrby.se/atom"/><link href="https://norrby.se/1"/><id>urn:n-1</id>
<updated>2021-04-06T10:00:00Z</updated><published>2021-04-05T09:05:00Z</published>
<summary>{BODY}</summary></entry></feed>"""

MAIL = f"""From: Norrby Courier <news@norrby.se>
To: ada@norrby.se
Subject: =?utf-8?q?Ferries_fill_up?=
Date: Mon, 05 Apr 2021 09:05:00 +0200
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

See the HTML.
--b
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: 8bit

<html><body><h1>Ferries</h1><p>{BODY}</p></body></html>
--b--
"""


def read(path: Path, content: bytes | str, **options: object):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_articles([path], **options))


def test_rss_items_are_articles_with_their_fullest_text(tmp_path):
    first, second = read(tmp_path / "feed.xml", RSS)
    assert (first.id, first.title, first.outlet, first.url) == (
        "n-1",
        "Ferries & boats",
        "Norrby Courier",
        "https://norrby.se/1",
    )
    assert first.published == datetime(2021, 4, 5, 9, 5)
    assert first.body == f"{BODY}\n\nAbout 45,000 are expected."
    assert isinstance(second, Failure)


def test_atom_entries_take_published_before_updated(tmp_path):
    (article,) = read(tmp_path / "feed.atom", ATOM)
    assert (article.id, article.url, article.published) == (
        "urn:n-1",
        "https://norrby.se/1",
        datetime(2021, 4, 5, 9, 5),
    )


def test_other_xml_is_passed_over_in_folders_and_fails_by_name(tmp_path):
    (outcome,) = read(tmp_path / "sitemap.xml", "<urlset><url>x</url></urlset>")
    assert outcome.problem == "holds no articles"
    assert list(read_articles([tmp_path])) == []


def test_mail_gives_subject_sender_and_date(tmp_path):
    (article,) = read(tmp_path / "letter.eml", MAIL)
    assert (article.title, article.outlet, article.published) == (
        "Ferries fill up",
        "Norrby Courier",
        datetime(2021, 4, 5, 9, 5),
    )
    assert article.body == f"Ferries\n\n{BODY}"


def warc(*pages: tuple[str, str, bytes]) -> bytes:
    """Write a web archive by hand, each record compressed by itself, as crawlers do."""
    records = []
    for url, status, page in pages:
        http = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=cp1252\r\n\r\n".encode() + page
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http\r\n"
        records.append(gzip.compress(f"{head}Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"))
    return b"".join(records)


def test_web_archive_gives_its_pages_by_url(tmp_path):
    page = PAGE.replace("Norrby", "Nörrby").encode("cp1252")
    archive = warc(("https://norrby.se/1", "200 OK", page), ("https://norrby.se/2", "404 Not Found", page))
    (article,) = read(tmp_path / "crawl.warc.gz", archive)
    assert article.id == article.url == "https://norrby.se/1"
    assert (article.outlet, article.country) == ("norrby.se", "SE")
    assert "Nörrby" in article.body


def record(kind: str, content_type: str, content: bytes, url: str = "https://norrby.se/1") -> bytes:
    facts = (
        f"WARC-Type: {kind}\r\nWARC-Date: 2021-04-06T02:03:04Z\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Record-ID: <urn:uuid:0>\r\nWARC-Payload-Digest: sha1:AAAA\r\nContent-Type: {content_type}\r\n"
    )
    return gzip.compress(f"WARC/1.0\r\n{facts}Content-Length: {len(content)}\r\n\r\n".encode() + content + b"\r\n\r\n")


@pytest.mark.parametrize("coding", ["identity", "gzip", "chunked"])
def test_news_crawl_is_read_as_it_comes(tmp_path, coding):
    """Common Crawl's news files hold requests and metadata beside the pages, which may be as the server sent them."""
    page = PAGE.encode()
    sent = gzip.compress(page) if coding == "gzip" else page
    sent = f"{len(page):x}\r\n".encode() + page + b"\r\n0\r\n\r\n" if coding == "chunked" else sent
    how = {"gzip": "Content-Encoding: gzip\r\n", "chunked": "Transfer-Encoding: chunked\r\n"}.get(coding, "")
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\n{how}\r\n".encode() + sent
    archive = (
        record("warcinfo", "application/warc-fields", b"software: crawler/1.0\r\nformat: WARC File Format 1.0\r\n")
        + record("request", "application/http; msgtype=request", b"GET /1 HTTP/1.1\r\nHost: norrby.se\r\n\r\n")
        + record("response", "application/http; msgtype=response", answer)
        + record(
            "response",
            "application/http",
            b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG",
            "https://n.se/2",
        )
        + record("metadata", "application/warc-fields", b"fetchTimeMs: 12\r\n")
    )
    (article,) = read(tmp_path / "CC-NEWS-20210406020304-00001.warc.gz", archive)
    assert article.id == "https://norrby.se/1"
    assert "carried 41,000 passengers" in article.body
    assert article.published != date(2021, 4, 6)  # when it was fetched says nothing about when it was published


def test_damaged_web_archive_is_read_as_far_as_it_goes(tmp_path):
    # blocks of 16 kB are decompressed at once: what stands in the block before the damage is lost with it
    long = PAGE.replace("</html>", f"<!--{random.Random(7).randbytes(60_000).hex()}--></html>").encode()
    pages = [("https://norrby.se/1", "200 OK", PAGE.encode()), ("https://norrby.se/2", "200 OK", long)]
    first, last = read(tmp_path / "crawl.warc.gz", warc(*pages)[:-200])
    assert first.id == "https://norrby.se/1"
    assert isinstance(last, Failure)


def test_parquet_rows_are_articles(tmp_path):
    pa = pytest.importorskip("pyarrow", reason="needs pyarrow: pip install 'claimgraph[parquet]'")
    import pyarrow.parquet as pq

    path = tmp_path / "articles.parquet"
    pq.write_table(pa.table({"id": ["n-1"], "prose": [BODY], "date": [date(2021, 4, 5)], "other": [b"x"]}), path)
    (article,) = read_articles([path], columns={"body": "prose"})
    assert (article.id, article.published, article.body) == ("n-1", date(2021, 4, 5), BODY)


def test_damaged_parquet_is_one_failure(tmp_path):
    pytest.importorskip("pyarrow", reason="needs pyarrow: pip install 'claimgraph[parquet]'")
    (outcome,) = read(tmp_path / "articles.parquet", b"PAR1 and nothing more PAR1")
    assert "damaged" in outcome.problem


def docx_file() -> bytes:
    docx = pytest.importorskip("docx", reason="needs python-docx: pip install 'claimgraph[documents]'")
    document = docx.Document()
    document.add_heading("Ferries fill up as more people travel", 0)
    document.add_paragraph("By Ada Lindqvist")
    document.add_paragraph(BODY)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["release.docx", "release"], ids=["by ending", "by content"])
def test_word_file_is_read_as_pasted_text(tmp_path, name):
    (article,) = read(tmp_path / name, docx_file())
    assert (article.title, article.author) == ("Ferries fill up as more people travel", "Ada Lindqvist")
    assert BODY in article.body


def pdf_file(text: str) -> bytes:
    """Write a PDF of one line by hand: a font of the reader's own, one page, one text object."""
    return pdf_of(_stream(f"BT /F1 9 Tf 20 100 Td ({text}) Tj ET"))


def endless_pdf() -> bytes:
    """Write a PDF whose one page has 400,000 text objects; a compressed one of that kind is a few kilobytes."""
    return pdf_of(_stream("BT /F1 9 Tf (7) Tj ET " * 400_000))


def _stream(content: str) -> bytes:
    return f"<</Length {len(content)}>>stream\n{content}\nendstream".encode("latin-1")


def pdf_of(content: bytes) -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        content,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, end)


def test_pdf_gives_its_text(tmp_path):
    pytest.importorskip("pypdf", reason="needs pypdf: pip install 'claimgraph[documents]'")
    (article,) = read(tmp_path / "release.pdf", pdf_file(BODY))
    assert article.body == BODY


def test_pdf_that_never_ends_is_one_failure_after_its_time(tmp_path):
    pytest.importorskip("pypdf", reason="needs pypdf: pip install 'claimgraph[documents]'")
    (tmp_path / "z.txt").write_text(BODY)
    (tmp_path / "endless.pdf").write_bytes(endless_pdf())
    began = time.monotonic()
    bad, good = read_articles([tmp_path], Limits(document_seconds=2))
    assert "took longer than 2 seconds" in bad.problem
    assert good.body == BODY
    assert time.monotonic() - began < 10


@pytest.mark.skipif(sys.platform == "win32", reason="exit codes by signal are those of Unix")
def test_parser_that_dies_is_one_failure(tmp_path, monkeypatch):
    monkeypatch.setattr(documents, "_WORKER", tmp_path / "greedy.py")
    (tmp_path / "greedy.py").write_text("import os; os.abort()")
    (outcome,) = read(tmp_path / "release.pdf", pdf_file(BODY))
    assert "its parser died with exit code -6" in outcome.problem


@pytest.mark.parametrize("content", [b"%PDF-1.4\n", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj"])
def test_damaged_pdf_is_one_failure(tmp_path, content):
    pytest.importorskip("pypdf", reason="needs pypdf: pip install 'claimgraph[documents]'")
    (outcome,) = read(tmp_path / "release.pdf", content)
    assert isinstance(outcome, Failure)


@pytest.mark.parametrize(
    ("ending", "pack"),
    [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)],
    ids=[".gz", ".bz2", ".xz"],
)
def test_every_compression_is_undone(tmp_path, ending, pack):
    (article,) = read(tmp_path / f"a.html{ending}", pack(PAGE.encode()))
    assert (article.id, article.title) == ("a", "Ferries fill up")


def test_page_compressed_twice_is_read(tmp_path):
    (article,) = read(tmp_path / "a.html.gz", gzip.compress(gzip.compress(PAGE.encode())))
    assert article.title == "Ferries fill up"


@pytest.mark.parametrize("name", ["a", "a.weird"])
def test_named_file_without_known_ending_is_told_by_its_content(tmp_path, name):
    (article,) = read(tmp_path / name, PAGE)
    assert article.title == "Ferries fill up"


@pytest.mark.parametrize(
    ("content", "identity"),
    [
        pytest.param(BODY, "stdin", id="prose"),
        pytest.param(f'{{"id": "n-1", "text": "{BODY}"}}\n{{"id": "n-2", "text": "{BODY}"}}\n', "n-1", id="json lines"),
        pytest.param(gzip.compress(PAGE.encode()).decode("latin-1"), "stdin", id="compressed page"),
    ],
)
def test_standard_input_is_read_whatever_it_holds(monkeypatch, content, identity):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode("latin-1"))))
    first, *_ = read_articles(["-"])
    assert first.id == identity


def zip_file(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tar_file(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "pack"),
    [("pack.zip", zip_file), ("pack.tar.gz", tar_file), ("pack.tgz", tar_file)],
    ids=["zip", "tar.gz", "tgz"],
)
def test_archive_members_are_read_in_memory_and_cannot_leave_it(tmp_path, name, pack):
    members = {"../../evil.txt": BODY.encode(), "/abs/b.html": PAGE.encode(), "c.bin": b"\0", "d.txt": b""}
    before = {path.name for path in tmp_path.parent.iterdir()}
    *articles, bad = read(tmp_path / name, pack(members))
    assert [article.id for article in articles] == ["pack/evil", "pack/abs/b"]
    assert bad.article.endswith("d.txt")
    assert {path.name for path in tmp_path.parent.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == [name]
