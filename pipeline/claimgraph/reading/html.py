"""Web pages: body by trafilatura, facts by what the page says about itself, date by htmldate."""

from collections.abc import Iterator

import trafilatura
from trafilatura.settings import Document

from claimgraph.errors import ArticleError
from claimgraph.reading.dates import parse_published
from claimgraph.reading.decode import decode
from claimgraph.reading.source import Input
from claimgraph.records import Article

__all__ = ["read_html"]


def read_html(given: Input) -> Iterator[Article]:
    """Read the article of one page."""
    page = decode(given.data, given.name)
    found = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
    if not isinstance(found, Document) or not found.text:
        raise ArticleError(given.name, "no article found in the page; save the page with its text")
    yield Article(
        id=given.id,
        title=found.title or "",
        body=found.text,
        outlet=found.sitename,
        published=parse_published(found.date),
        url=found.url,
        author=found.author,
    )
