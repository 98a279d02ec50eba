"""Units that the text leaves out: taken from a parallel number, from the verb or from the measure's name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from spacy.tokens import Token

from claimgraph.lexicon import load_entries
from claimgraph.stages.quantities.nouns import singular
from claimgraph.stages.quantities.reading import Reading
from claimgraph.stages.quantities.site import Site
from claimgraph.vocab import Kind

__all__ = ["Elisions", "MeasureEntry"]

_JOINED = re.compile(
    r"\s?(?:-|–|/|,|to|and|or|by|, and|, or|per cent to|percent to|x)\s?(?:about |around |even )?[^\w\s]{0,2}$"
)
_COMPARED = re.compile(
    r"\b(?:vs|versus|against|compared|from|than|to|consensus|expect(?:ed|ation|ations)|forecasts?|estimates?|rather)\b",
    re.IGNORECASE,
)
_BIG = 1_000_000
_RECENT = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureEntry:
    """A `[[measure]]` of nouns.toml."""

    name: str
    words: tuple[str, ...]
    kind: Kind
    unit: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    words: tuple[str, ...]


class Elisions:
    """Guesses what a bare number is in; the first source that speaks decides."""

    def __init__(self, language: str) -> None:
        measures = load_entries(language, "nouns", "measure", MeasureEntry, "name")
        self._measures = {word: entry for entry in measures for word in entry.words}
        (victims,) = load_entries(language, "nouns", "victims", _Words, "words")
        (people,) = load_entries(language, "nouns", "people", _Words, "words")
        self._victims, self._people = frozenset(victims.words), frozenset(people.words)

    def fill(self, site: Site, before: Sequence[tuple[Site, Reading]], money: str) -> Reading:
        """Return the reading of a number that has no unit of its own.

        Args:
            site: the number.
            before: the numbers before it with their readings, nearest last.
            money: the currency of the article's country, ISO 4217.
        """
        same = [pair for pair in before[-6:] if pair[0].begin == site.begin]
        return (
            self._compared(site, same)
            or self._named(site, same, money)
            or self._counted_people(site)
            or self._parallel(site, same)
            or self._repeated(site, before)
            or _bare(site, Kind.COUNT, "person", "quantities.default")
        )

    def of_measure(self, word: str) -> tuple[Kind, str, str] | None:
        """Return kind, unit and rule of a noun that names a measure, such as `quake`."""
        entry = self._measures.get(word)
        return (entry.kind, entry.unit, f"nouns.{entry.name}") if entry and entry.unit != "$" else None

    def _compared(self, site: Site, same: list[tuple[Site, Reading]]) -> Reading | None:
        """`against 2.25 billion`: as the number that it is compared with."""
        if not same:
            return None
        other, reading = same[-1]
        gap = site.sites.text[max(reading.end, other.mention.end) : site.mention.start]
        if len(gap) < 70 and _COMPARED.search(gap) and reading.kind is not Kind.DURATION and _comparable(site, other):
            return _like(site, reading, "quantities.compared number")
        return None

    def _named(self, site: Site, same: list[tuple[Site, Reading]], money: str) -> Reading | None:
        """The nearest name of a measure in front: `the death toll rose to 77`, `the number of defectors hit 196`."""
        start = same[-1][0].last if same else site.begin
        for token in site.left(count=14):
            if token.i < start:
                return None
            entry = self._measures.get(f"{token.nbor(-1).lower_} {token.lower_}") if token.i > site.begin else None
            entry = entry or self._measures.get(token.lower_)
            if entry is not None:
                return self._by_name(site, entry, money)
            if token.lower_ in self._victims or token.lemma_.lower() in self._victims:
                return None
            if _is_subject(site, token):
                return _bare(site, Kind.COUNT, singular(token.text), "quantities.plural subject")
            if token.lower_ in ("number", "tally"):
                return self._number_of(site, token)
        return None

    def _by_name(self, site: Site, entry: MeasureEntry, money: str) -> Reading | None:
        value = abs(site.mention.low or Decimal(0))
        if entry.unit == "$":
            big = value >= _BIG or site.mention.high is None
            return _bare(site, Kind.MONEY, money, f"nouns.{entry.name}") if big else None
        if entry.kind is Kind.PERCENT and value > 150:
            return None
        return _bare(site, entry.kind, entry.unit, f"nouns.{entry.name}")

    def _number_of(self, site: Site, token: Token) -> Reading | None:
        noun = next(
            (
                inner
                for child in token.rights
                if child.lower_ == "of"
                for inner in child.children
                if inner.dep_ == "pobj"
            ),
            None,
        )
        return _bare(site, Kind.COUNT, singular(noun.text), "quantities.number of") if noun is not None else None

    def _counted_people(self, site: Site) -> Reading | None:
        """`killed 12`, `12 missing`: the verb counts people."""
        if any(token.lower_ == "the" for token in site.left(count=1)):
            return None
        near = [*site.left(count=5), *site.right(count=5)]
        for token in near:
            if token.lower_ in self._people or token.lemma_.lower() in self._victims:
                return _bare(site, Kind.COUNT, "person", "nouns.victims")
        return None

    def _parallel(self, site: Site, same: list[tuple[Site, Reading]]) -> Reading | None:
        """`2,432 buildings were destroyed and 500 damaged`: as the last count of the sentence."""
        for other, reading in reversed(same):
            if reading.kind in (Kind.COUNT, Kind.RATE, Kind.MEASURE) or (
                reading.kind is Kind.MONEY and _comparable(site, other)
            ):
                return _like(site, reading, "quantities.parallel number")
        return None

    def _repeated(self, site: Site, before: Sequence[tuple[Site, Reading]]) -> Reading | None:
        """As the last count of the sentence before: `About 30 had been recaptured.`"""
        for other, reading in reversed(before[-4:]):
            if reading.kind in (Kind.COUNT, Kind.RATE) and site.mention.start - other.mention.end < _RECENT:
                return _like(site, reading, "quantities.number of the sentence before")
        return None


def _is_subject(site: Site, token: Token) -> bool:
    """`Arrests hit 6,000`: a plural subject of the verb that governs the number is what is counted."""
    if token.tag_ != "NNS" or token.dep_ not in ("nsubj", "nsubjpass") or site.root.dep_ in ("nsubj", "nsubjpass"):
        return False
    return any(token.head.i == head.i for head in site.ancestors())


def joined(site: Site, after: Site) -> bool:
    """Say whether a number shares the unit of the next one: `51-31 percent`, `two or three metres`."""
    gap = site.sites.text[site.mention.end : after.mention.start]
    return len(gap) < 16 and _JOINED.match(gap) is not None


def like(site: Site, reading: Reading) -> Reading:
    """Return the reading of a number that shares the unit of the next one."""
    return _like(site, reading, "quantities.shared unit")


def _comparable(site: Site, other: Site) -> bool:
    """Numbers that are compared are of one size, give or take three powers of ten."""
    a, b = abs(site.mention.low or Decimal(0)), abs(other.mention.low or Decimal(0))
    return a == b or (a > 0 and b > 0 and Decimal("0.001") < a / b < 1000)


def _like(site: Site, reading: Reading, rule: str) -> Reading:
    return replace(
        reading, start=site.mention.start, end=site.mention.end, rule=f"{rule} ({reading.rule})", noun=None, sure=False
    )


def _bare(site: Site, kind: Kind, unit: str, rule: str) -> Reading:
    return Reading(kind=kind, unit=unit, start=site.mention.start, end=site.mention.end, rule=rule, sure=False)
