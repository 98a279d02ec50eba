"""Is a text English? If not, in which language is it?"""

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from claimgraph.lexicon import load_entries

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["Prose", "foreign_language"]

_SAMPLE_CHARS = 5_000
_WORD = re.compile(r"[^\W\d_]{1,30}")
# The share of function words is between 0.25 and 0.55 in English prose and under 0.08 in the languages next to
# it (Scots and Creoles aside); lists and tables of figures fall below and go to the classifier.
_ENGLISH_SHARE = 0.15
_FEW_LETTERS = 60  # below, a classifier takes names for languages: Latin, Shona, Corsican


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """The function words of a language: those that its prose cannot do without and its neighbours do not have.

    taken_for: codes that the classifier gives to telegraphic texts of the language.
    """

    language: str
    words: tuple[str, ...]
    taken_for: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


def foreign_language(text: str) -> str | None:
    """Name the language of a text in English, None if it is English or too short to tell.

    Reads the first 5,000 characters: function words decide for English, py3langid names the others.
    """
    sample = text[:_SAMPLE_CHARS]
    words = _WORD.findall(sample.lower())
    letters = sum(map(len, words))
    known = _function_words()
    if not words or sum(word in known for word in words) >= _ENGLISH_SHARE * len(words):
        return None
    latin = sum(len(word) for word in words if word < "\u0250")
    if letters < _FEW_LETTERS and latin >= letters / 2:
        return None
    code = str(_identifier().classify(sample)[0])
    if latin >= letters / 2 and code in _taken_for():
        return None
    return _name(code)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(
        word for entry in load_entries("en", "language", "prose", Prose, "language") for word in entry.words
    )


@cache
def _taken_for() -> frozenset[str]:
    return frozenset(
        code for entry in load_entries("en", "language", "prose", Prose, "language") for code in entry.taken_for
    )


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)


def _name(code: str) -> str:
    from babel import Locale

    return str(Locale("en").languages.get(code, f"language {code!r}"))
