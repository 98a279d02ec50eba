"""The table of units behind (and before) a number: our own entries over quantulum3's."""

import json
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from typing import Any

from claimgraph.lexicon import load_entries
from claimgraph.stages.quantities.surfaces import Surfaces
from claimgraph.vocab import Kind

__all__ = ["Unit", "UnitEntry", "UnitTable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEntry:
    """A `[[unit]]` of units.toml."""

    name: str
    kind: Kind
    words: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    unit: str | None = None
    scale: str = "1"
    symbols: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    needs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Physical:
    entity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Excluded:
    words: tuple[str, ...]
    symbols: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit as claims carry it, and the rule that knows it."""

    name: str
    kind: Kind
    scale: Decimal
    rule: str


class UnitTable:
    """Finds units by the words behind a number (`behind`) or before it (`before`)."""

    def __init__(self, language: str) -> None:
        self.behind: Surfaces[Unit] = Surfaces()
        self.before: dict[str, Unit] = {}
        for entry in load_entries(language, "units", "unit", UnitEntry, "name"):
            self._add(entry)
        self._add_physical(language)

    def _add(self, entry: UnitEntry) -> None:
        unit = Unit(
            name=entry.unit or entry.name, kind=entry.kind, scale=Decimal(entry.scale), rule=f"units.{entry.name}"
        )
        for word in entry.words:
            for form in plurals(word):
                self.behind.add_words(form, unit)
        for symbol in entry.symbols:
            self.behind.add_symbol(symbol, unit, entry.needs)
        self.before |= dict.fromkeys(entry.before, unit)

    def _add_physical(self, language: str) -> None:
        """Take over quantulum3's physical units, beneath our own and without words that mean other things."""
        entities = {entry.entity for entry in load_entries(language, "units", "physical", _Physical, "entity")}
        (excluded,) = load_entries(language, "units", "excluded", _Excluded, "words")
        for name, facts in _quantulum_units():
            if facts["entity"] in entities and name not in excluded.words:
                made = _from_quantulum(name)
                for word in set(facts["surfaces"]).difference(excluded.words):
                    for form in plurals(word):
                        self.behind.add_words(form, made)
                for symbol in set(facts["symbols"]).difference(excluded.symbols):
                    self.behind.add_symbol(symbol, made)


def plurals(word: str) -> tuple[str, ...]:
    """Return a noun (phrase) and its regular plural; the counted word of `mile per hour` is the first."""
    for joint in (" per ", " an ", " a ", " of ", " to the "):
        head, found, tail = word.partition(joint)
        if found:
            return tuple(form + found + tail for form in plurals(head))
    head, _, tail = word.partition(" ")
    degrees = (f"degrees {tail}",) if head == "degree" and tail else ()
    return (word, word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s"), *degrees, *_y_plural(word))


def _y_plural(word: str) -> tuple[str, ...]:
    return (word[:-1] + "ies",) if word.endswith("y") and word[-2:-1] not in "aeiou" else ()


def _from_quantulum(name: str) -> Unit:
    """Our form of a unit of quantulum3: `metre per second` is the rate `metre/second`."""
    numerator, per, denominator = name.partition(" per ")
    unit = f"{numerator.removesuffix('s')}/{denominator}" if per else name
    return Unit(
        name=unit, kind=Kind.RATE if per else Kind.MEASURE, scale=Decimal(1), rule=f"quantities.quantulum3 {name}"
    )


def _quantulum_units() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield name and facts of quantulum3's units, metric prefixes spelt out; its own loader takes two seconds."""
    with warnings.catch_warnings():
        # quantulum3 warns that its optional classifier is not installed; only its tables are used
        warnings.simplefilter("ignore", UserWarning)
        from quantulum3.load import Units

    source = resources.files("quantulum3").joinpath("units.json")
    for name, facts in json.loads(source.read_text(encoding="utf-8")).items():
        yield name, facts
        yield from Units.prefixed_units(name, facts)
