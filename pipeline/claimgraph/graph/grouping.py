"""Partition a connected component of questions into observations, the same whatever order they come in."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from claimgraph.graph.crowds import FOLLOWS, paired
from claimgraph.graph.records import Question, Verdict

__all__ = ["Edge", "group", "join", "sameness"]

#: Questions of a group that stand for it when two large groups are compared: the smallest keys.
_SPEAKERS = 12
#: More than a sum of so many probabilities can err.
_ROUNDING = 1e-9

#: Two keys of questions that are the same, and the confidence of that verdict.
Edge = tuple[str, str, float]


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
        questions: one connected component, or several; a function of this set, not of its order.
        related: a symmetric, deterministic comparison, such as `same_question`.
        must, never: pairs of keys, in both directions, that people say are one, or are not; `never` outweighs `must`.

    Returns:
        Groups of keys, sorted within and by their smallest key; every key is in exactly one.
    """
    known = {question.key: question for question in questions}

    def sure(x: Sequence[str], y: Sequence[str]) -> Iterator[float]:
        return (sameness(related(known[a], known[b])) for a in x for b in y)

    return join(known, paired(known, related), sure, must=must, never=never)


def join(
    keys: Iterable[str],
    edges: Iterable[Edge],
    sure: Callable[[Sequence[str], Sequence[str]], Iterable[float]],
    *,
    must: Collection[tuple[str, str]] = (),
    never: Collection[tuple[str, str]] = (),
) -> tuple[tuple[str, ...], ...]:
    """Do as `group` does, where the pairs that are the same are known already.

    Args:
        keys: of the questions.
        edges: all pairs that are the same as `crowds.paired` gives them, each once.
        sure: how likely every key of one group is one with every key of another; asked only where one has several, and
            best answered one by one: most answers are not read.
        must, never: as in `group`.
    """
    groups = {key: _Group(key) for key in keys}
    parted = {key for key, _ in never}
    said = [(-FOLLOWS, a, b) for a, b in must if a < b]  # surer than any verdict
    pairs = [(-confidence, min(a, b), max(a, b)) for a, b, confidence in edges]
    for odds, a, b in sorted([*said, *pairs]):
        x, y = groups[a], groups[b]
        if x is y or (parted and _are_parted(x.members, y.members, parted, never)):
            continue
        alone = len(x.members) == len(y.members) == 1  # then the pair itself is all that there is to ask
        if odds == -FOLLOWS or alone or _belong(x, y, sure):
            large, small = (x, y) if len(x.members) >= len(y.members) else (y, x)
            large.take(small)
            groups |= dict.fromkeys(small.members, large)
    parts = {id(found): found for found in groups.values()}
    return tuple(sorted(tuple(sorted(found.members)) for found in parts.values()))


class _Group:
    """Keys that are one so far, and the smallest of them."""

    __slots__ = ("members", "speakers")

    def __init__(self, key: str) -> None:
        self.members, self.speakers = [key], [key]

    def take(self, other: "_Group") -> None:
        self.members += other.members
        self.speakers = sorted(self.speakers + other.speakers)[:_SPEAKERS]


def _are_parted(
    x: Collection[str], y: Collection[str], parted: Collection[str], never: Collection[tuple[str, str]]
) -> bool:
    """Tell whether people say of a member of one group that it is not one with a member of the other."""
    return any((a, b) in never for a in x if a in parted for b in y if b in parted)


def _belong(x: _Group, y: _Group, sure: Callable[[Sequence[str], Sequence[str]], Iterable[float]]) -> bool:
    """Tell whether the mean probability of sameness over pairs across two groups is at least a half."""
    left = len(x.speakers) * len(y.speakers)
    enough, total = 0.5 * left, 0.0
    for found in sure(x.speakers, y.speakers):
        total, left = total + found, left - 1
        if total >= enough or total + left < enough - _ROUNDING:  # what is left changes nothing any more
            break
    return total >= enough


def sameness(verdict: Verdict) -> float:
    """Return how likely two questions are one."""
    return verdict.confidence if verdict.same else 1 - verdict.confidence
