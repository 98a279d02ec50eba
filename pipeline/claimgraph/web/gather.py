"""Read the graph and make the views that pages show."""

from dataclasses import replace

from claimgraph.graphs import Graph
from claimgraph.store.lists import articles, last_run, outlet_record
from claimgraph.store.looking import disputed_since
from claimgraph.store.observations import Filter
from claimgraph.store.results import Conflict as FoundConflict
from claimgraph.store.results import Summary
from claimgraph.web.counting import Counts
from claimgraph.web.links import Links
from claimgraph.web.observing import observation_page
from claimgraph.web.reading import article_page
from claimgraph.web.statements import conflict, row
from claimgraph.web.views import ArticlePage, Filters, ListPage, ObservationPage, Start

__all__ = ["Gatherer"]

_CARDS = 20  # contradictions on a page
_PAGES = 50  # of contradictions; filters lead further
_ROWS = 30  # observations in a list
_FOUND = 120  # observations that plain words find


class Gatherer:
    """Makes views of one graph; `links` decides whether they point to pages or into the report."""

    def __init__(self, graph: Graph, links: Links) -> None:
        self.graph, self.links = graph, links
        self.counts = Counts(graph, _ROWS)

    def start(self, filters: Filters, *, cards: int = _CARDS, page: int = 1) -> Start:
        """Gather the contradictions and observations that match the filters."""
        counted, wanted = self.counts.now(), _wanted(filters)
        run = self._last_run()
        new = wanted.run if wanted.run is not None else run
        found, rows = self._matching(filters, wanted, cards * min(page, _PAGES) + 1)
        first = cards * (min(page, _PAGES) - 1)
        shown = found[first : first + cards]
        return Start(
            filters=filters,
            conflicts=tuple(conflict(card, self.links, new) for card in shown),
            total_conflicts=counted.totals.contradicting,
            run=run,
            fresh=self._fresh(new),
            articles=counted.totals.articles,
            outlets=counted.totals.outlets,
            claims=counted.totals.claims,
            observations=counted.totals.observations,
            shared=counted.totals.shared,
            agreeing=counted.totals.agreeing,
            moved=counted.totals.updating,
            rows=tuple(map(row, rows)),
            choices=counted.choices,
            page=min(page, _PAGES),
            more=len(found) > first + cards and page < _PAGES,
        )

    def observation(self, key: str) -> ObservationPage | None:
        """Gather an observation; None if there is none of that key."""
        return observation_page(self.graph, self.links, key)

    def article(self, id: str) -> ArticlePage | None:
        """Gather an article; None if there is none of that id."""
        return article_page(self.graph, id)

    def entity(self, name: str) -> ListPage:
        """Gather what is said about an entity: contradictions first."""
        wanted = Filter(entity=name)
        rows = self.graph.observations(wanted, limit=200)
        cards = self.graph.conflicts(wanted, limit=5)
        new = self._last_run()
        return ListPage(
            heading=name,
            facts=_facts(rows),
            rows=tuple(map(row, rows)),
            articles=(),
            conflicts=tuple(conflict(card, self.links, new) for card in cards),
        )

    def outlet(self, name: str) -> ListPage:
        """Gather what an outlet printed and how it fares."""
        with self.graph.view() as connection:
            record = outlet_record(connection, name)
            found = articles(connection, outlet=name)
        answered = "500 questions or more" if record.answered >= 500 else f"{record.answered} questions"
        facts = (
            f"{answered} answered",
            f"{record.alone} by nobody else",
            f"{record.confirmed} confirmed by another outlet, {record.confirmed_later} of them later",
            f"{record.contradicted} contradicted",
            f"{record.moved} moved on",
            f"{record.revised} where it states another value later itself",
        )
        return ListPage(heading=name, facts=facts, rows=tuple(map(row, record.latest)), articles=tuple(found))

    def articles(self, after: str = "") -> ListPage:
        """Gather a page of articles, by id."""
        with self.graph.view() as connection:
            return ListPage(heading="Articles", facts=(), rows=(), articles=tuple(articles(connection, after=after)))

    def _matching(self, filters: Filters, wanted: Filter, most: int) -> tuple[list[FoundConflict], list[Summary]]:
        """Find contradictions and observations; plain words are looked up first, then narrowed."""
        if not filters.active:
            return self.graph.conflicts(limit=most), list(self.counts.now().most)
        if not filters.text:
            return self.graph.conflicts(wanted, limit=most), self.graph.observations(wanted, limit=_ROWS)
        asked = [item for item in self.graph.ask(filters.text, limit=_FOUND) if _matches(item, filters)]
        disputed = tuple(item.key for item in asked if item.contradicting)
        cards = self.graph.conflicts(replace(wanted, keys=disputed), limit=most) if disputed else []
        return cards, asked[:_ROWS]

    def _last_run(self) -> int:
        with self.graph.view() as connection:
            return last_run(connection)

    def _fresh(self, since: int) -> int:
        with self.graph.view() as connection:
            return disputed_since(connection, since)


def _wanted(filters: Filters) -> Filter:
    return Filter(
        entity=filters.entity or None,
        measure=filters.measure or None,
        outlet=filters.outlet or None,
        year=_number(filters.year),
        kind=filters.kind or None,
        run=_number(filters.since),
    )


def _number(text: str) -> int | None:
    """Read a year or the number of a run; None for anything that is none."""
    return int(text) if text.isdecimal() and len(text) <= 9 else None


def _facts(rows: list[Summary]) -> tuple[str, ...]:
    if not rows:
        return ()
    many = "200 questions or more" if len(rows) == 200 else f"{len(rows)} questions"
    shared = sum(item.outlets > 1 for item in rows)
    return (
        many,
        f"{shared} answered by several outlets",
        f"{sum(item.contradicting > 0 for item in rows)} contradicted",
    )


def _matches(item: Summary, filters: Filters) -> bool:
    wanted = (
        (filters.entity.lower(), " ".join(item.entity).lower()),
        (filters.measure.lower(), item.subject.lower()),
        (filters.year, str(item.year)),
        (filters.kind, item.kind),
    )
    return all(not part or part in whole for part, whole in wanted)
