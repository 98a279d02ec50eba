"""Pages and feeds from the web into a folder that `ingest` reads; only when asked, politely, and from public addresses.

Every page becomes a small web archive (`.warc.gz`), which keeps its address. What is known about each page (ETag,
Last-Modified, digest) stays in a hidden file of the folder, so that the next run asks only for what is new.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from claimgraph.fetching.policy import ANYWHERE, Policy
from claimgraph.fetching.run import Fetched, Outcome, Run
from claimgraph.fetching.state import State

__all__ = ["ANYWHERE", "Fetched", "Outcome", "Policy", "fetch"]


def fetch(
    urls: Iterable[str], folder: str | Path, policy: Policy | None = None, *, now: float, version: str
) -> Iterator[Fetched]:
    """Fetch pages, and the pages that feeds and sitemaps name, into a folder; yield what became of each address.

    A run can be killed at any moment and run again: a page is saved whole or not at all, and a feed counts as read
    only when all of its pages are done.

    Args:
        urls: of pages, feeds (RSS, Atom) and sitemaps.
        folder: made if it isn't there.
        policy: the defaults of `Policy` if None.
        now: seconds since 1970.
        version: of claimgraph, told to the servers.

    Raises:
        ConfigError: another run is filling the folder.
        OSError: the folder cannot be written.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with State(folder) as state:
        yield from Run(folder, state, policy or Policy(), version=version, now=now).fetch(urls)
