"""Keep the pairs of a crowd few: all but its first members only follow the very first; see `graph.crowds`.

Members that follow have no blocks and no sketch, so nobody finds them as candidates, and one pair, with the first
member. Keys are digests, so a new question is seldom among the first members, and the work that this costs is, on
average, that of a few comparisons for every question.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete

from claimgraph.graph import crowds
from claimgraph.graph.records import Question
from claimgraph.store.candidates import link_again, load_questions
from claimgraph.store.many import delete_rows, insert_rows, rows_where
from claimgraph.store.questionrows import QuestionRow, block_hashes, question_row
from claimgraph.store.rows import chunks
from claimgraph.store.schema import edge, question_block, question_sketch

__all__ = ["Gap", "Linked", "both_ways", "close", "crowded", "gaps", "later", "lead"]

Pair = tuple[int, int, float]


@dataclass(slots=True)
class Linked:
    """The pairs of new questions, each once, and older questions that have other pairs now."""

    pairs: list[Pair]
    moved: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Led:
    """A crowd that is led now: who follows, the pairs of those with the first member, older ones that moved."""

    rest: set[int]
    pairs: list[Pair]
    moved: set[int]


@dataclass(frozen=True, slots=True)
class Gap:
    """A crowd that loses first members: those that are left of them, and all that follow, by id.

    head: its first member so far, None if it goes.
    """

    left: dict[int, Question]
    following: dict[int, Question]
    head: int | None


def crowded(new: Mapping[int, QuestionRow]) -> dict[int, Hashable]:
    """Return the crowds of new questions that make one too large by themselves; to be asked before they are linked."""
    alike: defaultdict[frozenset[int], list[int]] = defaultdict(list)
    for id, row in new.items():
        alike[row.blocks].append(id)
    large = (id for blocks, ids in alike.items() if blocks and len(ids) > crowds.SPEAKERS for id in ids)
    found = {id: crowds.crowd(new[id].question) for id in large}
    sizes = _by_crowd(found)
    return {id: item for id, item in found.items() if item and len(sizes[item]) > crowds.SPEAKERS}


def later(new: Mapping[int, QuestionRow], found: Mapping[int, Hashable]) -> set[int]:
    """Return those of the questions that `crowded` found that others go before, and that need not be linked."""
    ordered = (sorted(ids, key=lambda id: new[id].key) for ids in _by_crowd(found).values())
    return {id for ids in ordered for id in ids[crowds.SPEAKERS :]}


def _by_crowd(found: Mapping[int, Hashable]) -> defaultdict[Hashable, list[int]]:
    members: defaultdict[Hashable, list[int]] = defaultdict(list)
    for id, item in found.items():
        if item:
            members[item].append(id)
    return members


def lead(
    connection: Connection, new: Mapping[int, QuestionRow], found: Mapping[int, Hashable], pairs: list[Pair]
) -> Linked:
    """Let the members of crowds that new questions made too large follow.

    Args:
        connection: of a writer.
        new: questions by id. found: what `crowded` said of them.
        pairs: those of the new questions that are linked.
    """
    gone: set[int] = set()
    follows: list[Pair] = []
    moved: set[int] = set()
    for members in _met(connection, new, found, pairs):
        if len(members) > crowds.SPEAKERS:
            led = _lead(connection, members, new)
            gone |= led.rest
            follows += led.pairs
            moved |= led.moved
    kept = [pair for pair in pairs if pair[0] not in gone and pair[1] not in gone] if gone else pairs
    return Linked(kept + follows, moved)


def _met(
    connection: Connection, new: Mapping[int, QuestionRow], found: Mapping[int, Hashable], pairs: Iterable[Pair]
) -> list[dict[int, Question]]:
    """Return the members of every crowd that may be too large: new ones, and older ones that are compared."""
    partners = _partners(pairs)
    suspects = found.keys() | {id for id, ends in partners.items() if id in new and len(ends) >= crowds.SPEAKERS}
    return _crowds(connection, suspects, partners, new)


def _partners(pairs: Iterable[Pair]) -> dict[int, set[int]]:
    partners: defaultdict[int, set[int]] = defaultdict(set)
    for a, b, _ in pairs:
        partners[a].add(b)
        partners[b].add(a)
    return partners


def _crowds(
    connection: Connection,
    suspects: Collection[int],
    partners: Mapping[int, Collection[int]],
    new: Mapping[int, QuestionRow],
) -> list[dict[int, Question]]:
    """Return the crowds of suspects: of each all members that are suspects or their partners."""
    own = _load(connection, suspects, new)
    found = {id: crowds.crowd(item) for id, item in own.items()}
    near = set().union(*(partners.get(id, ()) for id, item in found.items() if item)).difference(own)
    known = _load(connection, near, new)
    blocks = {own[id].blocks for id, item in found.items() if item}
    found |= {id: crowds.crowd(item) for id, item in known.items() if item.blocks in blocks}
    known |= own
    members = _by_crowd(found)
    return [{id: known[id] for id in members[item]} for item in dict.fromkeys(found[id] for id in own) if item]


def _load(connection: Connection, ids: Collection[int], new: Mapping[int, QuestionRow]) -> dict[int, Question]:
    return load_questions(connection, set(ids).difference(new)) | {id: new[id].question for id in ids if id in new}


def _lead(connection: Connection, members: Mapping[int, Question], new: Mapping[int, QuestionRow]) -> _Led:
    """Let all but the first members follow the very first, whoever they followed, and whatever they were one with."""
    ordered = sorted(members, key=lambda id: members[id].key)
    head, rest = ordered[0], set(ordered[crowds.SPEAKERS :])
    old = [id for id in ordered if id not in new]
    turned = set(_following(connection, old[0])) if old and old[0] != head else set()
    displaced = rest.difference(new)
    moved = displaced | turned | _unlink(connection, displaced | turned)
    _hide(connection, {id: members[id] for id in rest})
    return _Led(rest, [(id, head, crowds.FOLLOWS) for id in sorted(rest | turned)], moved)


def _following(connection: Connection, head: int) -> list[int]:
    """Return the members that follow the first one of a crowd."""
    ids = [b for (b,) in rows_where(connection, (edge.c.b,), edge.c.a, [head])]
    compared = {id for (id,) in rows_where(connection, (question_sketch.c.question,), question_sketch.c.question, ids)}
    return [id for id in ids if id not in compared]


def _unlink(connection: Connection, ids: Collection[int]) -> set[int]:
    """Take the pairs of questions away; return what was at their other ends."""
    rows = rows_where(connection, (edge.c.a, edge.c.b), edge.c.a, sorted(ids))
    delete_rows(connection, edge, ("a", "b"), [*rows, *((b, a) for a, b in rows)])
    return {b for _, b in rows}


def _hide(connection: Connection, known: Mapping[int, Question]) -> None:
    """Take questions out of every search for candidates."""
    blocks = [(block, id) for id, item in known.items() for block in block_hashes(item)]
    delete_rows(connection, question_block, ("block", "question"), blocks)
    for part in chunks(sorted(known)):
        connection.execute(delete(question_sketch).where(question_sketch.c.question.in_(part)))


def gaps(
    connection: Connection, orphans: Collection[int], pairs: Iterable[tuple[int, int]], new: Mapping[int, QuestionRow]
) -> list[Gap]:
    """Return the crowds that lose a first member while others follow; to be asked before the questions are gone.

    Args:
        connection: of a writer.
        orphans: questions that go. pairs: the other ends of their pairs, and they.
        new: questions of this transaction, which have no row yet.
    """
    partners: defaultdict[int, set[int]] = defaultdict(set)
    for other, orphan in pairs:
        partners[orphan].add(other)
    suspects = {id for id, ends in partners.items() if len(ends) >= crowds.SPEAKERS - 1}
    found = _crowds(connection, suspects, partners, new)
    return [gap for members in found for gap in _gap(connection, members, orphans, new)]


def _gap(
    connection: Connection, members: Mapping[int, Question], orphans: Collection[int], new: Mapping[int, QuestionRow]
) -> Iterator[Gap]:
    compared = rows_where(connection, (question_sketch.c.question,), question_sketch.c.question, sorted(members))
    speakers = {id for (id,) in compared}
    head = min(speakers, key=lambda id: members[id].key)
    following = _load(connection, set(_following(connection, head)).difference(orphans), new)
    left = {id: members[id] for id in speakers.difference(orphans)}
    if following and len(left) < crowds.SPEAKERS:
        yield Gap(left, following, head if head in left else None)


def close(connection: Connection, found: Sequence[Gap], new: Mapping[int, QuestionRow]) -> set[int]:
    """Fill up the first members of crowds when the old ones are gone; return the questions whose pairs changed."""
    moved: set[int] = set()
    for gap in found:
        ordered = sorted(gap.following, key=lambda id: gap.following[id].key)
        count = crowds.SPEAKERS - len(gap.left)
        raised, rest = ordered[:count], ordered[count:]
        _unlink(connection, raised)
        pairs = [pair for id in raised for pair in link_again(connection, id, question_row(gap.following[id]), new)]
        if gap.head is None and rest:
            first = {**gap.left, **{id: gap.following[id] for id in raised}}
            head = min(first, key=lambda id: first[id].key)
            pairs += [(id, head, crowds.FOLLOWS) for id in rest]
        insert_rows(connection, edge, ("a", "b", "confidence"), sorted(both_ways(pairs)))
        moved |= {id for a, b, _ in pairs for id in (a, b)}
    return moved


def both_ways(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Yield pairs and what they are read the other way round."""
    return (row for a, b, sure in pairs for row in ((a, b, sure), (b, a, sure)))
