"""Lists that a person browses: articles, years, outlets, how an outlet fares; each a bounded index scan or cached."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from claimgraph.store.observations import summary_from_row
from claimgraph.store.results import Summary
from claimgraph.store.schema import article, claim, observation, question, run

__all__ = [
    "ArticleLine",
    "Choices",
    "OutletRecord",
    "articles",
    "choices",
    "contradicted",
    "last_run",
    "outlet_record",
    "same_measure",
]

_FEW = 500  # observations of an outlet that its record is drawn from, the latest first


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """An article in a list."""

    id: str
    title: str
    outlet: str
    published: str | None
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What lists can be narrowed to, sorted."""

    years: tuple[int, ...]
    outlets: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletRecord:
    """How an outlet fares among the observations that it answers.

    answered: observations looked at. alone: no other outlet answers. confirmed: others agree and nobody contradicts.
    contradicted: some value of the observation contradicts another. moved: the value moved on.
    """

    answered: int
    alone: int
    confirmed: int
    contradicted: int
    moved: int
    latest: tuple[Summary, ...]


def articles(
    connection: Connection, *, outlet: str | None = None, after: str = "", limit: int = 100
) -> list[ArticleLine]:
    """Return articles by id, from behind `after` on."""
    wanted = select(article.c.uid, article.c.title, article.c.outlet, article.c.published, article.c.claims)
    if outlet is not None:
        wanted = wanted.where(article.c.outlet == outlet)
    rows = connection.execute(wanted.where(article.c.uid > after).order_by(article.c.uid).limit(limit))
    return [
        ArticleLine(id=row.uid, title=row.title, outlet=row.outlet or "", published=row.published, claims=row.claims)
        for row in rows
    ]


def choices(connection: Connection) -> Choices:
    """Return what occurs in the graph; reads whole indexes, so callers keep it until the next run."""
    years = connection.scalars(select(observation.c.year).distinct().where(observation.c.year.is_not(None)))
    outlets = connection.scalars(select(article.c.outlet).distinct().where(article.c.outlet.is_not(None)))
    kinds = connection.scalars(select(observation.c.kind).distinct())
    return Choices(
        years=tuple(sorted(set(years), reverse=True)), outlets=tuple(sorted(outlets)), kinds=tuple(sorted(kinds))
    )


def last_run(connection: Connection) -> int:
    """Return the number of the latest ingest, 0 where there was none."""
    return int(connection.execute(select(func.coalesce(func.max(run.c.id), 0))).scalar_one())


def contradicted(connection: Connection, keys: Collection[str]) -> set[str]:
    """Return those of the observations that hold a contradiction."""
    wanted = select(observation.c.key).where(observation.c.key.in_(list(keys)), observation.c.contradicting > 0)
    return set(connection.scalars(wanted))


def same_measure(connection: Connection, summary: Summary, limit: int = 60) -> list[Summary]:
    """Return the observations that differ from one only in their time, by year; the one itself included."""
    table = observation.c
    wanted = (
        select(observation)
        .where(table.subject == summary.subject, table.kind == summary.kind, table.unit == summary.unit)
        .where(table.change == summary.change, table.status == summary.status, table.year.is_not(None))
        .order_by(table.year, table.key)
        .limit(limit)
    )
    found = map(summary_from_row, connection.execute(wanted))
    return [item for item in found if item.entity[:1] == summary.entity[:1]]


def outlet_record(connection: Connection, name: str) -> OutletRecord:
    """Look at the latest observations that an outlet answers."""
    ids = (
        select(question.c.observation)
        .join(claim, claim.c.question == question.c.id)
        .join(article, article.c.id == claim.c.article)
        .where(article.c.outlet == name)
        .distinct()
        .limit(_FEW)
    )
    rows = connection.execute(select(observation).where(observation.c.id.in_(ids)).order_by(observation.c.score.desc()))
    found = [summary_from_row(row) for row in rows]
    shared = [item for item in found if item.outlets > 1]
    return OutletRecord(
        answered=len(found),
        alone=len(found) - len(shared),
        confirmed=sum(item.agreeing > 0 and not item.contradicting for item in shared),
        contradicted=sum(item.contradicting > 0 for item in found),
        moved=sum(item.updating > 0 for item in found),
        latest=tuple(found[:50]),
    )
