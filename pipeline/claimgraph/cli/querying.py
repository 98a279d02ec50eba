"""Commands that read the graph: `conflicts`, `changes`, `show`, `timeline`, `ask`."""

from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from claimgraph.cli.options import (
    Database,
    Entity,
    Limit,
    Measure,
    MinGap,
    Outlet,
    OutputFormat,
    Since,
    Year,
    open_graph,
)
from claimgraph.cli.output import Format, note, plain, print_lines

if TYPE_CHECKING:
    from claimgraph.graphs import Graph
    from claimgraph.store.changes import Change
    from claimgraph.store.results import Conflict, Summary

__all__ = ["ask", "changes", "conflicts", "show", "timeline"]

_SUMMARY = ("key", "subject", "entity", "year", "period", "status", "claims", "articles", "origins", "contradicting")


def conflicts(
    database: Database = "claimgraph.db",
    entity: Entity = None,
    measure: Measure = None,
    year: Year = None,
    outlet: Outlet = None,
    min_gap: MinGap = None,
    since: Since = None,
    limit: Limit = 20,
    form: OutputFormat = Format.TEXT,
) -> None:
    """List which figures contradict each other, those that matter most first.

    What matters: independent support on both sides, the gap between the values, and how recent they are.
    """
    from claimgraph.store.observations import Filter

    wanted = Filter(entity=entity, measure=measure, year=year, outlet=outlet, min_gap=min_gap, since=since)
    with open_graph(database) as graph:
        found = graph.conflicts(wanted, limit=limit)
    if form is Format.TEXT:
        from claimgraph.cli.render import print_conflicts

        print_conflicts(found)
    elif form is Format.CSV:
        print_lines(map(_flat, found), form, _FLAT)
    else:
        print_lines(map(plain, found), form, ())


_SIDE = ("value", "outlet", "published", "source", "origins", "articles", "sentence", "claim")
_FLAT = (
    "observation",
    "subject",
    "entity",
    "year",
    "gap",
    "reason",
    *(f"{side}_{name}" for side in "ab" for name in _SIDE),
)


def _flat(conflict: "Conflict") -> dict[str, object]:
    """Put a contradiction into one row of a table."""
    summary = conflict.summary
    row: dict[str, object] = {
        "observation": summary.key,
        "subject": summary.subject,
        "entity": list(summary.entity),
        "year": summary.year,
        "gap": summary.gap,
        "reason": conflict.comparison.reason,
    }
    for name, side in (("a", conflict.a), ("b", conflict.b)):
        claim = side.value.claim
        about = (claim.value_text, claim.outlet, claim.published, claim.source)
        values = (*about, side.origins, side.carriers, claim.sentence, claim.id)
        row |= {f"{name}_{field}": value for field, value in zip(_SIDE, values, strict=True)}
    return row


def changes(
    database: Database = "claimgraph.db",
    since: Annotated[
        str | None,
        typer.Option(
            metavar="RUN|MOMENT", help="First run that counts, or 2026-01-31[T06:00]; the last run if absent."
        ),
    ] = None,
    limit: Limit = 50,
    form: OutputFormat = Format.TEXT,
) -> None:
    """List what new articles changed: new contradictions, values that moved on, new observations."""
    with open_graph(database) as graph:
        found = islice(graph.changes(since), limit)
        if form is Format.TEXT:
            from claimgraph.cli.render import print_changes

            print_changes(found)
        else:
            print_lines(map(_change, found), form, _CHANGE)


_CHANGE = (
    "kind",
    "observation",
    "subject",
    "entity",
    "year",
    "period",
    "after",
    "before",
    "reason",
    "after_claim",
    "before_claim",
)


def _change(item: "Change") -> dict[str, object]:
    """Put a change into one row of a table."""
    summary, before = item.summary, item.before
    return {
        "kind": str(item.kind),
        "observation": summary.key,
        "subject": summary.subject,
        "entity": list(summary.entity),
        "year": summary.year,
        "period": summary.period,
        "after": item.after.value_text,
        "before": before.value_text if before else None,
        "reason": item.comparison.reason if item.comparison else None,
        "after_claim": item.after.id,
        "before_claim": before.id if before else None,
    }


def show(
    id: Annotated[
        str, typer.Argument(metavar="OBSERVATION|CLAIM|ARTICLE", help="An id, as the other commands give it.")
    ],
    database: Database = "claimgraph.db",
    explain: Annotated[
        bool, typer.Option("--explain", help="Say which rule decided what, and what weighed how much.")
    ] = False,
    form: OutputFormat = Format.TEXT,
) -> None:
    """Show an observation, a claim or an article with the evidence behind it."""
    from claimgraph.cli import render_views

    with open_graph(database) as graph:
        key = id if (observed := graph.observation(id)) else graph.observation_of(id)
        if observed is None and key is not None:
            claim = graph.claim(id)
            assert claim is not None  # noqa: S101  its observation was just found
            if form is Format.TEXT:
                render_views.print_claim(claim, key, explain=explain)
            else:
                print_lines([{**plain(claim), "observation": key}], form, ())
            return
        found = observed or graph.article(id)
    if found is None:
        note(f"claimgraph: no observation, claim or article has the id {id}; `claimgraph ask` finds one by words")
        raise typer.Exit(2)
    if form is not Format.TEXT:
        print_lines([plain(found)], form, ())
    elif observed is not None:
        render_views.print_observation(observed, explain=explain)
    else:
        render_views.print_article(found, explain=explain)  # type: ignore[arg-type]


def ask(
    words: Annotated[list[str], typer.Argument(help="A question, such as: how many North Koreans defected in 2023?")],
    database: Database = "claimgraph.db",
    limit: Limit = 5,
    form: OutputFormat = Format.TEXT,
) -> None:
    """Find the observation that a question in plain words means, and show its answers."""
    with open_graph(database) as graph:
        found = graph.ask(" ".join(words), limit=limit)
        best = graph.observation(found[0].key) if found else None
    if form is not Format.TEXT:
        print_lines(map(plain, found), form, _SUMMARY)
    elif best is None:
        note("Nothing in the graph matches these words.")
    else:
        from claimgraph.cli.render import print_summaries
        from claimgraph.cli.render_views import print_observation

        print_observation(best, explain=False)
        if len(found) > 1:
            print("Or did you mean:")
            print_summaries(found[1:])
    raise typer.Exit(0 if found else 1)


def timeline(
    words: Annotated[list[str] | None, typer.Argument(help="An observation's id, or words that name it.")] = None,
    database: Database = "claimgraph.db",
    entity: Entity = None,
    measure: Measure = None,
    year: Year = None,
    outlet: Outlet = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many observations.")] = 1,
    form: OutputFormat = Format.TEXT,
) -> None:
    """Draw the values that were reported for an observation, in the order of their publication."""
    from claimgraph.store.observations import Filter

    with open_graph(database) as graph:
        wanted = Filter(entity=entity, measure=measure, year=year, outlet=outlet)
        chosen = _choose(graph, " ".join(words or []), wanted, limit)
        views = [view for item in chosen if (view := graph.observation(item))]
    if form is not Format.TEXT:
        print_lines([plain(view) for view in views], form, ())
    else:
        from claimgraph.cli.render_timeline import print_timeline

        for view in views:
            print_timeline(view)
    if not views:
        note("No observation matches.")
    raise typer.Exit(0 if views else 1)


def _choose(graph: "Graph", words: str, wanted: object, limit: int) -> list[str]:
    from claimgraph.store.observations import Filter

    assert isinstance(wanted, Filter)  # noqa: S101  made by the caller
    if not words:
        return [item.key for item in graph.observations(wanted, limit=limit)]
    if graph.observation(words):
        return [words]
    found: list[Summary] = graph.ask(words, limit=limit)
    return [item.key for item in found]
