"""An observation, a claim or an article in the terminal, with the evidence behind it."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from claimgraph.cli.output import visible
from claimgraph.cli.render import console, quotation
from claimgraph.graph.arithmetic import self_checks
from claimgraph.graph.records import Best
from claimgraph.records import Claim
from claimgraph.store.results import ArticleView, ObservationView
from claimgraph.vocab import Label
from claimgraph.wording import about, count, day, headline, say_number, say_value, who

__all__ = ["print_article", "print_claim", "print_observation"]

_STYLES = {Label.AGREE: "green", Label.UPDATE: "yellow", Label.CONTRADICT: "red", Label.RELATED: "dim"}
_LABELS = {
    Label.AGREE: "agrees with",
    Label.UPDATE: "was moved on by",
    Label.CONTRADICT: "contradicts",
    Label.RELATED: "differs from",
}


def print_observation(view: ObservationView, *, explain: bool) -> None:
    """Print every value of an observation with its support and sentence, how they compare, and the best answer."""
    out = console()
    item = view.summary
    out.print(about(item.subject, item.entity, item.year, item.period, item.status), style="bold")
    parts = (count(item.claims, "claim"), count(item.articles, "article"), count(item.origins, "independent origin"))
    out.print(f"{item.key}  {', '.join(parts)}", style="dim")
    out.print()
    for number, value in enumerate(view.values, start=1):
        text = Text(f"{number:3}  ")
        text.append(say_value(value.claim), style="bold")
        text.append(f"  {who(value.claim)}")
        if value.carriers > 1:
            text.append(f"  and {count(value.carriers - 1, 'more article')}", style="dim")
        text.append(f"  {count(value.origins, 'origin')}  {value.claim.id}", style="dim")
        out.print(text)
        out.print(quotation(value.claim, "     "))
    _print_related(out, view, explain=explain)
    if view.best:
        out.print()
        _print_best(out, view.best, view, explain=explain)


def _print_related(out: Console, view: ObservationView, *, explain: bool) -> None:
    shown = [item for item in view.related if explain or item.label not in (Label.AGREE, Label.RELATED)]
    if shown:
        out.print()
    for item in shown:
        text = Text(f"{item.a + 1:3} ")
        text.append(_LABELS[item.label], style=_STYLES[item.label])
        text.append(f" {item.b + 1}: {visible(item.reason)}")
        if explain:
            text.append(f" ({item.confidence:.0%} sure)", style="dim")
        out.print(text)


def _print_best(out: Console, best: Best, view: ObservationView, *, explain: bool) -> None:
    said = {claim.id: claim for claim in view.claims}
    ends = [say_number(end) for end in (best.low, best.high) if end is not None]
    text = Text("Best supported: ", style="bold")
    text.append(say_value(said[best.claim]), style="bold green")
    if len(set(ends)) > 1 and best.unit in ("", said[best.claim].unit):
        text.append(f" ({'–'.join(ends)})", style="not bold")
    text.append(
        f"  {best.support:.0%} of the weight, {count(best.origins, 'origin')}, {count(best.carriers, 'claim')}",
        style="not bold",
    )
    out.print(text)
    if explain:
        for item in best.weighings:
            out.print(f"     {item.weight:.2f}  {say_value(said[item.claim])}: {visible(item.reason)}", style="dim")


def print_claim(claim: Claim, observation: str, *, explain: bool) -> None:
    """Print a claim with all its fields, and with `explain` the rule behind each."""
    out = console()
    text = Text(say_value(claim), style="bold")
    text.append(f"  {headline(claim)}", style="not bold")
    out.print(text)
    out.print(quotation(claim, "  "))
    out.print(f"  {who(claim)}; article {visible(claim.article)}, characters {claim.start}–{claim.end}")
    out.print(f"  answers {observation}", style="dim")
    for name in ("kind", "unit", "qualifier", "change", "status", "year", "period", "confidence"):
        value = getattr(claim, name)
        if value is not None:
            out.print(f"  {name:12}{visible(str(value))}")
    if explain:
        _print_evidence(out, claim)


def _print_evidence(out: Console, claim: Claim) -> None:
    out.print("  why:")
    for item in claim.evidence:
        inside = claim.sentence[max(0, item.start - claim.sentence_start) : max(0, item.end - claim.sentence_start)]
        seen = f" “{visible(inside)}”" if inside else ""
        out.print(f"    {visible(item.field):12}{visible(item.rule)}{seen}", style="dim")


def print_article(view: ArticleView, *, explain: bool) -> None:
    """Print an article's claims in the order of the text, each with the observation that it answers."""
    out = console()
    article = view.article
    out.print(visible(article.title) or visible(article.id), style="bold")
    published = day(article.published.isoformat() if article.published else None)
    out.print(f"{visible(article.outlet or 'unknown outlet')}, {published}  {visible(article.id)}", style="dim")
    for twin in view.copies:
        out.print(f"shares its text with {visible(twin)}", style="yellow")
    out.print()
    for claim, key in zip(view.claims, view.observations, strict=True):
        text = Text(say_value(claim), style="bold")
        text.append(f"  {headline(claim)}", style="not bold")
        text.append(f"  {key}", style="dim not bold")
        out.print(text)
        out.print(quotation(claim, "    "))
        if explain:
            _print_evidence(out, claim)
    _print_sums(out, view.claims)


def _print_sums(out: Console, claims: Sequence[Claim]) -> None:
    """Say which of the article's own shares, multiples, changes and sums work out."""
    found = self_checks(claims)
    if found:
        out.print()
        out.print("Its own arithmetic", style="bold")
    for item in found:
        text = Text("fits      " if item.ok else "does not  ", style="green" if item.ok else "red")
        text.append(visible(item.reason), style="default")
        out.print(text)
