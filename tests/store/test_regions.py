"""What a change can reach is grouped anew, as if everything were, and nothing else is looked at."""

from contextlib import contextmanager
from math import inf
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimgraph.graph.grouping import join
from claimgraph.graph.records import Verdict
from claimgraph.store import regions
from claimgraph.store.questions import prune_questions, regroup, regroup_large
from claimgraph.store.regions import grouped
from claimgraph.store.schema import edge, question
from claimgraph.store.store import Store


class Named(NamedTuple):
    """All that is asked of a question here."""

    key: str


class World:
    """Questions that nobody has in mind, with a verdict drawn for every pair."""

    def __init__(self, seed, density):
        self.random, self.density, self.seed = Random(seed), density, seed
        self.store = Store(":memory:")
        self.keys = {}

    def verdict(self, a, b):
        drawn = Random(f"{self.seed} {min(a, b)} {max(a, b)}")
        same, sure = drawn.random() < self.density, round(drawn.uniform(0.5, 1.0), 2)
        return Verdict(same=same, confidence=sure, reason="")

    def edges(self):
        pairs = [(a, b) for a in self.keys.values() for b in self.keys.values() if a < b]
        return [(a, b, self.verdict(a, b).confidence) for a, b in pairs if self.verdict(a, b).same]

    def add(self, count):
        with self.store.writer() as connection:
            first = max(self.keys, default=0) + 1
            fresh = {id: f"{self.random.random():.12f}" for id in range(first, first + count)}
            before = dict(self.keys)
            self.keys |= fresh
            rows = [{"id": id, "key": key, "facets": "{}", "observation": 0} for id, key in fresh.items()]
            connection.execute(question.insert(), rows)
            for id, key in fresh.items():
                for other, name in (before | {it: fresh[it] for it in fresh if it < id}).items():
                    if (verdict := self.verdict(key, name)).same:
                        ends = ((id, other), (other, id))
                        said = [{"a": a, "b": b, "confidence": verdict.confidence} for a, b in ends]
                        connection.execute(edge.insert(), said)
            regroup(connection, fresh, (), 1)

    def remove(self, count):
        with self.store.writer() as connection:
            gone = self.random.sample(sorted(self.keys), min(count, len(self.keys)))
            neighbours, emptied = prune_questions(connection, gone, {})
            for id in gone:
                del self.keys[id]
            regroup(connection, neighbours, emptied, 1)

    def groups(self):
        with self.store.writer() as connection:
            regroup_large(connection, 1)
            found = {}
            for row in connection.execute(question.select()):
                found.setdefault(row.observation, set()).add(row.key)
            return sorted(tuple(sorted(part)) for part in found.values())

    def expected(self):
        def sure(x, y):
            verdicts = [self.verdict(a, b) for a in x for b in y]
            return [it.confidence if it.same else 1 - it.confidence for it in verdicts]

        return sorted(join(self.keys.values(), self.edges(), sure))


@contextmanager
def world_of(seed, density, largest=200):
    world = World(seed, density)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("claimgraph.store.questions._LARGE", largest)
        patched.setattr(regions, "load_questions", lambda _, ids: {id: Named(world.keys[id]) for id in ids})
        for place in ("questions", "crowds"):  # they have no blocks
            patched.setattr(f"claimgraph.store.{place}.load_questions", lambda _, ids: {})
        patched.setattr(regions, "same_question", lambda a, b: world.verdict(a.key, b.key))
        yield world


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    density=st.sampled_from([0.05, 0.15, 0.4]),
    steps=st.lists(st.integers(-4, 6).filter(bool), min_size=3, max_size=12),
    largest=st.sampled_from([3, 12, 200]),
)
def test_groups_after_any_changes_are_those_from_scratch(seed, density, steps, largest):
    with world_of(seed, density, largest) as world:
        for step in steps:
            if step > 0:
                world.add(step)
            elif world.keys:
                world.remove(-step)
        assert world.groups() == world.expected()


def test_long_chain_of_pairs_is_not_followed():
    """Any number of questions may hang together by pairs; a new one looks at the groups next to it."""
    with world_of(1, 0.0) as world, world.store.writer() as connection:
        world.keys = {id: f"{id:04d}" for id in range(1, 401)}
        rows = [{"id": id, "key": key, "facets": "{}", "observation": 0} for id, key in world.keys.items()]
        connection.execute(question.insert(), rows)
        chain = [(a, b) for at in range(1, 400) for a, b in ((at, at + 1), (at + 1, at))]
        connection.execute(edge.insert(), [{"a": a, "b": b, "confidence": 0.6} for a, b in chain])
        regroup(connection, world.keys, (), 1, largest=inf)
        found = grouped(connection, {200}, {}, 50)
    assert len(found.before) < 20
    assert not found.later
