"""No reader takes more than linear time: four times as much of a hostile file takes about four times as long.

Times are of this process alone and of the least disturbed of some runs. A reader that took the square of the time would
need sixteen times as long; the bound lies between, and times too short to judge by count as the shortest that are not.
"""

import io
import json
import tarfile
import time
import zipfile
from contextlib import suppress
from io import BufferedReader

import pytest

from claimgraph.config import Limits
from claimgraph.errors import ArticleError
from claimgraph.reading.dispatch import read_input
from claimgraph.reading.source import Input

_BYTES = 25_000
_LEAST, _BOUND, _RUNS = 0.03, 9.0, 4
_WIDE = Limits(line_chars=10**8, article_chars=10**8, article_numbers=10**8)
BODY = "The ferry company of Norrby carried 41,000 passengers in March, the harbour office said on Monday. "


def text(size: int, piece: str) -> bytes:
    return f"{BODY}\n{piece * (size // len(piece))}".encode()


def bare(size: int, piece: str) -> bytes:
    return (piece * (size // len(piece))).encode()


def page(size: int, piece: str) -> bytes:
    return f"<html><article><h1>Ferries</h1>{f'<p>{BODY}</p>' * 4}{piece * (size // len(piece))}".encode()


def head(size: int, piece: str) -> bytes:
    return b"<html><head>" + bare(size, piece) + b"</head>" + page(0, "-")


def nested(size: int, tag: str) -> bytes:
    depth = size // (2 * len(tag) + 5)
    return page(0, "-") + f"<{tag}>".encode() * depth + b"12 men" + f"</{tag}>".encode() * depth


def attributes(size: int, value: str) -> bytes:
    return b"<html><p " + "".join(f"a{i}={value} " for i in range(size // 9)).encode() + b">" + page(0, "-")


def headlines(size: int, kind: str) -> bytes:
    nodes = [{"@type": kind, "headline": f"Head {i}"} for i in range(size // 100)]
    facts = f'<script type="application/ld+json">{json.dumps({"@graph": nodes})}</script>'
    return head(0, "-") + facts.encode() + "".join(f"<h1>Other {i}</h1>" for i in range(size // 40)).encode()


def table(size: int, cells: str) -> bytes:
    row = f"<tr>{cells}</tr>"
    return page(0, "-") + f"<table><tr><th>Port</th><th>Boats</th></tr>{row * (size // len(row))}</table>".encode()


def rows(size: int, row: str) -> bytes:
    return b"id,text,date\n" + bare(size, row)


def items(size: int, item: str) -> bytes:
    return b"<rss><channel><title>C</title>" + bare(size, item) + b"</channel></rss>"


def item(size: int, piece: str) -> bytes:
    fragment = (
        f"<item><title>t</title><description><![CDATA[{BODY}{piece * (size // len(piece))}]]></description></item>"
    )
    return items(len(fragment), fragment)


def mail(size: int, header: str) -> bytes:
    name, _, piece = header.partition(":")
    return f"From: a@b.example\n{name}: {piece * (size // len(piece))}\n\n{BODY}".encode()


def parts(size: int, kind: str) -> bytes:
    one = f"--b\nContent-Type: {kind}\n\n{BODY}\n"
    return b'Content-Type: multipart/mixed; boundary="b"\n\n' + bare(size, one)


def mails_in_mails(size: int, _: str) -> bytes:
    depth = range(size // 80)
    return (
        "".join(f'Content-Type: multipart/mixed; boundary="b{i}"\n\n--b{i}\n' for i in depth).encode() + BODY.encode()
    )


def records(size: int, kind: str) -> bytes:
    content = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + page(0, "-")
    length = f"Content-Length: {len(content)}".encode()
    facts = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/b\r\nContent-Type: application/http"
    return (facts + b"\r\n" + length + b"\r\n\r\n" + content + b"\r\n\r\n") * (size // 700)


def zipped(size: int, name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(size // 250):
            archive.writestr(f"{number}{name}", BODY)
    return out.getvalue()


def tarred(size: int, name: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for number in range(size // 1024):
            member = tarfile.TarInfo(f"{number}{name}")
            member.size = len(BODY)
            archive.addfile(member, io.BytesIO(BODY.encode()))
    return out.getvalue()


KINDS = {
    ".txt": [
        *(
            (text, piece)
            for piece in ("By ", "By Ada Quay | 5 April 2021\n", "Share | ", "(", "$", "7", ", ", "-", "“")
        ),
        *((text, piece) for piece in ("\n", " ", "a | b\n", "Jan 1, ", "A man. A man.\n", "Read more ", "view all ")),
        *((text, piece) for piece in ("sign up to and for ", "http://", "|a|b|\n", "Norrby ", f"{BODY}\n\n")),
        *((bare, piece) for piece in ("title: a\n", "www.", "LIMA, PERU ", "a")),
    ],
    ".md": [(bare, "# "), (bare, "---\n"), (bare, "--- \na: b\n"), (bare, " ")],
    ".html": [
        *(
            (page, piece)
            for piece in ("<div><b>", "<p>A man, 5.", "<a href=/x>12 things</a> ", "&#0;&amp;", "<", "a<br>")
        ),
        *(
            (page, piece)
            for piece in ("<h1>a</h1>", "<li>5 men", "<!-- ", "<script>", "7", " ", "<time datetime=2021>x")
        ),
        *((page, piece) for piece in ("<figure><img><figcaption>5 men</figcaption></figure>", '<p a="', "<p '")),
        *((nested, tag) for tag in ("div", "table", "ul", "blockquote", "i")),
        *((head, piece) for piece in ("<meta name=a content=b>", "<title>a | b", "<meta ")),
        (head, '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x"}</script>'),
        (headlines, "NewsArticle"),
        (table, "<td>Norrby</td><td>14</td>"),
        (table, "<td>14</td>" * 500),
    ],
    ".json": [(bare, "["), (bare, "\n{"), (bare, '{"a":'), (bare, "9")],
    ".jsonl": [(bare, json.dumps({"text": BODY}) + "\n"), (bare, "{\n"), (bare, "9")],
    ".csv": [(rows, f'1,"{BODY}",2021-04-05\n'), (rows, '"'), (rows, ","), (bare, "text,")],
    ".xml": [
        (items, f"<item><title>t</title><description>{BODY}</description></item>"),
        *((items, piece) for piece in ("<item>", "<x/>", "&a;")),
        *((item, piece) for piece in ("<b>", "&amp;", "a<br>", "<div>a", "<")),
    ],
    ".eml": [
        *((mail, header) for header in ("Subject:a ", "Subject:=?utf-8?q?a?= ", "To:a@b, ", "Sender:(", "Sender:<")),
        *((mail, header) for header in ("From:a ", "Date:1 ", "Content-Type:text/plain; a=b", "X:b\nX: ")),
        (parts, "text/plain"),
        (mails_in_mails, ""),
        (text, "A man, 5.\n"),
    ],
    ".warc": [(records, "text/html"), (bare, "WARC/1.0\r\n"), (bare, "X: a\r\n")],
    ".zip": [(zipped, ".txt"), (bare, "PK\3\4")],
    ".tar": [(tarred, ".txt"), (bare, "a")],
}


@pytest.mark.parametrize(
    ("ending", "make", "piece"),
    [
        pytest.param(ending, make, piece, id=f"{ending[1:]}-{make.__name__}-{piece[:12]!r}")
        for ending, kinds in KINDS.items()
        for make, piece in kinds
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_every_reader_takes_linear_time(ending, make, piece):
    small, large = make(_BYTES, piece), make(4 * _BYTES, piece)
    part = whole = float("inf")
    for _ in range(_RUNS):
        part, whole = min(part, _seconds(small, ending)), min(whole, _seconds(large, ending))
        if whole <= _BOUND * max(part, _LEAST):
            return
    raise AssertionError(f"{part:.2f} s for {len(small):,} bytes, {whole:.2f} s for {len(large):,}")


def _seconds(data: bytes, ending: str) -> float:
    given = _input(data, ending)
    began = time.process_time()
    with suppress(ArticleError):
        list(read_input(given))
    return time.process_time() - began


@pytest.mark.parametrize("value", ["1", '"b"', "'b'", '">"'])
def test_element_with_attributes_without_end_is_refused_at_once(value):
    with pytest.raises(ArticleError, match="attributes"):
        list(read_input(_input(attributes(2_000_000, value), ".html")))


def _input(data: bytes, ending: str) -> Input:
    stream = BufferedReader(io.BytesIO(data))  # type: ignore[arg-type]
    return Input(id="a", name="a" + ending, ending=ending, stream=stream, limits=_WIDE)
