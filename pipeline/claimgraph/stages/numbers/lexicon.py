"""What the number grammar knows of a language: `data/<language>/numbers.toml` and `numbers_context.toml`.

Every entry has `yes` and `no` sentences in which square brackets mark all the mentions that must be found; a
`yes` sentence shows the entry at work, a `no` sentence looks alike and is something else.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache

from claimgraph.errors import LexiconError
from claimgraph.lexicon import load_entries

__all__ = ["Cue", "Idiom", "Label", "NumberLexicon", "Numeral", "Role", "Scale", "Word", "any_of", "load"]


class Role(StrEnum):
    """What a number word does in the grammar."""

    ZERO = "zero"  # stands alone
    UNIT = "unit"  # one … nine
    TEEN = "teen"  # ten … nineteen
    TEN = "ten"  # twenty … ninety, may take a unit
    HUNDRED = "hundred"  # multiplies what stands before it by 100
    SCALE = "scale"  # thousand, million: multiplies and starts afresh
    GROUP = "group"  # dozen: multiplies, ends the number
    PERIOD = "period"  # decade: a number of years behind an article or *half a*, else a unit
    SET = "set"  # pair, trio: a value by itself
    COUPLE = "couple"  # a couple of: article and *of* belong to the value
    HALF = "half"
    PART = "part"  # denominator: third, quarters
    MULTIPLE = "multiple"  # doubled, twice
    VAGUE = "vague"  # dozens, thousands: a lower bound
    SIGN = "sign"  # minus, negative


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number word.

    forms: all spellings, lower case. value: what it stands for. needs: what must follow directly, as a
    regular expression, for the word to be a number; `after` what must precede; both empty: nothing.
    """

    name: str
    forms: tuple[str, ...]
    role: Role
    value: str
    needs: str = ""
    after: str = ""
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A power of ten that multiplies the number before it.

    words: written apart or with a hyphen, any case; the first gives the entry its name.
    glued: written against the digits, case as given. money: glued only behind a currency sign or code.
    vague: plural forms that alone mean a lower bound.
    """

    name: str
    power: int
    words: tuple[str, ...]
    glued: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words that make the number behind them a name (*Article 50*).

    any_case: False wants the first letter upper case.
    """

    name: str
    words: tuple[str, ...]
    any_case: bool = False
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words around a number that decide how the grammar reads it; `numbers_context.toml` says which does what."""

    name: str
    words: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Idiom:
    """A fixed phrase whose number counts nothing; square brackets mark the number in `text`."""

    text: str
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, str, str]:
        """What stands before the number, the number, and what follows."""
        before, _, rest = self.text.partition("[")
        number, _, after = rest.partition("]")
        return before, number, after


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One spelling of a number word, ready for the grammar."""

    role: Role
    value: Decimal
    needs: re.Pattern[str] | None
    after: re.Pattern[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLexicon:
    """All that the grammar looks up, compiled once."""

    words: dict[str, Word]
    plurals: frozenset[str]
    plural_noun: re.Pattern[str]
    glued: dict[str, int]
    money_glued: dict[str, int]
    idioms: dict[str, tuple[tuple[str, str], ...]]
    labels: frozenset[str]
    labels_any_case: frozenset[str]
    cues: dict[str, tuple[str, ...]]

    def cue(self, name: str) -> str:
        """Return the alternatives of a cue as a regular expression."""
        return any_of(self.cues[name])


def any_of(words: Iterable[str]) -> str:
    """Make a group that matches any of the words, the longest first, sharing beginnings so that it stays fast."""
    tree: dict[str, dict[str, object]] = {}
    for word in words:
        node: dict[str, object] = tree  # type: ignore[assignment]
        for letter in (*word, ""):
            node = node.setdefault(letter, {})  # type: ignore[assignment]
    return _branch(tree)  # type: ignore[arg-type]


def _branch(node: dict[str, object]) -> str:
    branches = [re.escape(letter) + _branch(below) for letter, below in node.items() if letter]  # type: ignore[arg-type]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
    return body + ("?" if "" in node else "")


@cache
def load(language: str) -> NumberLexicon:
    """Load and compile the number lexicon of a language.

    Raises:
        LexiconError: an entry is malformed, or two entries claim one spelling.
    """
    scales = load_entries(language, "numbers", "scale", Scale, "name")
    idioms: dict[str, list[tuple[str, str]]] = {}
    for idiom in load_entries(language, "numbers_context", "idiom", Idiom, "text"):
        before, number, after = idiom.parts
        idioms.setdefault(number.lower(), []).append((before, after))
    labels = load_entries(language, "numbers_context", "label", Label, "name")
    cues = {cue.name: cue.words for cue in load_entries(language, "numbers_context", "cue", Cue, "name")}
    words = dict(_spellings(language, scales))
    return NumberLexicon(
        words=words,
        plurals=frozenset(
            form for form, word in words.items() if word.role is Role.VAGUE and form.removesuffix("s") in words
        ),
        plural_noun=re.compile(
            rf" (?:{any_of(cues['plural_without_s'])}|(?!{any_of(cues['no_plural'])}\b)[a-z]{{2,20}}s)\b"
        ),
        glued={letters: scale.power for scale in scales for letters in scale.glued},
        money_glued={letters: scale.power for scale in scales for letters in (*scale.glued, *scale.money)},
        idioms={number: tuple(found) for number, found in idioms.items()},
        labels=frozenset(word for label in labels for word in label.words if not label.any_case),
        labels_any_case=frozenset(word.lower() for label in labels for word in label.words if label.any_case),
        cues=cues,
    )


def _spellings(language: str, scales: tuple[Scale, ...]) -> Iterator[tuple[str, Word]]:
    seen: set[str] = set()
    numerals = load_entries(language, "numbers", "numeral", Numeral, "name")
    spelt = [
        (form, Word(role=entry.role, value=Decimal(entry.value), needs=_ahead(entry.needs), after=_behind(entry.after)))
        for entry in numerals
        for form in entry.forms
    ]
    spelt += [
        (form, Word(role=Role.SCALE, value=Decimal(1).scaleb(scale.power), needs=None, after=None))
        for scale in scales
        for form in scale.words
    ]
    for form, word in spelt:
        if form in seen:
            raise LexiconError(f"data/{language}/numbers.toml", form, "this spelling is already taken")
        seen.add(form)
        yield form, word


def _ahead(pattern: str) -> re.Pattern[str] | None:
    return re.compile(pattern, re.IGNORECASE) if pattern else None


def _behind(pattern: str) -> re.Pattern[str] | None:
    return re.compile(f"(?:{pattern})$", re.IGNORECASE) if pattern else None
