"""The best-supported value of an observation, with what weighed how much.

One vote for each independent origin: copies of a story and carriers of one ministry's figure share it. A source that
others confirmed more often weighs more (`claimgraph.graph.track`). Of quantities that move, later reports weigh more.
The value is always one that was reported, never an average.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from claimgraph.graph.records import Answer, Best, Interval, Track, Weighing
from claimgraph.graph.values import meet

__all__ = ["best_answer", "voters_of"]

#: Days after which a report of a moving quantity weighs half.
_HALF_LIFE = 3.0


def best_answer(
    answers: Sequence[Answer],
    *,
    moves: bool = False,
    track: Mapping[str, Track] | None = None,
    meets: Callable[[Interval, Interval], bool] = meet,
) -> Best | None:
    """Return the value that the answers support best; None without answers. A function of the set of answers.

    Args:
        answers: comparable answers to one question, all in one unit.
        moves: whether later reports supersede earlier ones.
        track: track records of origins; one that is missing weighs 1.
        meets: `meet`, or what remembers its answers.
    """
    if not answers:
        return None
    ordered = sorted(answers, key=lambda answer: (answer.published or "", answer.claim))
    voters = voters_of(ordered)
    weighings = _weigh(ordered, voters, moves, track or {})
    weight = {item.claim: item.weight for item in weighings}
    support = _support(ordered, weight, meets)
    # a bound (*more than 7*) supports what it allows, but names no value as long as somebody does
    telling = [answer for answer in ordered if not answer.interval.soft] or ordered
    chosen = max(telling, key=lambda answer: (support[answer.claim], -_width(answer), answer.claim))
    behind = [answer for answer in ordered if meets(answer.interval, chosen.interval)]
    return Best(
        claim=chosen.claim,
        value=chosen.interval.stated,
        low=chosen.interval.low,
        high=chosen.interval.high,
        unit=chosen.interval.unit,
        support=round(support[chosen.claim] / (sum(weight.values()) or 1.0), 4),
        carriers=len(behind),
        origins=len({voters[answer.claim] for answer in behind}),
        weighings=weighings,
    )


def _support(
    answers: Sequence[Answer], weight: Mapping[str, float], meets: Callable[[Interval, Interval], bool]
) -> dict[str, float]:
    """Add up, for each claim, what the answers weigh that it meets; equal intervals are asked about once."""
    ends = [(answer.interval.low, answer.interval.high) for answer in answers]
    stands = dict(zip(ends, (answer.interval for answer in answers), strict=True))
    weights = [weight[answer.claim] for answer in answers]
    found = {}
    for own, interval in stands.items():
        met = {other for other, its in stands.items() if meets(interval, its)}
        found[own] = sum([item for item, other in zip(weights, ends, strict=True) if other in met])
    return {answer.claim: found[own] for answer, own in zip(answers, ends, strict=True)}


def _width(answer: Answer) -> float:
    low, high = answer.interval.low, answer.interval.high
    return float("inf") if low is None or high is None else float(high - low)


def voters_of(answers: Sequence[Answer]) -> dict[str, str]:
    """Return who has the vote that each claim is a part of: the smallest of the origins that are not independent.

    An origin speaks through articles, and an article is one voice with its copies, so what is independent are the
    connected components of origins and voices.
    """
    parent: dict[tuple[str, str], tuple[str, str]] = {}

    def find(item: tuple[str, str]) -> tuple[str, str]:
        while (above := parent.setdefault(item, item)) != item:
            parent[item] = parent[above]
            item = above
        return item

    for answer in answers:
        first, second = sorted((find(("origin", answer.origin)), find(("voice", answer.voice))))
        parent[second] = first
    return {answer.claim: find(("origin", answer.origin))[1] for answer in answers}


def _weigh(
    answers: Sequence[Answer], voters: Mapping[str, str], moves: bool, track: Mapping[str, Track]
) -> tuple[Weighing, ...]:
    """Give each voter one vote, shared by what it said, times recency and track record."""
    shares = Counter(voters[answer.claim] for answer in answers)
    latest = max((answer.published[:10] for answer in answers if answer.published), default=None)
    return tuple(
        _weighing(answer, shares[voters[answer.claim]], latest if moves else None, track) for answer in answers
    )


def _weighing(answer: Answer, sharing: int, latest: str | None, track: Mapping[str, Track]) -> Weighing:
    weight, words = (
        1.0 / sharing,
        [f"1/{sharing} of the vote of {answer.origin}" if sharing > 1 else f"the vote of {answer.origin}"],
    )
    if latest and answer.published:
        days = (date.fromisoformat(latest) - date.fromisoformat(answer.published[:10])).days
        weight *= 0.5 ** (days / _HALF_LIFE)
        words.append(f"{days} days before the latest report")
    record = track.get(answer.origin)
    if record:
        weight *= record.weight
        times = record.confirmed + record.corrected
        words.append(
            f"{answer.origin} was confirmed in {record.confirmed} of {times} comparisons: × {record.weight:.2f}"
        )
    return Weighing(claim=answer.claim, weight=round(weight, 6), reason=", ".join(words))
