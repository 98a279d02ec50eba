"""What people read in the terminal: the report of an ingest, contradictions, claims, failures."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from claimgraph.cli.output import visible
from claimgraph.records import Claim, Failure
from claimgraph.wording import about, count, excerpt, headline, say_value, who

if TYPE_CHECKING:
    from claimgraph.store.changes import Change
    from claimgraph.store.report import Report, Totals
    from claimgraph.store.results import Conflict, Side, Summary

__all__ = [
    "console",
    "print_changes",
    "print_claims",
    "print_conflicts",
    "print_failures",
    "print_report",
    "print_summaries",
]

_NARROW = 100  # columns where the output is no terminal


def console(*, stderr: bool = False) -> Console:
    """Make a console that takes text as it is: no markup, no guessing at numbers and links."""
    made = Console(stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)
    if not made.is_terminal:
        made.width = _NARROW
    return made


def print_report(report: "Report", conflicts: Sequence["Conflict"], database: str) -> None:
    """Say what an ingest did and what it found: failures, totals, the weightiest contradictions."""
    out = console()
    for failure in report.failed[:_MOST_FAILURES]:
        out.print(_failure(failure))
    if len(report.failed) > _MOST_FAILURES:
        out.print(f"… and {len(report.failed) - _MOST_FAILURES:,} more; `claimgraph failures` lists them", style="red")
    out.print(_done(report))
    if report.run is None:
        return
    out.print()
    out.print(_holds(report.totals), style="bold")
    out.print(_relations(report.totals))
    if conflicts:
        out.print()
        _print_conflicts(out, conflicts)
        rest = report.totals.contradicting - len(conflicts)
        more = f"{rest:,} more: " if rest > 0 else ""
        out.print(f"{more}claimgraph conflicts --db {visible(database)}", style="dim")


_MOST_FAILURES = 10


def _done(report: "Report") -> Text:
    """Say in a sentence what was new and what was skipped, and why."""
    done = [(report.new, "new"), (report.changed, "changed"), (len(report.failed), "failed")]
    said = [f"{number:,} {word}" for number, word in done if number]
    text = Text(f"{', '.join(said)}. " if said else "Nothing new. ")
    if report.unchanged:
        by_stat = report.by_stat == report.unchanged
        why = "same file, size and time" if by_stat else "same content"
        text.append(f"{count(report.unchanged, 'article')} skipped: {why}, same pipeline. ")
    if report.pruned:
        text.append(f"{count(report.pruned, 'article')} taken out: no longer there. ")
    if report.retracted:
        text.append(f"{count(report.retracted, 'article')} stayed out: retracted (claimgraph failures). ")
    if report.left_out:
        text.append(f"{count(report.left_out, 'article')} left out: published before, or undated. ")
    if report.stopped:
        text.append("Stopped at the limit; run again to go on. ")
    if report.known_failures:
        text.append(
            f"{count(report.known_failures, 'article')} failed before and did not change (claimgraph failures)."
        )
    return text


def _holds(totals: "Totals") -> str:
    parts = [
        count(totals.articles, "article"),
        count(totals.outlets, "outlet"),
        count(totals.claims, "claim"),
        count(totals.observations, "observation"),
    ]
    copies = f" ({count(totals.copies, 'copy', 'copies')} of other articles)" if totals.copies else ""
    return " · ".join(parts) + copies


def _relations(totals: "Totals") -> Text:
    text = Text(f"{count(totals.shared, 'observation')} in several articles: ")
    for number, words, style in (
        (totals.agreeing, "agree", "green"),
        (totals.updating, "moved on", "yellow"),
        (totals.contradicting, "contradict", "red"),
    ):
        text.append(f"{number:,} {words}", style=style if number else "dim")
        text.append("" if words == "contradict" else " · ")
    return text


def print_conflicts(conflicts: Sequence["Conflict"]) -> None:
    """Print contradictions with both sentences, values, outlets and dates."""
    out = console()
    if not conflicts:
        out.print("No contradictions.")
    _print_conflicts(out, conflicts)


def _print_conflicts(out: Console, conflicts: Sequence["Conflict"]) -> None:
    for number, conflict in enumerate(conflicts, start=1):
        out.print(_title(conflict.summary, number))
        for side in (conflict.a, conflict.b):
            _print_side(out, side)
        out.print(f"     {visible(conflict.comparison.reason)}", style="dim")
        if conflict.others:
            out.print(f"     {count(conflict.others, 'further pair')} of values contradict each other", style="dim")
        out.print()


def _title(summary: "Summary", number: int) -> Text:
    text = Text(f"{number:3}  ")
    text.append(about(summary.subject, summary.entity, summary.year, summary.period, summary.status), style="bold")
    text.append(f"   {summary.key}", style="dim")
    return text


def _print_side(out: Console, side: "Side") -> None:
    claim = side.value.claim
    text = Text("     ")
    text.append(say_value(claim), style="bold red")
    text.append(f"  {who(claim)}")
    if side.carriers > 1:
        text.append(f"  ({count(side.origins, 'origin')}, {count(side.carriers, 'article')})", style="dim")
    out.print(text)
    out.print(quotation(claim, "       "))


def quotation(claim: Claim, indent: str) -> Text:
    """Quote a claim's sentence with its value marked."""
    before, value, after = excerpt(claim)
    text = Text(f"{indent}“{before}", style="italic")
    text.append(value, style="bold italic")
    text.append(f"{after}”", style="italic")
    return text


def print_summaries(summaries: Sequence["Summary"]) -> None:
    """Print observations, a line each."""
    out = console()
    if not summaries:
        out.print("No observation matches.")
    for item in summaries:
        text = Text(f"{item.key}  ", style="dim")
        text.append(about(item.subject, item.entity, item.year, item.period, item.status), style="bold not dim")
        text.append(f"  {count(item.values, 'value')} in {count(item.articles, 'article')}")
        if item.contradicting:
            text.append("  contradicting", style="red not dim")
        out.print(text)


_CHANGED = {"contradicted": ("contradicts", "red"), "moved": ("moved on", "yellow"), "new": ("new", "green")}


def print_changes(changes: Iterable["Change"]) -> None:
    """Print what new articles changed: the new value, and the older one that it contradicts or moves on."""
    out, printed = console(), False
    for item in changes:
        printed = True
        out.print(_change_title(item))
        _print_value(out, "now", item.after)
        if item.before:
            _print_value(out, "before", item.before)
        if item.comparison:
            out.print(f"     {visible(item.comparison.reason)}", style="dim")
    if not printed:
        out.print("No changes.")


def _change_title(item: "Change") -> Text:
    summary = item.summary
    word, style = _CHANGED[str(item.kind)]
    text = Text(f"{word:<11}  ", style=style)
    title = about(summary.subject, summary.entity, summary.year, summary.period, summary.status)
    text.append(title, style="bold not dim")
    text.append(f"   {summary.key}", style="dim")
    return text


def _print_value(out: Console, label: str, claim: Claim) -> None:
    text = Text(f"     {label:<7} ", style="dim")
    text.append(say_value(claim), style="bold not dim")
    text.append(f"  {who(claim)}", style="not dim")
    out.print(text)
    out.print(quotation(claim, "             "))


def print_claims(claims: Iterable[Claim]) -> None:
    """Print claims as they come, two lines each."""
    out = console()
    for claim in claims:
        text = Text(say_value(claim), style="bold")
        text.append(f"  {headline(claim)}", style="not bold")
        text.append(f"  {claim.article} {claim.id}", style="dim not bold")
        out.print(text)
        out.print(quotation(claim, "    "))


def print_failures(failures: Sequence[Failure]) -> None:
    """Print what did not get in, and why."""
    out = console()
    if not failures:
        out.print("No failures.")
    for failure in failures:
        out.print(_failure(failure))


def _failure(failure: Failure) -> Text:
    text = Text(visible(failure.article), style="red")
    text.append(f"  {visible(failure.problem)}", style="default")
    return text
