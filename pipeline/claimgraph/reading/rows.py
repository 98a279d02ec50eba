"""Records of articles: JSON lines, a JSON document, CSV; columns are mapped by `Columns`."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from claimgraph.errors import ArticleError
from claimgraph.reading.dates import parse_published
from claimgraph.reading.decode import decode
from claimgraph.reading.source import Columns, Input, failure
from claimgraph.records import Article, Failure

__all__ = ["article_from_row", "articles_from_rows", "read_csv", "read_json", "read_json_lines"]


def read_json_lines(given: Input) -> Iterator[Article | Failure]:
    """Read one record a line, streaming; a line that is no record is a failure, the others go on."""
    yield from articles_from_rows(given, _lines(given))


def _lines(given: Input) -> Iterator[tuple[str, Any]]:
    bound = given.limits.file_bytes
    number = 0
    while line := given.stream.readline(bound + 1):
        number += 1
        name = f"{given.name}:{number}"
        if len(line) > bound:
            raise ArticleError(name, f"a line of more than {bound / 2**20:.3g} MB; raise the limit file_bytes")
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield name, _parse(line, name)


def _parse(data: bytes, name: str) -> Any:
    """Parse JSON; what is wrong with it comes back as a failure."""
    try:
        return json.loads(decode(data, name), parse_int=_short_int)
    except ArticleError as error:
        return failure(name, error.problem)
    except (ValueError, RecursionError) as error:
        problem = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        return failure(name, f"not valid JSON: {problem}")


def _short_int(digits: str) -> int | str:
    """Leave a number that no id or date can be as its digits: converting them costs their square."""
    return int(digits) if len(digits) < 20 else digits


def read_json(given: Input) -> Iterator[Article | Failure]:
    """Read a document that is one record, a list of them, or an object that holds such a list.

    JSON that is something else is passed over unless it was named.
    """
    document = _parse(given.data, given.name)
    if isinstance(document, Failure):
        if b"\n{" in given.data:  # JSON lines under the name of JSON
            lines = given.data.splitlines()
            document = [_parse(line, f"{given.name}:{n}") for n, line in enumerate(lines, 1) if line.strip()]
        else:
            yield document
            return
    rows = _rows(document, given.columns)
    if given.sure or any(isinstance(row, Failure) or _first(row, given.columns.body) for row in rows):
        yield from articles_from_rows(given, ((f"{given.name}:{n}", row) for n, row in enumerate(rows, 1)))


def _rows(document: Any, columns: Columns) -> list[Any]:
    if isinstance(document, dict) and not _first(document, columns.body):
        lists = [value for value in document.values() if isinstance(value, list) and value]
        nested = [rows for rows in lists if all(isinstance(row, dict) and _first(row, columns.body) for row in rows)]
        return nested[0] if nested else [document]
    return document if isinstance(document, list) else [document]


def read_csv(given: Input) -> Iterator[Article | Failure]:
    """Read one record a row, the first row naming the columns; the separator is found among `, ; tab |`."""
    text = decode(given.data, given.name)
    csv.field_size_limit(min(given.limits.file_bytes, sys.maxsize))
    head = text[: text.find("\n") if "\n" in text else len(text)]
    separator = max(",;\t|", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    yield from articles_from_rows(given, _csv_rows(reader, given.name))


def _csv_rows(reader: "csv.DictReader[str]", name: str) -> Iterator[tuple[str, Any]]:
    try:
        for row in reader:
            yield f"{name}:{reader.line_num}", row
    except csv.Error as error:
        yield name, failure(f"{name}:{reader.line_num}", f"not valid CSV: {error}")


def articles_from_rows(given: Input, rows: Iterable[tuple[str, Any]]) -> Iterator[Article | Failure]:
    """Turn named records into articles; what is no record with a text is a failure."""
    for name, row in rows:
        if isinstance(row, Failure):
            yield row
        elif not isinstance(row, Mapping):
            yield failure(name, "not a record: an object with an article's fields was expected")
        else:
            yield article_from_row(row, name, given)


def article_from_row(row: Mapping[str, Any], name: str, given: Input) -> Article | Failure:
    """Make an article of one record; its id is the record's own, else its url, else the place where it stands."""
    columns = given.columns
    body = _first(row, columns.body)
    if not body:
        wanted = ", ".join(columns.body)
        return failure(name, f"no text: none of the columns {wanted} holds one; map the right one to `body`")
    url = _first(row, columns.url)
    place = f"{given.id}:{name.rpartition(':')[2]}"
    published = next((found for key in columns.published if (found := parse_published(row.get(key)))), None)
    return Article(
        id=_first(row, columns.id) or url or place,
        title=_first(row, columns.title),
        body=body,
        outlet=_first(row, columns.outlet) or None,
        published=published,
        url=url or None,
        author=_first(row, columns.author) or None,
        country=_first(row, columns.country) or None,
    )


def _first(row: Any, names: tuple[str, ...]) -> str:
    """Give the first of the columns that holds something, as text; JSON-LD objects give their name."""
    if not isinstance(row, Mapping):
        return ""
    for name in names:
        value = row.get(name)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, Mapping):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""
