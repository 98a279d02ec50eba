"""Look up the words behind a number in a table of phrases, the longest phrase first."""

import re
from typing import Generic, TypeVar

__all__ = ["Surfaces", "words_at"]

Entry = TypeVar("Entry")

# A word or sign with what joins it to the one before it: `km/h`, `basis-point`, `U.S. dollars`, `°C`, `m2`.
_WORD = re.compile(
    r"(?:\s|\u00a0){0,3}[-\u2010\u2011]?\s?([^\W\d_]+(?:\.[^\W\d_]+)*(?:\^?[23]|[²³])?\.?|[%‰°º/¢$€£¥₹])"
)
_LONGEST = 5
# The `t` of `12 t-shirts` and the `C` of `C-section` are no units.
_COMPOUND = re.compile(r"[-\u2010\u2011'’&](?:[^\W\d_]{2}|\d)")


def words_at(text: str, position: int = 0, count: int = _LONGEST) -> list[tuple[str, int]]:
    """Return up to `count` words from a position on, each with the offset at which it ends.

    White space and one hyphen may stand before each; anything else ends the list. Final full stops are left out.
    """
    found: list[tuple[str, int]] = []
    while len(found) < count and (match := _WORD.match(text, position)):
        position = match.end()
        word = match[1].rstrip(".")
        length = len(word)
        if text[position : position + 1].isalnum() and word[-1].isalpha():
            break
        found.append((word.replace("^", ""), match.start(1) + length))
    return found


class Surfaces(Generic[Entry]):
    """Phrases to entries. Short symbols keep their case (`MW` is no `mW`), words do not."""

    def __init__(self) -> None:
        self._words: dict[tuple[str, ...], Entry] = {}
        self._symbols: dict[tuple[str, ...], Entry] = {}
        self._needs: dict[tuple[str, ...], re.Pattern[str]] = {}

    def add_words(self, phrase: str, entry: Entry) -> None:
        """Add a phrase that is found in any case; one that is taken stays as it is."""
        self._words.setdefault(_split(phrase.lower()), entry)

    def add_symbol(self, phrase: str, entry: Entry, needs: str = "") -> None:
        """Add a phrase that is found in this case only; one that is taken, or has no word, is left out.

        needs: a regular expression of what must follow, for symbols that are also words.
        """
        words = _split(phrase)
        if "".join(words) == "".join(phrase.split()).rstrip("."):
            self._symbols.setdefault(words, entry)
            if needs:
                self._needs.setdefault(words, re.compile(needs))

    def find(self, text: str, position: int = 0) -> tuple[Entry, int] | None:
        """Return the entry of the longest phrase at a position, and the offset at which the phrase ends."""
        words = words_at(text, position)
        for length in range(len(words), 0, -1):
            phrase, end = tuple(word for word, _ in words[:length]), words[length - 1][1]
            entry = self._words.get(tuple(word.lower() for word in phrase))
            if entry is None and not _COMPOUND.match(text, end):
                entry = self._symbols.get(phrase)
                needs = self._needs.get(phrase)
                entry = entry if needs is None or needs.match(text, end) else None
            if entry is not None:
                return entry, end
        return None

    def get(self, phrase: str) -> Entry | None:
        """Return the entry of a whole phrase."""
        return self._symbols.get(_split(phrase)) or self._words.get(_split(phrase.lower()))


def _split(phrase: str) -> tuple[str, ...]:
    return tuple(word for word, _ in words_at(phrase, count=9))
