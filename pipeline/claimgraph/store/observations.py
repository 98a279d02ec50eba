"""Read observations: one with all its answers, the ranked contradictions, the pairs for export."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, select

from claimgraph.graph.best import best_answer
from claimgraph.graph.linking import pairs_of
from claimgraph.graph.questions import question as question_of
from claimgraph.graph.records import Answer, Best, Comparison, Pair
from claimgraph.graph.values import interval
from claimgraph.records import Claim
from claimgraph.store.classes import Class, classes_of
from claimgraph.store.results import Conflict, ObservationView, Related, Side, Summary, Value
from claimgraph.store.rows import AnyRow, claim_columns, claim_from_row, claims_by_uid, load_claims
from claimgraph.store.schema import article, claim, observation, question
from claimgraph.store.standings import tracks
from claimgraph.store.summaries import Compared, compare_classes, witnesses_of
from claimgraph.vocab import Label

__all__ = ["Filter", "conflicts", "observation_view", "observations", "pairs", "summary_from_row"]


#: Observations that are looked up and sorted; a filter that leaves more meets its first ones early in any order.
_FEW = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which observations are wanted; None: all.

    entity, measure, outlet: part of a name, in any case. year: that the value is about.
    kind: of quantity, such as `money`.
    min_gap: smallest difference as a share of the larger value. since: first day of publication, ISO 8601.
    run: changed in this ingest or a later one. keys: only these.
    """

    entity: str | None = None
    measure: str | None = None
    outlet: str | None = None
    year: int | None = None
    kind: str | None = None
    min_gap: float | None = None
    since: str | None = None
    run: int | None = None
    keys: tuple[str, ...] | None = None

    def apply(self, wanted: Select[Any]) -> Select[Any]:
        """Narrow a query over observations."""
        table = observation.c
        for column, text in (
            (table.entity, self.entity),
            (table.subject, self.measure),
            (table.outlet_names, self.outlet),
        ):
            if text:
                wanted = wanted.where(column.icontains(text, autoescape=True))
        conditions = (
            (self.year, table.year == self.year),
            (self.kind, table.kind == self.kind),
            (self.min_gap, table.gap >= (self.min_gap or 0)),
            (self.since, table.published >= (self.since or "")),
            # `+ 0`: one run may have brought everything, then its index is the slowest way
            (self.run, table.run + 0 >= (self.run or 0)),
            (self.keys, table.key.in_(self.keys or ())),
        )
        return wanted.where(*(condition for value, condition in conditions if value is not None))

    def narrowest(self, dialect: str) -> Iterator[Select[Any]]:
        """Yield, for each filter that has an index to read, the ids of the observations that it leaves."""
        # SQLite's `LIKE` looks past case by itself, and twice as fast
        holds = _has if dialect == "sqlite" else _has_in_any_case
        table = observation.c
        if self.year is not None:
            yield select(table.id).where(table.year == self.year)
        for column, text in ((table.entity, self.entity), (table.subject, self.measure)):
            if text:
                yield select(table.id).where(holds(column, text))
        if self.outlet:
            printed = select(article.c.id).where(holds(article.c.outlet, self.outlet))
            asked = select(question.c.observation).join(claim, claim.c.question == question.c.id)
            yield asked.where(claim.c.article.in_(printed)).distinct()


def _has(column: Column[Any], text: str) -> ColumnElement[bool]:
    return column.contains(text, autoescape=True)


def _has_in_any_case(column: Column[Any], text: str) -> ColumnElement[bool]:
    return column.icontains(text, autoescape=True)


def summary_from_row(row: AnyRow) -> Summary:
    """Read the line of an observation."""
    values = {name: getattr(row, name) for name in Summary.__slots__ if name not in ("entity", "values")}
    return Summary(entity=tuple(json.loads(row.entity)), values=row.classes, **values)


def conflicts(connection: Connection, wanted: Filter, limit: int | None) -> list[Conflict]:
    """Return the contradictions, the weightiest first."""
    rows = connection.execute(
        wanted.apply(select(observation).where(observation.c.score > 0))
        .order_by(observation.c.score.desc(), observation.c.key)
        .limit(limit)
    ).all()
    kept = [json.loads(row.worst) for row in rows]
    claims = claims_by_uid(connection, [side["claim"] for item in kept for side in item["sides"]])
    return [_conflict(row, item, claims) for row, item in zip(rows, kept, strict=True)]


def observations(connection: Connection, wanted: Filter, limit: int | None) -> list[Summary]:
    """Return observations, those with the most independent origins and claims first.

    What a filter leaves is found in that filter's index where it is little, and in the order of the list where it is
    much: either way a short list reads a small part of the graph.
    """
    table = observation.c
    order = (table.origins.desc(), table.claims.desc(), table.published.desc(), table.key)
    chosen = wanted.apply(select(observation))
    few = _few(connection, wanted) if limit else None
    if few is not None:
        # `+ 0` keeps the planner off the index of the order
        chosen, order = chosen.where(table.id.in_(few)), ((table.origins + 0).desc(), *order[1:])
    return [summary_from_row(row) for row in connection.execute(chosen.order_by(*order).limit(limit))]


def _few(connection: Connection, wanted: Filter) -> list[int] | None:
    """Return what one of the filters leaves, others not asked; None where each of them leaves many."""
    for ids in wanted.narrowest(connection.dialect.name):
        found = list(connection.scalars(ids.limit(_FEW + 1)))
        if len(found) <= _FEW:
            return found
    return None


def _conflict(row: AnyRow, kept: Mapping[str, Any], claims: Mapping[str, Claim]) -> Conflict:
    """Read the heaviest contradiction as the summary kept it."""
    a, b = (_side(side, claims[side["claim"]]) for side in kept["sides"])
    said = Comparison(label=Label.CONTRADICT, confidence=kept["confidence"], reason=kept["reason"])
    return Conflict(summary=summary_from_row(row), a=a, b=b, comparison=said, others=row.contradicting - 1)


def _side(kept: Mapping[str, Any], claim: Claim) -> Side:
    value = Value(
        claim=claim,
        claims=kept["claims"],
        carriers=kept["carriers"],
        origins=kept["origins"],
        outlets=tuple(kept["outlets"]),
    )
    return Side(value=value, origins=kept["side_origins"], carriers=kept["side_carriers"])


class _State:
    """An observation's classes, their first claims and how they compare."""

    def __init__(self, connection: Connection, id: int) -> None:
        self.rows = witnesses_of(connection, [id])[id]
        self.classes = classes_of(self.rows)
        self.claims = load_claims(connection, [item.first for item in self.classes])
        self.compared = compare_classes(self.classes, self.claims)
        self._outlets = {row.article: row.outlet for row in self.rows}

    def value(self, item: Class) -> Value:
        outlets = {self._outlets[id] for id in item.articles} - {None}
        return Value(
            claim=self.claims[item.first],
            claims=item.claims,
            carriers=len(item.articles),
            origins=len(item.origins),
            outlets=tuple(sorted(outlets)),
        )

    def ordered(self) -> list[Class]:
        return sorted(self.classes, key=lambda item: _by_publication(self.claims[item.first]))


def _by_publication(item: Claim) -> tuple[bool, str, str]:
    return item.published is None, item.published or "", item.id


def observation_view(connection: Connection, key: str) -> ObservationView | None:
    """Return an observation with everything that answers it; None if there is none of that key."""
    row = connection.execute(select(observation).where(observation.c.key == key)).one_or_none()
    if row is None:
        return None
    state = _State(connection, row.id)
    ordered = state.ordered()
    place = {id(item): at for at, item in enumerate(ordered)}
    claims = _claims_of(connection, row.id)
    return ObservationView(
        summary=summary_from_row(row),
        values=tuple(state.value(item) for item in ordered),
        related=tuple(sorted((_related(item, place) for item in state.compared), key=lambda item: (item.a, item.b))),
        best=_best(connection, state, claims),
        claims=tuple(claims),
    )


def _related(item: Compared, place: dict[int, int]) -> Related:
    a, b = sorted((place[id(item.a)], place[id(item.b)]))
    found = item.comparison
    return Related(a=a, b=b, label=found.label, confidence=found.confidence, reason=found.reason)


def _claims_of(connection: Connection, id: int) -> list[Claim]:
    wanted = claim_columns().join(question, question.c.id == claim.c.question).where(question.c.observation == id)
    return sorted(map(claim_from_row, connection.execute(wanted)), key=_by_publication)


def _best(connection: Connection, state: _State, claims: Sequence[Claim]) -> Best | None:
    """Weigh the answers in the unit that most of them use."""
    behind = {row.uid: row for row in state.rows}
    answers = [
        Answer(
            claim=item.id,
            interval=interval(item),
            voice=str(behind[item.id].voice),
            origin=behind[item.id].origin,
            published=item.published,
        )
        for item in claims
    ]
    units = [answer.interval.unit for answer in answers]
    most = max(sorted(set(units)), key=units.count)
    moves = any(question_of(item).moves for item in state.claims.values())
    track = tracks(connection, {answer.origin for answer in answers})
    return best_answer([answer for answer in answers if answer.interval.unit == most], moves=moves, track=track)


def pairs(connection: Connection) -> Iterator[Pair]:
    """Compare every two claims of different articles that answer one observation; by observation, then ids.

    Pairs that are only related are left out. Reads one observation at a time.
    """
    shared = select(observation.c.id, observation.c.key).where(observation.c.articles > 1).order_by(observation.c.key)
    for id, key in connection.execute(shared).all():
        yield from pairs_of(sorted(_claims_of(connection, id), key=lambda item: item.id), key)
