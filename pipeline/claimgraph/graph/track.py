"""How often a source was confirmed by others, learnt from the graph itself.

In every question that others answer too, a source is confirmed if one of its values meets what the others support
best, and corrected if none does; its own vote never confirms it. Rates are shrunk towards the mean of all sources, so
that a source with two comparisons stays near it. The weight of a vote is the logarithm of its odds of being right
against several wrong values that a source might have printed instead, after Dong, Berti-Équille and Srivastava 2009
(Integrating conflicting data: the role of source dependence), relative to the mean source.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

from claimgraph.graph.best import best_answer, voters_of
from claimgraph.graph.records import Answer, Interval, Track
from claimgraph.graph.values import meet

__all__ = ["Record", "records", "tally", "weights"]

#: Comparisons with the mean that every source starts with. Set on generated sources (tests/benchmarks/bench_truth.py).
_SHRINK = 4.0
#: Wrong values that a source might print; more make rates tell less.
_WRONG = 3.0
#: Weights are kept between these, so that no source is silenced and none decides alone.
_LEAST, _MOST = 0.05, 3.0


@dataclass(frozen=True, slots=True)
class Record:
    """In how many questions a source was confirmed and corrected."""

    confirmed: int = 0
    corrected: int = 0

    def __add__(self, other: "Record") -> "Record":
        return Record(self.confirmed + other.confirmed, self.corrected + other.corrected)


def tally(answers: Sequence[Answer], *, track: Mapping[str, Track] | None = None) -> dict[str, bool]:
    """Say of every origin that answers a question, and is not alone, whether the others confirm it.

    Args:
        answers: comparable answers to one question that does not move, in one unit.
        track: records of origins as far as they are known.
    """
    voters = voters_of(answers)
    known: dict[tuple[int, int], bool] = {}

    def meets(a: Interval, b: Interval) -> bool:
        """Remember which intervals meet, by identity: leaving each origin out asks for the same pairs again."""
        pair = (id(a), id(b))
        if pair not in known:
            known[pair] = known[pair[::-1]] = meet(a, b)
        return known[pair]

    found = {}
    for origin in sorted({answer.origin for answer in answers}):
        own = [answer for answer in answers if answer.origin == origin]
        others = [answer for answer in answers if voters[answer.claim] != voters[own[0].claim]]
        best = best_answer(others, track=track, meets=meets)
        if best is not None:
            chosen = replace(own[0].interval, low=best.low, high=best.high, stated=best.value)
            found[origin] = any(meet(answer.interval, chosen) for answer in own)
    return found


def weights(records: Mapping[str, Record], everyone: Record | None = None) -> dict[str, Track]:
    """Return the track record of every source; a weight of 1 is the mean source's.

    Args:
        records: of the sources that are asked for.
        everyone: of all sources together; those of `records` if it is not given.
    """
    total = everyone or sum(records.values(), Record())
    mean = (total.confirmed + 1) / (total.confirmed + total.corrected + 2)
    return {
        origin: Track(weight=round(_weight(record, mean), 3), confirmed=record.confirmed, corrected=record.corrected)
        for origin, record in records.items()
    }


def _weight(record: Record, mean: float) -> float:
    rate = (record.confirmed + _SHRINK * mean) / (record.confirmed + record.corrected + _SHRINK)
    return max(_LEAST, min(_MOST, max(0.0, _vote(rate)) / max(_vote(mean), 0.1)))


def _vote(rate: float) -> float:
    rate = min(max(rate, 0.01), 0.99)
    return log(_WRONG * rate / (1 - rate))


def records(tallies: Iterable[Mapping[str, bool]]) -> dict[str, Record]:
    """Add up what `tally` says of many questions."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for found in tallies:
        for origin, confirmed in found.items():
            counts[origin][not confirmed] += 1
    return {origin: Record(*count) for origin, count in counts.items()}
