"""What each number measures, on sentences alone."""

from decimal import Decimal

import pytest

from claimgraph.records import Quantity
from claimgraph.stages.base import read

pytestmark = pytest.mark.model


@pytest.fixture
def quantities(nlp):
    """Return the quantities of one sentence by the text of their value."""

    def run(sentence: str) -> dict[str, Quantity]:
        doc = nlp(sentence)
        return {doc.text[found.start : found.end]: found for found in read(doc, Quantity)}

    return run


@pytest.mark.parametrize(
    ("sentence", "value", "kind", "unit"),
    [
        ("The tunnel is 57 km long.", "57", "measure", "kilometre"),
        ("They sold 250ml bottles.", "250", "measure", "millilitre"),
        ("The chip runs at 2.4Ghz.", "2.4", "measure", "gigahertz"),
        ("Petrol costs RM2.70.", "2.70", "money", "MYR"),
        ("The stock costs $25 a share.", "25", "rate", "USD/share"),
        ("There were 12 murders per 100,000 people.", "12", "rate", "murder/100000 person"),
        ("Rates rose by 25 basis points.", "25", "percentage_points", "percentage point"),
        ("Turnout was 61 per cent.", "61", "percent", "%"),
        ("Manuel, 17, waved.", "17", "age", "year"),
        ("A 24-year-old man fell.", "24", "age", "year"),
        ("The 487-megawatt dam broke.", "487", "measure", "megawatt"),
        ("A magnitude 6.2 quake struck.", "6.2", "measure", "magnitude"),
        ("Police found 60 people.", "60", "count", "person"),
        ("Some 60 of the sailors swam.", "60", "count", "sailor"),
    ],
)
def test_unit_and_kind(quantities, sentence, value, kind, unit):
    found = quantities(sentence)[value]
    assert (found.kind, found.unit) == (kind, unit)


def test_a_denominator_is_no_claim_of_its_own(quantities):
    assert list(quantities("There were 12 murders per 100,000 people.")) == ["12"]


@pytest.mark.parametrize(
    ("sentence", "low", "high", "qualifier"),
    [
        ("About 40 boats sank.", 40, 40, "approximately"),
        ("More than 40 boats sank.", 40, None, "more_than"),
        ("No more than 40 boats sank.", None, 40, "at_most"),
        ("No fewer than 40 boats sank.", 40, None, "at_least"),
        ("40 boats or more sank.", 40, None, "at_least"),
        ("Up to $40 was paid.", None, 40, "at_most"),
        ("The index rose up to 40.", 40, 40, "exact"),
        ("The rate fell 40 basis points.", Decimal("0.4"), Decimal("0.4"), "exact"),
        ("Coffee costs less than 40 cents.", None, Decimal("0.4"), "less_than"),
    ],
)
def test_qualifier_opens_bounds(quantities, sentence, low, high, qualifier):
    (found,) = quantities(sentence).values()
    assert (found.low, found.high, found.qualifier) == (low, high, qualifier)


def test_a_text_without_numbers_has_no_quantities(quantities):
    assert quantities("Nothing was counted.") == {}
