"""Partition a connected component of questions into observations, the same whatever order they come in."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from itertools import combinations

from claimgraph.graph.records import Question, Verdict

__all__ = ["group"]

#: Questions of a group that stand for it when two large groups are compared: the smallest keys.
_SPEAKERS = 12


def group(
    questions: Iterable[Question],
    related: Callable[[Question, Question], Verdict],
    *,
    must: Collection[tuple[str, str]] = (),
    never: Collection[tuple[str, str]] = (),
) -> tuple[tuple[str, ...], ...]:
    """Join the surest pairs first, and two groups only where their members agree on average.

    So A~B and B~C don't put A and C together when they are clearly different.

    Args:
        questions: one connected component; a function of this set, not of its order.
        related: a symmetric, deterministic comparison, such as `same_question`.
        must, never: pairs of keys, in both directions, that people say are one, or are not; `never` outweighs `must`.

    Returns:
        Groups of keys, sorted within and by their smallest key; every key is in exactly one.
    """
    known = {question.key: question for question in questions}
    groups: dict[str, tuple[str, ...]] = {key: (key,) for key in known}
    said = [(-2.0, a, b) for a, b in must if a < b]  # surer than any verdict
    for _, a, b in sorted([*said, *_edges(known, related)]):
        x, y = groups[a], groups[b]
        if x is y or (never and any((c, d) in never for c in x for d in y)):
            continue
        if (a, b) in must or _belong(x, y, known, related):
            joined = tuple(sorted(x + y))
            groups |= dict.fromkeys(joined, joined)
    return tuple(sorted(set(groups.values())))


def _edges(
    known: dict[str, Question], related: Callable[[Question, Question], Verdict]
) -> Iterable[tuple[float, str, str]]:
    """Yield the pairs that share a block and are the same; the confidence is negated: the surest sorts first."""
    blocks: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(known):
        for block in known[key].blocks:
            blocks[block].append(key)
    for a, b in {pair for keys in blocks.values() for pair in combinations(keys, 2)}:
        verdict = related(known[a], known[b])
        if verdict.same:
            yield -verdict.confidence, a, b


def _belong(
    x: tuple[str, ...],
    y: tuple[str, ...],
    known: dict[str, Question],
    related: Callable[[Question, Question], Verdict],
) -> bool:
    """Tell whether the mean probability of sameness over pairs across two groups is at least a half."""
    verdicts = [related(known[a], known[b]) for a in x[:_SPEAKERS] for b in y[:_SPEAKERS]]
    return sum(_probability(verdict) for verdict in verdicts) >= 0.5 * len(verdicts)


def _probability(verdict: Verdict) -> float:
    return verdict.confidence if verdict.same else 1 - verdict.confidence
