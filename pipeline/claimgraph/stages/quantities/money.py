"""Currencies: signs before the number, nouns and codes behind it, and whose dollar a bare `$` is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from babel import Locale
from babel.numbers import get_currency_name, get_territory_currencies

from claimgraph.lexicon import load_entries
from claimgraph.stages.quantities.surfaces import Surfaces
from claimgraph.stages.quantities.units import plurals

__all__ = ["BareEntry", "Currencies", "Currency", "CurrencyEntry", "HundredthEntry"]

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrencyEntry:
    """A `[[currency]]` of currencies.toml."""

    code: str
    signs: tuple[str, ...]
    words: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    tight: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BareEntry:
    """A `[[bare]]` of currencies.toml."""

    name: str
    codes: tuple[str, ...]
    signs: tuple[str, ...]
    words: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HundredthEntry:
    """A `[[hundredth]]` of currencies.toml."""

    name: str
    of: str
    words: tuple[str, ...]
    symbols: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """A currency as a text names it: one code, or the codes that share a bare name, likeliest first."""

    codes: tuple[str, ...]
    rule: str
    scale: Decimal = Decimal(1)

    def of(self, country: str | None) -> str:
        """Return the ISO 4217 code, a bare name taken as the money of the country (ISO 3166-1 alpha-2)."""
        if len(self.codes) == 1 or country is None:
            return self.codes[0]
        local = get_territory_currencies(country)
        return next((code for code in local if code in self.codes), self.codes[0])


class Currencies:
    """Finds currencies by the words behind a number (`behind`) or the sign in front of it (`before`)."""

    def __init__(self, language: str) -> None:
        self._language = language
        self.behind: Surfaces[Currency] = Surfaces()
        self._signs: dict[str, Currency] = {}
        self._tight: dict[str, Currency] = {}
        bare = {entry.name: entry for entry in load_entries(language, "currencies", "bare", BareEntry, "name")}
        for hundredth in load_entries(language, "currencies", "hundredth", HundredthEntry, "name"):
            codes = bare[hundredth.of].codes if hundredth.of in bare else (hundredth.of,)
            part = Currency(codes=codes, rule=f"currencies.{hundredth.name}", scale=_CENT)
            self._add((), hundredth.words, part)
            for symbol in hundredth.symbols:
                self.behind.add_symbol(symbol, part)
        for entry in load_entries(language, "currencies", "currency", CurrencyEntry, "code"):
            currency = Currency(codes=(entry.code,), rule=f"currencies.{entry.code}")
            self._add(entry.signs, entry.words, currency)
            self._tight |= dict.fromkeys(entry.tight, currency)
        for shared in bare.values():
            self._add(shared.signs, shared.words, Currency(codes=shared.codes, rule=f"currencies.{shared.name}"))
        (context,) = load_entries(language, "currencies", "context", _Words, "words")
        self._money_words = re.compile(rf"£|\b(?:{'|'.join(map(re.escape, context.words))})\b", re.IGNORECASE)
        self.shared = {f"currencies.{name}": entry.codes for name, entry in bare.items() if "$" not in entry.signs}
        self._add_iso(language)
        self._dollars = frozenset(bare["dollar"].codes)
        every = sorted({*self._signs, *self._tight}, key=len, reverse=True)
        self._before = re.compile(f"(?<![^\\W\\d_])({'|'.join(map(re.escape, every))})(\\s?)[-+]?$")

    def _add(self, signs: tuple[str, ...], words: tuple[str, ...], currency: Currency) -> None:
        self._signs |= dict.fromkeys((sign for sign in signs if sign not in self._signs), currency)
        for word in (*words, *(f"{word.removesuffix('dollar')}dlr" for word in words if word.endswith("dollar"))):
            for form in plurals(word):
                self.behind.add_words(form, currency)

    def _add_iso(self, language: str) -> None:
        """Add the codes and official names of all currencies in use, beneath the entries of our own."""
        (excluded,) = load_entries(language, "currencies", "excluded", _Words, "words")
        for code, name in _iso_names(language):
            self._add((code,), (name,), Currency(codes=(code,), rule=f"currencies.ISO 4217 {code}"))
            self.behind.add_symbol(code, Currency(codes=(code,), rule=f"currencies.ISO 4217 {code}"))
            last = name.split()[-1]
            if last not in excluded.words and len(last) > 3:
                self._add((), (last,), Currency(codes=(code,), rule=f"currencies.ISO 4217 {code}"))

    def speaks_of_money(self, text: str) -> bool:
        """Say whether a text has a word that tells money from weight (`paid`, `worth`, `British`)."""
        return self._money_words.search(text) is not None

    def local(self, country: str | None) -> str:
        """Return the currency of a country, US dollars where the country is unknown."""
        return next(iter(get_territory_currencies(country)), "USD") if country else "USD"

    def country_named(self, text: str, country: str | None) -> str | None:
        """Return the country, but not the US, whose dollar a text most likely means: the one it names most often."""
        if country is not None and self.local(country) in self._dollars and self.local(country) != "USD":
            return country
        # the stem, so that `Canadian` counts for Canada
        stems = ((code, name.split(" SAR")[0]) for code, name in self._dollar_countries())
        names = {code: name[: max(5, len(name) - 2)] for code, name in stems if name[: max(5, len(name) - 2)] in text}
        return max(names, key=lambda code: text.count(names[code])) if names else country

    def _dollar_countries(self) -> Iterator[tuple[str, str]]:
        """Yield code and name of the countries, but for the US, that call their money dollar."""
        for code, name in Locale(self._language).territories.items():
            if len(code) == 2 and set(_current(code)[:1]) & self._dollars.difference({"USD"}):
                yield code, name

    def before(self, text: str) -> tuple[Currency, int] | None:
        """Return the currency whose sign ends the text, and the offset at which the sign starts."""
        found = self._before.search(text)
        if found is None:
            return None
        currency = self._signs.get(found[1])
        if currency is None and not found[2]:
            currency = self._tight.get(found[1])
        return (currency, found.start(1)) if currency else None


def _iso_names(language: str) -> Iterator[tuple[str, str]]:
    """Yield code and name of the currencies that some country uses today."""
    used = {code for territory in Locale(language).territories for code in _current(str(territory))}
    for code in sorted(used):
        yield code, str(get_currency_name(code, locale=language)).lower()


def _current(territory: str) -> list[str]:
    return get_territory_currencies(territory) if len(territory) == 2 else []
