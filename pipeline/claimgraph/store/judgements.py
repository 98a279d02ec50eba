"""Keep judgements of people and what follows from them for the grouping of questions.

A judgement stays when its articles go, and holds again when they come back. Rulings, the pairs of questions that must
or must not be one, follow from judgements and claims, and are derived again whenever one of these changes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, or_, select

from claimgraph.graph.judgements import Judgement, Mark, find, in_force
from claimgraph.records import Claim
from claimgraph.store.dialects import insert_new
from claimgraph.store.many import rows_where
from claimgraph.store.rows import AnyRow, chunks, claim_columns, claim_from_row, safe
from claimgraph.store.schema import article, claim, judgement, ruling
from claimgraph.vocab import Ruling

__all__ = [
    "Rulings",
    "drop",
    "forget_rulings",
    "forget_rulings_of",
    "judged",
    "judgements",
    "keep",
    "rule",
    "rulings_among",
]


@dataclass(frozen=True, slots=True)
class Rulings:
    """Pairs of questions, by id, that people say must, and must never, be one; in both directions."""

    must: frozenset[tuple[int, int]] = frozenset()
    never: frozenset[tuple[int, int]] = frozenset()


def keep(connection: Connection, item: Judgement) -> bool:
    """Store a judgement; return whether it is new."""
    if connection.execute(select(judgement.c.id).where(judgement.c.uid == item.id)).first():
        return False
    row = {"uid": item.id, "ruling": str(item.ruling), "author": safe(item.author), "made": item.made}
    connection.execute(
        judgement.insert(), [{**row, "note": safe(item.note), **_mark_row("a", item.a), **_mark_row("b", item.b)}]
    )
    return True


def drop(connection: Connection, uid: str) -> Judgement | None:
    """Take a judgement back; return it, or None if there was none of that id."""
    row = connection.execute(select(judgement).where(judgement.c.uid == uid)).one_or_none()
    if row is None:
        return None
    connection.execute(delete(judgement).where(judgement.c.uid == uid))
    return _judgement(row)


def judgements(connection: Connection, articles: Collection[str] | None = None) -> list[Judgement]:
    """Return the judgements, or those that touch some articles, by time."""
    if not connection.execute(select(judgement.c.id).limit(1)).first():
        return []  # as in nearly every graph: saves looking every article up
    wanted = select(judgement).order_by(judgement.c.made, judgement.c.uid)
    if articles is None:
        return list(map(_judgement, connection.execute(wanted)))
    found: dict[str, Judgement] = {}
    for part in chunks(articles):
        touching = wanted.where(or_(judgement.c.a_article.in_(part), judgement.c.b_article.in_(part)))
        found.update((row.uid, _judgement(row)) for row in connection.execute(touching))
    return sorted(found.values(), key=lambda item: (item.made, item.id))


def judged(connection: Connection, articles: Collection[str]) -> Mapping[str, Sequence[Judgement]]:
    """Return, per article, the judgements in force that touch it; of the articles given alone."""
    by_article: defaultdict[str, list[Judgement]] = defaultdict(list)
    wanted = set(articles)
    for item in in_force(judgements(connection, wanted)):
        for name in {item.a.article, item.b.article if item.b else item.a.article} & wanted:
            by_article[name].append(item)
    return by_article


def rule(connection: Connection, articles: Collection[str]) -> set[int]:
    """Derive the rulings of the judgements that touch articles; return the questions that they are about."""
    pairs = [item for item in in_force(judgements(connection, articles)) if item.b]
    if not pairs:
        return set()
    asked = _asked(connection, {mark.article for item in pairs for mark in (item.a, item.b) if mark})
    rows: list[dict[str, object]] = []
    about: set[int] = set()
    for item in pairs:
        a, b = (_question(mark, asked) for mark in (item.a, item.b) if mark)
        if a is not None and b is not None and a != b:
            must = item.ruling is Ruling.SAME
            about |= {a, b}
            rows += [{"a": x, "b": y, "judgement": item.id, "must": must} for x, y in ((a, b), (b, a))]
    insert_new(connection, ruling, rows)
    return about


def forget_rulings(connection: Connection, articles: Collection[str]) -> set[int]:
    """Remove what follows from the judgements that touch articles; return the questions that it was about."""
    return forget_rulings_of(connection, [item.id for item in judgements(connection, articles)])


def forget_rulings_of(connection: Connection, judgements: Iterable[str]) -> set[int]:
    """Remove what follows from judgements; return the questions that it was about."""
    found: set[int] = set()
    for part in chunks(judgements):
        found.update(connection.scalars(select(ruling.c.a).where(ruling.c.judgement.in_(part))))
        connection.execute(delete(ruling).where(ruling.c.judgement.in_(part)))
    return found


def rulings_among(connection: Connection, questions: Collection[int]) -> Rulings:
    """Return the rulings that start at the questions."""
    must: set[tuple[int, int]] = set()
    never: set[tuple[int, int]] = set()
    if connection.execute(select(ruling.c.a).limit(1)).first():
        for a, b, same in rows_where(connection, (ruling.c.a, ruling.c.b, ruling.c.must), ruling.c.a, questions):
            (must if same else never).add((a, b))
    return Rulings(frozenset(must), frozenset(never))


def _asked(connection: Connection, articles: Collection[str]) -> dict[str, list[tuple[Claim, int]]]:
    """Read the claims of articles with the question of each."""
    found: defaultdict[str, list[tuple[Claim, int]]] = defaultdict(list)
    for part in chunks(articles):
        for row in connection.execute(claim_columns().where(article.c.uid.in_(part)).order_by(claim.c.uid)):
            found[row.article_uid].append((claim_from_row(row), row.question))
    return found


def _question(mark: Mark, asked: Mapping[str, Sequence[tuple[Claim, int]]]) -> int | None:
    own = asked.get(mark.article, ())
    found = find(mark, [item for item, _ in own])
    return next((question for item, question in own if item is found), None)


def _mark_row(side: str, mark: Mark | None) -> dict[str, object]:
    values = {name: getattr(mark, name, None) for name in Mark.__slots__}
    return {f"{side}_{name}": safe(value) if isinstance(value, str) else value for name, value in values.items()}


def _judgement(row: AnyRow) -> Judgement:
    a, b = _mark(row, "a"), _mark(row, "b")
    assert a is not None  # noqa: S101  the column takes no null
    return Judgement(id=row.uid, ruling=Ruling(row.ruling), a=a, b=b, author=row.author, made=row.made, note=row.note)


def _mark(row: AnyRow, side: str) -> Mark | None:
    values = {name: getattr(row, f"{side}_{name}") for name in Mark.__slots__}
    return None if values["article"] is None else Mark(**values)
