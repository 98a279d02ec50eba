"""Find time expressions in running text.

Words and figures are lexed into roles (month, weekday, unit, deictic …), one letter per lexicon entry, and the
shapes of the lexicon are regular expressions over those letters. Nothing is parsed, so the finder reads sentences
with and without annotation alike, and its time is linear in the text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, Protocol

from claimgraph.errors import LexiconError
from claimgraph.lexicon import load_entries
from claimgraph.stages.timing.lexicon import Figure, Meaning, Shape, Word

__all__ = ["Expression", "Finder", "Located", "Parts", "make_finder"]

#: Values of the words of an expression by role, in text order.
Parts = dict[str, tuple[int, ...]]

# A number with separators is one run (1,210 holds no day); words may be joined by hyphens or a slash.
_RUN = re.compile(r"\d+(?:[.,]\d+)+\w*|\w+(?:[-–/]\w+)*|['’]s\b|[^\w\s]")
_PIECE = re.compile(r"\w+|[^\w\s]")
_DIGIT = re.compile(r"\d")
_MARK = re.compile("['’,.]")
_LONGEST_FIGURE = 12
_SHORTENED = ("month", "weekday")
_LONGEST_SHORT_NAME = 5  # Thurs.
_OTHER = "."
_TIME = "@"  # the letter of a found expression in the frames
# No shape or frame holds another word, so what is searched are the runs of letters between them: most of a text is
# other words, at each of which the alternation of all shapes would be tried in vain, and most runs are like others.
_LETTERS = re.compile(r"[^.]+")
_MAY = 5
# Runs of either sort whose readings are kept; an article's runs are mostly those of the articles before it.
_KEPT, _LONGEST_KEPT = 20_000, 30


class Located(Protocol):
    """A range of characters of the article."""

    @property
    def start(self) -> int:
        """Offset of the first character."""

    @property
    def end(self) -> int:
        """Offset after the last character."""


_Values = tuple[tuple[str, int], ...]
#: A word within a run: offset in it, length, letter, values.
_Piece = tuple[int, int, str, _Values]


class _Token(NamedTuple):
    start: int
    end: int
    letter: str
    values: _Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A time expression: where it stands, how it is read, and its words' values.

    inner: the one or two expressions inside a frame (*from 2019 to 2022*).
    """

    start: int
    end: int
    name: str
    meaning: Meaning
    parts: Parts = field(default_factory=dict)
    inner: tuple["Expression", ...] = ()


class Finder:
    """Finds the time expressions of a text; made once, shared by all articles."""

    def __init__(
        self, words: tuple[Word, ...], figures: tuple[Figure, ...], shapes: tuple[Shape, ...], frames: tuple[Shape, ...]
    ) -> None:
        self._words = {form: word for word in words for form in word.forms}
        self._figures = [(re.compile(figure.pattern), figure) for figure in figures]
        classes: dict[str, str] = {"time": _TIME}
        entries: tuple[Word | Figure, ...] = (*words, *figures)
        for number, entry in enumerate(entries):
            letter = chr(0xE000 + number)
            classes[entry.role] = classes.get(entry.role, "") + letter
            classes[_key(entry)] = letter
        #: The letter of every entry by `name_role`; a text is spelt in the letters of its tokens.
        self.letters = classes
        self._shapes, self._frames = _Search(shapes, classes), _Search(frames, classes)
        self._hints = classes["the"] + classes["of"] + classes["since"] + classes["from"] + classes["vague"]
        self._pieces = lru_cache(_KEPT)(self._read_run)

    def find(self, text: str, taken: Iterable[Located] = ()) -> list[Expression]:
        """Return the time expressions of a text, in order, disjoint.

        Args:
            text: running text of any length.
            taken: ranges that hold something else (the value of a quantity), sorted; no expression covers them.
        """
        tokens = list(_blank(self._lex(text), taken))
        letters = "".join(token.letter for token in tokens)
        found: list[tuple[int, int, Expression]] = []
        for first, last, shape in self._shapes.search(letters):
            if not self._is_modal(text, tokens, first, last) and not _is_named(text, tokens, first, last):
                found.append((first, last, _express(shape, tokens[first:last])))
        return list(self._join(tokens, letters, found))

    def spell(self, text: str) -> str:
        """Return one letter for each token of a text, as the shapes see it."""
        return "".join(token.letter for token in self._lex(text))

    def _join(
        self, tokens: list[_Token], letters: str, found: list[tuple[int, int, Expression]]
    ) -> Iterator[Expression]:
        """Put expressions into the frames around them."""
        reduced: list[_Token] = []
        inner: dict[int, Expression] = {}
        at, pieces = 0, []
        for first, last, expression in found:
            reduced += tokens[at:first]
            pieces += [letters[at:first], _TIME]
            inner[len(reduced)] = expression
            reduced.append(_Token(expression.start, expression.end, _TIME, ()))
            at = last
        reduced += tokens[at:]
        line = "".join([*pieces, letters[at:]])
        covered = 0
        for first, last, shape in self._frames.search(line):
            yield from (inner[i] for i in range(covered, first) if i in inner)
            times = tuple(inner[i] for i in range(first, last) if i in inner)
            yield _express(shape, reduced[first:last], times)
            covered = last
        yield from (inner[i] for i in range(covered, len(reduced)) if i in inner)

    def _lex(self, text: str) -> Iterator[_Token]:
        """Give every run of letters and digits its role; the full stop of an abbreviation (Dec. 31) is no token."""
        before = None
        for token in self._roles(text):
            stop = token.letter == _OTHER and text[token.start : token.end] == "."
            if not (stop and before is not None and before.end == token.start and _is_short_name(before)):
                yield token
            before = token

    def _roles(self, text: str) -> Iterator[_Token]:
        for run in _RUN.finditer(text):
            word, start = run.group(), run.start()
            pieces = self._pieces(word) if len(word) <= _LONGEST_KEPT else self._read_run(word)
            for offset, length, letter, values in pieces:
                yield _Token(start + offset, start + offset + length, letter, values)

    def _read_run(self, run: str) -> tuple[_Piece, ...]:
        """Read a run: as a whole where it is a figure, a possessive or a number with separators, else by pieces."""
        figure = self._figure(run, 0)
        if figure is not None:
            return (figure,)
        # a possessive, or a number with separators, which is no part of a date
        if _MARK.search(run):
            return (self._word(run, 0),)
        pieces = _PIECE.finditer(run)
        return tuple(self._figure(p.group(), p.start()) or self._word(p.group(), p.start()) for p in pieces)

    def _figure(self, run: str, start: int) -> _Piece | None:
        if len(run) > _LONGEST_FIGURE or not _DIGIT.search(run):
            return None
        for pattern, figure in self._figures:
            match = pattern.fullmatch(run.lower())
            if match:
                values = {k.rstrip("2"): int(v) for k, v in match.groupdict().items() if v is not None}
                return start, len(run), self.letters[_key(figure)], tuple(values.items())
        return None

    def _word(self, piece: str, start: int) -> _Piece:
        word = self._words.get(piece.lower())
        if word is None or (word.capital and not piece[0].isupper()):
            return start, len(piece), _OTHER, ()
        return start, len(piece), self.letters[_key(word)], ((word.role, word.value),)

    def _is_modal(self, text: str, tokens: list[_Token], first: int, last: int) -> bool:
        """Whether a bare *May* is the auxiliary: at the start of a sentence, or among a headline's capitals."""
        if last - first > 1 or ("month", _MAY) not in tokens[first].values:
            return False
        if first == 0:
            return True
        before = tokens[first - 1]
        return before.letter not in self._hints and not text[before.start : before.end].islower()


def _is_named(text: str, tokens: list[_Token], first: int, last: int) -> bool:
    """Whether *Today* ends the name of a paper: it and the word before it have capitals."""
    if not first or last - first > 1 or tokens[first].values[:1] != (("day", 0),):
        return False
    return text[tokens[first].start].isupper() and text[tokens[first - 1].start].isupper()


def _is_short_name(token: _Token) -> bool:
    short = token.end - token.start <= _LONGEST_SHORT_NAME
    return short and bool(token.values) and token.values[0][0] in _SHORTENED


def _key(entry: Word | Figure) -> str:
    return f"{entry.name}_{entry.role}"


def _blank(tokens: Iterable[_Token], taken: Iterable[Located]) -> Iterator[_Token]:
    """Take the role from tokens that overlap a taken range."""
    ranges = iter(taken)
    current = next(ranges, None)
    for token in tokens:
        while current is not None and current.end <= token.start:
            current = next(ranges, None)
        if current is not None and current.start < token.end:
            yield _Token(token.start, token.end, _OTHER, ())
        else:
            yield token


def _express(shape: Shape, tokens: list[_Token], inner: tuple[Expression, ...] = ()) -> Expression:
    parts: Parts = {}
    for token in tokens:
        for role, value in token.values:
            parts[role] = (*parts.get(role, ()), value)
    start, end = tokens[0].start, tokens[-1].end
    return Expression(start=start, end=end, name=shape.name, meaning=shape.meaning, parts=parts, inner=inner)


class _Search:
    """Finds shapes in letters, the first in the file first."""

    def __init__(self, shapes: tuple[Shape, ...], classes: dict[str, str]) -> None:
        self._shape = {f"s{number}": shape for number, shape in enumerate(shapes)}
        sources = [f"(?P<{name}>{_compile(shape, classes)})" for name, shape in self._shape.items()]
        self._pattern = re.compile("|".join(sources))
        self._short = lru_cache(_KEPT)(self._in_run)

    def search(self, letters: str) -> Iterator[tuple[int, int, Shape]]:
        """Yield begin, end and shape, disjoint, in order."""
        for run in _LETTERS.finditer(letters):
            start, word = run.start(), run.group()
            for first, last, shape in self._short(word) if len(word) <= _LONGEST_KEPT else self._in_run(word):
                yield start + first, start + last, shape

    def _in_run(self, run: str) -> list[tuple[int, int, Shape]]:
        return [(*match.span(), self._shape[match.lastgroup or ""]) for match in self._pattern.finditer(run)]


def _compile(shape: Shape, classes: dict[str, str]) -> str:
    """Turn a shape into a regular expression over letters; a hyphen may stand between two words."""
    dash = f"{classes['dash']}?"
    pieces = []
    for position, element in enumerate(shape.shape.split()):
        names = element.removesuffix("?").split("|")
        unknown = [name for name in names if name not in classes]
        if unknown:
            raise LexiconError("data/*/timing_shapes.toml", shape.name, f"no word has the role {unknown}")
        letters = "".join(classes[name] for name in names)
        link = dash if position else ""
        piece = f"{link}[{letters}]"
        pieces.append(f"(?:{piece})?" if element.endswith("?") else piece)
    return f"(?!{classes['dash']})" + "".join(pieces)


def make_finder(language: str) -> Finder:
    """Load the lexicon of a language and compile its shapes."""
    words = load_entries(language, "timing_words", "word", Word, "name")
    figures = load_entries(language, "timing_words", "number", Figure, "name")
    shapes = load_entries(language, "timing_shapes", "shape", Shape, "name")
    frames = load_entries(language, "timing_shapes", "frame", Shape, "name")
    return Finder(words, figures, shapes, frames)
