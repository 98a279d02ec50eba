"""The command that scores the pipeline against annotated articles."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimgraph.cli.options import Workers
from claimgraph.cli.output import note
from claimgraph.errors import EvaluationError

if TYPE_CHECKING:
    from claimgraph.evaluation import Score
    from claimgraph.records import Article, Claim
    from claimgraph.scoring import Scores

__all__ = ["evaluate"]


def evaluate(
    root: Annotated[Path, typer.Argument(help="Folder of annotated clusters, such as corpus/.")],
    floors: Annotated[
        Path | None, typer.Option(help="Scores that must be reached, as JSON; end with exit code 1 if not.")
    ] = None,
    gold_claims: Annotated[
        bool, typer.Option("--gold-claims", help="Judge the graph alone: link the annotated claims.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
    workers: Workers = None,
) -> None:
    """Score claims and links against annotated articles, by the measures of the gold guidelines."""
    from claimgraph.evaluation import evaluate_gold_claims
    from claimgraph.scoring import check_floors

    if gold_claims:
        _print(evaluate_gold_claims(root), {}, as_json=as_json)
        return
    scores = _score(root, workers)
    _print({**scores.claims, **scores.links}, scores.fields, as_json=as_json)
    note(f"{scores.articles} articles, {scores.unplaced} predicted sentences not found in their article")
    short = check_floors(root, floors, scores) if floors else []
    for line in short:
        note(f"under the floor: {line}")
    raise typer.Exit(1 if short else 0)


def _score(root: Path, workers: int | None) -> "Scores":
    from claimgraph import api
    from claimgraph.export import claim_to_line
    from claimgraph.graph.linking import link, relations
    from claimgraph.records import Failure
    from claimgraph.scoring import evaluate as score

    claims: list[Claim] = []
    for article, outcome in api.extract_each(_articles(root), workers=workers):
        if isinstance(outcome, Failure):
            raise EvaluationError(f"{article.id} cannot be extracted: {outcome.problem}")
        claims += outcome
    pairs = relations(link(claims), claims)
    lines = [{"a": pair.a, "b": pair.b, "label": str(pair.label)} for pair in pairs]
    return score(root, [claim_to_line(claim) for claim in claims], lines)


def _articles(root: Path) -> "Iterator[Article]":
    from claimgraph import api
    from claimgraph.records import Failure

    for item in api.read(sorted({*root.glob("articles"), *root.glob("*/articles")})):
        if isinstance(item, Failure):
            raise EvaluationError(f"{item.article} cannot be read: {item.problem}")
        yield item


def _print(scores: "Mapping[str, Score]", fields: Mapping[str, float], *, as_json: bool) -> None:
    if as_json:
        found = {
            name: {"p": score.precision, "r": score.recall, "f1": score.f1, "gold": score.gold}
            for name, score in scores.items()
        }
        print(json.dumps({**found, "fields": dict(fields)}, indent=1))
        return
    for name, score in scores.items():
        counts = f"({score.hit} of {score.gold} gold, {score.predicted} predicted)"
        print(f"{name:11} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}   {counts}")
    if fields:
        print("right where the value is:", "  ".join(f"{name} {share:.3f}" for name, share in fields.items()))
