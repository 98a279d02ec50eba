"""The page of an observation: its answers by value, over time, over the years, and who is behind them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from claimgraph.graph.records import Best
from claimgraph.graphs import Graph
from claimgraph.records import Claim
from claimgraph.store.lists import same_measure
from claimgraph.store.looking import Backing, backing, first_answers
from claimgraph.store.results import ObservationView, Summary
from claimgraph.web.charts import Arrow, Band, legend, series, timeline
from claimgraph.web.judging import judged_claims
from claimgraph.web.links import Links
from claimgraph.web.neighbourhood import Node, neighbourhood
from claimgraph.web.statements import mark, statement
from claimgraph.web.views import Cluster, Compared, ObservationPage, Statement, YearValue
from claimgraph.web.words import question, question_over_time
from claimgraph.wording import say_number

__all__ = ["observation_page"]

_SHOWN = 400  # statements on a page; the rest is counted
_DRAWN = 60  # marks in a chart; more are a smear
_ARROWS = 12  # relations in a chart
_NEIGHBOURS = 12  # articles in the neighbourhood picture
_YEARS = 40  # observations of the same measure that are looked at
_PHONE, _LOW = 360, 260  # size of a chart on a phone
_HEADS = ("Printed in", "Value", "On the word of", "Question")


@dataclass(frozen=True, slots=True)
class _Answers:
    """What an observation's claims say: statements by first publication, and who is behind each."""

    view: ObservationView
    statements: tuple[Statement, ...]
    backing: Mapping[str, Backing]
    clusters: tuple[Cluster, ...]
    compared: tuple[Compared, ...]


def observation_page(graph: Graph, links: Links, key: str) -> ObservationPage | None:
    """Gather an observation; None if there is none of that key."""
    view = graph.observation(key)
    if view is None:
        return None
    with graph.view() as connection:
        behind = backing(connection, key)
    found = _answers(view, behind)
    years = _years(graph, view.summary)
    drawn = [(at, found.clusters[c].copies[i]) for c, i, at in _drawn(found)]
    marks = [mark(found.statements[at], links, copies=len(copies)) for at, copies in drawn]
    places = {at: position for position, (at, _) in enumerate(drawn)}
    over_years = [(item.year, mark(item.statement, links)) for item in years]
    title, unit = question(view.summary), _unit(view)
    draw = partial(timeline, marks, title=title, unit=unit, band=_band(view.best), arrows=_arrows(found, places))
    over = partial(series, over_years, title=f"{question_over_time(view.summary)} over the years", unit=unit)
    return ObservationPage(
        key=key,
        question=title,
        entities=view.summary.entity,
        asked=_asked(view.summary),
        statements=found.statements,
        clusters=found.clusters,
        comparisons=found.compared,
        best=_best_words(view),
        best_reason=_why_best(view.best) if view.best else "",
        outlets=view.summary.outlets,
        origins=view.summary.origins,
        contradictions=view.summary.contradicting,
        judged=tuple((id, item) for id, items in judged_claims(graph, view.claims).items() for item in items),
        years=years,
        legend=legend(item.group for item in marks),
        series_legend=legend(item.group for _, item in over_years),
        chart=draw() if len(marks) > 1 else "",
        chart_narrow=draw(width=_PHONE, height=_LOW) if len(marks) > 1 else "",
        series_chart=over() if years else "",
        series_narrow=over(width=_PHONE, height=_LOW) if years else "",
        neighbourhood=_neighbourhood(found, links, title),
    )


def _answers(view: ObservationView, behind: Mapping[str, Backing]) -> _Answers:
    statements = tuple(map(statement, sorted(view.claims, key=_by_publication)[:_SHOWN]))
    places = {item.claim: at for at, item in enumerate(statements)}
    groups: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, item in enumerate(statements):
        groups[_same_value(item)].append(at)
    label = {key: statements[members[0]].value for key, members in groups.items()}
    compared = _compared(view, places)
    opposed = {at for item in compared if item.label == "contradict" for at in (item.a, item.b)}
    wrong = {_same_value(statements[at]) for at in opposed}
    clusters = [_cluster(label[key], members, statements, behind, key in wrong) for key, members in groups.items()]
    clusters.sort(key=lambda item: (-item.origins, -item.carriers, item.statements[0]))
    return _Answers(view, statements, behind, tuple(clusters), compared)


def _by_publication(claim: Claim) -> tuple[bool, str, str, int]:
    return claim.published is None, claim.published or "", claim.article, claim.start


def _same_value(item: Statement) -> tuple[object, ...]:
    return item.number, item.low, item.high, item.value if item.status != "asserted" else ""


def _cluster(
    value: str, members: Sequence[int], statements: Sequence[Statement], behind: Mapping[str, Backing], wrong: bool
) -> Cluster:
    """Gather what states one value: one statement an article, the copies of a text behind its first printing."""
    first: dict[object, int] = {}
    copies: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for at in members:
        voice: object = behind[statements[at].claim].voice if statements[at].claim in behind else at
        shown = first.setdefault(voice, at)
        if statements[at].article != statements[shown].article:
            copies[shown][statements[at].article] = None
    return Cluster(
        value=value,
        statements=tuple(first.values()),
        copies=tuple(tuple(copies[at]) for at in first.values()),
        carriers=len({statements[at].article for at in members}),
        origins=len({behind[statements[at].claim].origin for at in members if statements[at].claim in behind}),
        contradicted=wrong,
    )


def _compared(view: ObservationView, places: Mapping[str, int]) -> tuple[Compared, ...]:
    """Return how values compare, each two values with one reason once; agreement only where there is nothing else."""
    values = [places.get(value.claim.id) for value in view.values]
    found: dict[tuple[str, str, str], Compared] = {}
    for item in view.related:
        a, b = values[item.a], values[item.b]
        if a is not None and b is not None:
            words = sorted((view.values[item.a].claim.value_text, view.values[item.b].claim.value_text))
            kept = Compared(a=a, b=b, label=str(item.label), reason=item.reason)
            found.setdefault((words[0], words[1], kept.label), kept)
    order = ("contradict", "update", "related")
    telling = [item for item in found.values() if item.label in order]
    return tuple(sorted(telling, key=lambda item: order.index(item.label))) or tuple(found.values())


def _drawn(found: _Answers) -> list[tuple[int, int, int]]:
    """Name the statements that are drawn, by publication: cluster, place in it, position in the list."""
    all_ = [(c, i, at) for c, cluster in enumerate(found.clusters) for i, at in enumerate(cluster.statements)]
    return sorted(all_, key=lambda item: item[2])[:_DRAWN]


def _arrows(found: _Answers, places: Mapping[int, int]) -> list[Arrow]:
    """Return updates and contradictions between what is drawn; updates point at the later report."""
    seen = {_same_value(found.statements[at]): at for at in reversed(list(places))}
    arrows: dict[tuple[int, int], Arrow] = {}
    for item in found.compared:
        ends = [seen.get(_same_value(found.statements[at])) for at in (item.a, item.b)]
        if (
            item.label in ("update", "contradict")
            and ends[0] is not None
            and ends[1] is not None
            and ends[0] != ends[1]
        ):
            a, b = sorted((places[ends[0]], places[ends[1]]))
            arrows.setdefault((a, b), Arrow(source=a, target=b, label=item.label))
    return list(_nearest(arrows))[:_ARROWS]


def _nearest(arrows: Mapping[tuple[int, int], Arrow]) -> list[Arrow]:
    """Keep, of a path of updates, the steps alone: what leads from one to the next, not from the first to the last."""
    updates = {pair for pair, arrow in arrows.items() if arrow.label == "update"}
    across = {(a, c) for (a, b), (b2, c) in combinations(sorted(updates), 2) if b == b2}
    return [arrow for pair, arrow in arrows.items() if pair not in across or pair not in updates]


def _years(graph: Graph, summary: Summary) -> tuple[YearValue, ...]:
    with graph.view() as connection:
        found = same_measure(connection, summary, limit=_YEARS)
        if len({item.year for item in found}) < 2:
            return ()
        answers = first_answers(connection, [item.key for item in found], limit=6)
    rows: dict[tuple[object, ...], list[YearValue]] = defaultdict(list)
    for item in found:
        for claim in answers[item.key] if item.year is not None else ():
            shown = statement(claim)
            year = item.year or 0
            value = YearValue(year=year, observation=item.key, value=shown.value, outlets=(), statement=shown)
            rows[(year, item.key, *_same_value(shown))].append(value)
    return tuple(_merged(same) for same in rows.values())


def _merged(same: Sequence[YearValue]) -> YearValue:
    first = same[0]
    outlets = tuple(dict.fromkeys(item.statement.outlet for item in same))
    return YearValue(
        year=first.year, observation=first.observation, value=first.value, outlets=outlets, statement=first.statement
    )


def _neighbourhood(found: _Answers, links: Links, title: str) -> str:
    """Draw who prints which value on whose word; copies of a text are joined by a bracket."""
    names = {item.article: item.outlet for item in found.statements}
    nodes = {"question": Node(id="question", column=3, text=title, kind="question")}
    edges: dict[tuple[str, str, str], None] = {}
    for position, cluster in enumerate(found.clusters):
        for at, copies in zip(cluster.statements, cluster.copies, strict=True):
            item = found.statements[at]
            if f"a {item.article}" not in nodes and sum(node.column == 0 for node in nodes.values()) >= _NEIGHBOURS:
                continue
            value, origin = f"v {position}", item.source or item.outlet
            kind = "claim contradicted" if cluster.contradicted else "claim"
            nodes[value] = Node(id=value, column=1, text=cluster.value, kind=kind)
            nodes[f"o {origin}"] = Node(id=f"o {origin}", column=2, text=origin, kind="origin")
            _article_node(nodes, item, links)
            edges |= dict.fromkeys(
                [
                    (f"a {item.article}", value, "states"),
                    (value, f"o {origin}", "cites"),
                    (f"o {origin}", "question", ""),
                ]
            )
            for copy in copies[:3]:
                nodes[f"a {copy}"] = Node(
                    id=f"a {copy}",
                    column=0,
                    text=f"{names.get(copy, copy)} (same text)",
                    kind="article",
                    href=links.article(copy),
                )
                edges[(f"a {item.article}", f"a {copy}", "copies")] = None
    return neighbourhood(list(nodes.values()), list(edges), title=f"Who stands behind what: {title}", heads=_HEADS)


def _article_node(nodes: dict[str, Node], item: Statement, links: Links) -> None:
    id = f"a {item.article}"
    nodes[id] = Node(id=id, column=0, text=item.outlet, kind="article", href=links.article(item.article))


def _unit(view: ObservationView) -> str:
    """Say what the axis counts: the unit, or for plain numbers what is counted."""
    summary = view.summary
    return summary.subject if summary.kind in ("count", "index") or not summary.unit else summary.unit


def _asked(summary: Summary) -> tuple[tuple[str, str], ...]:
    change = {"level": "a level", "increase": "an increase", "decrease": "a decrease"}.get(summary.change, "")
    status = {"asserted": "an outcome"}.get(summary.status, f"a {summary.status}")
    return (("Asked for", f"{change}, {status}"), ("Kind", summary.kind.replace("_", " ")), ("Unit", summary.unit))


def _band(best: Best | None) -> Band | None:
    if best is None or best.low is None or best.high is None:
        return None
    return Band(value=float(best.value), low=float(best.low), high=float(best.high))


def _best_words(view: ObservationView) -> str | None:
    if view.best is None:
        return None
    unit = "" if view.summary.kind in ("count", "index") or not view.best.unit else view.best.unit
    return f"{say_number(view.best.value)}{'' if unit == '%' or not unit else ' '}{unit}"


def _why_best(best: Best) -> str:
    origins = "1 independent origin" if best.origins == 1 else f"{best.origins} independent origins"
    return f"{best.support:.0%} of the weight, {origins}"
