"""Lists that a person browses: articles, years, outlets, how an outlet fares; each a bounded index scan or cached."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from claimgraph.store.observations import summary_from_row
from claimgraph.store.results import Summary
from claimgraph.store.rows import AnyRow
from claimgraph.store.schema import article, claim, observation, question, run
from claimgraph.store.summaries import witnesses_of

__all__ = [
    "ArticleLine",
    "Choices",
    "OutletRecord",
    "articles",
    "choices",
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

    answered: observations looked at. alone: no other outlet answers. confirmed: others agree and nobody contradicts;
    confirmed_later: of these, on a later day than the outlet. contradicted: some value of the observation contradicts
    another. moved: the value moved on. revised: the outlet itself states another value in a later article.
    """

    answered: int
    alone: int
    confirmed: int
    confirmed_later: int
    contradicted: int
    moved: int
    revised: int
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


def same_measure(connection: Connection, summary: Summary, limit: int = 60) -> list[Summary]:
    """Return the observations that differ from one only in their time, by year; the one itself included."""
    table = observation.c
    wanted = (
        select(observation)
        .where(table.subject == summary.subject, table.kind == summary.kind, table.unit == summary.unit)
        .where(table.change == summary.change, table.status == summary.status, table.year.is_not(None))
        .where(table.entity.startswith(_beginning(summary.entity), autoescape=True))
        .order_by(table.year, table.key)
        .limit(limit)
    )
    found = map(summary_from_row, connection.execute(wanted))
    return [item for item in found if item.entity[:1] == summary.entity[:1]]


def _beginning(entity: tuple[str, ...]) -> str:
    """Return how the column begins that holds entities of which the first is this one."""
    return json.dumps(entity[:1], ensure_ascii=False)[:-1] if entity else "[]"


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
    wanted = (
        select(observation).where(observation.c.id.in_(ids)).order_by(observation.c.score.desc(), observation.c.key)
    )
    rows = connection.execute(wanted).all()
    found = [summary_from_row(row) for row in rows]
    shared = {row.id for row in rows if row.outlets > 1}
    agreed = {row.id for row in rows if row.id in shared and row.agreeing and not row.contradicting}
    differs = {row.id for row in rows if row.updating or row.contradicting}
    witnesses = witnesses_of(connection, sorted(agreed | differs))
    return OutletRecord(
        answered=len(found),
        alone=len(found) - len(shared),
        confirmed=len(agreed),
        confirmed_later=sum(_others_follow(witnesses[id], name) for id in agreed),
        contradicted=sum(item.contradicting > 0 for item in found),
        moved=sum(item.updating > 0 for item in found),
        revised=sum(_says_anew(witnesses[id], name) for id in differs),
        latest=tuple(found[:50]),
    )


def _others_follow(witnesses: Sequence[AnyRow], name: str) -> bool:
    """Tell whether another outlet answered on a later day than this one first did."""
    own = min((row.published[:10] for row in witnesses if row.outlet == name and row.published), default=None)
    return own is not None and any(
        row.published[:10] > own for row in witnesses if row.outlet != name and row.published
    )


def _says_anew(witnesses: Sequence[AnyRow], name: str) -> bool:
    """Tell whether an outlet states another value in a later article than before."""
    own = sorted(
        (row.published, row.article, row.value_class) for row in witnesses if row.outlet == name and row.published
    )
    first = {value for _, article, value in own if article == own[0][1]}
    return any(value not in first and published > own[0][0] for published, _, value in own)
