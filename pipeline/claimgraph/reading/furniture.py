"""Page furniture in a text: lines that belong to the page and not to the article."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from claimgraph.lexicon import load_entries
from claimgraph.records import Article, Span

__all__ = ["FurnitureLine", "Widget", "furniture", "is_furniture", "is_widget", "lines_of"]

_LONGEST = 300  # characters of a line that may be furniture; patterns never see longer ones
_STRIPPED = " \t\r\n\u00a0•·|▲▼►▶*-–—"


@dataclass(frozen=True, slots=True, kw_only=True)
class FurnitureLine:
    """A kind of line that belongs to the page.

    pattern: regular expression, ignoring case; `reach` says of what:
        line (the whole line, bullets aside), label (the beginning of a line, which alone is furniture),
        rest (the whole line; with it begins a list of headlines that runs to the end of the page).
    """

    pattern: str
    reach: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Widget:
    """A header that only tables of the page have, not of the article."""

    text: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


def furniture(article: Article) -> tuple[Span, ...]:
    """Find the furniture of an article: what its reader marked, lines of the page, and what is printed twice.

    Returns:
        Disjoint ranges of `Article.text` in order. Of a caption printed twice the second is furniture; so is the
        title where the body repeats it.
    """
    offset = len(article.text) - len(article.body)
    found = [*article.furniture]
    found += [Span(start=start + offset, end=end + offset) for start, end in _in_body(article.body, article.title)]
    return _merged(found)


def is_furniture(line: str) -> bool:
    """Say whether a whole line belongs to the page."""
    return _kind(line) in ("line", "rest")


def is_widget(header: list[str]) -> bool:
    """Say whether a row of headers is that of a table that a page shows beside any article."""
    known = {entry.text for entry in load_entries("en", "furniture", "widget", Widget, "text")}
    return not known.isdisjoint(cell.strip().lower() for cell in header)


def lines_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open range of every line that isn't blank, without the white space around it."""
    at = 0
    for line in text.splitlines(keepends=True):
        if stripped := line.strip():
            start = at + line.find(stripped)
            yield start, start + len(stripped)
        at += len(line)


def _in_body(body: str, title: str) -> Iterator[tuple[int, int]]:
    lines = list(lines_of(body))
    rest = _rest_from(body, lines)
    captions: set[str] = set()
    beside = False  # within a table that belongs to the page
    for number, (start, end) in enumerate(lines):
        line = body[start : min(end, start + 2 * _LONGEST + 2000)]
        beside = line.startswith("|") and (beside or is_widget(line.strip("|").split("|")))
        if beside or start >= rest or is_furniture(line) or (title and number < 8 and " ".join(line.split()) == title):
            yield start, end
        elif label := _label(line):
            yield start, start + label
        elif half := _doubled(line, end - start):
            captions.add(line[:half])
            yield start + len(line) - half, end
        elif line in captions:
            yield start, end


def _rest_from(body: str, lines: list[tuple[int, int]]) -> int:
    """Find where a closing list of headlines begins; the length of the body if there is none.

    Going up from the end, such a list holds only short lines that are no sentences.
    """
    for start, end in reversed(lines):
        line = body[start:end] if end - start <= _LONGEST else ""
        if _kind(line) == "rest":
            return start
        if not line or line.endswith((".", ".”", '."', "!", "?”")):
            break
    return len(body) + 1


def _doubled(line: str, length: int) -> int:
    """Give the length of a text that a line prints twice over, 0 if it doesn't: `A caption. A caption.`"""
    half = length // 2
    if length != len(line) or length < 5 or not line[half].isspace() or length % 2 == 0:
        return 0
    return half if line[:half] == line[half + 1 :] else 0


def _kind(line: str) -> str | None:
    """Give the reach of the first pattern that the whole line fits."""
    bare = line.strip(_STRIPPED)
    if not bare or len(bare) > _LONGEST:
        return None
    return next((reach for pattern, reach in _patterns() if reach != "label" and pattern.fullmatch(bare)), None)


def _label(line: str) -> int:
    """Give the length of a label that opens a line, 0 if none does."""
    head = line[:_LONGEST]
    found = (pattern.match(head) for pattern, reach in _patterns() if reach == "label")
    return max((match.end() for match in found if match), default=0)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    entries = load_entries("en", "furniture", "line", FurnitureLine, "pattern")
    return tuple((re.compile(entry.pattern, re.IGNORECASE), entry.reach) for entry in entries)


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(start=merged[-1].start, end=max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
