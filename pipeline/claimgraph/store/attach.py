"""Attach articles to the graph and take them out again, touching only what they touch.

All functions work inside the caller's transaction. The graph that results is a function of the set of articles:
neither their order nor how they are cut into transactions matters, and an article that is taken out leaves no trace.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, select, update

from claimgraph.graph.judgements import Judgement, asked_by
from claimgraph.graph.questions import question as question_of
from claimgraph.graph.records import Question
from claimgraph.records import Claim
from claimgraph.store.classes import Witness
from claimgraph.store.copies import add_copies, forget_copies
from claimgraph.store.judgements import forget_rulings, judged, rule
from claimgraph.store.many import insert_rows, next_id, rows_where
from claimgraph.store.preparing import Attachment, Prepared, PreparedClaim, linking, prepare
from claimgraph.store.questions import (
    Regrouped,
    add_questions,
    existing,
    prune_questions,
    regroup,
    regroup_large,
)
from claimgraph.store.rows import AnyRow, chunks, claim_columns, claim_from_row, safe
from claimgraph.store.schema import article, claim, failure, question
from claimgraph.store.summaries import refresh, refresh_stale, write_born

__all__ = ["Attachment", "attach", "attach_prepared", "reask", "retract", "settle"]


@dataclass(slots=True)
class _Written:
    """A claim that this transaction wrote, as `classes_of` sees it."""

    id: int
    uid: str
    question: int
    value_class: int
    origin: str
    article: int
    voice: int
    start: int
    outlet: str | None
    published: str | None


@dataclass(slots=True)
class _Touched:
    """What a transaction has moved.

    questions: gained or lost claims; lost: may have none left. new: are new, by id. articles: changed their voice.
    ruled: people's judgements about them changed. written: claims of this transaction, by row id, with the articles'.
    """

    questions: set[int] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)
    new: dict[int, Question] = field(default_factory=dict)
    articles: set[int] = field(default_factory=set)
    ruled: set[int] = field(default_factory=set)
    written: dict[int, tuple[PreparedClaim, int, int]] = field(default_factory=dict)


def attach(connection: Connection, items: Sequence[Attachment], run: int) -> int:
    """Add articles; one whose id is there already is replaced.

    Args:
        connection: of a writer.
        items: articles of different ids.
        run: the ingest that adds them.

    Returns:
        how many of them replaced an older version.
    """
    return attach_prepared(connection, list(map(prepare, items)), run)


def attach_prepared(connection: Connection, items: Sequence[Prepared], run: int) -> int:
    """Add articles as `attach` does; what can be worked out outside the transaction is."""
    touched = _Touched()
    uids = [item.row["uid"] for item in items]
    touched.ruled |= forget_rulings(connection, uids)
    older = _ids(connection, uids)
    _remove(connection, older, touched)
    for part in chunks(uids):
        connection.execute(delete(failure).where(failure.c.article.in_(part)))
    _insert(connection, items, run, touched)
    touched.ruled |= rule(connection, uids)
    _settle(connection, touched, run)
    return len(older)


def reask(connection: Connection, uids: Collection[str], run: int, ruled: Collection[int] = ()) -> None:
    """Decide again what the claims of articles ask, after a judgement about them; the articles stay as they are.

    Args:
        connection: of a writer.
        uids: ids of articles, whether they are there or not.
        run: the ingest that the change is put down to.
        ruled: questions that a judgement was about that is gone.
    """
    touched = _Touched(ruled={*ruled, *forget_rulings(connection, uids)})
    judgements = judged(connection, uids)
    for part in chunks(uids):
        rows = connection.execute(claim_columns().where(article.c.uid.in_(part)).order_by(claim.c.id)).all()
        for name in part:
            own = [row for row in rows if row.article_uid == name]
            claims = list(map(claim_from_row, own))
            questions = asked_by(claims, list(map(question_of, claims)), judgements.get(name, ()))
            _ask(connection, own, claims, questions, touched)
    touched.ruled |= rule(connection, uids)
    _settle(connection, touched, run)


def _ask(
    connection: Connection,
    rows: Sequence[AnyRow],
    claims: Sequence[Claim],
    questions: Sequence[Question],
    touched: _Touched,
) -> None:
    """Move claims to the questions that they ask now, with what else linking says of them."""
    known, new = add_questions(connection, {found.key: found for found in questions}, {})
    touched.new |= new
    for row, item, found in zip(rows, claims, questions, strict=True):
        if row.question != known[found.key]:
            touched.lost.add(row.question)
            touched.questions.add(known[found.key])
            values = {"question": known[found.key], **linking(item)}
            connection.execute(update(claim).where(claim.c.id == row.id).values(values))


def retract(connection: Connection, uids: Collection[str], run: int) -> int:
    """Take articles out with everything that hung on them; return how many there were."""
    touched = _Touched()
    ids = _ids(connection, uids)
    touched.ruled |= forget_rulings(connection, list(map(safe, uids)))
    _remove(connection, ids, touched)
    _settle(connection, touched, run)
    return len(ids)


def settle(connection: Connection, run: int) -> None:
    """Do what was put off for large components and hot observations; the graph is complete afterwards."""
    refresh(connection, regroup_large(connection, run), run)
    refresh_stale(connection, run)


def _ids(connection: Connection, uids: Collection[str]) -> list[int]:
    found: list[int] = []
    for part in chunks(uids):
        found += connection.scalars(select(article.c.id).where(article.c.uid.in_(part)))
    return found


def _remove(connection: Connection, ids: Collection[int], touched: _Touched) -> None:
    if not ids:
        return
    touched.articles |= forget_copies(connection, ids)
    for part in chunks(ids):
        touched.lost.update(connection.scalars(select(claim.c.question).where(claim.c.article.in_(part))))
        connection.execute(delete(claim).where(claim.c.article.in_(part)))
        connection.execute(delete(article).where(article.c.id.in_(part)))


def _insert(connection: Connection, items: Sequence[Prepared], run: int, touched: _Touched) -> None:
    """Write articles, their fingerprints and their claims."""
    ids = _insert_articles(connection, items, run)
    touched.articles |= add_copies(connection, {id: item.prints for id, item in zip(ids, items, strict=True)})
    judgements = judged(connection, [item.row["uid"] for item in items])
    asked = [_asked(item, judgements.get(item.row["uid"], ())) for item in items]
    wanted = {found.key: found for questions in asked for found in questions}
    kept = {made.question.key: made.kept for item in items for made in item.claims}
    known, new = add_questions(connection, wanted, kept)
    touched.new |= new
    touched.questions.update(known.values())
    behind = [(made, id) for id, item in zip(ids, items, strict=True) for made in item.claims]
    keys = [found.key for questions in asked for found in questions]
    first = next_id(connection, claim)
    for at, ((made, id), key) in enumerate(zip(behind, keys, strict=True), start=first):
        touched.written[at] = (made, id, known[key])
    rows = [(id, place, asked, *made.row.values()) for id, (made, place, asked) in touched.written.items()]
    if rows:
        insert_rows(connection, claim, ("id", "article", "question", *behind[0][0].row), rows)


def _asked(item: Prepared, judgements: Sequence[Judgement]) -> list[Question]:
    questions = [made.question for made in item.claims]
    return asked_by([made.claim for made in item.claims], questions, judgements) if judgements else questions


def _insert_articles(connection: Connection, items: Sequence[Prepared], run: int) -> list[int]:
    first = next_id(connection, article)
    rows = [(id, run, *item.row.values()) for id, item in enumerate(items, start=first)]
    if rows:
        insert_rows(connection, article, ("id", "run", *items[0].row), rows)
    return [row[0] for row in rows]


def _settle(connection: Connection, touched: _Touched, run: int) -> None:
    """Regroup the questions whose neighbourhood changed and sum up the observations that changed."""
    neighbours, emptied = prune_questions(connection, touched.lost)
    ruled = existing(connection, touched.ruled)
    new = touched.new if touched.written else {}  # `reask` moves claims that were there
    found = regroup(connection, {*touched.new} | neighbours | ruled, emptied, run, new=new)
    _write_born(connection, found, touched, run)
    asked = (touched.questions | touched.lost) - touched.new.keys()
    rows = rows_where(connection, (question.c.observation,), question.c.id, sorted(asked))
    observations = found.touched.union(id for (id,) in rows)
    for part in chunks(touched.articles):
        of_article = select(question.c.observation).join_from(claim, question, claim.c.question == question.c.id)
        observations.update(connection.scalars(of_article.where(claim.c.article.in_(part)).distinct()))
    refresh(connection, observations - found.born.keys(), run)


def _write_born(connection: Connection, found: Regrouped, touched: _Touched, run: int) -> None:
    """Write the observations whose claims are all of this transaction."""
    answers = _witnesses(connection, touched)
    witnesses = {id: [row for asked in questions for row in answers[asked]] for id, questions in found.born.items()}
    claims = {id: made.claim for id, (made, _, _) in touched.written.items()}
    asked = {id: made.question for id, (made, _, _) in touched.written.items()}
    write_born(connection, witnesses, claims, asked, found.keys, run)


def _witnesses(connection: Connection, touched: _Touched) -> dict[int, list[Witness]]:
    """Return the claims of this transaction by question."""
    articles = {place for _, place, _ in touched.written.values()}
    voices = dict(rows_where(connection, (article.c.id, article.c.voice), article.c.id, sorted(articles)))
    answers: defaultdict[int, list[Witness]] = defaultdict(list)
    for id, (made, place, asked) in touched.written.items():
        own, row = made.claim, made.row
        answers[asked].append(
            _Written(
                id=id,
                uid=own.id,
                question=asked,
                value_class=row["value_class"],
                origin=row["origin"],
                article=place,
                voice=voices[place] or place,
                start=own.start,
                outlet=own.outlet,
                published=own.published,
            )
        )
    return answers
