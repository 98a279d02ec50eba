"""How likely a claim's core (value, unit, year, entity) is right: a logistic model over what is known of it.

Its facts are which rules decided the fields, kind and form of the value, and how crowded its sentence is: no word of
an article. The weights are in data/<language>/confidence.json, made by models/confidence/train.py.
"""

import dataclasses
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from claimgraph.records import Claim

__all__ = ["Calibration", "calibrate", "facts", "load_calibration"]

# Upper ends of the ranges into which lengths (characters) and crowds (claims of one sentence) are put.
_LENGTHS = (60, 120, 200, 300)
_CROWDS = (1, 2, 3, 5, 8)

_MARKS = ('"', "“")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Log-odds that a claim's core is right: a base and a weight for every fact that holds."""

    base: float
    weights: Mapping[str, float]

    def probability(self, known: frozenset[str]) -> float:
        """Return the probability under the facts that hold; facts that were not met in training say nothing."""
        logit = self.base + sum(self.weights.get(fact, 0.0) for fact in sorted(known))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@cache
def load_calibration(language: str) -> Calibration:
    """Load `data/<language>/confidence.json`."""
    source = resources.files("claimgraph").joinpath(f"data/{language}/confidence.json")
    held = json.loads(source.read_text(encoding="utf-8"))
    return Calibration(base=held["base"], weights=held["weights"])


def calibrate(claims: Sequence[Claim], calibration: Calibration) -> Iterator[Claim]:
    """Yield one article's claims with their confidence, in order."""
    for claim, known in zip(claims, facts(claims), strict=True):
        yield dataclasses.replace(claim, confidence=round(calibration.probability(known), 4))


def facts(claims: Sequence[Claim]) -> Iterator[frozenset[str]]:
    """Yield what is known of each of one article's claims, as names of facts that hold."""
    crowds = Counter(claim.sentence_start for claim in claims)
    for claim in claims:
        yield frozenset((*_value(claim), *_fields(claim), *_rules(claim), *_place(claim, crowds[claim.sentence_start])))


def _value(claim: Claim) -> Iterator[str]:
    digits = any(sign.isdigit() for sign in claim.value_text)
    yield f"kind={claim.kind}"
    yield f"kind={claim.kind} change={claim.change}"
    yield f"qualifier={claim.qualifier}"
    yield f"kind={claim.kind} {'digits' if digits else 'words'}"
    yield f"compound unit={len(claim.unit.split()) > 1}"


def _fields(claim: Claim) -> Iterator[str]:
    published = int(claim.published[:4]) if claim.published else None
    yield f"entities={min(len(claim.entity), 3)}"
    yield f"status={claim.status}"
    yield f"source={claim.source is not None}"
    yield f"relation={claim.relation is not None}"
    yield f"grain={len(claim.period.split('/')[0]) if claim.period else 0}"
    if claim.year is None or published is None:
        yield f"year={'none' if claim.year is None else 'undated article'}"
    else:
        yield f"year={max(-2, min(2, claim.year - published))}"


def _rules(claim: Claim) -> Iterator[str]:
    """Yield the rules that decided each field, and for lexicons with many entries their table."""
    for evidence in claim.evidence:
        yield f"{evidence.field}: {evidence.rule}"
        yield f"{evidence.field}: {evidence.rule.partition('.')[0]}"


def _place(claim: Claim, crowd: int) -> Iterator[str]:
    yield f"length={next((end for end in _LENGTHS if len(claim.sentence) <= end), 'more')}"
    yield f"crowd={next((end for end in _CROWDS if crowd <= end), 'more')}"
    yield f"opens={claim.sentence_start == 0}"
    yield f"quoted={claim.sentence[:1] in _MARKS}"
