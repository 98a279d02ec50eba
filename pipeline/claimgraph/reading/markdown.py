"""Markdown: front matter between `---` lines, the title from it or from the first heading, the body as it stands."""

import re
from collections.abc import Iterator

from claimgraph.reading.decode import decode
from claimgraph.reading.plain import article_from_fields, split_header
from claimgraph.reading.source import Input
from claimgraph.records import Article

__all__ = ["read_markdown"]

_FRONT = re.compile(r"---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_HEADING = re.compile(r"\s{0,20}#[ \t]+(.{1,500}?)[ \t]*#*[ \t]*(?:\r?\n|$)")


def read_markdown(given: Input) -> Iterator[Article]:
    """Read one article. Only flat `name: value` lines of the front matter are understood; quotes are taken off."""
    text = decode(given.data, given.name)
    fields: dict[str, str] = {}
    if front := _FRONT.match(text):
        fields = {key: _unquoted(value) for key, value in _fields(front[1]).items()}
        text = text[front.end() :].lstrip("\r\n")
    heading = _HEADING.match(text)
    if heading and fields.get("title", heading[1]) == heading[1]:
        fields["title"], text = heading[1], text[heading.end() :].lstrip("\r\n")
    yield article_from_fields(given.id, fields, text)


def _fields(block: str) -> dict[str, str]:
    """Read the lines of a front matter one by one: tags, lists and comments among them are of no concern here."""
    return {key: value for line in block.splitlines() for key, value in split_header(line)[0].items()}


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
