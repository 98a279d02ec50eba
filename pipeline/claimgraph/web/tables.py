"""The tables of pages, for CSV."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from claimgraph.web.views import ArticlePage, ChangesPage, JudgementsPage, JudgePage, ListPage, ObservationPage, Start
from claimgraph.wording import spreadsheet_cell

__all__ = [
    "Table",
    "as_csv",
    "change_table",
    "conflict_table",
    "judge_table",
    "judgement_table",
    "list_table",
    "mention_table",
    "statement_table",
]

Table = tuple[tuple[str, ...], Iterable[tuple[Any, ...]]]


def as_csv(table: Table) -> bytes:
    """Write a table as CSV in UTF-8; text that a spreadsheet would take for a formula is made harmless."""
    header, lines = table
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([spreadsheet_cell(v) if isinstance(v, str) else v for v in line] for line in lines)
    return out.getvalue().encode("utf-8", "replace")


def conflict_table(view: Start) -> Table:
    """List the contradictions of the start page."""
    of_side = ("value", "outlet", "published", "source", "sentence", "claim")
    header = ("observation", "question", *(f"{name}_{side}" for side in "ab" for name in of_side), "gap", "reason")
    lines = (
        (
            card.observation,
            card.question,
            *(
                part
                for s in card.sides
                for part in (s.value, s.outlet, s.published, s.source, s.before + s.printed + s.after, s.claim)
            ),
            card.gap,
            card.reason,
        )
        for card in view.conflicts
    )
    return header, lines


def statement_table(view: ObservationPage) -> Table:
    """List the claims of an observation."""
    names = ("claim", "article", "outlet", "published", "source", "value", "number", "low", "high", "status")
    lines = (
        (*(getattr(item, name) for name in names), item.before + item.printed + item.after) for item in view.statements
    )
    return (*names, "sentence"), lines


def mention_table(view: ArticlePage) -> Table:
    """List every field of every claim of an article, with the rules that decided it."""
    header = ("claim", "observation", "field", "value", "decided_by")
    lines = (
        (m.claim, m.observation, name, value, "; ".join(rule for rule, _ in evidence))
        for m in view.mentions
        for name, value, evidence in m.fields
    )
    return header, lines


def list_table(view: ListPage) -> Table:
    """List observations, or articles where the page has nothing else."""
    if view.articles and not view.rows:
        names: tuple[str, ...] = ("id", "title", "outlet", "published", "claims")
        return names, (tuple(getattr(item, name) for name in names) for item in view.articles)
    names = ("key", "question", "claims", "outlets", "origins", "contradictions", "updates")
    header = ("observation", *names[1:])
    return header, (tuple(getattr(item, name) for name in names) for item in view.rows)


def judgement_table(view: JudgementsPage) -> Table:
    """List the judgements."""
    sides = ("article", "value", "sentence", "other_article", "other_value", "other_sentence")
    names = ("id", "ruling", "author", "made", "note", "holds", *sides)
    return names, (tuple(getattr(item, name) for name in names) for item in view.judgements)


def change_table(view: ChangesPage) -> Table:
    """List what changed."""
    of_side = ("value", "outlet", "published", "source", "claim", "article")
    header = (
        "kind",
        "observation",
        "question",
        *(f"{name}_{side}" for side in ("after", "before") for name in of_side),
    )
    lines = (
        (
            item.kind,
            item.observation,
            item.question,
            *(getattr(side, name) if side else None for side in (item.after, item.before) for name in of_side),
            item.reason,
        )
        for item in view.changes
    )
    return (*header, "reason"), lines


def judge_table(view: JudgePage) -> Table:
    """List the claims that a claim can be judged against."""
    return ("claim", "value", "question"), (
        (item.statement.claim, item.statement.value, item.question) for item in view.candidates
    )
