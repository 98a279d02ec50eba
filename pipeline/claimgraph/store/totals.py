"""Count what the graph holds."""

from sqlalchemy import Connection, func, select

from claimgraph.store.report import Totals
from claimgraph.store.schema import article, claim, observation

__all__ = ["totals"]


def totals(connection: Connection) -> Totals:
    """Count articles, claims and observations."""
    articles = connection.execute(
        select(func.count(), func.count(article.c.outlet.distinct()), func.count(article.c.voice)).select_from(article)
    ).one()
    voices = connection.execute(select(func.count(article.c.voice.distinct()))).scalar_one()
    counted = [func.count(), func.count().filter(observation.c.articles > 1)]
    counted += [
        func.count().filter(column > 0)
        for column in (observation.c.agreeing, observation.c.updating, observation.c.contradicting)
    ]
    observations = connection.execute(select(*counted).select_from(observation)).one()
    return Totals(
        articles=articles[0],
        outlets=articles[1],
        copies=articles[2] - voices,
        claims=connection.execute(select(func.count()).select_from(claim)).scalar_one(),
        observations=observations[0],
        shared=observations[1],
        agreeing=observations[2],
        updating=observations[3],
        contradicting=observations[4],
    )
