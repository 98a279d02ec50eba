"""Group anew the questions that a change can reach, and no others.

Grouping joins the surest pairs first (`graph.grouping`). What a group becomes follows from the pairs within it, and a
pair across two groups was turned down for what the two were when its turn came. So a group that a change leaves as it
is stays right, and so do all its pairs with other such groups; only the pairs that leave a changed group are asked
again, with the whole group at their other end. The region that a question touches is therefore a few groups, however
large the component of pairs is in which it lies: at a million claims a hundred thousand questions hang together by
chains of weak pairs.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isinf

from sqlalchemy import Connection, func, select

from claimgraph.graph.crowds import FOLLOWS
from claimgraph.graph.grouping import join, sameness
from claimgraph.graph.questions import same_question
from claimgraph.graph.records import Question
from claimgraph.store.candidates import RETIRED, load_questions
from claimgraph.store.judgements import rulings_among
from claimgraph.store.many import rows_where
from claimgraph.store.questionrows import QuestionRow
from claimgraph.store.rows import chunks
from claimgraph.store.schema import edge, question

__all__ = ["Grouping", "grouped"]

_COLUMNS = (question.c.id, question.c.observation, question.c.key)
#: Groups as large as may be for which there is room besides those that are read: many are small.
_SPARE = 10
#: Pairs of a region whose comparison is remembered: some thirty megabytes.
_TOLD = 200_000


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups of the questions that a change reached, by id.

    parts: the groups now. before: the observation of every question so far, 0 for none. keys: of the questions.
    later: questions whose region is too large to be grouped now.
    """

    parts: list[list[int]]
    before: dict[int, int]
    keys: dict[int, str]
    later: set[int]


def grouped(connection: Connection, seeds: Collection[int], new: Mapping[int, QuestionRow], largest: float) -> Grouping:
    """Group anew what questions touch that are new, or lost a neighbour, or that people judged.

    Args:
        connection: that sees the questions and their edges.
        seeds: ids of the questions.
        new: questions that are at hand, and belong to no observation yet.
        largest: questions of a region that is grouped now.
    """
    region = _Region(connection, new, largest)
    region.change(seeds)
    parts: dict[tuple[int, int], list[list[int]]] = {}
    while True:
        ended = [(piece, region.ends(piece)) for piece in region.pieces() if not region.holds_large(piece)]
        ended = [(piece, ends) for piece, ends in ended if len(piece) + len(ends.difference(piece)) <= largest]
        pieces = [piece for piece, _ in ended]
        reached = set().union(*[ends for _, ends in ended]).difference(region.before)
        region.take_in(reached)
        if reached:
            continue
        # a piece only grows, so its least question and its size tell whether it is still the one that was joined
        parts = {name: parts.get(name) or region.join(piece) for piece in pieces for name in [(min(piece), len(piece))]}
        if not region.change(id for found in parts.values() for part in found if region.is_other(part) for id in part):
            later = set(seeds).difference(*pieces)
            return Grouping([part for found in parts.values() for part in found], region.before, region.keys, later)


@dataclass(slots=True)
class _Region:
    """Questions that are looked at, with the groups to which they belong so far.

    before: observation by question. groups: questions by observation. changed: questions whose group is not what it
    was. edges: what is the same, with confidence, by question; of all that are looked at. bound, parted: what people
    say is, and is not, one with a question. known: questions at hand.
    told: how likely pairs are one, the smaller id first: a piece that grows is joined again and again.
    above: what hangs together, as a forest: by question another one of its piece, itself at the top.
    large: observations of more than `largest` questions, which are not read.
    """

    connection: Connection
    new: Mapping[int, QuestionRow]
    largest: float
    large: set[int] = field(default_factory=set)
    before: dict[int, int] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)
    groups: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    changed: set[int] = field(default_factory=set)
    edges: defaultdict[int, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    bound: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    parted: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    known: dict[int, Question] = field(default_factory=dict)
    told: dict[tuple[int, int], float] = field(default_factory=dict)
    above: dict[int, int] = field(default_factory=dict)

    def change(self, ids: Iterable[int]) -> bool:
        """Note questions whose group changes, and all that were with them; say whether there were any new ones."""
        fresh = set(ids) - self.changed
        self.take_in(fresh.difference(self.before))
        observations = {self.before[id] for id in fresh} - {0}
        self.changed |= fresh.union(*(self.groups[item] for item in observations))
        return bool(fresh)

    def take_in(self, ids: Collection[int]) -> None:
        """Look at more questions, each with its whole group."""
        rows = [(id, 0, self.new[id].key) for id in ids if id in self.new]
        rows += rows_where(self.connection, _COLUMNS, question.c.id, sorted(set(ids).difference(self.new)))
        rows += self._members(sorted({to for _, to, _ in rows if to and to not in self.groups}))
        rows = [row for row in rows if not row[2].startswith(RETIRED)]
        fresh = {id for id, _, _ in rows}.difference(self.before)
        for id, observation, key in rows:
            self.before[id], self.keys[id] = observation, key
            if observation:
                self.groups[observation].add(id)
        read = [id for id in fresh if self.before[id] not in self.large]
        for a, b, confidence in rows_where(self.connection, (edge.c.a, edge.c.b, edge.c.confidence), edge.c.a, read):
            self.edges[a][b] = confidence
        rulings = rulings_among(self.connection, fresh)
        for pairs, said in ((self.bound, rulings.must), (self.parted, rulings.never)):
            for a, b in said:
                pairs[a].add(b)
        self._hang(fresh)

    def _members(self, observations: list[int]) -> list[tuple[int, int, str]]:
        """Read the groups, but for large ones: reading those with every article takes longer the larger they are."""
        column = question.c.observation
        most = None if isinf(self.largest) else int(self.largest) * (len(observations) + _SPARE)
        rows = rows_where(self.connection, _COLUMNS, column, observations, most=most)
        if len(rows) != most:
            return rows
        for part in chunks(observations):
            sizes = select(column, func.count()).where(column.in_(part)).group_by(column)
            self.large |= {id for id, size in self.connection.execute(sizes) if size > self.largest}
        return rows_where(self.connection, _COLUMNS, column, sorted(set(observations) - self.large))

    def holds_large(self, piece: Collection[int]) -> bool:
        """Tell whether questions hang together with a group that is too large to be grouped now."""
        return bool(self.large) and any(self.before[id] in self.large for id in piece)

    def _hang(self, ids: Collection[int]) -> None:
        """Hang questions together with those that are looked at already, by pairs, what people say and groups."""
        self.above.update((id, id) for id in ids)
        for id in ids:
            first = next(iter(self.groups[self.before[id]]), id) if self.before[id] else id
            for other in (first, *self.edges[id], *self.bound[id]):
                if other in self.above:
                    self.above[self._top(other)] = self._top(id)

    def _top(self, id: int) -> int:
        above = self.above
        while (parent := above[id]) != id:
            above[id] = id = above[parent]
        return id

    def ends(self, piece: Collection[int]) -> set[int]:
        """Return the questions at the other end of the pairs that leave changed groups."""
        found: set[int] = set()
        for id in self.changed.intersection(piece):
            found |= self.edges[id].keys() | self.bound[id]
        return found

    def pieces(self) -> Iterable[set[int]]:
        """Return what hangs together by pairs, by what people say, or as one group."""
        found: defaultdict[int, set[int]] = defaultdict(set)
        for id in self.before:
            found[self._top(id)].add(id)
        return found.values()

    def is_other(self, part: Collection[int]) -> bool:
        """Tell whether a group is not one of those that are stored."""
        stored = self.groups[self.before[next(iter(part))]]
        return len(stored) != len(part) or not stored.issuperset(part)

    def join(self, piece: Collection[int]) -> list[list[int]]:
        """Group the questions of a piece."""
        if len(piece) == 1:
            return [list(piece)]
        id_of = {self.keys[id]: id for id in piece}
        edges = [
            (self.keys[a], self.keys[b], confidence)
            for a in piece
            for b, confidence in self.edges[a].items()
            if a < b and b in piece
        ]
        must, never = (
            {(self.keys[a], self.keys[b]) for a in piece for b in pairs[a] if b in piece}
            for pairs in (self.bound, self.parted)
        )
        sure = _Verdicts(self, id_of)
        return [[id_of[key] for key in part] for part in join(id_of, edges, sure, must=must, never=never)]

    def read(self, ids: Iterable[int]) -> None:
        """Have questions at hand."""
        missing = set(ids).difference(self.known)
        self.known |= {id: self.new[id].question for id in missing if id in self.new}
        self.known |= load_questions(self.connection, missing.difference(self.new))

    def sure(self, pair: tuple[int, int]) -> float:
        """Tell from two questions that are at hand, the smaller id first, how likely they are one."""
        found = self.told.get(pair)
        if found is None:
            if len(self.told) >= _TOLD:
                self.told.clear()
            self.told[pair] = found = sameness(same_question(self.known[pair[0]], self.known[pair[1]]))
        return found


class _Verdicts:
    """How likely questions of a piece are one, by key: as stored with the pair, else told from the questions."""

    def __init__(self, region: _Region, id_of: Mapping[str, int]) -> None:
        self._region, self._id_of = region, id_of

    def __call__(self, x: Sequence[str], y: Sequence[str]) -> Iterator[float]:
        region, others = self._region, [self._id_of[key] for key in y]
        for one in [self._id_of[key] for key in x]:
            edges = region.edges[one]
            for other in others:
                if edges.get(other, FOLLOWS) < FOLLOWS:
                    yield edges[other]
                    continue
                if one not in region.known or other not in region.known:
                    region.read(map(self._id_of.__getitem__, (*x, *y)))
                yield region.sure((one, other) if one < other else (other, one))
