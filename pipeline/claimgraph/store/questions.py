"""Find the observation of every question through indexes, and regroup what a new or lost question touches.

A question is compared with the questions that share a block with it; verdicts "the same" are edges. Grouping is a
pure function of a connected component of edges, so the observations do not depend on the order of arrival, and the
work for one article depends on its candidates, not on the size of the graph.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from math import inf

from sqlalchemy import Connection, delete, select, update

from claimgraph.graph.questions import group, same_question
from claimgraph.graph.records import Question, Verdict
from claimgraph.store.dialects import insert_new
from claimgraph.store.judgements import Rulings, rulings_among
from claimgraph.store.rows import chunks, hash63, question_from_facets, question_row
from claimgraph.store.schema import claim, edge, observation, question, question_block, ungrouped, word
from claimgraph.store.words import search_words

__all__ = ["add_questions", "existing", "load_questions", "prune_questions", "regroup", "regroup_large"]


#: Questions of a component above which it is grouped once a batch: grouping compares every two of them.
_LARGE = 40


def add_questions(connection: Connection, wanted: Mapping[str, Question]) -> tuple[dict[str, int], set[int]]:
    """Find or insert questions by key; the new ones are linked with their candidates.

    Returns:
        the id of every key, and the ids of the new questions.
    """
    ids = _ids(connection, wanted)
    missing = [wanted[key] for key in sorted(wanted.keys() - ids.keys())]
    if not missing:
        return ids, set()
    insert = question.insert().returning(question.c.id, question.c.key)
    rows = [{**question_row(item), "observation": 0} for item in missing]
    new = {key: id for id, key in connection.execute(insert, rows)}
    added = {new[item.key]: item for item in missing}
    insert_new(connection, word, [row for id, item in added.items() for row in _word_rows(id, item)])
    _link(connection, added)
    return ids | new, set(added)


def _ids(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in chunks(keys):
        rows = connection.execute(select(question.c.key, question.c.id).where(question.c.key.in_(part)))
        found.update((row.key, row.id) for row in rows)
    return found


def _word_rows(id: int, item: Question) -> list[dict[str, object]]:
    return [{"word": text, "year": item.year or 0, "question": id} for text in search_words(item)]


def _link(connection: Connection, added: Mapping[int, Question]) -> None:
    """Store the blocks of new questions and compare each with every question that shares one."""
    blocks = {id: {hash63(block) for block in item.blocks} for id, item in added.items()}
    rows = [{"block": block, "question": id} for id, own in blocks.items() for block in own]
    insert_new(connection, question_block, rows)
    members: defaultdict[int, set[int]] = defaultdict(set)
    for part in chunks({block for own in blocks.values() for block in own}):
        found = select(question_block.c.block, question_block.c.question).where(question_block.c.block.in_(part))
        for block, id in connection.execute(found):
            members[block].add(id)
    candidates = {id: set().union(*(members[block] for block in own)) - {id} for id, own in blocks.items()}
    known = dict(added) | load_questions(connection, set().union(*candidates.values()) - added.keys())
    pairs = {(min(a, b), max(a, b)) for a, others in candidates.items() for b in others}
    same = [(a, b) for a, b in pairs if _verdict(known[a], known[b]).same]
    insert_new(connection, edge, [{"a": x, "b": y} for a, b in same for x, y in ((a, b), (b, a))])


@lru_cache(
    maxsize=16_384
)  # all pairs of four large components; grouping one more question asks for the old pairs again
def _verdict(a: Question, b: Question) -> Verdict:
    """Ask in the order of keys, so that arrival cannot matter."""
    return same_question(a, b) if a.key <= b.key else same_question(b, a)


def load_questions(connection: Connection, ids: Collection[int]) -> dict[int, Question]:
    """Read questions by id."""
    found = {}
    for part in chunks(ids):
        wanted = select(question.c.id, question.c.key, question.c.facets).where(question.c.id.in_(part))
        for row in connection.execute(wanted):
            found[row.id] = question_from_facets(row.key, row.facets)
    return found


def existing(connection: Connection, ids: Collection[int]) -> set[int]:
    """Return those of the questions that are still asked."""
    found: set[int] = set()
    for part in chunks(ids):
        found.update(connection.scalars(select(question.c.id).where(question.c.id.in_(part))))
    return found


def prune_questions(connection: Connection, suspects: Collection[int]) -> tuple[set[int], set[int]]:
    """Remove those of the suspects that no claim asks any more, with all that hung on them.

    Returns:
        the neighbours of the removed, to be regrouped, and the observations that the removed belonged to.
    """
    orphans = set(suspects)
    for part in chunks(suspects):
        orphans.difference_update(connection.scalars(select(claim.c.question).where(claim.c.question.in_(part))))
    pairs: list[tuple[int, int]] = []
    observations: set[int] = set()
    for part in chunks(orphans):
        pairs += [(b, a) for b, a in connection.execute(select(edge.c.b, edge.c.a).where(edge.c.a.in_(part)))]
        observations.update(connection.scalars(select(question.c.observation).where(question.c.id.in_(part))))
        for column in (question_block.c.question, word.c.question, ungrouped.c.question, edge.c.a, question.c.id):
            connection.execute(delete(column.table).where(column.in_(part)))
    _delete_edges(connection, pairs)
    return {neighbour for neighbour, _ in pairs} - orphans, observations


def _delete_edges(connection: Connection, pairs: Iterable[tuple[int, int]]) -> None:
    by_start: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in pairs:
        by_start[a].append(b)
    for a, ends in by_start.items():
        for part in chunks(ends):
            connection.execute(delete(edge).where(edge.c.a == a, edge.c.b.in_(part)))


def regroup(
    connection: Connection, seeds: Collection[int], emptied: Collection[int], run: int, *, largest: float = _LARGE
) -> set[int]:
    """Group anew the components that hold the seeds, and write which observation each question belongs to.

    Args:
        connection: of a writer.
        seeds: questions that are new, or whose neighbour is gone.
        emptied: observations that lost a question and may have none left.
        run: that creates new observations.
        largest: questions of a component that is grouped now; larger ones wait for `regroup_large`.

    Returns:
        the observations whose questions changed.
    """
    components = _components(connection, seeds)
    now = [component for component in components if len(component) <= largest]
    later = set().union(*components) & set(seeds) - set().union(*now)
    insert_new(connection, ungrouped, [{"question": id} for id in sorted(later)])
    known = load_questions(connection, later.union(*now))
    before = _observations_of(connection, known)
    rulings = rulings_among(connection, set().union(*now))
    parts = [part for component in now for part in _partition(component, known, rulings)]
    parts += [[id] for id in later if not before[id]]
    return _write(connection, parts, known, before, emptied, run)


def regroup_large(connection: Connection, run: int) -> set[int]:
    """Group the large components that changed since they were last grouped; return the observations that changed."""
    waiting = set(connection.scalars(select(ungrouped.c.question)))
    connection.execute(ungrouped.delete())
    return regroup(connection, waiting, (), run, largest=inf) if waiting else set()


def _write(
    connection: Connection,
    parts: Collection[Collection[int]],
    known: Mapping[int, Question],
    before: Mapping[int, int],
    emptied: Collection[int],
    run: int,
) -> set[int]:
    """Move questions to the observations that they belong to now; return the observations that changed."""
    ids = _find_or_create(connection, {min(known[id].key for id in part) for part in parts}, run)
    touched = set(emptied)
    moved: dict[int, list[int]] = {}
    for part in parts:
        target = ids[min(known[id].key for id in part)]
        if movers := [id for id in part if before[id] != target]:
            touched |= {target} | {before[id] for id in movers}
            moved[target] = movers
    _move(connection, moved)
    return _drop_empty(connection, touched - {0})


def _components(connection: Connection, seeds: Collection[int]) -> list[set[int]]:
    """Follow edges, and what people say is one, from the seeds; return the connected components that hold them."""
    edges: defaultdict[int, set[int]] = defaultdict(set)
    frontier = set(seeds)
    reached = set(seeds)
    while frontier:
        for part in chunks(frontier):
            for a, b in connection.execute(select(edge.c.a, edge.c.b).where(edge.c.a.in_(part))):
                edges[a].add(b)
            for a, b in rulings_among(connection, part).must:
                edges[a].add(b)
        frontier = set().union(*(edges[id] for id in frontier)) - reached
        reached |= frontier
    components = []
    while reached:
        component, frontier = set(), {reached.pop()}
        while frontier:
            component |= frontier
            frontier = set().union(*(edges[id] for id in frontier)) - component
        reached -= component
        components.append(component)
    return components


def _partition(component: Collection[int], known: Mapping[int, Question], rulings: Rulings) -> list[list[int]]:
    id_of = {known[id].key: id for id in component}
    ordered = [known[id_of[key]] for key in sorted(id_of)]
    must, never = (
        {(known[a].key, known[b].key) for a, b in pairs if a in component and b in component}
        for pairs in (rulings.must, rulings.never)
    )
    return [[id_of[key] for key in part] for part in group(ordered, _verdict, must=must, never=never)]


def _observations_of(connection: Connection, ids: Collection[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in chunks(ids):
        rows = connection.execute(select(question.c.id, question.c.observation).where(question.c.id.in_(part)))
        found.update((row.id, row.observation) for row in rows)
    return found


_NEW = {
    "subject": "",
    "entity": "[]",
    "kind": "",
    "unit": "",
    "change": "",
    "status": "",
    "claims": 0,
    "articles": 0,
    "outlets": 0,
    "origins": 0,
    "classes": 0,
    "agreeing": 0,
    "updating": 0,
    "contradicting": 0,
    "gap": 0.0,
    "support": 0,
    "score": 0.0,
    "outlet_names": "[]",
}


def _find_or_create(connection: Connection, keys: set[str], run: int) -> dict[str, int]:
    insert_new(connection, observation, [{"key": key, "run": run, **_NEW} for key in sorted(keys)])
    found: dict[str, int] = {}
    for part in chunks(keys):
        rows = connection.execute(select(observation.c.key, observation.c.id).where(observation.c.key.in_(part)))
        found.update((row.key, row.id) for row in rows)
    return found


def _move(connection: Connection, moved: Mapping[int, Collection[int]]) -> None:
    for target, ids in moved.items():
        for part in chunks(ids):
            connection.execute(update(question).where(question.c.id.in_(part)).values(observation=target))


def _drop_empty(connection: Connection, observations: set[int]) -> set[int]:
    """Delete the observations that no question belongs to; return the others."""
    kept: set[int] = set()
    for part in chunks(observations):
        kept.update(connection.scalars(select(question.c.observation).where(question.c.observation.in_(part))))
    for part in chunks(observations - kept):
        connection.execute(delete(observation).where(observation.c.id.in_(part)))
    return kept
