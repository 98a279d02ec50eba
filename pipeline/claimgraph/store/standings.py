"""Keep, per observation, which origins the others confirm, and sum it up into track records.

Only observations teach that stand still and whose answers are comparable: a toll that moves on corrects nobody.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, func, select

from claimgraph.graph.questions import question as question_of
from claimgraph.graph.records import Answer, Comparison, Track
from claimgraph.graph.track import Record, tally, weights
from claimgraph.graph.values import interval
from claimgraph.records import Claim
from claimgraph.store.classes import Witness
from claimgraph.store.many import insert_rows
from claimgraph.store.rows import chunks
from claimgraph.store.schema import standing
from claimgraph.vocab import Label

__all__ = ["standings_of", "tracks", "write_standings"]

#: Origins of one observation above which it isn't counted: everybody repeats such figures, and comparing costs more.
_CROWD = 48


def standings_of(
    rows: Sequence[Witness], claims: Mapping[int, Claim], compared: Iterable[Comparison]
) -> dict[str, bool]:
    """Say which origins of an observation the others confirm; nothing where it teaches nothing.

    Args:
        rows: all claims of the observation.
        claims: the first claim of every class, by row id.
        compared: how its classes compare.
    """
    if not 1 < len({row.origin for row in rows}) <= _CROWD:
        return {}
    if any(found.label in (Label.RELATED, Label.UPDATE) for found in compared):
        return {}
    stated = {(row.question, row.value_class): claims[row.id] for row in rows if row.id in claims}
    if any(question_of(item).moves for item in stated.values()):
        return {}
    # contents before row ids: where answers tie, what they state decides, never the order of arrival
    said = sorted(
        {(row.question, row.value_class, row.origin, row.voice) for row in rows},
        key=lambda item: (item[1], item[2], item[0], item[3]),
    )
    answers = [
        Answer(
            claim=f"{number}",
            interval=interval(stated[asked, value]),
            voice=f"{voice}",
            origin=origin,
            published=None,
        )
        for number, (asked, value, origin, voice) in enumerate(said)
        if (asked, value) in stated
    ]
    return tally(answers) if len({answer.interval.unit for answer in answers}) == 1 else {}


def write_standings(connection: Connection, found: Mapping[int, Mapping[str, bool]], *, born: bool = False) -> None:
    """Replace what is kept of observations; `born` ones have nothing yet."""
    if not born:
        forget_standings(connection, found)
    rows = [(id, origin, confirmed) for id, said in found.items() for origin, confirmed in said.items()]
    insert_rows(connection, standing, ("observation", "origin", "confirmed"), rows)


def forget_standings(connection: Connection, observations: Collection[int]) -> None:
    """Delete what is kept of observations."""
    for part in chunks(sorted(observations)):
        connection.execute(delete(standing).where(standing.c.observation.in_(part)))


def tracks(connection: Connection, origins: Collection[str]) -> dict[str, Track]:
    """Return the track records of origins; those that were never compared are missing."""
    counts = select(standing.c.origin, standing.c.confirmed, func.count().label("times"))
    counts = counts.group_by(standing.c.origin, standing.c.confirmed)
    known: dict[str, Record] = {}
    for part in chunks(sorted(origins)):
        for origin, confirmed, times in connection.execute(counts.where(standing.c.origin.in_(part))):
            known[origin] = known.get(origin, Record()) + (Record(times, 0) if confirmed else Record(0, times))
    if not known:
        return {}
    totals = select(standing.c.confirmed, func.count()).group_by(standing.c.confirmed)
    sums = {bool(confirmed): times for confirmed, times in connection.execute(totals)}
    return weights(known, Record(sums.get(True, 0), sums.get(False, 0)))
