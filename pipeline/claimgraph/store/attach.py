"""Attach articles to the graph and take them out again, touching only what they touch.

All functions work inside the caller's transaction. The graph that results is a function of the set of articles:
neither their order nor how they are cut into transactions matters, and an article that is taken out leaves no trace.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, insert, select, update

from claimgraph.graph.entities import canonical
from claimgraph.graph.judgements import asked_by
from claimgraph.graph.questions import question as question_of
from claimgraph.graph.records import Question
from claimgraph.graph.values import interval
from claimgraph.graph.voices import origin_key
from claimgraph.records import Article, Claim
from claimgraph.store.copies import add_copies, forget_copies
from claimgraph.store.judgements import forget_rulings, judged, rule
from claimgraph.store.questions import add_questions, existing, prune_questions, regroup, regroup_large
from claimgraph.store.rows import (
    AnyRow,
    article_row,
    chunks,
    claim_columns,
    claim_from_row,
    claim_row,
    safe,
    value_class,
)
from claimgraph.store.schema import article, claim, failure, question
from claimgraph.store.summaries import refresh, refresh_stale

__all__ = ["Attachment", "attach", "reask", "retract", "settle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An article with its claims, and under what it is known.

    digest: of everything that the claims depend on. fingerprint: of the pipeline that made them.
    path: of the file that it was read from, if any.
    """

    article: Article
    claims: tuple[Claim, ...]
    digest: str
    fingerprint: str
    path: str | None = None


@dataclass(slots=True)
class _Touched:
    """What a transaction has moved.

    questions: gained or lost claims. new: are new. articles: changed their voice. ruled: people's judgements about
    them changed.
    """

    questions: set[int] = field(default_factory=set)
    new: set[int] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)
    ruled: set[int] = field(default_factory=set)


def attach(connection: Connection, items: Sequence[Attachment], run: int) -> int:
    """Add articles; one whose id is there already is replaced.

    Args:
        connection: of a writer.
        items: articles of different ids.
        run: the ingest that adds them.

    Returns:
        how many of them replaced an older version.
    """
    touched = _Touched()
    uids = [safe(item.article.id) for item in items]
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
    known, new = add_questions(connection, {found.key: found for found in questions})
    touched.new |= new
    for row, item, found in zip(rows, claims, questions, strict=True):
        if row.question != known[found.key]:
            touched.questions |= {row.question, known[found.key]}
            values = {"question": known[found.key], **_linking(item)}
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
        touched.questions.update(connection.scalars(select(claim.c.question).where(claim.c.article.in_(part))))
        connection.execute(delete(claim).where(claim.c.article.in_(part)))
        connection.execute(delete(article).where(article.c.id.in_(part)))


def _insert(connection: Connection, items: Sequence[Attachment], run: int, touched: _Touched) -> None:
    """Write articles, their fingerprints and their claims."""
    ids = _insert_articles(connection, items, run)
    for id, item in zip(ids, items, strict=True):
        touched.articles |= add_copies(connection, id, item.article.text)
    judgements = judged(connection, [item.article.id for item in items])
    asked = [
        asked_by(item.claims, [question_of(claim) for claim in item.claims], judgements.get(item.article.id, ()))
        for item in items
    ]
    known, new = add_questions(connection, {found.key: found for questions in asked for found in questions})
    touched.new |= new
    touched.questions.update(known.values())
    rows = [
        _claim_row(claim, found, known, id)
        for id, item, questions in zip(ids, items, asked, strict=True)
        for claim, found in zip(item.claims, questions, strict=True)
    ]
    if rows:
        connection.execute(insert(claim), rows)


def _insert_articles(connection: Connection, items: Sequence[Attachment], run: int) -> list[int]:
    rows = [
        {
            **article_row(item.article),
            "digest": item.digest,
            "fingerprint": item.fingerprint,
            "claims": len(item.claims),
            "path": item.path,
            "run": run,
        }
        for item in items
    ]
    statement = insert(article).returning(article.c.id, sort_by_parameter_order=True)
    return list(connection.scalars(statement, rows))


def _claim_row(claim: Claim, found: Question, known: dict[str, int], article: int) -> dict[str, object]:
    return {
        **claim_row(claim),
        "article": article,
        "question": known[found.key],
        **_linking(claim),
    }


def _linking(claim: Claim) -> dict[str, object]:
    """Return what the graph's code makes of a claim beside its question."""
    return {"value_class": value_class(claim, interval(claim)), "origin": _origin(claim)}


def _origin(claim: Claim) -> str:
    """Name who is behind a figure: the cited source, else the outlet, else the article itself."""
    cited = origin_key(claim) or (canonical(claim.outlet) if claim.outlet else None)
    return safe(cited or f"article {claim.article}")


def _settle(connection: Connection, touched: _Touched, run: int) -> None:
    """Regroup the questions whose neighbourhood changed and sum up the observations that changed."""
    neighbours, emptied = prune_questions(connection, touched.questions)
    ruled = existing(connection, touched.ruled)
    observations = regroup(connection, touched.new | neighbours | ruled, emptied, run)
    for part in chunks(touched.questions):
        observations.update(connection.scalars(select(question.c.observation).where(question.c.id.in_(part))))
    for part in chunks(touched.articles):
        asked = select(question.c.observation).join_from(claim, question, claim.c.question == question.c.id)
        observations.update(connection.scalars(asked.where(claim.c.article.in_(part)).distinct()))
    refresh(connection, observations, run)
