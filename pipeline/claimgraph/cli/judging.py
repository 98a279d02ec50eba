"""`claimgraph judge`: say that two claims ask the same, or not, or that a claim is wrong."""

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from claimgraph.cli.logs import now
from claimgraph.cli.options import Database, OutputFormat, open_graph
from claimgraph.cli.output import Format, note, plain, print_lines, visible
from claimgraph.vocab import Ruling

if TYPE_CHECKING:
    from claimgraph.graph.judgements import Judgement, Mark
    from claimgraph.graphs import Graph

__all__ = ["judge", "judgements"]


def judge(
    ruling: Annotated[Ruling, typer.Argument(help="What you say about the claims.")],
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM [CLAIM]", help="Ids; two for same and different.")],
    database: Database = "claimgraph.db",
    why: Annotated[str, typer.Option("--note", help="Why, for whoever reads it later.")] = "",
    author: Annotated[str | None, typer.Option(help="Who says so; you, if not given.")] = None,
) -> None:
    """Overrule the pipeline: two claims answer the same question, or different ones, or a claim is wrong.

    A judgement hangs on the place in the article, so that it survives another extraction.
    """
    if len(claims) != (1 if ruling is Ruling.WRONG else 2):
        raise typer.BadParameter(f"`{ruling}` takes {'one claim' if ruling is Ruling.WRONG else 'two claims'}")
    with open_graph(database, read_only=False) as graph:
        item = graph.judge(ruling, *claims, author=author or getpass.getuser(), made=now(), note=why)
        _say(graph, item, claims)


def _say(graph: "Graph", item: "Judgement", claims: list[str]) -> None:
    """Say what was stored, and where the claims are now."""
    keys = [graph.observation_of(id) for id in claims]
    print(f"{item.id}  {_words(item)}")
    for id, key in zip(claims, keys, strict=True):
        print(f"  {visible(id)} answers {key}")


def judgements(
    database: Database = "claimgraph.db",
    withdraw: Annotated[str | None, typer.Option(metavar="ID", help="Take this judgement back.")] = None,
    form: OutputFormat = Format.TEXT,
) -> None:
    """List what people said about claims, or take a judgement back."""
    with open_graph(database, read_only=withdraw is None) as graph:
        if withdraw is not None and not graph.withdraw(withdraw):
            note(f"claimgraph: no judgement has the id {withdraw}; `claimgraph judgements` lists them")
            raise typer.Exit(2)
        found = [] if withdraw is not None else graph.judgements()
    if withdraw is not None:
        note(f"{withdraw} taken back")
    elif form is Format.TEXT:
        for item in found:
            print(f"{item.id}  {_words(item)}")
    else:
        print_lines(map(_flat, found), form, _FLAT)


_FLAT = ("id", "ruling", "author", "made", "note", "a", "b")


def _flat(item: "Judgement") -> dict[str, object]:
    return {**plain(item), "ruling": str(item.ruling)}


_SAID = {Ruling.WRONG: "is wrong", Ruling.SAME: "asks the same as", Ruling.DIFFERENT: "asks something else than"}


def _words(item: "Judgement") -> str:
    """Say a judgement in a line."""
    other = f" {_place(item.b)}" if item.b else ""
    why = f": {item.note}" if item.note else ""
    return visible(f"{_place(item.a)} {_SAID[item.ruling]}{other} ({item.author}, {item.made[:10]}){why}")


def _place(mark: "Mark") -> str:
    return f"“{mark.value_text}” in {mark.article}"
