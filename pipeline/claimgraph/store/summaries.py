"""What is known of an observation, summed up with every article, so that lists are index scans.

A summary is a pure function of the observation's claims, so it does not depend on the order in which they came.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log2
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, func, select

from claimgraph.graph.questions import question as question_of
from claimgraph.graph.records import Comparison, Question
from claimgraph.graph.settling import Statement, settle
from claimgraph.graph.values import gap, interval
from claimgraph.records import Claim
from claimgraph.store.candidates import load_questions
from claimgraph.store.classes import Class, Witness, classes_of
from claimgraph.store.many import insert_rows, update_rows
from claimgraph.store.preparing import CLAIM_COLUMNS, PreparedClaim
from claimgraph.store.questions import create_observations
from claimgraph.store.rows import AnyRow, chunks, load_claims
from claimgraph.store.schema import article, claim, judgement, observation, question, stale
from claimgraph.store.standings import standings_of, write_standings
from claimgraph.vocab import Label

__all__ = [
    "Compared",
    "compare_classes",
    "firsts",
    "refresh",
    "refresh_stale",
    "sides_of",
    "weigh",
    "witnesses_of",
    "write_alone",
    "write_born",
]

#: Claims above which, and different values above which, an observation is summed up once a batch instead of once an
#: article: its cost grows with the first and with the square of the second (16 values: 120 comparisons, 40 ms).
_HOT = 200
_VARIED = 16

#: Classes that are compared, the best supported first; an observation with more holds noise, not answers.
_COMPARED = 48

#: Worth of a year in the rank of contradictions: ten years weigh as much as one more independent origin.
_RECENCY = 0.1 / 365


@dataclass(frozen=True, slots=True)
class Compared:
    """Two classes of one observation and how their first reports compare."""

    a: Class
    b: Class
    comparison: Comparison


def refresh(connection: Connection, observations: Collection[int], run: int) -> None:
    """Sum up observations again; hot ones are put down as stale, for `refresh_stale`."""
    for part in chunks(sorted(observations)):
        sizes = (
            question.c.observation,
            func.count().label("claims"),
            func.count(claim.c.value_class.distinct()).label("classes"),
        )
        joined = select(*sizes).join_from(question, claim, claim.c.question == question.c.id)
        counts = joined.where(question.c.observation.in_(part)).group_by(question.c.observation)
        hot = {row.observation: row.claims > _HOT or row.classes > _VARIED for row in connection.execute(counts)}
        insert_rows(connection, stale, ("observation",), [(id,) for id, is_hot in hot.items() if is_hot], new_only=True)
        _sum_up(connection, [id for id, is_hot in hot.items() if not is_hot], run)


def write_born(
    connection: Connection,
    witnesses: Mapping[int, Sequence[Witness]],
    made: Mapping[int, PreparedClaim],
    keys: Mapping[int, str],
    run: int,
) -> None:
    """Insert new observations with what is known of them, without reading anything back.

    Args:
        connection: of a writer.
        witnesses: per observation, all claims that answer it.
        made: the claims behind the witnesses, by row id.
        keys: of the observations.
        run: that creates them.
    """
    classes = {id: classes_of(rows) for id, rows in witnesses.items()}
    hot = {id for id, rows in witnesses.items() if len(rows) > _HOT or len(classes[id]) > _VARIED}
    insert_rows(connection, stale, ("observation",), [(id,) for id in hot], new_only=True)
    create_observations(connection, [(id, keys[id], run) for id in hot])
    spoken = {first for id, found in classes.items() if id not in hot for first in firsts(found)}
    claims = {id: made[id].claim for id in spoken}
    asked = {id: made[id].kept.question for id in spoken}
    compared = {}
    for id, found in sorted(classes.items()):
        if id not in hot:
            _learn(found, claims, asked)
            compared[id] = compare_classes(found, claims)
    rows = [
        {"id": id, "key": keys[id], "run": run, **_summary(witnesses[id], classes[id], claims, compared[id])}
        for id in sorted(compared)
    ]
    write_standings(connection, {id: _standings(witnesses[id], claims, compared[id]) for id in compared}, born=True)
    if rows:
        insert_rows(connection, observation, list(rows[0]), [tuple(row.values()) for row in rows])


#: The columns of an observation that a claim which answers it alone gives, and those that are the same for all these.
_OWN = ("subject", "entity", "kind", "unit", "change", "status", "year", "period")
_OF_ONE = {
    "claims": 1,
    "articles": 1,
    "origins": 1,
    "classes": 1,
    "agreeing": 0,
    "updating": 0,
    "contradicting": 0,
    "gap": 0.0,
    "support": 0,
    "score": 0.0,
    "worst": None,
}
_own = itemgetter(*map(CLAIM_COLUMNS.index, _OWN))


def write_alone(connection: Connection, made: Mapping[int, PreparedClaim], keys: Mapping[int, str], run: int) -> None:
    """Insert new observations that one claim answers: there is nothing to compare, and its columns say it all.

    made: the claim by observation. keys: of the observations. run: that creates them.
    """
    printed = {outlet: (int(bool(outlet)), _outlets([outlet])) for outlet in {item.outlet for item in made.values()}}
    same = tuple(_OF_ONE.values())
    rows = [
        (id, keys[id], run, *_own(item.row), item.published, *printed[item.outlet], *same) for id, item in made.items()
    ]
    names = ("id", "key", "run", *_OWN, "published", "outlets", "outlet_names", *_OF_ONE)
    insert_rows(connection, observation, names, rows)


def _outlets(names: Iterable[str | None]) -> str:
    return json.dumps(sorted(filter(None, names)), ensure_ascii=False)


def _learn(classes: Sequence[Class], claims: Mapping[int, Claim], asked: Mapping[int, Question]) -> None:
    """Have at hand what claims ask, where they will be compared; working it out takes longer than comparing."""
    for first in firsts(classes):
        if first in asked:
            question_of.learn(claims[first], asked[first])


def refresh_stale(connection: Connection, run: int) -> None:
    """Sum up the hot observations that changed since they were last summed up."""
    for id in list(connection.scalars(select(stale.c.observation))):
        _sum_up(connection, [id], run)
    connection.execute(stale.delete())


def witnesses_of(connection: Connection, observations: Collection[int]) -> dict[int, list[AnyRow]]:
    """Read, per observation, one short row a claim: its class, who is behind it, and when it was published."""
    columns = (
        claim.c.id,
        claim.c.uid,
        claim.c.question,
        claim.c.value_class,
        claim.c.origin,
        claim.c.article,
        claim.c.start,
    )
    voice = func.coalesce(article.c.voice, article.c.id).label("voice")
    wanted = (
        select(question.c.observation, *columns, voice, article.c.outlet, article.c.published)
        .join_from(question, claim, claim.c.question == question.c.id)
        .join(article, article.c.id == claim.c.article)
        .where(question.c.observation.in_(list(observations)))
    )
    found: defaultdict[int, list[AnyRow]] = defaultdict(list)
    for row in connection.execute(wanted):
        found[row.observation].append(row)
    return found


def compare_classes(classes: Sequence[Class], claims: Mapping[int, Claim]) -> list[Compared]:
    """Compare the first reports of every two classes that different articles state; the best supported classes only."""
    kept = classes[:_COMPARED]
    statements = [Statement(claims[item.first], frozenset(item.articles)) for item in kept]
    return [Compared(kept[a], kept[b], found) for a, b, found in settle(statements)]


def firsts(classes: Sequence[Class]) -> list[int]:
    """Name the claims that `compare_classes` needs."""
    return [item.first for item in classes[:_COMPARED]]


def _sum_up(connection: Connection, observations: Collection[int], run: int) -> None:
    if not observations:
        return
    witnesses = witnesses_of(connection, observations)
    classes = {id: classes_of(rows) for id, rows in witnesses.items()}
    claims = load_claims(connection, [first for found in classes.values() for first in firsts(found)])
    before = {
        row["id"]: row
        for row in connection.execute(select(observation).where(observation.c.id.in_(list(observations)))).mappings()
    }
    asked = _asked(connection, witnesses, classes)
    changed, standings = [], {}
    for id, rows in witnesses.items():
        _learn(classes[id] if len(rows) > 1 else (), claims, asked)
        compared = compare_classes(classes[id], claims)
        standings[id] = _standings(rows, claims, compared)
        values = _summary(rows, classes[id], claims, compared)
        if any(before[id][name] != value for name, value in values.items()):
            changed.append({"row": id, "run": run, **values})
    write_standings(connection, standings)
    if changed:
        names = list(changed[0])[1:]
        update_rows(connection, observation, names, [(*list(row.values())[1:], row["row"]) for row in changed])


def _asked(
    connection: Connection, witnesses: Mapping[int, Sequence[Witness]], classes: Mapping[int, Sequence[Class]]
) -> dict[int, Question]:
    """Read what the claims ask that will be compared, by claim; nothing where people's judgements say otherwise."""
    if connection.execute(select(judgement.c.id).limit(1)).first():
        return {}
    wanted = {first for found in classes.values() for first in firsts(found)}
    places = {row.id: row.question for rows in witnesses.values() if len(rows) > 1 for row in rows if row.id in wanted}
    known = load_questions(connection, set(places.values()))
    return {id: known[place] for id, place in places.items() if place in known}


def _standings(rows: Sequence[Witness], claims: Mapping[int, Claim], compared: Sequence[Compared]) -> dict[str, bool]:
    return standings_of(rows, claims, (item.comparison for item in compared))


def _summary(
    rows: Sequence[Witness], classes: Sequence[Class], claims: Mapping[int, Claim], compared: Sequence[Compared]
) -> dict[str, Any]:
    speaker = claims[classes[0].first]
    outlets = sorted({row.outlet for row in rows if row.outlet})
    labels = Counter(item.comparison.label for item in compared)
    published = max((row.published for row in rows if row.published), default=None)
    return {
        "subject": speaker.subject,
        "entity": json.dumps(speaker.entity, ensure_ascii=False),
        "kind": str(speaker.kind),
        "unit": speaker.unit,
        "change": str(speaker.change),
        "status": str(speaker.status),
        "year": speaker.year,
        "period": speaker.period,
        "claims": len(rows),
        "articles": len({row.article for row in rows}),
        "outlets": len(outlets),
        "origins": len(set().union(*(item.origins for item in classes))),
        "classes": len(classes),
        "agreeing": labels[Label.AGREE] + sum(len(item.articles) > 1 for item in classes),
        "updating": labels[Label.UPDATE],
        "contradicting": labels[Label.CONTRADICT],
        "published": published,
        "outlet_names": json.dumps(outlets, ensure_ascii=False),
        **_worst(rows, compared, claims, published),
    }


def _worst(
    rows: Sequence[Witness], compared: Sequence[Compared], claims: Mapping[int, Claim], published: str | None
) -> dict[str, Any]:
    """Weigh the contradictions and keep the heaviest, so that a list of contradictions compares nothing again."""
    found = [item for item in compared if item.comparison.label is Label.CONTRADICT]
    if not found:
        return {"gap": 0.0, "support": 0, "score": 0.0, "worst": None}
    worst = max(found, key=lambda item: (*weigh(item, compared, claims), *_early(item, claims)))
    weight, apart, support = weigh(worst, compared, claims)
    outlets = {row.article: row.outlet for row in rows}
    behind = zip((worst.a, worst.b), sides_of(worst, compared), strict=True)
    sides = [
        _side(item, origins, compared, claims[item.first].id, outlets)
        for item, origins in sorted(behind, key=lambda found: _by_publication(claims[found[0].first]))
    ]
    said = worst.comparison
    kept = {"sides": sides, "confidence": said.confidence, "reason": said.reason}
    score = round(weight + _recency(published), 6)
    return {"gap": apart, "support": support, "score": score, "worst": json.dumps(kept, ensure_ascii=False)}


def _early(item: Compared, claims: Mapping[int, Claim]) -> tuple[int, str]:
    """Prefer, of pairs that weigh the same, the one nearest to the beginning of its articles."""
    pair = claims[item.a.first], claims[item.b.first]
    return -sum(side.start for side in pair), min(side.id for side in pair)


def _by_publication(item: Claim) -> tuple[bool, str, str]:
    return item.published is None, item.published or "", item.id


def _side(
    item: Class, origins: set[int], compared: Sequence[Compared], uid: str, outlets: Mapping[int, str | None]
) -> dict[str, Any]:
    """Say who stands on one side of a contradiction: for its value, and for the values that agree with it."""
    carriers = set(item.articles)
    for other in compared:
        if other.comparison.label is Label.AGREE and (item is other.a or item is other.b):
            carriers |= other.a.articles | other.b.articles
    return {
        "claim": uid,
        "claims": item.claims,
        "carriers": len(item.articles),
        "origins": len(item.origins),
        "outlets": sorted({name for id in item.articles if (name := outlets[id])}),
        "side_carriers": len(carriers),
        "side_origins": len(origins),
    }


def weigh(item: Compared, compared: Sequence[Compared], claims: Mapping[int, Claim]) -> tuple[float, float, int]:
    """Return how much a contradiction matters, the gap between its values, and the support of its weaker side.

    The weight grows with the logarithm of the independent origins on both sides, the weaker counting double, with
    the gap, and with how sure the comparison is.
    """
    weaker, stronger = sorted(len(origins) for origins in sides_of(item, compared))
    apart = min(1.0, gap(interval(claims[item.a.first]), interval(claims[item.b.first])))
    weight = (log2(1 + weaker) + log2(1 + stronger) / 2) * (0.5 + apart / 2) * item.comparison.confidence
    return round(weight, 6), round(apart, 6), weaker


def sides_of(item: Compared, compared: Sequence[Compared]) -> tuple[set[int], set[int]]:
    """Return the independent origins behind each of two classes: their own and those of classes that agree with it."""
    sides = []
    for own in (item.a, item.b):
        behind = set(own.origins)
        for other in compared:
            if other.comparison.label is Label.AGREE and (own is other.a or own is other.b):
                behind |= other.a.origins | other.b.origins
        sides.append(behind)
    return sides[0], sides[1]


def _recency(published: str | None) -> float:
    """Rate the last publication: days since 2000 on a small scale, so that no clock is needed."""
    if published is None:
        return 0.0
    return max(0.0, (date.fromisoformat(published[:10]) - date(2000, 1, 1)).days * _RECENCY)
