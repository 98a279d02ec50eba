"""Articles from lines: one sentence a line, or one JSON object with a text a line."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from claimgraph.errors import ArticleError
from claimgraph.reading.dates import parse_published
from claimgraph.reading.source import Columns
from claimgraph.records import Article, Failure

__all__ = ["read_lines"]

_COLUMNS = Columns()


def read_lines(lines: Iterable[str]) -> Iterator[Article | Failure]:
    """Yield an article for every line that isn't blank; `line-3` is the id of the third where it names none."""
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if not text:
            continue
        name = f"line-{number}"
        try:
            yield _article(text, name)
        except ArticleError as error:
            yield Failure(article=name, stage="read", problem=error.problem)


def _article(text: str, name: str) -> Article:
    if not text.startswith("{"):
        return Article(id=name, title="", body=text)
    try:
        row = json.loads(text)
    except ValueError as error:
        raise ArticleError(name, f"not a JSON object: {error}") from error
    body = _first(row, _COLUMNS.body)
    if not body:
        raise ArticleError(name, f"the object has no text; it is looked for under {', '.join(_COLUMNS.body)}")
    return Article(
        id=_first(row, _COLUMNS.id) or _first(row, _COLUMNS.url) or name,
        title=_first(row, _COLUMNS.title),
        body=body,
        outlet=_first(row, _COLUMNS.outlet) or None,
        published=parse_published(_first(row, _COLUMNS.published)),
        url=_first(row, _COLUMNS.url) or None,
    )


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """Return the first of the named values that is there, as text; empty if none is."""
    return next((str(row[name]) for name in names if row.get(name) not in (None, "")), "")
