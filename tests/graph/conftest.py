"""Claims made from the few fields that a test is about."""

from decimal import Decimal

import pytest

from claimgraph.records import Claim
from claimgraph.vocab import Change, Kind, Qualifier, Status


@pytest.fixture(scope="session")
def make_claim():
    """A function that makes a claim: value text and bounds, and any field by name."""
    return _make_claim


def _make_claim(value_text: str, low: object, high: object = "same", **fields: object) -> Claim:
    high = low if high == "same" else high
    sentence = str(fields.pop("sentence", f"It was {value_text}."))
    start = sentence.find(value_text)
    values: dict[str, object] = {
        "id": "a#1",
        "article": "a",
        "outlet": None,
        "published": "2031-05-02",
        "sentence": sentence,
        "sentence_start": 0,
        "start": start,
        "end": start + len(value_text),
        "value_text": value_text,
        "low": None if low is None else Decimal(str(low)),
        "high": None if high is None else Decimal(str(high)),
        "qualifier": Qualifier.EXACT,
        "kind": Kind.COUNT,
        "unit": "person",
        "change": Change.LEVEL,
        "subject": "people killed",
        "entity": ("Freedonia",),
        "year": 2031,
        "period": "2031-05-01",
        "source": None,
        "status": Status.ASSERTED,
        "relation": None,
        "confidence": 1.0,
    }
    return Claim(**(values | fields))
