"""Every lexicon entry of the quantities stage speaks where its `yes` sentences say so, and is silent in its `no`."""

from functools import cache

import pytest

from claimgraph.lexicon import load_entries
from claimgraph.records import Quantity
from claimgraph.stages.base import read
from claimgraph.stages.quantities.ages import AgeEntry
from claimgraph.stages.quantities.change import ParticleEntry, VerbEntry
from claimgraph.stages.quantities.elision import MeasureEntry
from claimgraph.stages.quantities.exchange import ExchangeEntry
from claimgraph.stages.quantities.money import BareEntry, CurrencyEntry, HundredthEntry
from claimgraph.stages.quantities.points import PointEntry
from claimgraph.stages.quantities.qualifiers import CueEntry
from claimgraph.stages.quantities.rates import AdverbEntry, DenominatorEntry, HeadingEntry, PerEntry
from claimgraph.stages.quantities.refusal import OneEntry, PeriodEntry, ZeroEntry
from claimgraph.stages.quantities.units import UnitEntry
from claimgraph.vocab import Change, Kind

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def quantities(nlp):
    """Return the quantities of a sentence; the stages behind quantities need not run."""
    names = nlp.pipe_names[: nlp.pipe_names.index("claimgraph_quantities") + 1]

    @cache
    def run(sentence: str) -> tuple[Quantity, ...]:
        doc = nlp.make_doc(sentence)
        for name in names:
            doc = nlp.get_pipe(name)(doc)
        return read(doc, Quantity)

    return run


def entries(table: str, array: str, entry: type, key: str) -> list:
    """Return an array's entries as parameters, named after their key."""
    return [
        pytest.param(item, id=f"{array} {getattr(item, key)}"[:60])
        for item in load_entries("en", table, array, entry, key)
    ]


def rules(found: tuple[Quantity, ...], field: str) -> set[str]:
    return {item.rule for quantity in found for item in quantity.evidence if item.field == field}


def check(item, speaks) -> None:
    """Run the sentences of one entry."""
    assert [sentence for sentence in item.yes if not speaks(sentence)] == []
    assert [sentence for sentence in item.no if speaks(sentence)] == []


@pytest.mark.parametrize("item", entries("units", "unit", UnitEntry, "name"))
def test_unit(item, quantities):
    check(item, lambda sentence: any(q.unit == (item.unit or item.name) for q in quantities(sentence)))


@pytest.mark.parametrize("item", entries("currencies", "currency", CurrencyEntry, "code"))
def test_currency(item, quantities):
    check(item, lambda sentence: any(q.unit.split("/")[0] == item.code for q in quantities(sentence)))


@pytest.mark.parametrize(
    "item",
    entries("currencies", "bare", BareEntry, "name") + entries("currencies", "hundredth", HundredthEntry, "name"),
)
def test_bare_currency(item, quantities):
    check(item, lambda sentence: f"currencies.{item.name}" in rules(quantities(sentence), "unit"))


@pytest.mark.parametrize(
    "item",
    entries("rates", "denominator", DenominatorEntry, "name")
    + entries("rates", "adverb", AdverbEntry, "text")
    + entries("rates", "heading", HeadingEntry, "text"),
)
def test_denominator(item, quantities):
    check(item, lambda sentence: any(q.unit.endswith(f"/{item.name}") for q in quantities(sentence)))


@pytest.mark.parametrize("item", entries("currencies", "exchange", ExchangeEntry, "name"))
def test_exchange_rate(item, quantities):
    check(item, lambda sentence: "quantities.exchange rate" in rules(quantities(sentence), "unit"))


@pytest.mark.parametrize("item", entries("rates", "per", PerEntry, "text"))
def test_per(item, quantities):
    check(item, lambda sentence: any(q.kind is Kind.RATE for q in quantities(sentence)))


@pytest.mark.parametrize(
    "item", entries("nouns", "measure", MeasureEntry, "name") + entries("nouns", "heading", MeasureEntry, "name")
)
def test_measure(item, quantities):
    check(item, lambda sentence: f"nouns.{item.name}" in rules(quantities(sentence), "unit"))


@pytest.mark.parametrize("item", entries("ages", "age", AgeEntry, "name"))
def test_age(item, quantities):
    check(item, lambda sentence: any(q.kind is Kind.AGE for q in quantities(sentence)))


@pytest.mark.parametrize("item", entries("points", "points", PointEntry, "name"))
def test_points(item, quantities):
    check(item, lambda sentence: f"points.{item.name}" in rules(quantities(sentence), "unit"))


@pytest.mark.parametrize("item", entries("qualifiers", "cue", CueEntry, "key"))
def test_qualifier(item, quantities):
    check(item, lambda sentence: f"qualifiers.{item.text}" in rules(quantities(sentence), "qualifier"))


@pytest.mark.parametrize(
    "item", entries("change", "verb", VerbEntry, "forms") + entries("change", "noun", VerbEntry, "forms")
)
def test_word_of_change(item, quantities):
    check(item, lambda sentence: any(q.change is item.direction for q in quantities(sentence)))


@pytest.mark.parametrize("item", entries("change", "particle", ParticleEntry, "text"))
def test_particle_of_change(item, quantities):
    check(item, lambda sentence: any(q.change is not Change.LEVEL for q in quantities(sentence)))


@pytest.mark.parametrize(
    "item",
    entries("refusals", "period", PeriodEntry, "name")
    + entries("refusals", "one", OneEntry, "name")
    + entries("refusals", "zero", ZeroEntry, "words")
    + entries("refusals", "glued", ZeroEntry, "words")
    + entries("refusals", "figure", ZeroEntry, "words"),
)
def test_refusal(item, quantities):
    check(item, lambda sentence: not quantities(sentence))


@pytest.mark.parametrize("item", entries("nouns", "group", MeasureEntry, "name"))
def test_group(item, quantities):
    check(item, lambda sentence: f"nouns.{item.name}" in rules(quantities(sentence), "unit"))
