"""Read the graph and make the views that pages show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from claimgraph.graph.arithmetic import self_checks
from claimgraph.graph.records import Best
from claimgraph.graph.values import interval
from claimgraph.graphs import Graph
from claimgraph.records import Article, Claim
from claimgraph.store.lists import Choices, articles, choices, contradicted, last_run, outlet_record, same_measure
from claimgraph.store.observations import Filter
from claimgraph.store.results import Conflict as FoundConflict
from claimgraph.store.results import ObservationView, Side, Summary
from claimgraph.web.charts import Arrow, Band, Mark, Node, neighbourhood, series, timeline
from claimgraph.web.links import Links
from claimgraph.web.views import (
    ArticlePage,
    Compared,
    Conflict,
    Filters,
    ListPage,
    Mention,
    ObservationPage,
    ObservationRow,
    Piece,
    Start,
    Statement,
)
from claimgraph.wording import about, day, headline, say_number, say_value

__all__ = ["Gatherer"]

_CARDS = 20  # contradictions on the start page
_ROWS = 30  # observations in a list
_DRAWN = 60  # marks in a chart; more are a smear
_NEIGHBOURS = 12  # claims in the neighbourhood picture


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is counted over the whole graph, kept until the next run."""

    run: int
    choices: Choices
    articles: int
    claims: int
    conflicts: int


class Gatherer:
    """Makes views of one graph; `links` decides whether they point to pages or into the report."""

    def __init__(self, graph: Graph, links: Links) -> None:
        self.graph, self.links = graph, links
        self._counted: _Counted | None = None

    def start(self, filters: Filters, *, cards: int = _CARDS) -> Start:
        """Gather the contradictions and observations that match the filters."""
        counted = self._count()
        wanted = Filter(
            entity=filters.entity or None,
            measure=filters.measure or None,
            outlet=filters.outlet or None,
            year=int(filters.year) if filters.year.isdecimal() and len(filters.year) <= 4 else None,
            kind=filters.kind or None,
        )
        rows = self.graph.observations(wanted, limit=_ROWS)
        cards_found = self.graph.conflicts(wanted, limit=cards)
        if filters.text:
            asked = self.graph.ask(filters.text, limit=_ROWS)
            keys = {item.key for item in asked}
            rows = [item for item in asked if _matches(item, filters)]
            cards_found = [card for card in self.graph.conflicts(wanted, limit=200) if card.summary.key in keys]
        return Start(
            filters=filters,
            conflicts=tuple(_conflict(card, counted.run) for card in cards_found),
            total_conflicts=counted.conflicts,
            fresh=sum(card.summary.run == counted.run for card in cards_found),
            articles=counted.articles,
            claims=counted.claims,
            rows=tuple(map(_row, rows)),
            choices=counted.choices,
        )

    def observation(self, key: str) -> ObservationPage | None:
        """Gather an observation; None if there is none of that key."""
        view = self.graph.observation(key)
        if view is None:
            return None
        statements = tuple(_statement(claim) for claim in view.claims)
        places = {statement.claim: at for at, statement in enumerate(statements)}
        first = [places[value.claim.id] for value in view.values]
        compared = tuple(
            Compared(a=first[item.a], b=first[item.b], label=str(item.label), reason=item.reason)
            for item in view.related
        )
        unit = interval(view.values[0].claim).unit
        years = self._years(view.summary)
        return ObservationPage(
            key=key,
            question=_question(view.summary),
            unit=unit,
            statements=statements,
            comparisons=tuple(item for item in compared if item.label != "agree") or compared,
            best=say_number(view.best.value) if view.best else None,
            best_reason=_why_best(view.best) if view.best else "",
            outlets=view.summary.outlets,
            origins=view.summary.origins,
            years=years,
            chart=self._timeline(view, statements, compared, unit),
            series_chart=self._series(view.summary, years, unit),
            neighbourhood=self._neighbourhood(view, statements),
        )

    def article(self, id: str) -> ArticlePage | None:
        """Gather an article; None if there is none of that id."""
        view = self.graph.article(id)
        if view is None:
            return None
        with self.graph.view() as connection:
            disputed = contradicted(connection, view.observations)
        mentions = tuple(
            _mention(claim, key, view.article.text, key in disputed)
            for claim, key in zip(view.claims, view.observations, strict=True)
        )
        return ArticlePage(
            id=id,
            title=view.article.title,
            outlet=view.article.outlet or "",
            published=view.article.published.isoformat() if view.article.published else None,
            author=view.article.author,
            url=view.article.url,
            pieces=tuple(_pieces(view.article, view.claims, mentions)),
            mentions=mentions,
            findings=tuple((check.reason, check.ok) for check in self_checks(view.claims)),
            copies=view.copies,
        )

    def entity(self, name: str) -> ListPage:
        """Gather what is said about an entity."""
        rows = self.graph.observations(Filter(entity=name), limit=200)
        return ListPage(heading=name, facts=(), rows=tuple(map(_row, rows)), articles=())

    def outlet(self, name: str) -> ListPage:
        """Gather what an outlet printed and how it fares."""
        with self.graph.view() as connection:
            record = outlet_record(connection, name)
            found = articles(connection, outlet=name)
        facts = (
            f"{record.answered} questions answered",
            f"{record.alone} of them by nobody else",
            f"{record.confirmed} confirmed by another outlet",
            f"{record.contradicted} with a contradiction",
            f"{record.moved} whose value moved on",
        )
        return ListPage(heading=name, facts=facts, rows=tuple(map(_row, record.latest)), articles=tuple(found))

    def articles(self, after: str = "") -> ListPage:
        """Gather a page of articles, by id."""
        with self.graph.view() as connection:
            return ListPage(heading="Articles", facts=(), rows=(), articles=tuple(articles(connection, after=after)))

    def _count(self) -> _Counted:
        with self.graph.view() as connection:
            run = last_run(connection)
            found = choices(connection) if self._counted is None or self._counted.run != run else self._counted.choices
        if self._counted is None or self._counted.run != run:
            totals = self.graph.totals()
            self._counted = _Counted(run, found, totals.articles, totals.claims, totals.contradicting)
        return self._counted

    def _mark(self, statement: Statement) -> Mark:
        return Mark(
            href=self.links.claim(statement.claim, statement.article),
            label=f"{statement.value}: {statement.outlet}, {day(statement.published)}",
            when=date.fromisoformat(statement.published[:10]) if statement.published else None,
            value=statement.number,
            low=statement.low,
            high=statement.high,
            group=statement.outlet,
        )

    def _timeline(
        self, view: ObservationView, statements: Sequence[Statement], compared: Sequence[Compared], unit: str
    ) -> str:
        shown = statements[:_DRAWN]
        arrows = [
            Arrow(source=item.a, target=item.b, label=item.label)
            for item in compared
            if item.label != "agree" and item.a < len(shown) and item.b < len(shown)
        ]
        return timeline(
            [self._mark(item) for item in shown],
            title=_question(view.summary),
            unit=unit,
            band=_band(view.best),
            arrows=arrows,
        )

    def _years(self, summary: Summary) -> tuple[tuple[int, str, Statement], ...]:
        with self.graph.view() as connection:
            found = same_measure(connection, summary)
        if len({item.year for item in found}) < 2:
            return ()
        views = [self.graph.observation(item.key) for item in found]
        return tuple(
            (view.summary.year, view.summary.key, _statement(value.claim))
            for view in views
            if view is not None and view.summary.year is not None
            for value in view.values[:6]
        )

    def _series(self, summary: Summary, years: Sequence[tuple[int, str, Statement]], unit: str) -> str:
        if not years:
            return ""
        marks = [(year, self._mark(statement)) for year, _, statement in years]
        return series(marks, title=f"{_question(replace(summary, year=None, period=None))} over the years", unit=unit)

    def _neighbourhood(self, view: ObservationView, statements: Sequence[Statement]) -> str:
        shown = statements[:_NEIGHBOURS]
        nodes = {"question": Node(id="question", column=3, text=_question(view.summary), kind="question")}
        edges = []
        for item in shown:
            nodes[f"a {item.article}"] = Node(
                id=f"a {item.article}",
                column=0,
                text=item.outlet,
                kind="article",
                href=self.links.article(item.article),
            )
            nodes[f"c {item.claim}"] = Node(
                id=f"c {item.claim}",
                column=1,
                text=item.value,
                kind="claim",
                href=self.links.claim(item.claim, item.article),
            )
            origin = item.source or item.outlet
            nodes[f"o {origin}"] = Node(id=f"o {origin}", column=2, text=origin, kind="origin")
            edges += [
                (f"a {item.article}", f"c {item.claim}", "states"),
                (f"c {item.claim}", f"o {origin}", "cites"),
                (f"o {origin}", "question", "answers"),
            ]
        return neighbourhood(list(nodes.values()), list(dict.fromkeys(edges)), title=_question(view.summary))


def _matches(item: Summary, filters: Filters) -> bool:
    wanted = (
        (filters.entity.lower(), " ".join(item.entity).lower()),
        (filters.measure.lower(), item.subject.lower()),
        (filters.year, str(item.year)),
        (filters.kind, item.kind),
    )
    return all(not part or part in whole for part, whole in wanted)


def _question(summary: Summary) -> str:
    return about(summary.subject, summary.entity, summary.year, summary.period, summary.status)


def _row(summary: Summary) -> ObservationRow:
    return ObservationRow(
        key=summary.key,
        question=_question(summary),
        claims=summary.claims,
        outlets=summary.outlets,
        origins=summary.origins,
        contradictions=summary.contradicting,
        updates=summary.updating,
    )


def _statement(claim: Claim) -> Statement:
    span = interval(claim)
    start = claim.start - claim.sentence_start
    end = start + claim.end - claim.start
    return Statement(
        claim=claim.id,
        article=claim.article,
        outlet=claim.outlet or claim.article,
        published=claim.published,
        source=claim.source,
        value=say_value(claim),
        number=float(span.stated),
        low=None if span.low is None else float(span.low),
        high=None if span.high is None else float(span.high),
        status=str(claim.status),
        before=claim.sentence[:start],
        printed=claim.sentence[start:end],
        after=claim.sentence[end:],
        confidence=claim.confidence,
    )


def _conflict(found: FoundConflict, run: int) -> Conflict:
    def one(side: Side) -> Statement:
        return _statement(side.value.claim)

    return Conflict(
        observation=found.summary.key,
        question=_question(found.summary),
        reason=found.comparison.reason,
        gap=found.summary.gap,
        sides=(one(found.a), one(found.b)),
        support=(found.a.origins, found.b.origins),
        carriers=(found.a.carriers, found.b.carriers),
        others=found.others,
        fresh=found.summary.run == run,
    )


def _band(best: Best | None) -> Band | None:
    if best is None or best.low is None or best.high is None:
        return None
    return Band(value=float(best.value), low=float(best.low), high=float(best.high))


def _why_best(best: Best) -> str:
    origins = "1 independent origin" if best.origins == 1 else f"{best.origins} independent origins"
    return f"{best.support:.0%} of the weight, {origins}"


def _mention(claim: Claim, observation: str, text: str, contradicted: bool) -> Mention:
    fields = {
        "value": say_value(claim),
        "low": claim.low,
        "high": claim.high,
        "qualifier": claim.qualifier,
        "kind": claim.kind,
        "unit": claim.unit,
        "change": claim.change,
        "subject": claim.subject,
        "entity": ", ".join(claim.entity),
        "period": claim.period or claim.year,
        "source": claim.source or "the article's own voice",
        "status": claim.status,
        "confidence": f"{claim.confidence:.0%}",
    }
    return Mention(
        claim=claim.id,
        observation=observation,
        kind=str(claim.kind),
        summary=f"{say_value(claim)}: {headline(claim)}",
        fields=tuple((name, str(value)) for name, value in fields.items() if value not in (None, "")),
        evidence=tuple((item.field, item.rule, text[item.start : item.end]) for item in claim.evidence),
        relation=(str(claim.relation.type), claim.relation.target) if claim.relation else None,
        contradicted=contradicted,
    )


def _pieces(article: Article, claims: Sequence[Claim], mentions: Sequence[Mention]) -> Iterator[Piece]:
    """Cut the text at the claims and at furniture, which holds none."""
    text, at = article.text, 0
    cuts: list[tuple[int, int, Mention | None]] = [(span.start, span.end, None) for span in article.furniture]
    cuts += [(claim.start, claim.end, mention) for claim, mention in zip(claims, mentions, strict=True)]
    for start, end, mention in sorted(cuts, key=lambda cut: cut[:2]):
        if start < at:
            continue
        if at < start:
            yield Piece(text=text[at:start])
        yield Piece(text=text[start:end], furniture=mention is None, mention=mention)
        at = end
    if at < len(text):
        yield Piece(text=text[at:])
