"""Attach articles to the graph and take them out again, touching only what they touch.

All functions work inside the caller's transaction. The graph that results is a function of the set of articles:
neither their order nor how they are cut into transactions matters, and an article that is taken out leaves no trace.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import Connection, delete, select, update

from claimgraph.graph.judgements import Judgement, asked_by
from claimgraph.graph.questions import question as question_of
from claimgraph.graph.records import Question
from claimgraph.records import Claim
from claimgraph.store.copies import add_copies, forget_copies
from claimgraph.store.judgements import forget_rulings, judged, rule
from claimgraph.store.many import insert_rows, next_id, rows_where
from claimgraph.store.preparing import CLAIM_COLUMNS, Attachment, Prepared, PreparedClaim, linking, prepare
from claimgraph.store.questionrows import QuestionRow, question_row
from claimgraph.store.questions import (
    Regrouped,
    add_questions,
    existing,
    insert_questions,
    prune_questions,
    regroup,
    regroup_large,
)
from claimgraph.store.rows import AnyRow, chunks, claim_columns, claim_from_row, safe
from claimgraph.store.schema import article, claim, failure, question
from claimgraph.store.summaries import refresh, refresh_stale, write_alone, write_born

if TYPE_CHECKING:
    from claimgraph.store.ahead import Ahead

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

    questions: gained or lost claims; lost: may have none left. new: are new, by id; linked: those of them that are one
    with others. moved: older ones that have other pairs now. articles: changed their voice. ruled: people's judgements
    about them changed. written: claims of this transaction, by row id, with the articles'.
    """

    questions: set[int] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)
    new: dict[int, QuestionRow] = field(default_factory=dict)
    linked: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)
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


def attach_prepared(connection: Connection, items: Sequence[Prepared], run: int, ahead: "Ahead | None" = None) -> int:
    """Add articles as `attach` does; what can be worked out outside the transaction is.

    ahead: what another process found of their questions.
    """
    touched = _Touched()
    uids = [item.row["uid"] for item in items]
    touched.ruled |= forget_rulings(connection, uids)
    older = _ids(connection, uids)
    _remove(connection, older, touched)
    for part in chunks(uids):
        connection.execute(delete(failure).where(failure.c.article.in_(part)))
    _insert(connection, items, run, touched, ahead)
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
    added = add_questions(connection, {found.key: question_row(found) for found in questions})
    insert_questions(connection, added.new, {})
    touched.new |= added.new
    touched.moved |= added.moved
    for row, item, found in zip(rows, claims, questions, strict=True):
        if row.question != added.ids[found.key]:
            touched.lost.add(row.question)
            touched.questions.add(added.ids[found.key])
            values = {"question": added.ids[found.key], **linking(item)}
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


def _insert(
    connection: Connection, items: Sequence[Prepared], run: int, touched: _Touched, ahead: "Ahead | None"
) -> None:
    """Write articles, their fingerprints and their claims."""
    ids = _insert_articles(connection, items, run)
    prints = {id: np.frombuffer(item.prints, dtype=np.int64) for id, item in zip(ids, items, strict=True)}
    touched.articles |= add_copies(connection, prints)
    judgements = judged(connection, [item.row["uid"] for item in items])
    asked = [_asked(item, judgements.get(item.row["uid"], ())) for item in items]
    added = add_questions(connection, {found.key: found for questions in asked for found in questions}, ahead)
    touched.new, touched.linked, touched.moved = added.new, added.linked, added.moved
    touched.questions.update(added.ids.values())
    behind = [(made, id) for id, item in zip(ids, items, strict=True) for made in item.claims]
    keys = [found.key for questions in asked for found in questions]
    first = next_id(connection, claim)
    for at, ((made, id), key) in enumerate(zip(behind, keys, strict=True), start=first):
        touched.written[at] = (made, id, added.ids[key])
    rows = [(id, place, asked, *made.row) for id, (made, place, asked) in touched.written.items()]
    insert_rows(connection, claim, ("id", "article", "question", *CLAIM_COLUMNS), rows)


def _asked(item: Prepared, judgements: Sequence[Judgement]) -> list[QuestionRow]:
    """Return what the claims of an article ask, as people's judgements leave it."""
    kept = [made.kept for made in item.claims]
    if not judgements:
        return kept
    asked = asked_by([made.claim for made in item.claims], [row.question for row in kept], judgements)
    return [row if found is row.question else question_row(found) for found, row in zip(asked, kept, strict=True)]


def _insert_articles(connection: Connection, items: Sequence[Prepared], run: int) -> list[int]:
    first = next_id(connection, article)
    rows = [(id, run, *item.row.values()) for id, item in enumerate(items, start=first)]
    if rows:
        insert_rows(connection, article, ("id", "run", *items[0].row), rows)
    return [row[0] for row in rows]


def _settle(connection: Connection, touched: _Touched, run: int) -> None:
    """Regroup the questions whose neighbourhood changed and sum up the observations that changed."""
    neighbours, emptied = prune_questions(connection, touched.lost, touched.new)
    new = touched.new if touched.written else {}  # `reask` moves claims that were there
    neighbours |= existing(connection, touched.moved.difference(touched.new))
    ruled = existing(connection, touched.ruled.difference(new)) | {id for id in touched.ruled if id in new}
    alone = new.keys() - touched.linked - ruled - neighbours
    seeds = (touched.new.keys() - alone) | neighbours | ruled
    found = regroup(connection, seeds, emptied, run, new=new, alone=alone)
    _write_born(connection, found, touched, run)
    asked = (touched.questions | touched.lost).difference(touched.new)
    rows = rows_where(connection, (question.c.observation,), question.c.id, sorted(asked))
    observations = found.touched.union(id for (id,) in rows)
    for part in chunks(touched.articles):
        of_article = select(question.c.observation).join_from(claim, question, claim.c.question == question.c.id)
        observations.update(connection.scalars(of_article.where(claim.c.article.in_(part)).distinct()))
    refresh(connection, observations.difference(found.born), run)


def _write_born(connection: Connection, found: Regrouped, touched: _Touched, run: int) -> None:
    """Write the observations whose claims are all of this transaction."""
    answers: defaultdict[int, list[int]] = defaultdict(list)
    for id, (_, _, asked) in touched.written.items():
        answers[asked].append(id)
    behind = {id: [item for asked in questions for item in answers[asked]] for id, questions in found.born.items()}
    alone = {id: touched.written[own[0]][0] for id, own in behind.items() if len(own) == 1}
    write_alone(connection, alone, found.keys, run)
    several = {id: own for id, own in behind.items() if len(own) > 1}
    witnesses = _witnesses(connection, touched, several)
    made = {id: touched.written[id][0] for own in several.values() for id in own}
    write_born(connection, witnesses, made, found.keys, run)


def _witnesses(
    connection: Connection, touched: _Touched, several: Mapping[int, Sequence[int]]
) -> dict[int, list[_Written]]:
    """Return the claims of this transaction that answer observations."""
    articles = {touched.written[id][1] for own in several.values() for id in own}
    voices = dict(rows_where(connection, (article.c.id, article.c.voice), article.c.id, sorted(articles)))
    return {to: [_witness(id, *touched.written[id], voices) for id in own] for to, own in several.items()}


def _witness(id: int, made: PreparedClaim, place: int, asked: int, voices: Mapping[int, int | None]) -> _Written:
    uid, start, value_class, origin = _BEHIND(made.row)
    return _Written(
        id=id,
        uid=uid,
        question=asked,
        value_class=value_class,
        origin=origin,
        article=place,
        voice=voices[place] or place,
        start=start,
        outlet=made.outlet,
        published=made.published,
    )


_BEHIND = itemgetter(*(CLAIM_COLUMNS.index(name) for name in ("uid", "start", "value_class", "origin")))
