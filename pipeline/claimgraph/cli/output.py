"""Data to standard output, in the format that was asked for; everything else goes to standard error."""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from claimgraph.wording import spreadsheet_cell, visible

__all__ = ["Format", "TableFormat", "note", "plain", "print_lines", "visible"]


class Format(StrEnum):
    """How results are printed."""

    TEXT = "text"  # for people
    JSONL = "jsonl"  # one object a line
    JSON = "json"  # one array or object
    CSV = "csv"  # with a header; lists and objects as JSON


class TableFormat(StrEnum):
    """How claims are given."""

    TEXT = "text"
    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"  # to a file or folder only


def note(text: str) -> None:
    """Tell the person at the terminal something that is no data."""
    print(visible(text), file=sys.stderr)


def plain(value: Any) -> Any:
    """Turn a record into what JSON knows; decimals become numbers."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def print_lines(lines: Iterable[Mapping[str, Any]], form: Format, columns: Sequence[str]) -> None:
    """Print objects as they come; `columns` is the header of a CSV."""
    _PRINTERS[form](lines, columns)


def _print_jsonl(lines: Iterable[Mapping[str, Any]], _: Sequence[str]) -> None:
    from claimgraph.export import dump_line

    for line in lines:
        sys.stdout.write(dump_line(line) + "\n")


def _print_json(lines: Iterable[Mapping[str, Any]], _: Sequence[str]) -> None:
    """Print one array without holding it in memory."""
    from claimgraph.export import dump_line

    before = "[\n"
    for line in lines:
        sys.stdout.write(before + dump_line(line))
        before = ",\n"
    sys.stdout.write("[]\n" if before == "[\n" else "\n]\n")


def _print_csv(lines: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for line in lines:
        writer.writerow([_cell(line[name]) for name in columns])


def _cell(value: Any) -> Any:
    """Write lists and objects as JSON, and text so that a spreadsheet takes it for no formula."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return spreadsheet_cell(value) if isinstance(value, str) else value


_PRINTERS: dict[Format, Callable[[Iterable[Mapping[str, Any]], Sequence[str]], None]] = {
    Format.JSONL: _print_jsonl,
    Format.TEXT: _print_jsonl,
    Format.JSON: _print_json,
    Format.CSV: _print_csv,
}
