"""Claims and relations as lines: the interchange formats that other programs rely on."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from claimgraph.graph.records import Pair
from claimgraph.records import Claim, Relation
from claimgraph.vocab import Change, Kind, Qualifier, RelationType, Status

__all__ = ["CLAIM_FIELDS", "RELATION_FIELDS", "claim_from_line", "claim_to_line", "dump_line", "relation_to_line"]

#: The fields of a relation line, in order.
RELATION_FIELDS = ("a", "b", "label", "observation", "reason")

#: The fields of a claim line, in order; also the columns of the CSV and Parquet exports.
CLAIM_FIELDS = (
    "id",
    "article",
    "outlet",
    "published",
    "sentence",
    "sentence_start",
    "start",
    "end",
    "value_text",
    "low",
    "high",
    "qualifier",
    "kind",
    "unit",
    "change",
    "subject",
    "entity",
    "year",
    "period",
    "source",
    "status",
    "relation",
    "confidence",
)


def _number(value: Decimal | None) -> int | float | None:
    """Give a JSON number: an int where the value is whole, else a float."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def claim_to_line(claim: Claim) -> dict[str, Any]:
    """Return the claim as a JSON object with exactly `CLAIM_FIELDS`."""
    line = {name: getattr(claim, name) for name in CLAIM_FIELDS}
    line["low"], line["high"] = _number(claim.low), _number(claim.high)
    line["entity"] = list(claim.entity)
    line["relation"] = {"type": str(claim.relation.type), "target": claim.relation.target} if claim.relation else None
    line["confidence"] = round(claim.confidence, 4)
    return line


def relation_to_line(pair: Pair) -> dict[str, Any]:
    """Return two compared claims as a JSON object with exactly `RELATION_FIELDS`."""
    return {name: getattr(pair, name) for name in RELATION_FIELDS}


def claim_from_line(line: Mapping[str, Any]) -> Claim:
    """Read a claim line back; numbers become exact decimals of their shortest notation.

    Raises:
        KeyError: a field is missing.
        ValueError: a field has a value that its vocabulary does not know.
    """
    relation = line["relation"]
    return Claim(
        id=line["id"],
        article=line["article"],
        outlet=line["outlet"],
        published=line["published"],
        sentence=line["sentence"],
        sentence_start=line["sentence_start"],
        start=line["start"],
        end=line["end"],
        value_text=line["value_text"],
        low=None if line["low"] is None else Decimal(str(line["low"])),
        high=None if line["high"] is None else Decimal(str(line["high"])),
        qualifier=Qualifier(line["qualifier"]),
        kind=Kind(line["kind"]),
        unit=line["unit"],
        change=Change(line["change"]),
        subject=line["subject"],
        entity=tuple(line["entity"]),
        year=line["year"],
        period=line["period"],
        source=line["source"],
        status=Status(line["status"]),
        relation=Relation(type=RelationType(relation["type"]), target=relation["target"]) if relation else None,
        confidence=line["confidence"],
    )


def dump_line(line: Mapping[str, Any]) -> str:
    """Serialise one line of JSONL; lone surrogates are escaped, so that the output is always valid UTF-8."""
    text = json.dumps(line, ensure_ascii=False, separators=(", ", ": "))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(line, separators=(", ", ": "))
    return text
