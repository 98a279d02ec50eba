"""Compare the finder's mentions with the values of the gold."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from claimgraph.stages.numbers.finder import NumberFinder


def share_of_values_found(gold: Path, finder: NumberFinder) -> float:
    """Return the share of gold values that overlap a mention with one of their bounds."""
    found = [hit for path in sorted(gold.glob("*/articles/*.txt")) for hit in _hits(path, finder)]
    return sum(found) / len(found)


def _hits(path: Path, finder: NumberFinder) -> Iterator[bool]:
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    title = next((line[6:].strip() for line in head.splitlines() if line.startswith("title:")), "")
    text = f"{title}\n\n{body}"
    readings = list(finder.find(text))
    claims = json.loads((path.parent.parent / "claims" / f"{path.stem}.json").read_text(encoding="utf-8"))["claims"]
    for claim in claims:
        span = _locate(text, claim)
        if span is not None:
            near = [r for r in readings if r.start < span[1] and r.end > span[0]]
            yield any(_agrees(claim, float(r.low), None if r.high is None else float(r.high)) for r in near)


def _locate(text: str, claim: dict) -> tuple[int, int] | None:
    sentence = re.search(r"\s+".join(map(re.escape, claim["sentence"].split())), text)
    if sentence is None:
        return None
    value = r"\s+".join(map(re.escape, claim["value_text"].split()))
    spans = [match.span() for match in re.finditer(value, sentence[0])]
    if len(spans) < claim["occurrence"]:
        return None
    start, end = spans[claim["occurrence"] - 1]
    return sentence.start() + start, sentence.start() + end


def _agrees(claim: dict, low: float, high: float | None) -> bool:
    """The gold's bounds are opened by qualifiers, which are not the finder's business; basis points are hundredths."""
    stated = {bound for bound in (claim["low"], claim["high"]) if bound is not None}
    mine = {low, high} - {None}
    return all(
        any(abs(abs(a) - abs(b) * scale) <= 1e-6 * max(1, abs(a)) for a in stated for scale in (1, 0.01)) for b in mine
    )
