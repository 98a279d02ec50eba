"""Options that several commands share."""

from typing import TYPE_CHECKING, Annotated

import typer

from claimgraph.cli.output import Format

if TYPE_CHECKING:
    from claimgraph.graphs import Graph

__all__ = [
    "Column",
    "Database",
    "Entity",
    "Limit",
    "Measure",
    "MinGap",
    "Outlet",
    "OutputFormat",
    "Paths",
    "Since",
    "Workers",
    "Year",
    "open_graph",
    "parse_columns",
]

Paths = Annotated[list[str], typer.Argument(help="Files, folders or globs to read; - for standard input.")]
Column = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="FIELD=COLUMN", help="What records call a field of articles: body=maintext."),
]
Database = Annotated[
    str,
    typer.Option(
        "--db", envvar="CLAIMGRAPH_DB", metavar="PATH|URL", help="The claim graph: an SQLite file or postgresql://…"
    ),
]
OutputFormat = Annotated[Format, typer.Option("--format", help="For people (text) or for programs.")]
Workers = Annotated[
    int | None, typer.Option(min=1, help="Processes that extract; as many as there are cores if not given.")
]
Limit = Annotated[int, typer.Option(min=1, help="At most so many.")]
Entity = Annotated[str | None, typer.Option(help="Only about entities with this in their name.")]
Measure = Annotated[str | None, typer.Option(help="Only measures with this in their name.")]
Outlet = Annotated[str | None, typer.Option(help="Only where an outlet with this in its name has a say.")]
Year = Annotated[int | None, typer.Option(help="Only values about this year.")]
MinGap = Annotated[
    float | None,
    typer.Option(min=0, max=1, help="Only contradictions at least so wide: 0.1 is a tenth of the larger value."),
]
Since = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Only what was published on this day or later.")]


def open_graph(database: str, *, read_only: bool = True, columns: list[str] | None = None) -> "Graph":
    """Open the claim graph that a command works on; `columns` as the option gives them."""
    from claimgraph.config import Config
    from claimgraph.graphs import Graph

    return Graph.open(database, read_only=read_only, config=Config(columns=parse_columns(columns)))


def parse_columns(given: list[str] | None) -> tuple[tuple[str, str], ...]:
    """Take `FIELD=COLUMN` apart."""
    pairs = [item.partition("=") for item in given or ()]
    if not all(field and column for field, _, column in pairs):
        raise typer.BadParameter("--column is FIELD=COLUMN, such as body=maintext")
    return tuple(sorted((field, column) for field, _, column in pairs))
