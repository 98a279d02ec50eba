"""Link claims from scratch, in memory: the oracle for the incremental store, and the way to link a handful."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from claimgraph.graph.crowds import paired
from claimgraph.graph.questions import group, question, same_question
from claimgraph.graph.records import Observation, Pair, Question, Verdict
from claimgraph.graph.settling import Statement, settle
from claimgraph.records import Claim
from claimgraph.vocab import Label

__all__ = ["components", "link", "pairs_of", "relations"]


def link(claims: Sequence[Claim]) -> tuple[Observation, ...]:
    """Put claims that answer one question together.

    Returns:
        Observations sorted by id, claims sorted within; every claim is in exactly one. Depends on the set alone.
    """
    answers: defaultdict[str, set[str]] = defaultdict(set)
    questions: dict[str, Question] = {}
    for claim in claims:
        asked = question(claim)
        questions[asked.key] = asked
        answers[asked.key].add(claim.id)
    related: Callable[[Question, Question], Verdict] = lru_cache(maxsize=None)(same_question)
    found = []
    for component in components(questions, related):
        for keys in group([questions[key] for key in component], related):
            found.append(_observation(keys, questions, answers))
    return tuple(sorted(found, key=lambda observation: observation.id))


def components(
    questions: Mapping[str, Question], related: Callable[[Question, Question], Verdict] = same_question
) -> tuple[tuple[str, ...], ...]:
    """Return connected components of the relation `same`, looked for among questions that share a block."""
    parent = {key: key for key in questions}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for a, b, _ in paired(questions, related):
        first, second = root(a), root(b)
        parent[max(first, second)] = min(first, second)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(questions):
        members[root(key)].append(key)
    return tuple(tuple(keys) for keys in members.values())


def _observation(
    keys: tuple[str, ...], questions: Mapping[str, Question], answers: Mapping[str, set[str]]
) -> Observation:
    first = questions[min(keys)]
    return Observation(
        id=min(keys),
        measure=first.measure,
        entities=first.entities,
        questions=tuple(sorted(keys)),
        claims=tuple(sorted(claim for key in keys for claim in answers[key])),
    )


def relations(observations: Iterable[Observation], claims: Iterable[Claim]) -> Iterator[Pair]:
    """Compare every two claims of different articles that answer one observation, ordered by observation and ids.

    Pairs that are only related are left out.
    """
    known = {claim.id: claim for claim in claims}
    for observation in observations:
        answers = [known[id] for id in sorted(observation.claims)]
        yield from pairs_of(answers, observation.id)


def pairs_of(answers: Sequence[Claim], observation: str) -> Iterator[Pair]:
    """Compare the answers of one observation, sorted by id; pairs that are only related are left out."""
    for a, b, found in settle([Statement(claim, frozenset({claim.article})) for claim in answers]):
        if found.label is not Label.RELATED:
            yield Pair(
                a=answers[a].id,
                b=answers[b].id,
                label=found.label,
                observation=observation,
                confidence=found.confidence,
                reason=found.reason,
            )
