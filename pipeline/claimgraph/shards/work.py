"""A shard to its files, and what is known of those that are there."""

import json
from collections.abc import Iterable
from dataclasses import asdict

import pyarrow as pa
import pyarrow.parquet as pq

from claimgraph.extraction import ArticleOutcome
from claimgraph.records import Claim, Failure
from claimgraph.shards.cutting import state_of
from claimgraph.shards.folder import ARTICLES, Folder
from claimgraph.shards.records import Piece, Shard, Work, Written
from claimgraph.shards.tables import articles_table, claims_table, parquet

__all__ = ["article_file", "claim_file", "complete", "described", "finished", "write"]

_KEY = "claimgraph"


def claim_file(shard: str) -> str:
    """Name the file of a shard's claims."""
    return f"claims-{shard}.parquet"


def article_file(shard: str) -> str:
    """Name the file of a shard's articles."""
    return f"{ARTICLES}/articles-{shard}.parquet"


def write(work: Work, shard: Shard, outcomes: Iterable[ArticleOutcome]) -> Written:
    """Write a shard; its claims come last, so that a shard whose claims are there is complete.

    Args:
        work: where to. shard: what was read. outcomes: of its articles, in order.
    """
    kept, failures = [], list(shard.failures)
    claims: list[Claim] = []
    for (path, _), (article, outcome) in zip(shard.articles, outcomes, strict=True):
        if isinstance(outcome, Failure):
            failures.append(outcome)
        else:
            kept.append((path, article, outcome))
            claims += outcome
    done = Written(
        name=shard.name,
        state=shard.state,
        fingerprint=work.fingerprint,
        articles=len(kept),
        claims=len(claims),
        failures=tuple(failures),
        passed=shard.passed,
        last=shard.last,
    )
    folder = Folder(work.output)
    folder.write(article_file(shard.name), parquet(articles_table(kept)))
    folder.write(claim_file(shard.name), parquet(claims_table(claims), {_KEY: json.dumps(_facts(done))}))
    return done


def _facts(done: Written) -> dict[str, object]:
    return {name: value for name, value in asdict(done).items() if name not in ("name", "kept")}


def described(folder: Folder, shard: str) -> Written | None:
    """Tell what a shard's file says of itself; None if it is damaged or none of ours."""
    try:
        with folder.open(claim_file(shard)) as stream:
            facts = json.loads(pq.read_schema(stream).metadata[_KEY.encode()])
        failures = tuple(Failure(**item) for item in facts.pop("failures"))
        passed = tuple((path, reason) for path, reason in facts.pop("passed"))
        return Written(name=shard, failures=failures, passed=passed, kept=True, **facts)
    except (OSError, pa.ArrowException, LookupError, TypeError, ValueError):
        return None


def complete(folder: Folder, shard: str, state: str, there: frozenset[str]) -> Written | None:
    """Give a shard that is there, whole, and made of the same by the same; else None."""
    if claim_file(shard) not in there or article_file(shard) not in there:
        return None
    found = described(folder, shard)
    return found if found and found.state == state else None


def finished(folder: Folder, piece: Piece, work: Work, there: frozenset[str]) -> list[Written] | None:
    """Give all shards of a piece if they are complete, without reading the piece; else None."""
    state = state_of(piece, work)
    shards: list[Written] = []
    while found := complete(folder, f"{piece.name}-{len(shards):05d}", state, there):
        shards.append(found)
        if found.last:
            return shards
    return None
