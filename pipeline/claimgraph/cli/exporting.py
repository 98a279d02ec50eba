"""`claimgraph export`: the graph in formats for other programs; `claimgraph import` takes a whole one back."""

import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimgraph.cli.logs import now
from claimgraph.cli.options import Database, open_graph
from claimgraph.cli.output import Format, TableFormat, note, print_lines

if TYPE_CHECKING:
    from claimgraph.graphs import Graph

__all__ = ["export", "import_"]


def export(
    database: Database = "claimgraph.db",
    relations: Annotated[bool, typer.Option("--relations", help="Pairs of claims that answer one question.")] = False,
    claims: Annotated[bool, typer.Option("--claims", help="Claims; what is exported if nothing else is said.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Articles with their claims, for `claimgraph import`; always JSON lines.")
    ] = False,
    gold: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write the judged articles in the format of the gold.")
    ] = None,
    form: Annotated[
        TableFormat, typer.Option("--format", help="For people (text) or for programs; parquet needs --output.")
    ] = TableFormat.JSONL,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
) -> None:
    """Print the claims, or the pairs of claims that agree, update or contradict each other, one a line."""
    if claims + relations + everything + bool(gold) > 1:
        raise typer.BadParameter("give one of --claims, --relations, --all and --gold")
    if form is TableFormat.PARQUET and (output is None or everything or gold):
        raise typer.BadParameter("--format parquet writes claims or --relations to a file: --output FILE")
    with open_graph(database) as graph:
        if gold:
            from claimgraph.goldfiles import write_gold

            note(f"{write_gold(graph, gold):,} judged articles written to {gold}")
        elif form is TableFormat.PARQUET and output is not None:
            _write_parquet(graph, output, relations=relations)
        elif output is None:
            _write(graph, Format(form), relations=relations, everything=everything)
        else:
            with output.open("w", encoding="utf-8", newline="") as stream, redirect_stdout(stream):
                _write(graph, Format(form), relations=relations, everything=everything)


def import_(
    file: Annotated[Path, typer.Argument(help="What `export --all` wrote; - for standard input.")],
    database: Database = "claimgraph.db",
) -> None:
    """Bring a whole exported graph into this one: the same claims, and the same graph if this one was empty."""
    started = now()
    with open_graph(database, read_only=False) as graph:
        if str(file) == "-":
            done = graph.load(sys.stdin, started=started)
        else:
            with file.open(encoding="utf-8") as stream:
                done = graph.load(stream, started=started)
    note(f"{done:,} articles brought in")


def _write(graph: "Graph", form: Format, *, relations: bool, everything: bool) -> None:
    from claimgraph.export import CLAIM_FIELDS, RELATION_FIELDS, claim_to_line, relation_to_line

    if everything:
        print_lines(graph.dump(), Format.JSONL, ())
    elif relations:
        print_lines(map(relation_to_line, graph.relations()), form, RELATION_FIELDS)
    else:
        print_lines(map(claim_to_line, graph.claims()), form, CLAIM_FIELDS)
    sys.stdout.flush()


def _write_parquet(graph: "Graph", output: Path, *, relations: bool) -> None:
    from claimgraph.shards.folder import check_installed

    check_installed(str(output))
    from claimgraph.shards.tables import claims_table, relations_table, write_tables

    if relations:
        write_tables(output, relations_table, graph.relations())
    else:
        write_tables(output, claims_table, graph.claims())
