"""Plain text: with a header of `title:`, `outlet:`, `date:`, `url:` lines, or bare, as pasted from a web page."""

import re
from collections.abc import Iterator

from claimgraph.reading.dates import parse_published
from claimgraph.reading.decode import decode
from claimgraph.reading.pasted import recover
from claimgraph.reading.source import Input
from claimgraph.records import Article

__all__ = ["article_from_fields", "read_plain", "split_header"]

_HEADER_LINE = re.compile(r"([A-Za-z][\w -]{0,30}):(?:[ \t]+(.*))?")
_BLANK_LINE = re.compile(r"\r?\n[ \t]*\r?\n")
_HEADER_CHARS = 20_000
_FIELDS = {
    "title": "title",
    "headline": "title",
    "outlet": "outlet",
    "publication": "outlet",
    "publisher": "outlet",
    "date": "published",
    "published": "published",
    "url": "url",
    "link": "url",
    "author": "author",
    "byline": "author",
    "country": "country",
}


def read_plain(given: Input) -> Iterator[Article]:
    """Read one article; the body behind a header, or the whole of a bare text, stays character for character."""
    text = decode(given.data, given.name)
    fields, start = split_header(text)
    if fields:
        yield article_from_fields(given.id, fields, text[start:])
    else:
        yield recover(given.id, text)


def split_header(text: str) -> tuple[dict[str, str], int]:
    """Split the header off a text: its known fields, and where the body starts; no fields, if there is none.

    A header is a block of `name: value` lines at the very top whose first name is one that we know,
    up to the first blank line.
    """
    end = _BLANK_LINE.search(text, 0, _HEADER_CHARS)
    lines = text[: end.start() if end else len(text)].splitlines() if end or len(text) < _HEADER_CHARS else []
    matches = [_HEADER_LINE.fullmatch(line.rstrip()) for line in lines]
    names = [match[1].lower() if match else "" for match in matches]
    if not names or names[0] not in _FIELDS or "" in names:
        return {}, 0
    fields = {
        _FIELDS[name]: (match[2] or "").strip()
        for name, match in zip(names, matches, strict=True)
        if match and name in _FIELDS
    }
    return fields, end.end() if end else len(text)


def article_from_fields(identity: str, fields: dict[str, str], body: str) -> Article:
    """Make the article whose facts are given in so many words."""
    return Article(
        id=identity,
        title=fields.get("title", ""),
        body=body,
        outlet=fields.get("outlet") or None,
        published=parse_published(fields.get("published")),
        url=fields.get("url") or None,
        author=fields.get("author") or None,
        country=fields.get("country") or None,
    )
