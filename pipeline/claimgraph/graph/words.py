"""Words in normal form: tokens, stems and the finding of lexicon phrases in them. Linear in the text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from claimgraph.graph.memory import Forms

__all__ = ["ROOTS", "STEMS", "Phrases", "find_phrases", "raw_tokens", "root", "stem", "stems", "tokenize", "tokens"]

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
#: The same for text in ASCII, in half the time.
_ASCII_TOKEN = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?|[0-9]+(?:[.,][0-9]+)*")
_ACRONYM = re.compile(r"\b(?:[A-Za-z]\.){2,}")
#: A token longer than this is noise; longer ones are cut, so that hostile input stays cheap.
_LONGEST = 40
#: Endings that make nouns and adjectives of verbs, longest first; five letters must remain.
_DERIVED = (
    "ation", "ition", "ement", "able", "ment", "ance", "ence", "tion", "ator", "ion", "ant", "ent", "ity", "ive", "ist",
    "ian", "ate", "ee", "er", "or", "al", "at", "it", "y", "i", "e",
)  # fmt: skip


class Phrases(dict[tuple[str, ...], str]):
    """What phrases mean, by their stems; `longest` says how many words a phrase that begins with a word may have.

    Complete once it is made: nearly every word begins no phrase, and one look-up tells.
    """

    __slots__ = ("longest",)

    def __init__(self, phrases: Mapping[tuple[str, ...], str]) -> None:
        super().__init__(phrases)
        self.longest: dict[str, int] = {}
        for phrase in phrases:
            if phrase:
                self.longest[phrase[0]] = max(len(phrase), self.longest.get(phrase[0], 0))


def tokenize(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield lower-case words and numbers with their offsets, in order; `U.S.` is one token, `us`."""
    for match in _TOKEN.finditer(_closed_up(text)):
        yield _normal(match[0]), match.start(), match.end()


def tokens(text: str) -> list[str]:
    """Return the words and numbers of a text, as `tokenize` has them."""
    return [_normal(token) for token in raw_tokens(text)]


def raw_tokens(text: str) -> list[str]:
    """Return the words and numbers of a text as they are written, acronyms closed up; `STEMS` knows their stems."""
    return (_ASCII_TOKEN if text.isascii() else _TOKEN).findall(_closed_up(text))


def _closed_up(text: str) -> str:
    return _ACRONYM.sub(_close_up, text) if "." in text else text


@lru_cache(maxsize=16384)
def _normal(token: str) -> str:
    """Lower a token and take its possessive ending off."""
    return token.lower().removesuffix("'s").removesuffix("’s")[:_LONGEST]


def _close_up(match: re.Match[str]) -> str:
    """Take the dots out of an acronym without moving what follows."""
    letters = match[0].replace(".", "")
    return letters + " " * (len(match[0]) - len(letters))


@lru_cache(maxsize=16384)
def stem(token: str) -> str:
    """Return a crude stem: plural and verb endings off, final `e` off (`destroyed`, `destroys`: `destroy`).

    Only equality of stems matters, they are never shown.
    """
    word = _singular(token)
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


@lru_cache(maxsize=16384)
def root(token: str) -> str:
    """Return the stem without a derivational ending, so that *defectors*, *defections* and *defected* meet."""
    word = stem(token)
    for ending in _DERIVED:
        if word.endswith(ending) and len(word) - len(ending) >= 5:
            return word[: -len(ending)]
    return word


def _singular(token: str) -> str:
    if len(token) <= 3 or not token.endswith("s") or token.endswith(("ss", "us", "is")):
        return token
    if token.endswith("ies"):
        return token[:-3] + "y" if len(token) > 4 else token[:-1]
    if token.endswith(("sses", "ches", "shes", "xes")):
        return token[:-2]
    return token[:-1]


@lru_cache(maxsize=8192)
def stems(text: str) -> tuple[str, ...]:
    """Return the stems of all words of a text, in order."""
    return tuple(map(STEMS.__getitem__, raw_tokens(text)))


#: The root of a stem.
ROOTS = Forms(root, 16_384)
#: The stem of a token as it is written.
STEMS = Forms(lambda token: stem(_normal(token)), 16_384)


def find_phrases(words: Sequence[str], table: Phrases) -> Iterator[tuple[str, int, int]]:
    """Yield (name, first, last + 1) for each phrase of the table in the stems, longest first, without overlap."""
    if table.longest.keys().isdisjoint(words):
        return
    at = 0
    while at < len(words):
        for length in range(min(table.longest.get(words[at], 0), len(words) - at), 0, -1):
            name = table.get(tuple(words[at : at + length]))
            if name is not None:
                yield name, at, at + length
                at += length
                break
        else:
            at += 1
