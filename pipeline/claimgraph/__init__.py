"""claimgraph: the numeric claims of news articles, and which of them agree, contradict or came later."""

from claimgraph.api import extract, load, read
from claimgraph.records import Article, Claim

__all__ = ["Article", "Claim", "extract", "load", "read"]
__version__ = "0.1.0"
