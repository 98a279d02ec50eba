"""What pages show of observations beyond the answers: who is behind each claim, the answers of many at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from claimgraph.records import Claim
from claimgraph.store.classes import classes_of, independent
from claimgraph.store.rows import chunks, load_claims
from claimgraph.store.schema import judgement, observation, run
from claimgraph.store.summaries import witnesses_of

__all__ = ["Backing", "RunLine", "backing", "disputed_since", "first_answers", "judged_until", "runs", "shared_by"]


@dataclass(frozen=True, slots=True)
class Backing:
    """Who is behind a claim: origins that are one have one number, and so have articles that copy one another."""

    origin: int
    voice: int


def backing(connection: Connection, key: str) -> Mapping[str, Backing]:
    """Return who is behind each claim of an observation, by the claim's id."""
    found = connection.scalar(select(observation.c.id).where(observation.c.key == key))
    rows = witnesses_of(connection, [found])[found] if found is not None else []
    numbers = independent(rows)
    return {row.uid: Backing(origin=numbers[row.origin], voice=row.voice) for row in rows}


def first_answers(connection: Connection, keys: Sequence[str], limit: int) -> dict[str, tuple[Claim, ...]]:
    """Return, by observation, the first claim of each value that it has, the best supported `limit` of them.

    Nothing is compared, so that it costs two queries for any number of observations.
    """
    wanted = select(observation.c.id, observation.c.key).where(observation.c.key.in_(keys))
    names = {row.id: row.key for row in connection.execute(wanted)}
    witnesses = witnesses_of(connection, list(names))
    first = {id: [item.first for item in classes_of(rows)[:limit]] for id, rows in witnesses.items()}
    claims = load_claims(connection, [id for found in first.values() for id in found])
    return {names[id]: tuple(claims[item] for item in found) for id, found in first.items()}


def shared_by(connection: Connection, keys: Collection[str]) -> dict[str, tuple[int, int]]:
    """Return, by observation, how many outlets answer it and how many pairs of its values contradict each other."""
    table = observation.c
    found = {}
    for part in chunks(set(keys)):
        wanted = select(table.key, table.outlets, table.contradicting).where(table.key.in_(part))
        found.update({row.key: (row.outlets, row.contradicting) for row in connection.execute(wanted)})
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """One ingest; started: ISO 8601, None where nobody said."""

    id: int
    started: str | None


def runs(connection: Connection, limit: int) -> list[RunLine]:
    """Return the latest ingests, the last one first."""
    wanted = select(run.c.id, run.c.started).order_by(run.c.id.desc()).limit(limit)
    return [RunLine(id=row.id, started=row.started) for row in connection.execute(wanted)]


def judged_until(connection: Connection) -> int:
    """Return a number that is another one after every judgement, given or taken back."""
    found = connection.execute(select(func.count(), func.coalesce(func.max(judgement.c.id), 0)).select_from(judgement))
    count, last = found.one()
    return int(last) * 1_000_003 + int(count)


def disputed_since(connection: Connection, run: int) -> int:
    """Count the observations with a contradiction that an ingest, or a later one, changed."""
    table = observation.c
    # `+ 0` keeps the planner off the index of runs: one run may have brought everything, contradictions are few
    return int(connection.execute(select(func.count()).where(table.score > 0, table.run + 0 >= run)).scalar_one())
