"""What an ingest did, as a record for people and programs."""

from dataclasses import dataclass

from claimgraph.records import Failure

__all__ = ["Progress", "Report", "Totals"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What the graph holds.

    claims: also those that answer a question alone. shared: observations that several articles answer.
    agreeing, updating, contradicting: observations with at least one such pair of values; one may be in several.
    """

    articles: int
    outlets: int
    copies: int
    claims: int
    observations: int
    shared: int
    agreeing: int
    updating: int
    contradicting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one ingest did.

    run: number of the ingest; None if nothing changed and none was recorded.
    new, changed: articles attached, for the first time or in place of an older version. claims: in those.
    unchanged: articles skipped because neither they nor the pipeline changed; `by_stat` of them without a look inside.
    known_failures: articles skipped that failed before and have not changed since.
    failed: articles that could not be read or extracted, with reasons. fresh_contradictions: observations with a
    contradiction that this run brought or changed.
    left_out: articles not looked at further because of `since`. stopped: the run ended at its `limit`; more may follow.
    pruned: articles taken out because they are no longer in the folders.
    retracted: articles that were met and stay out, because somebody took them out by name.
    """

    run: int | None
    new: int
    changed: int
    unchanged: int
    by_stat: int
    claims: int
    known_failures: int
    failed: tuple[Failure, ...]
    fresh_contradictions: int
    left_out: int
    stopped: bool
    pruned: int
    retracted: int
    totals: Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One article is done. outcome: new, changed, unchanged or failed."""

    article: str
    outcome: str
    claims: int = 0
