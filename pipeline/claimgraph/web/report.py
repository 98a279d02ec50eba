"""The report: contradictions, observations and articles in one self-contained HTML file to mail around."""

from collections.abc import Iterator

from claimgraph.graphs import Graph
from claimgraph.store.observations import Filter
from claimgraph.web.gather import Gatherer
from claimgraph.web.links import ReportLinks
from claimgraph.web.pages import render
from claimgraph.web.views import ArticlePage, Filters, ObservationPage

__all__ = ["report"]


def report(graph: Graph, *, limit: int = 200) -> str:
    """Return the report on a graph as HTML.

    Args:
        graph: to report on.
        limit: contradictions and observations of several sources at most, each; the articles behind them come along.
    """
    links = ReportLinks()
    gatherer = Gatherer(graph, links)
    start = gatherer.start(Filters(), cards=limit)
    shared = [item.key for item in graph.observations(Filter(), limit=limit) if item.articles > 1]
    keys = dict.fromkeys([*(card.observation for card in start.conflicts), *shared, *(row.key for row in start.rows)])
    observations = [page for key in keys if (page := gatherer.observation(key))]
    pages = list(_articles(gatherer, observations))
    return render("report.html", links=links, inline=True, page=start, observations=observations, articles=pages)


def _articles(gatherer: Gatherer, observations: list[ObservationPage]) -> Iterator[ArticlePage]:
    ids = dict.fromkeys(statement.article for page in observations for statement in page.statements)
    return (page for id in ids if (page := gatherer.article(id)))
