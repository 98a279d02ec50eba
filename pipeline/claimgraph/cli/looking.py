"""Commands to look at the graph: `serve` in a browser, `report` as one file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from claimgraph.cli.logs import now
from claimgraph.cli.options import Database, open_graph
from claimgraph.cli.output import note

__all__ = ["report", "serve"]


def serve(
    database: Database = "claimgraph.db",
    host: Annotated[
        str, typer.Option(help="Address to listen on; others can read the graph if it is not this machine's.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8765,
    allow_host: Annotated[
        list[str] | None, typer.Option(help="Further names that a request's Host header may have (behind a proxy).")
    ] = None,
    prefix: Annotated[
        str,
        typer.Option(
            "--prefix", "--root-path", help="Path under which a proxy has mounted the explorer, such as /claims."
        ),
    ] = "",
    read_only: Annotated[bool, typer.Option("--read-only", help="Take no judgements.")] = False,
) -> None:
    """Open a local web page over the claim graph, to read and to judge; nothing is loaded from elsewhere."""
    import uvicorn

    from claimgraph.web.app import Judging, make_app

    hosts = ["127.0.0.1", "localhost", "[::1]", host, *(allow_host or ())]
    judging = (
        None
        if read_only
        else Judging(writer=lambda: open_graph(database, read_only=False), now=now, trusted=frozenset(allow_host or ()))
    )
    with open_graph(database) as graph:
        app = make_app(graph, hosts=hosts, prefix=prefix.rstrip("/"), judging=judging)
        config = uvicorn.Config(app, host=host, port=port, log_level="warning", server_header=False)
        config.load()
        app.state.warm()
        listening = config.bind_socket()
        listening.listen()  # whoever follows the address at once waits a moment instead of being refused
        note(f"The explorer is at http://{host}:{listening.getsockname()[1]}{prefix}/ (stop it with Ctrl-C)")
        uvicorn.Server(config).run(sockets=[listening])


def report(
    database: Database = "claimgraph.db",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; standard output if not given.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many contradictions, and observations.")] = 200,
) -> None:
    """Write contradictions, observations and articles as one HTML file that needs nothing else."""
    from claimgraph.web.report import report as make_report

    with open_graph(database) as graph:
        text = make_report(graph, limit=limit)
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="utf-8")
        note(f"{output}: {len(text) // 1024:,} kB")
