"""Denominators: what turns a quantity into a rate."""

import re
from dataclasses import dataclass
from decimal import Decimal

from spacy.lang.en.stop_words import STOP_WORDS

from claimgraph.lexicon import load_entries
from claimgraph.stages.quantities.nouns import singular
from claimgraph.stages.quantities.site import Site
from claimgraph.stages.quantities.surfaces import Surfaces, words_at
from claimgraph.stages.quantities.units import UnitTable, plurals
from claimgraph.vocab import Kind

__all__ = ["AdverbEntry", "DenominatorEntry", "HeadingEntry", "PerEntry", "Rates"]

# `per 100,000 people`, `for every 1,000 births`, `per million`
_AMOUNT = re.compile(r"\s+(\d[\d,.]*(?:\s(?:million|thousand|billion))?|million|thousand|billion)(?![\w-])")
# `a year earlier` places in time.
_BRACKET = re.compile(r"\)|\s\([^()]{1,30}\)")
_PLACED = re.compile(r"\s(?:ago|earlier|later|before|prior|after|previously|old)\b|['’]s\b")
# `two million barrels of oil per day`: what the quantity is of.
_OF_WHAT = re.compile(
    r"\sof\s(?!(?:the|an?|its|his|her|their|our|this|that|these|those)\b)[^\W\d_]\w*(?:\s[^\W\d_]\w*)?(?=\s(?:per|an?|each|every)\s)"
)
# `$400 more per year`: the comparison stands between.
_COMPARED = re.compile(r"\s(?:more|less|fewer|extra|additional|higher|lower)(?=\s(?:per|an?|each|every)\s)")
# `In an average month the firewall blocks 3 million attempts.`
_TYPICAL = re.compile(r"\b(?:in|on|during)\s(?:an?|the)\s(?:average|typical|normal|usual)\s([a-z]+)\b", re.IGNORECASE)
_COSTS = re.compile(
    r"\b(?:an?|one)(?=\s[a-z]+\sof\s[a-z]+(?:\s[a-z]+){0,3}\s(?:costs?|(?:sells?|sold|retails?|retailed|traded|trades)\s(?:for|at)|(?:is|was)\s(?:trading|selling|priced)\sat"
    r"|fetch(?:es|ed))\s)",
    re.IGNORECASE,
)
_DEAREST_SHARE, _HIGHEST_PAY = 1000, 10**7
_EACH = frozenset({"each", "every"})
_WORTH = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_PER = re.compile(
    r"\s*(/)|[\s-]+(per|for every|for each|over the course of an?|an?|each|every|the)(?=[\s-])", re.IGNORECASE
)
# Prices have one per unit of measure: *the price for a gallon of diesel*.
_PRICE_OF = re.compile(r"\b(?:price|cost|average|charge|tariff)s?\s(?:for|of)\s(?:an?|one)(?=\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PerEntry:
    """A `[[per]]` of rates.toml."""

    text: str
    any: bool
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DenominatorEntry:
    """A `[[denominator]]` of rates.toml."""

    name: str
    words: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdverbEntry:
    """An `[[adverb]]` of rates.toml."""

    text: str
    name: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingEntry:
    """A `[[heading]]` of rates.toml."""

    text: str
    name: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


class Rates:
    """Finds the denominator behind a quantity, or the heading in front of it."""

    def __init__(self, language: str, units: UnitTable) -> None:
        self._units = units
        self._any = {entry.text: entry.any for entry in load_entries(language, "rates", "per", PerEntry, "text")}
        self._nouns: Surfaces[str] = Surfaces()
        for entry in load_entries(language, "rates", "denominator", DenominatorEntry, "name"):
            for word in entry.words:
                for form in plurals(word):
                    self._nouns.add_words(form, entry.name)
        adverbs = load_entries(language, "rates", "adverb", AdverbEntry, "text")
        self._adverbs = {entry.text: entry.name for entry in adverbs}
        headings = load_entries(language, "rates", "heading", HeadingEntry, "text")
        self._headings = {entry.text: entry.name for entry in headings}
        options = "|".join(re.escape(text) for text in sorted(self._headings, key=len, reverse=True))
        self._heading = re.compile(rf"\b({options})\b", re.IGNORECASE)
        # the price per square metre is 4,500 euros
        self._headed_per = re.compile(r"\bper\s(?!cent\b)(?=[a-z])[^,.;:()\d]{2,60}$")
        self._heading_behind = re.compile(rf"\s(?:(?:in|of)\s(?:[a-z]+\s)?)?({options})\b", re.IGNORECASE)

    def behind(self, text: str, position: int) -> tuple[str, int, int] | None:
        """Return the denominator behind a position of the text, and the offsets at which it ends and starts.

        A conversion in brackets or what it is of may stand between, or the bracket in which the quantity itself
        stands may close. A comparison between (*$400 more per year*) stays outside.
        """
        compared = _COMPARED.match(text, position)
        if compared is not None:
            found = self._at(text, compared.end())
            return (found[0], position, position) if found is not None else None
        between = _BRACKET.match(text, position) or _OF_WHAT.match(text, position)
        for start in (position, between.end() if between else position):
            found = self._at(text, start)
            if found is not None:
                return *found, start
        return None

    def _at(self, text: str, position: int) -> tuple[str, int] | None:
        found = _PER.match(text, position)
        if found is None:
            return self._adverb(text, position)
        word = (found[1] or found[2]).lower()
        if not self._any.get(word, False):
            return self._known(text, found.end())
        amount = _AMOUNT.match(text, found.end())
        if amount is not None:
            noun = self._known(text, amount.end()) or (
                None if amount[1][-1:] in ".," else self._many(text, amount.end())
            )
            name, end = noun or ("person", amount.end())
            return f"{_worth(amount[1])} {name}", end
        return self._known(text, found.end()) or self._plain(text, found.end())

    def repeated(self, site: Site) -> str | None:
        """Return the unit of time of an adverbial of the number's clause: `600 million people fly each year`."""
        typical = _TYPICAL.search(site.before)
        if typical is not None:
            return self._time(typical[1])
        verb = next((token for token in site.ancestors() if token.pos_ == "VERB"), None)
        if verb is None:
            return None
        for token in verb.children:
            if token.dep_ == "npadvmod" and any(child.lower_ in _EACH for child in token.lefts):
                return self._time(str(token.text))
            if token.dep_ == "advmod" and token.i < verb.i and token.lower_ in self._adverbs:
                return self._adverbs.get(str(token.lower_))
        return None

    def _time(self, word: str) -> str | None:
        unit = self._units.behind.get(word)
        return unit.name if unit is not None and unit.kind is Kind.DURATION else None

    def heading(self, before: str, after: str, value: Decimal | None) -> str | None:
        """Return the denominator that the last heading before, or the one right behind, names (*$2 in EPS*).

        Large amounts are paid by the year (*a $90,000 annual salary*), never for a share.
        """
        behind = self._heading_behind.match(after)
        names = [self._headings[found[1].lower()] for found in (behind, *self._heading.finditer(before)) if found]
        small = value is None or abs(value) < _DEAREST_SHARE
        paid = value is None or abs(value) < _HIGHEST_PAY
        return next((name for name in names[::-1] if small or (paid and self._units.behind.get(name))), None)

    def headed_per(self, before: str) -> str | None:
        """Return the denominator that the measure in front of a value names: *spending per pupil rose to $9,000*."""
        found = self._headed_per.search(before)
        if found is None:
            return self._priced(before)
        position = found.start() + len("per")
        noun = self._known(before, position) or self._plain(before, position)
        return noun[0] if noun is not None and noun[1] < len(before) - 1 else None

    def _priced(self, before: str) -> str | None:
        """*the average for a gallon of diesel rose 9 cents*: only measures have a price for each."""
        found = _PRICE_OF.search(before) or _COSTS.search(before)
        unit = self._units.behind.find(before, found.end()) if found is not None else None
        return unit[0].name if unit is not None and unit[0].kind is Kind.MEASURE else None

    def _adverb(self, text: str, position: int) -> tuple[str, int] | None:
        words = words_at(text, position, 1)
        name = self._adverbs.get(words[0][0].lower()) if words else None
        return (name, words[0][1]) if name else None

    def _known(self, text: str, position: int) -> tuple[str, int] | None:
        """Return a denominator of the lexicon, or a unit, at a position."""
        noun = self._nouns.find(text, position)
        if noun is not None:
            return None if _PLACED.match(text, noun[1]) else noun
        unit = self._units.behind.find(text, position)
        if unit is None or "/" in unit[0].name or _PLACED.match(text, unit[1]):
            return None
        return unit[0].name, unit[1]

    def _many(self, text: str, position: int) -> tuple[str, int] | None:
        """Return what there are so many of: `per 1,000 live births` is per births."""
        words = words_at(text, position, 2)
        if len(words) == 2 and singular(words[0][0]) == words[0][0].lower() and singular(words[1][0]) != words[1][0]:
            return self._plain(text, words[0][1])
        return self._plain(text, position)

    def _plain(self, text: str, position: int) -> tuple[str, int] | None:
        """Return any one word at a position, or a country's initials with the word behind them (*per U.S. dollar*)."""
        words = words_at(text, position, 2)
        if len(words) == 2 and "." in words[0][0]:
            return f"{words[0][0].lower()}. {singular(words[1][0])}", words[1][1]
        if not words or not words[0][0][0].isalpha() or words[0][0].lower() in STOP_WORDS:
            return None
        return singular(words[0][0]), words[0][1]


def _worth(amount: str) -> int:
    """Return the number that a denominator's amount stands for."""
    digits, _, scale = amount.replace(",", "").rstrip(".").partition(" ")
    if digits in _WORTH:
        return _WORTH[digits]
    return int(float(digits) * _WORTH.get(scale, 1))
