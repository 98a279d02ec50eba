"""Find the quotations of an article from their marks alone; most of them stand in sentences that nobody parsed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

__all__ = ["Post", "Quotation", "find_posts", "find_quotations"]

_OPEN = frozenset({"“", "``", "„"})
_CLOSE = frozenset({"”", "''"})
_PLAIN = frozenset({'"'})
_MARKS = _OPEN | _CLOSE | _PLAIN

_AUTHOR = re.compile(r"[—–][ \u00a0]?([^\W\d_][^()@—–\n]{1,60}) [(]@\w{1,20}[)]")
# Messages are short; what stands further in front of an author is somebody else's.
_POST = 1000

# Paragraphs without any mark that a quotation may run across.
_GAP = 4

# Shorter ones are words that the writer holds at arm's length ("stable"), not utterances.
_UTTERANCE = 4


@dataclass(frozen=True, slots=True)
class Quotation:
    """The tokens between two quotation marks, of a paragraph that starts at token `paragraph`.

    open: the paragraph ended before the mark was closed, so the next paragraph goes on.
    """

    start: int
    end: int
    paragraph: int
    open: bool


@dataclass(frozen=True, slots=True)
class Post:
    """The characters of a short message that a page embeds with its author's name behind it."""

    start: int
    end: int
    author: str


def find_posts(doc: Doc) -> list[Post]:
    """Return the messages that end in *— Name (@handle)*, each from the start of its paragraph."""
    return list(_posts(doc.text))


def _posts(text: str) -> Iterator[Post]:
    for found in _AUTHOR.finditer(text):
        floor = max(0, found.start() - _POST)
        start = max(floor, text.rfind("\n", floor, found.start()) + 1)
        yield Post(start, found.start(), found[1].strip())


def find_quotations(doc: Doc) -> list[Quotation]:
    """Return the quotations in order; marks are matched inside a paragraph, as print does it.

    Where a paragraph leaves a quotation open and a near one closes it without opening it again, what stands between
    belongs to it: a page was broken into paragraphs behind the writer's back.
    """
    found: list[Quotation] = []
    waiting: list[tuple[int, int]] | None = None
    for start, end in _paragraphs(doc):
        inside = list(_in_paragraph(doc, start, end))
        first = _first_mark(doc, start, end)
        if waiting is not None and first is not None and not _opens(doc, first, start):
            found += [Quotation(begin, stop, begin, open=True) for begin, stop in waiting]
            found.append(Quotation(start, first, start, open=False))
            inside = list(_in_paragraph(doc, first + 1, end, start))
        if first is not None:
            waiting = [] if inside and inside[-1].open else None
        elif waiting is not None:
            waiting = [*waiting, (start, end)] if len(waiting) < _GAP else None
        found += inside
    return found


def _first_mark(doc: Doc, start: int, end: int) -> int | None:
    return next((i for i in range(start, end) if doc[i].text in _MARKS), None)


def _opens(doc: Doc, mark: int, start: int) -> bool:
    """Say whether a mark opens: by its shape, else because white space or nothing stands before it."""
    text = doc[mark].text
    if text not in _PLAIN:
        return text in _OPEN
    return mark == start or bool(doc[mark - 1].whitespace_)


def _paragraphs(doc: Doc) -> Iterator[tuple[int, int]]:
    start = 0
    for token in doc:
        if token.is_space and "\n" in token.text:
            if token.i > start:
                yield start, token.i
            start = token.i + 1
    if start < len(doc):
        yield start, len(doc)


def _in_paragraph(doc: Doc, start: int, end: int, paragraph: int | None = None) -> Iterator[Quotation]:
    home = start if paragraph is None else paragraph
    opened: int | None = None
    for position in range(start, end):
        text = doc[position].text
        if opened is None:
            if text in _OPEN or text in _PLAIN:
                opened = position + 1
        elif text in _CLOSE or text in _PLAIN:
            if position - opened >= _UTTERANCE:
                yield Quotation(opened, position, home, open=False)
            opened = None
    if opened is not None and end - opened >= _UTTERANCE:
        yield Quotation(opened, end, home, open=True)
