"""Questions that are one whatever words stand around their values, so that few of them can stand for many.

A value whose subject names no measure takes the words around it into its question, so every paper that prints one
figure in words of its own asks a question of its own. Where all else is equal and enough, such questions are a
*crowd*: each two of them are the same. Of a crowd the members with the smallest keys are compared with other
questions; the others only go where the first of all goes. Pairs then grow with the number of questions, not with its
square, and who is compared depends on the set of questions alone.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import fields, replace
from itertools import combinations

from claimgraph.graph.matching import same_question
from claimgraph.graph.records import Question, Verdict

__all__ = ["FOLLOWS", "SPEAKERS", "crowd", "paired"]

#: Members of a crowd that are compared with others. The largest crowd of 6,000 articles of eight years has 4.
SPEAKERS = 8

#: Confidence of a pair of a crowd's first member and one that follows it: surer than any verdict.
FOLLOWS = 2.0

_SHARED = tuple(field.name for field in fields(Question) if field.name not in ("key", "context", "blocks"))


def crowd(question: Question) -> Hashable | None:
    """Return what the members of a question's crowd share; None if it has none.

    It has none if its measure is named, for then the words around are no part of it, and if it says so little else that
    the words around decide (*3 per cent*, and no more).
    """
    if question.concepts:
        return None
    bare = replace(question, key="", context=())
    return tuple([getattr(question, name) for name in _SHARED]) if same_question(question, bare).same else None


def paired(
    questions: Mapping[str, Question], related: Callable[[Question, Question], Verdict]
) -> Iterator[tuple[str, str, float]]:
    """Yield the pairs of questions that are the same, each once, with their confidence.

    Args:
        questions: by key; all there are, or whole components of them.
        related: a symmetric, deterministic comparison, such as `same_question`.
    """
    first = _followers(questions)
    yield from ((head, key, FOLLOWS) for key, head in first.items())
    blocks: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(questions.keys() - first.keys()):
        for block in questions[key].blocks:
            blocks[block].append(key)
    for a, b in {pair for keys in blocks.values() for pair in combinations(keys, 2)}:
        verdict = related(questions[a], questions[b])
        if verdict.same:
            yield a, b, verdict.confidence


def _followers(questions: Mapping[str, Question]) -> dict[str, str]:
    """Return the first member of the crowd for every member that only follows it."""
    alike: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
    for key in sorted(questions):
        if not questions[key].concepts and questions[key].blocks:
            alike[questions[key].blocks].append(key)
    crowds: defaultdict[Hashable, list[str]] = defaultdict(list)
    for key in (key for keys in alike.values() if len(keys) > SPEAKERS for key in keys):
        found = crowd(questions[key])
        if found:
            crowds[found].append(key)
    return {key: keys[0] for keys in crowds.values() for key in keys[SPEAKERS:]}
