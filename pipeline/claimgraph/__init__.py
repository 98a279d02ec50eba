"""claimgraph: the numeric claims of news articles, and which of them agree, contradict or came later."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimgraph.api import Graph, extract, load, read
    from claimgraph.records import Article, Claim

__all__ = ["Article", "Claim", "Graph", "extract", "load", "read"]
__version__ = "0.1.0"

_HOME = {
    "Article": "records",
    "Claim": "records",
    "Graph": "graphs",
    "extract": "api",
    "load": "extraction",
    "read": "api",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: `claimgraph --help` must not pay for parsers and databases."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
