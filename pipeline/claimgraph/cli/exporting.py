"""`claimgraph export`: the graph in formats for other programs."""

import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimgraph.cli.options import Database, OutputFormat, open_graph
from claimgraph.cli.output import Format, print_lines

if TYPE_CHECKING:
    from claimgraph.graphs import Graph

__all__ = ["export"]


def export(
    database: Database = "claimgraph.db",
    relations: Annotated[bool, typer.Option("--relations", help="Pairs of claims that answer one question.")] = False,
    claims: Annotated[bool, typer.Option("--claims", help="Claims; what is exported if nothing else is said.")] = False,
    form: OutputFormat = Format.JSONL,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
) -> None:
    """Print the claims, or the pairs of claims that agree, update or contradict each other, one a line."""
    if claims and relations:
        raise typer.BadParameter("give --claims or --relations, not both")
    with open_graph(database) as graph:
        if output is None:
            _write(graph, form, relations=relations)
        else:
            with output.open("w", encoding="utf-8", newline="") as stream, redirect_stdout(stream):
                _write(graph, form, relations=relations)


def _write(graph: "Graph", form: Format, *, relations: bool) -> None:
    from claimgraph.export import CLAIM_FIELDS, RELATION_FIELDS, claim_to_line, relation_to_line

    if relations:
        print_lines(map(relation_to_line, graph.relations()), form, RELATION_FIELDS)
    else:
        print_lines(map(claim_to_line, graph.claims()), form, CLAIM_FIELDS)
    sys.stdout.flush()
