"""What is fuzzed: from any bytes to a law that holds or an AssertionError. Nothing in here knows the fuzzer.

numbers  bytes to text to number readings: sorted, disjoint, within the text, with bounds in order.
readers  bytes as a file of any format that is parsed in this process: an Article whose offsets are true, or a clear
         failure; any other exception escapes and is a finding.
"""

import io
import time
from collections.abc import Callable
from functools import cache
from io import BufferedReader
from typing import cast

from claimgraph.config import Limits
from claimgraph.errors import ArticleError
from claimgraph.reading.dispatch import read_input
from claimgraph.reading.source import Input
from claimgraph.records import Article
from claimgraph.stages.numbers.finder import NumberFinder
from claimgraph.stages.numbers.lexicon import load

LIMITS = Limits(file_bytes=200_000, article_chars=100_000, line_chars=20_000, depth=8)
ENDINGS = (".txt", ".md", ".html", ".json", ".jsonl", ".csv", ".warc", ".xml", ".eml", ".zip", ".tar", "")
#: Seconds for any input, and seconds a byte on top: ten times what the slowest reader takes when it is instrumented.
_ALWAYS, _PER_BYTE = 5.0, 1e-3

BODY = "The ferry company of Norrby carried 41,000 passengers in March, the harbour office said on Monday."
TOKENS = (
    "1", "12", "1,000", "2016", "0.5", "½", "¾", " ", "\n", "-", "–", "/", ":", ".", ",", "(", ")", "$", "€", "%", "to",
    "and", "or", "in", "between", "from", "one", "two", "twenty", "hundred", "million", "half", "a", "third", "dozens",
    "of", "May", "p.m.", "bn", "m", "K", "people", "minus", "couple", "No.", "x", "'", "per cent", "±", "×", "10^6",
    "e9", "Rs", "crore", "lakh", "th", "-fold", "times", "٣", "１", "𝟙", "İ", "\u00a0", "\u2028", "\u200b", "odds",
)  # fmt: skip


@cache
def _finder() -> NumberFinder:
    return NumberFinder(load("en"))


def numbers(data: bytes) -> None:
    """Find the numbers in a text: even first bytes choose tokens of the grammar, odd ones are UTF-8."""
    if data[:1] and data[0] % 2 == 0:
        text = "".join(TOKENS[byte % len(TOKENS)] + " " * (byte > 191) for byte in data[1:])
    else:
        text = data[1:].decode("utf-8", "replace")
    position = 0
    for reading in _finder().find(text):
        assert position <= reading.start < reading.end <= len(text), (text, reading)
        assert text[reading.start : reading.end].strip() == text[reading.start : reading.end], (text, reading)
        assert reading.high is None or reading.low is None or reading.low <= reading.high, (text, reading)
        assert reading.step > 0, (text, reading)
        position = reading.end


def readers(data: bytes) -> None:
    """Read bytes as a file whose ending the first byte chooses."""
    ending = ENDINGS[data[0] % len(ENDINGS)] if data else ""
    stream = cast(BufferedReader, BufferedReader(io.BytesIO(data[1:])))
    given = Input(id="a", name="a" + ending, ending=ending, stream=stream, limits=LIMITS)
    try:
        for outcome in read_input(given):
            if isinstance(outcome, Article):
                _check(outcome)
            else:
                assert outcome.problem, outcome
                assert outcome.article.isprintable(), outcome
    except ArticleError as error:
        if not error.problem:
            raise AssertionError("a failure without a reason") from error


def _check(article: Article) -> None:
    assert article.id.isprintable(), article.id
    article.text.encode()
    assert "\0" not in article.text, article.text
    position = -1
    for span in article.furniture:
        assert position < span.start < span.end <= len(article.text), (article, span)
        position = span.end
    assert article.published is None or 1600 <= article.published.year <= 2199, article.published


def timed(target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Bound the time that a target may take for a byte."""

    def run(data: bytes) -> None:
        began = time.process_time()
        target(data)
        took = time.process_time() - began
        assert took < _ALWAYS + _PER_BYTE * len(data), f"{took:.1f} s for {len(data):,} bytes"

    return run


def _page() -> bytes:
    head = '<meta property="article:published_time" content="2021-04-05T07:05:00Z"><title>Ferries | Courier</title>'
    table = "<table><tr><th>Harbour</th><th>Boats</th></tr><tr><td>Norrby</td><td>14</td></tr></table>"
    facts = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferries"}</script>'
    return f"<html><head>{head}{facts}</head><body><h1>Ferries</h1><p>{BODY}</p>{table}</body></html>".encode()


def _warc() -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _page()
    facts = b"WARC-Type: response\r\nWARC-Target-URI: https://a.example/b\r\nContent-Type: application/http"
    return b"WARC/1.0\r\n" + facts + b"\r\nContent-Length: %d\r\n\r\n" % len(page) + page + b"\r\n\r\n"


def _file(ending: str, content: bytes) -> bytes:
    return bytes([ENDINGS.index(ending)]) + content


def seeds(target: str) -> list[bytes]:
    """Give inputs to begin with: a good one of every kind."""
    if target == "numbers":
        texts = ("Between 40 and 50 of the 1.2bn", "one in eight, 3-4%, $2 to $3 million", "two and a half dozen")
        return [b"\x01" + text.encode() for text in texts] + [bytes(range(0, 200, 2))]
    text = BODY.encode()
    item = b"<item><title>t</title><pubDate>Mon, 05 Apr 2021 07:05:00 GMT</pubDate><description>%s</description></item>"
    return [
        _file(".txt", b"title: Ferries\noutlet: Courier\ndate: 2021-04-05\n\n" + text),
        _file("", b"Ferries fill up in the north\nBy Ada Quay | 5 April 2021\n" + text + b"\nShare\n"),
        _file(".md", b"---\ntitle: Ferries\ndate: 2021-04-05\n---\n# Ferries\n" + text),
        _file(".html", _page()),
        _file(".json", b'{"articles": [{"id": 1, "text": "%s", "date": "2021-04-05"}]}' % text),
        _file(".jsonl", b'{"id": "1", "text": "%s", "publisher": {"name": "C"}}\n' % text),
        _file(".csv", b'id,text,date\n1,"%s",2021-04-05\n' % text),
        _file(".warc", _warc()),
        _file(".xml", b"<rss><channel><title>C</title>" + item % text + b"</channel></rss>"),
        _file(".eml", b"From: C <c@a.example>\nSubject: Ferries\nDate: Mon, 05 Apr 2021 07:05:00 +0200\n\n" + text),
    ]


TARGETS = {"numbers": numbers, "readers": readers}
