"""Bare text, as somebody pastes it from a web page: what its first lines say about the article."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from claimgraph.lexicon import load_entries
from claimgraph.reading.dates import DATE, parse_published
from claimgraph.reading.furniture import is_furniture, lines_of
from claimgraph.reading.outlets import canonical, is_outlet_name
from claimgraph.records import Article, Span

__all__ = ["BylineCue", "StampCue", "recover"]

_HEAD_LINES = 30  # more lines than any masthead has
_PROSE_CHARS, _LONG_CHARS = 60, 200  # a sentence in a line of its own, and what is prose whatever it ends in
_URL = re.compile(r"(?:https?://|www\.)\S{4,500}")
_PIECES = re.compile(r"\s[|•·]\s")
_DATELINE = re.compile(r"[A-Z][A-Z .,'’/-]{2,60}[^()\n]{0,30}\((?P<agency>[^()\n]{2,40})\)\s?[-–—]")


@dataclass(frozen=True, slots=True, kw_only=True)
class BylineCue:
    """Words before the name of a writer."""

    text: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StampCue:
    """Words before a date. rank: the lowest counts; a line with a date alone has rank 1."""

    text: str
    rank: int
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass
class _Head:
    """What the lines before the prose say."""

    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    dates: list[tuple[int, date]] = field(default_factory=list)
    names: list[tuple[int, int]] = field(default_factory=list)
    page: list[tuple[int, int]] = field(default_factory=list)


def recover(identity: str, text: str) -> Article:
    """Make an article of bare text.

    The body is the whole text; the lines of the masthead, the title's among them, are furniture of it. Without
    lines before the prose there is no title; without a date line or a dateline with a year, no date.
    """
    head = _read_head(text)
    title = _title(text, head)
    _read_dateline(text, head)
    name = text[title[0] : title[1]] if title else ""
    marked = sorted(head.page + ([title] if title else []))
    shift = len(name) + 2 if name else 0
    return Article(
        id=identity,
        title=name,
        body=text,
        outlet=head.outlet,
        published=min(head.dates, key=lambda ranked: ranked[0])[1] if head.dates else None,
        url=head.url,
        author=head.author,
        furniture=tuple(Span(start=start + shift, end=end + shift) for start, end in marked),
    )


def _read_head(text: str) -> _Head:
    head = _Head()
    for start, end in _head_lines(text):
        line = text[start:end]
        if _read_line(line, head):
            head.page.append((start, end))
        elif not is_furniture(line):
            head.names.append((start, end))
    return head


def _head_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines before the first one that is prose; none, if there is no prose behind them."""
    found: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(lines_of(text)):
        if number == _HEAD_LINES:
            return
        if _is_prose(text[start : min(end, start + _LONG_CHARS)]):
            yield from found
            return
        found.append((start, end))


def _is_prose(line: str) -> bool:
    ends = line.rstrip("\"'”’)").endswith((".", "?")) and not _URL.fullmatch(line)
    return len(line) >= _LONG_CHARS or (len(line) >= _PROSE_CHARS and ends)


def _read_line(line: str, head: _Head) -> bool:
    """Take a line that says outlet, writer, address or date; False for any other."""
    if not any(char < "\u0250" for char in line if char.isalnum()):
        return True  # the site's name or a pen name in another script
    taken = [_read_piece(piece.strip(), head) for piece in _PIECES.split(line) if piece.strip()]
    return bool(taken) and all(taken)


def _read_piece(piece: str, head: _Head) -> bool:
    if _URL.fullmatch(piece):
        head.url = head.url or piece
    elif name := _after_byline(piece):
        if is_outlet_name(name):
            head.outlet = head.outlet or canonical(name) or name
        else:
            head.author = head.author or name
    elif stamp := _stamp(piece):
        head.dates.append(stamp)
    elif is_outlet_name(piece) and not is_furniture(piece):
        head.outlet = head.outlet or canonical(piece) or piece
    else:
        return False
    return True


def _after_byline(piece: str) -> str | None:
    """Give the name in a byline; None if this is none."""
    cue = next((cue for cue in _bylines() if piece.lower().startswith((f"{cue} ", f"{cue}: "))), None)
    name = piece[len(cue) :].strip(" :") if cue else ""
    is_name = bool(name) and len(name.split()) <= 12 and not name[0].islower() and not any(map(str.isdigit, name))
    return name if is_name else None


def _stamp(piece: str) -> tuple[int, date] | None:
    """Give rank and date of a line that is a date, with nothing but a cue and a time zone around it."""
    found = DATE.search(piece[:200])
    day = parse_published(piece[:200]) if found else None
    if not found or not day:
        return None
    before, after = piece[: found.start()].strip(" :-–—,").lower(), piece[found.end() :].split()
    rank = _stamps().get(before)
    weekday = re.fullmatch(r"[a-z]{2,5}day|[a-z]{3}\.?", before)
    if rank is None and (not before or weekday):
        rank = 1
    return (rank, day) if rank is not None and len(after) <= 4 else None


def _title(text: str, head: _Head) -> tuple[int, int] | None:
    """Choose the headline among the lines that say nothing else: the first of four words or more, else the first."""
    candidates = [(start, end) for start, end in head.names if len(text[start:end].split()) >= 2]
    full = [(start, end) for start, end in candidates if len(text[start:end].split()) >= 4]
    return next(iter(full or candidates), None)


def _read_dateline(text: str, head: _Head) -> None:
    """Take agency and date from `SEOUL, Jan. 18, 2024 (Agency) -` at the start of a line of prose."""
    prose = next((line for line in _first_lines(text) if _is_prose(line)), "")
    found = _DATELINE.match(prose)
    if not found:
        return
    head.outlet = head.outlet or canonical(found["agency"])
    if day := parse_published(found[0]):
        head.dates.append((3, day))


def _first_lines(text: str) -> Iterator[str]:
    for number, (start, end) in enumerate(lines_of(text)):
        if number == _HEAD_LINES:
            return
        yield text[start : min(end, start + _LONG_CHARS)]


@cache
def _bylines() -> tuple[str, ...]:
    cues = (entry.text for entry in load_entries("en", "pasted", "byline", BylineCue, "text"))
    return tuple(sorted(cues, key=len, reverse=True))


@cache
def _stamps() -> dict[str, int]:
    return {entry.text: entry.rank for entry in load_entries("en", "pasted", "stamp", StampCue, "text")}
