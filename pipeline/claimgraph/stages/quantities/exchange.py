"""Exchange rates: a currency that is at, or moves to, so much of another one is worth a rate between the two."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from claimgraph.lexicon import load_entries
from claimgraph.stages.quantities.money import Currencies
from claimgraph.stages.quantities.reading import Reading
from claimgraph.stages.quantities.site import Site
from claimgraph.vocab import Form, Kind

__all__ = ["EXCHANGE", "Exchange", "ExchangeEntry"]

EXCHANGE = "quantities.exchange rate"  # the rule of every rate between currencies

_REACH = 24  # tokens in front of a value that may name the currency whose price it is
_LARGEST = 100_000  # no currency costs more units of another one that news prices


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeEntry:
    """An `[[exchange]]` of currencies.toml."""

    name: str
    words: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


class Exchange:
    """Turns amounts of money into rates between currencies where a currency is the subject."""

    def __init__(self, language: str, currencies: Currencies) -> None:
        self._currencies = currencies
        loaded = load_entries(language, "currencies", "exchange", ExchangeEntry, "name")
        entries = {entry.name: entry.words for entry in loaded}
        self._quoted, self._against = entries["quoted"], entries["against"]
        self._assets = entries["priced like a share"]
        self._bases = entries["base"]

    def rated(self, site: Site, reading: Reading, country: str | None) -> Reading:
        """Return `the euro rose to $1.08` and `at 151.5 yen per dollar` as rates, anything else as it is."""
        if not _is_small(site) or reading.kind not in (Kind.MONEY, Kind.RATE, Kind.COUNT):
            return reading
        own, _, below = reading.unit.partition("/")
        if below:
            return self._per(site, reading, own, below, country)
        if reading.kind is not Kind.MONEY or not self._is_quoted(site, reading):
            return reading
        subject, _ = self._named(site, country)
        return _rate(reading, own, subject) if subject and subject != own else reading

    def bare(self, site: Site, country: str | None) -> Reading | None:
        """Return `the peso fell against the dollar to 20.5` as a rate; None where no two currencies are named."""
        if not _is_small(site) or not self._is_quoted(site, None):
            return None
        subject, other = self._named(site, country)
        other = self._held_behind(site, country) or other
        if not subject or not other or subject == other:
            return None
        if self._rank(subject) < self._rank(other):
            subject, other = other, subject
        start, end = site.mention.start, site.mention.end
        kind = Kind.RATE
        return Reading(kind=kind, unit=f"{subject}/{other}", start=start, end=end, rule=EXCHANGE)

    def _rank(self, code: str) -> int:
        """Return the place of a currency among those of which one unit is priced, by the custom of the markets."""
        return self._bases.index(code) if code in self._bases else len(self._bases)

    def _held_behind(self, site: Site, country: str | None) -> str | None:
        """Return the currency that a value is held against behind it: *slipped to 1.27 against the dollar*."""
        near = [token for token in site.right(count=4) if token.lower_ != "the"]
        if len(near) < 2 or near[0].lower_ not in self._against:
            return None
        found = self._currencies.behind.find(near[1].text)
        return found[0].of(country) if found is not None and found[0].scale == 1 else None

    def _per(self, site: Site, reading: Reading, own: str, below: str, country: str | None) -> Reading:
        found = self._currencies.behind.get(below)
        if found is None or found.scale != 1:
            return reading
        base = found.of(country)
        subject, _ = self._named(site, country)
        if subject is None or base in (subject, own):
            return reading  # a pound is also a weight
        return _rate(reading, own if own.isupper() else subject, base)

    def _is_quoted(self, site: Site, reading: Reading | None) -> bool:
        """Say whether a preposition of levels stands before the value: `at`, `to`, `from`."""
        start = reading.start if reading is not None else None
        near = [token.lower_ for token in site.left(start, count=3)]
        return any(word in self._quoted for word in near[:2])

    def _named(self, site: Site, country: str | None) -> tuple[str | None, str | None]:
        """Return the nearest currency in front that is no amount, and the nearest that it is held against."""
        subject = other = None
        for token, code in self._codes(site, country):
            held = any(left.lower_ in self._against for left in _before(site, token))
            if held:
                other = other or code
            else:
                subject = subject or code
        return subject, other

    def _codes(self, site: Site, country: str | None) -> Iterator[tuple[Token, str]]:
        for token in site.left(count=_REACH):
            if token.pos_ not in ("NOUN", "PROPN") or token.i + 1 >= len(site.doc):
                continue
            found = self._currencies.behind.get(token.text)
            if found is None or found.scale != 1 or token.nbor().pos_ == "NOUN" or token.lower_.endswith("s"):
                continue  # amounts are plural, a currency is one
            before = token.nbor(-1) if token.i > site.begin else None
            full = self._currencies.behind.get(f"{before.text} {token.text}") if before is not None else None
            amount = before is not None and (before.like_num or before.text[-1:].isdigit())
            code = (full or found).of(country)
            if not amount and code not in self._assets:
                yield token, code


def _before(site: Site, token: Token) -> list[Token]:
    return [site.sites.tokens[i] for i in range(max(site.begin, token.i - 3), token.i)]


def _is_small(site: Site) -> bool:
    value = site.mention.high
    return site.mention.form in (Form.DIGITS, Form.RANGE) and value is not None and 0 < value < _LARGEST


def _rate(reading: Reading, own: str, base: str) -> Reading:
    return replace(reading, kind=Kind.RATE, unit=f"{own}/{base}", rule=EXCHANGE)
