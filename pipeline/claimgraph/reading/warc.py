"""Web archives (WARC): an article a page; a Common Crawl news file works as it is."""

from collections.abc import Iterator
from contextlib import redirect_stderr
from io import StringIO
from logging import getLogger
from typing import Any

from claimgraph.errors import ArticleError
from claimgraph.reading.html import article_from_page
from claimgraph.reading.source import Input, failure
from claimgraph.records import Article, Failure

__all__ = ["read_warc"]


def read_warc(given: Input) -> Iterator[Article | Failure]:
    """Read the pages among the responses of an archive, streaming; the id of an article is its url.

    Responses other than status 200, and what is not HTML, are left out. A damaged archive is read as far as it goes.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    getLogger("warcio").setLevel("ERROR")  # its warnings print addresses as they come, escapes included
    records = iter(ArchiveIterator(given.stream))
    while True:
        try:
            with redirect_stderr(StringIO()):  # where warcio prints what it finds in damaged archives
                record = next(records, None)
            page = _page(record, given.limits.file_bytes) if record is not None else None
        # AttributeError: warcio trips over a response without an address
        except (ArchiveLoadFailed, EOFError, ValueError, AttributeError) as error:
            raise ArticleError(given.name, f"the archive is damaged ({error}); fetch it again") from error
        if record is None:
            return
        if page is not None:
            yield _article(record, page, given)


def _page(record: Any, limit: int) -> bytes | None:
    """Give the page of a record, at most one byte more than the limit; None if it holds none."""
    headers = record.http_headers
    if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
        return None
    if "html" not in (headers.get_header("Content-Type") or "").lower():
        return None
    return bytes(record.content_stream().read(limit + 1))


def _article(record: Any, page: bytes, given: Input) -> Article | Failure:
    url = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    name = f"{given.name}: {url}"
    if len(page) > given.limits.file_bytes:
        return failure(name, f"larger than {given.limits.file_bytes / 2**20:.3g} MB; raise the limit file_bytes")
    kind = record.http_headers.get_header("Content-Type") or ""
    charset = kind.lower().partition("charset=")[2].strip(" \"'") or None
    try:
        return article_from_page(page, url, name, given.limits, url=url, charset=charset)
    except ArticleError as error:
        return failure(error.article, error.problem)
