"""Claims, observations and contradictions as pages show them."""

from datetime import date

from claimgraph.graph.values import interval
from claimgraph.records import Claim
from claimgraph.store.results import Conflict as FoundConflict
from claimgraph.store.results import Side, Summary
from claimgraph.web.charts import Mark, strip
from claimgraph.web.links import Links
from claimgraph.web.views import Conflict, ObservationRow, Statement
from claimgraph.web.words import apart, question
from claimgraph.wording import day, say_value

__all__ = ["conflict", "mark", "row", "statement"]


def statement(claim: Claim) -> Statement:
    """Show a claim with its sentence, cut around the figure."""
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


def mark(item: Statement, links: Links, *, copies: int = 0) -> Mark:
    """Show a statement in a chart, coloured by its outlet."""
    return Mark(
        href=links.claim(item.claim, item.article),
        label=f"{item.value}: {item.outlet}, {day(item.published)}",
        when=date.fromisoformat(item.published[:10]) if item.published else None,
        value=item.number,
        low=item.low,
        high=item.high,
        group=item.outlet,
        copies=copies,
        short=item.value,
    )


def row(summary: Summary) -> ObservationRow:
    """Show an observation as a line."""
    return ObservationRow(
        key=summary.key,
        question=question(summary),
        claims=summary.claims,
        outlets=summary.outlets,
        origins=summary.origins,
        contradictions=summary.contradicting,
        updates=summary.updating,
    )


def conflict(found: FoundConflict, links: Links, since: int) -> Conflict:
    """Show a contradiction as a card; what a run from `since` on changed is fresh."""

    def one(side: Side) -> Statement:
        return statement(side.value.claim)

    sides, title = (one(found.a), one(found.b)), question(found.summary)
    marks = [mark(side, links) for side in sides]
    return Conflict(
        observation=found.summary.key,
        question=title,
        entities=found.summary.entity,
        reason=found.comparison.reason,
        gap=found.summary.gap,
        apart=apart(sides[0].number, sides[1].number),
        sides=sides,
        support=(found.a.origins, found.b.origins),
        carriers=(found.a.carriers, found.b.carriers),
        others=found.others,
        fresh=found.summary.run >= since,
        strip=strip(marks[0], marks[1], title=f"How far apart: {title}"),
    )
