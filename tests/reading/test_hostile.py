"""Whatever lands in the folder is read or refused by name; nothing hangs, nothing escapes, the run goes on."""

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimgraph.config import Limits
from claimgraph.reading import dates, read_articles
from claimgraph.reading.decode import clean, decode
from claimgraph.reading.furniture import furniture
from claimgraph.reading.pasted import recover
from claimgraph.records import Article, Failure

BODY = "The ferry company of Norrby carried 41,000 passengers in March, the harbour office said on Monday."
SMALL = Limits(file_bytes=100_000, article_chars=50_000, line_chars=5_000, depth=4)


def read(tmp_path: Path, name: str, content: bytes, limits: Limits | None = None) -> Failure:
    """Read a bad file and a good one beside it; give the failure of the bad one."""
    (tmp_path / name).write_bytes(content)
    (tmp_path / "z-good.txt").write_text(BODY)
    bad, good = read_articles([tmp_path], limits)
    assert isinstance(good, Article)
    assert isinstance(bad, Failure)
    assert bad.article == str(tmp_path / name) or bad.article.startswith(str(tmp_path / name) + ":")
    return bad


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 30_000_000)
    return out.getvalue()


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "12 boats sank. "><!ENTITY b "%s">
<!ENTITY c "%s"><!ENTITY d "%s"><!ENTITY e "%s">]><rss><channel><item><title>t</title>
<description>&e;</description></item></channel></rss>""" % (b"&a;" * 100, b"&b;" * 100, b"&c;" * 100, b"&d;" * 100)
EXTERNAL = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss><channel><item><title>t</title><description>&x;</description></item></channel></rss>"""


MAILS = "".join(f'Content-Type: multipart/mixed; boundary="b{i}"\n\n--b{i}\n' for i in range(9_000)).encode()


@pytest.mark.parametrize(
    ("name", "content", "limits", "said"),
    [
        pytest.param("a.txt", b"", None, "empty", id="empty"),
        pytest.param("a.txt", b" \n\n\t", None, "empty", id="blank"),
        pytest.param("a.txt", b"title: A title\ndate: 2021-04-05\n\n", None, "no words", id="header alone"),
        pytest.param("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20, None, "binary", id="picture"),
        pytest.param("a.txt", BODY.encode() + b"\0", None, "binary", id="NUL in text"),
        pytest.param("a.txt", b"7" * 90_000, SMALL, "no prose", id="line of digits"),
        pytest.param("a.txt", b"7" * 110_000, SMALL, "larger than", id="too large a file"),
        pytest.param("a.txt", b"1 2 3 4\n" * 100, None, "no words", id="numbers alone"),
        pytest.param("a.txt", (BODY + " ").encode() * 60, SMALL, "no prose", id="paragraph too long"),
        pytest.param("a.txt", (BODY + " ").encode() * 50_000, None, "no prose", id="paragraph of 5 MB"),
        pytest.param("a.html", f"<p>{BODY * 50_000}".encode(), None, "no prose", id="page with a paragraph of 5 MB"),
        pytest.param("a.txt", (BODY + "\n").encode() * 600, SMALL, "article_chars", id="text too long"),
        pytest.param("a.html", b"<html><p>", None, "no article", id="broken page"),
        pytest.param("a.html.gz", gzip.compress(b"<p>" * 20_000_000), None, "bombs", id="gzip bomb"),
        pytest.param("a.txt.gz", gzip.compress(BODY.encode())[:-9], None, "damaged", id="cut gzip"),
        pytest.param("a.txt.gz", b"\x1f\x8b\x08garbage", None, "damaged", id="no gzip"),
        pytest.param("a.zip", zip_bomb(), None, "bombs", id="zip bomb"),
        pytest.param("a.zip", b"PK\x03\x04 garbage", None, "damaged", id="no zip"),
        pytest.param("a.xml", ENTITIES, None, "no text", id="entity bomb"),
        pytest.param("a.xml", EXTERNAL, None, "no text", id="external entity"),
        pytest.param("a.json", b"[" * 100_000, None, "not valid JSON", id="deep JSON"),
        pytest.param("a.jsonl", b'{"text": ' + b"9" * 50_000 + b"}", None, "no words", id="number of 50,000 digits"),
        pytest.param("a.jsonl", b'{"text": "' + b"x" * 110_000, SMALL, "a line of more than", id="endless line"),
        pytest.param("a.csv", b'text\n"unclosed ' + b"\0" * 3, None, "binary", id="NUL in CSV"),
        pytest.param("a.txt", b"12 men\n" * 100_000, None, "article_numbers", id="100,000 numbers"),
        pytest.param("a.html", b"<p>12 men" * 60_000, None, "page_elements", id="page of 60,000 elements"),
        pytest.param("a.eml", b"\0", None, "", id="no mail"),
        pytest.param("a.eml", MAILS, None, "nested too deeply", id="mails within mails"),
        pytest.param("a.warc", b"WARC/1.0\r\nContent-Length: x\r\n\r\n", None, "", id="no archive"),
    ],
)
def test_bad_file_is_one_clear_failure(tmp_path, name, content, limits, said):
    failure = read(tmp_path, name, content, limits)
    assert said in failure.problem
    assert "root:" not in failure.problem
    assert len(failure.problem) < 400


def test_page_of_200_000_open_elements_is_refused_at_once(tmp_path):
    assert "no article" in read(tmp_path, "a.html", b"<div><table><b>" * 70_000).problem


@pytest.mark.parametrize(
    "text",
    ["Die Regierung in Berlin hat am Montag mitgeteilt, dass 41.000 Menschen über die Grenze gekommen sind. " * 2],
)
def test_other_language_is_refused_by_name(tmp_path, text):
    assert "German" in read(tmp_path, "a.txt", text.encode()).problem


@pytest.mark.parametrize("codec", ["cp1252", "latin-1", "utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings_are_read_right(tmp_path, codec):
    text = f"{BODY} The café’s owner, Zoë, sold 12 crêpes – “not many”.".replace("\u2019", "\u2019")
    if codec == "latin-1":
        text = text.translate({0x2019: "'", 0x2013: "-", 0x201C: '"', 0x201D: '"'})
    data = b"\xff\xfe" * (codec == "utf-16-le") + text.encode(codec)
    (tmp_path / "a.txt").write_bytes(data)
    (article,) = read_articles([tmp_path])
    assert article.body == text


def test_utf_8_with_a_broken_byte_stays_utf_8():
    text = "“A quote” – and “another” – costs 12 €."
    assert decode(text.encode() + b"\xe2", "a") == text + "\ufffd"


def test_lone_surrogates_and_nul_in_records_are_replaced_one_for_one(tmp_path):
    (tmp_path / "a.jsonl").write_text(
        '{"id": "\\ud800", "text": "A storm \\udfff sank \\u0000 14 boats of the harbour."}'
    )
    (article,) = read_articles([tmp_path])
    assert article.body == "A storm \ufffd sank \ufffd 14 boats of the harbour."
    assert json.dumps(article.id).isascii()
    article.text.encode()
    article.id.encode()


@pytest.mark.parametrize("name", ["two\nlines.txt", "\x1b[31mred.txt", "tab\t.txt", os.fsdecode(b"bad\xff.txt")])
def test_file_names_are_never_given_raw(tmp_path, name):
    (tmp_path / name).write_text(BODY)
    (article,) = read_articles([tmp_path])
    assert article.id.isprintable()
    (tmp_path / name).write_text("")
    (failure,) = read_articles([tmp_path])
    assert failure.article.isprintable()


def test_folder_without_permission_is_one_failure(tmp_path, monkeypatch):
    (tmp_path / "closed").mkdir()
    (tmp_path / "good.txt").write_text(BODY)
    scan = os.scandir

    def refusing(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    closed, good = read_articles([tmp_path])
    assert "Permission denied" in closed.problem
    assert closed.article == str(tmp_path / "closed")
    assert good.id == "good"


def test_link_loops_and_links_inside_are_passed_over(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text(BODY)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    assert [article.id for article in read_articles([tmp_path])] == ["a/x"]


def test_links_out_of_the_folder_are_followed_once(tmp_path):
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "x.txt").write_text(BODY)
    (outside / "loop").symlink_to(outside)
    (inside / "far").symlink_to(outside)
    assert [article.id for article in read_articles([inside])] == ["far/x"]


def test_pipes_in_a_folder_are_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert list(read_articles([tmp_path])) == []
    (failure,) = read_articles([tmp_path / "pipe.txt"])
    assert "neither a file nor a folder" in failure.problem


def test_folders_nested_too_deeply_are_one_failure(tmp_path):
    (tmp_path / "a/b/c/d/e").mkdir(parents=True)
    (failure,) = read_articles([tmp_path], SMALL)
    assert "deeper than 4" in failure.problem


@pytest.mark.parametrize("path", ["missing.txt", "no/such/*.txt"])
def test_path_that_is_not_there_is_a_failure(path):
    (failure,) = read_articles([path])
    assert failure.article == path


def test_file_that_changes_while_it_is_read_fails(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "1", "text": BODY}) + "\n")
    outcomes = read_articles([path])
    next(outcomes)
    path.write_text("{}")
    (failure,) = outcomes
    assert "changed while it was read" in failure.problem


@pytest.mark.parametrize(
    "value",
    ["0000-00-00", "99999-12-31", "31 February 2021", "03/04/2021", 1e300, -1e300, "9" * 300, True, [], {}, "", None],
    ids=repr,
)
def test_dates_that_cannot_be_known_are_unknown(value):
    assert dates.parse_published(value) is None


@given(st.text(max_size=60))
def test_no_text_breaks_the_dates(text):
    dates.parse_published(text)


@given(st.text(max_size=400))
@settings(max_examples=200)
def test_bare_text_is_never_altered_and_furniture_lies_within(text):
    body = clean(text)
    article = recover("a", body)
    assert article.body == body
    spans = furniture(article)
    assert all(0 <= span.start < span.end <= len(article.text) for span in spans)
    assert all(one.end < other.start for one, other in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize(
    "text",
    ["By " * 100_000, "Share " * 50_000, "(" * 300_000, "\n" * 300_000, "a | b\n" * 50_000, "Jan 1, " * 50_000],
    ids=["by", "share", "brackets", "lines", "pieces", "dates"],
)
@pytest.mark.timeout(10)
def test_time_is_linear_in_the_text(text):
    furniture(recover("a", text))


@given(
    st.binary(max_size=300), st.sampled_from(["txt", "html", "json", "csv", "xml", "eml", "md", "warc", "zip", "gz"])
)
@settings(max_examples=150, deadline=None)
def test_no_bytes_raise(tmp_path_factory, data, ending):
    path = tmp_path_factory.mktemp("fuzz") / f"a.{ending}"
    path.write_bytes(data)
    for outcome in read_articles([path]):
        assert isinstance(outcome, Article) or "please report it" not in outcome.problem
