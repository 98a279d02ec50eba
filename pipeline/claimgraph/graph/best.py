"""The best-supported value of an observation, with what weighed how much.

One vote for each independent origin: copies of a story and carriers of one ministry's figure share it.
Of quantities that move, later reports weigh more. The value is always one that was reported, never an average.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from claimgraph.graph.records import Answer, Best, Weighing
from claimgraph.graph.values import meet

__all__ = ["best_answer"]

#: Days after which a report of a moving quantity weighs half.
_HALF_LIFE = 3.0


def best_answer(
    answers: Sequence[Answer], *, moves: bool = False, track: Mapping[str, float] | None = None
) -> Best | None:
    """Return the value that the answers support best; None without answers. A function of the set of answers.

    Args:
        answers: comparable answers to one question, all in one unit.
        moves: whether later reports supersede earlier ones.
        track: weight of an origin by its track record, 1 where it is missing.
    """
    if not answers:
        return None
    ordered = sorted(answers, key=lambda answer: (answer.published or "", answer.claim))
    weighings = _weigh(ordered, moves, track or {})
    weight = {item.claim: item.weight for item in weighings}
    support = {
        answer.claim: sum(weight[other.claim] for other in ordered if meet(answer.interval, other.interval))
        for answer in ordered
    }
    chosen = max(ordered, key=lambda answer: (support[answer.claim], -_width(answer), answer.claim))
    behind = [answer for answer in ordered if meet(answer.interval, chosen.interval)]
    return Best(
        value=chosen.interval.stated,
        low=chosen.interval.low,
        high=chosen.interval.high,
        unit=chosen.interval.unit,
        support=round(support[chosen.claim] / (sum(weight.values()) or 1.0), 4),
        carriers=len(behind),
        origins=len({answer.origin for answer in behind}),
        weighings=weighings,
    )


def _width(answer: Answer) -> float:
    low, high = answer.interval.low, answer.interval.high
    return float("inf") if low is None or high is None else float(high - low)


def _weigh(answers: Sequence[Answer], moves: bool, track: Mapping[str, float]) -> tuple[Weighing, ...]:
    """Give each origin one vote, shared by what it said, times recency and track record."""
    shares: defaultdict[str, int] = defaultdict(int)
    for answer in answers:
        shares[answer.origin] += 1
    latest = max((answer.published[:10] for answer in answers if answer.published), default=None)
    return tuple(_weighing(answer, shares[answer.origin], latest if moves else None, track) for answer in answers)


def _weighing(answer: Answer, sharing: int, latest: str | None, track: Mapping[str, float]) -> Weighing:
    weight, words = (
        1.0 / sharing,
        [f"1/{sharing} of the vote of {answer.origin}" if sharing > 1 else f"the vote of {answer.origin}"],
    )
    if latest and answer.published:
        days = (date.fromisoformat(latest) - date.fromisoformat(answer.published[:10])).days
        weight *= 0.5 ** (days / _HALF_LIFE)
        words.append(f"{days} days before the latest report")
    record = track.get(answer.origin, 1.0)
    if record != 1.0:
        weight *= record
        words.append(f"track record {record:.2f}")
    return Weighing(claim=answer.claim, weight=round(weight, 6), reason=", ".join(words))
