"""Read articles, claims, failures; find observations from plain words."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from claimgraph.records import Claim, Failure
from claimgraph.store.results import ArticleView
from claimgraph.store.rows import article_from_row, claim_columns, claim_from_row
from claimgraph.store.schema import article, claim, copy, failure, observation, question

__all__ = ["all_claims", "article_view", "claim_by_id", "failures", "observation_of"]

_PAGE = 1_000  # claims read at a time


def article_view(connection: Connection, uid: str) -> ArticleView | None:
    """Return an article with its claims; None if there is none of that id."""
    row = connection.execute(select(article).where(article.c.uid == uid)).one_or_none()
    if row is None:
        return None
    found = connection.execute(
        claim_columns().where(claim.c.article == row.id).order_by(claim.c.start, claim.c.uid)
    ).all()
    asked = (
        select(question.c.id, observation.c.key)
        .join(observation, observation.c.id == question.c.observation)
        .where(question.c.id.in_([item.question for item in found]))
    )
    keys = {item.id: item.key for item in connection.execute(asked)}
    twins = select(article.c.uid).join(copy, copy.c.b == article.c.id).where(copy.c.a == row.id).order_by(article.c.uid)
    return ArticleView(
        article=article_from_row(row),
        claims=tuple(map(claim_from_row, found)),
        observations=tuple(keys[item.question] for item in found),
        copies=tuple(connection.scalars(twins)),
    )


def claim_by_id(connection: Connection, uid: str) -> Claim | None:
    """Return a claim; None if there is none of that id."""
    row = connection.execute(claim_columns().where(claim.c.uid == uid)).one_or_none()
    return None if row is None else claim_from_row(row)


def observation_of(connection: Connection, uid: str) -> str | None:
    """Return the key of the observation that a claim answers."""
    return connection.execute(
        select(observation.c.key)
        .join(question, question.c.observation == observation.c.id)
        .join(claim, claim.c.question == question.c.id)
        .where(claim.c.uid == uid)
    ).scalar_one_or_none()


def all_claims(connection: Connection) -> Iterator[Claim]:
    """Yield every claim by article, then place in the text; reads a page of articles at a time."""
    last = ""
    while True:
        page = select(article.c.uid).where(article.c.uid > last).order_by(article.c.uid).limit(_PAGE)
        uids = list(connection.scalars(page))
        if not uids:
            return
        wanted = claim_columns().where(article.c.uid.in_(uids)).order_by(article.c.uid, claim.c.start, claim.c.uid)
        yield from map(claim_from_row, connection.execute(wanted))
        last = uids[-1]


def failures(connection: Connection) -> list[Failure]:
    """Return what could not be read or extracted and has not changed since, by name."""
    rows = connection.execute(select(failure).order_by(func.lower(failure.c.article), failure.c.article))
    return [Failure(article=row.article, stage=row.stage, problem=row.problem) for row in rows]
