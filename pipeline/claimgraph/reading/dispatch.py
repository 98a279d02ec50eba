"""Every format and its reader."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from claimgraph.errors import ArticleError
from claimgraph.reading.archives import read_tar, read_zip
from claimgraph.reading.documents import read_docx, read_pdf
from claimgraph.reading.feeds import read_feed
from claimgraph.reading.finish import finish
from claimgraph.reading.formats import sniff
from claimgraph.reading.html import read_html
from claimgraph.reading.mail import read_mail
from claimgraph.reading.markdown import read_markdown
from claimgraph.reading.parquet import read_parquet
from claimgraph.reading.plain import read_plain
from claimgraph.reading.rows import read_csv, read_json, read_json_lines
from claimgraph.reading.source import Input, Reader, failure
from claimgraph.reading.streams import open_stream
from claimgraph.reading.warc import read_warc
from claimgraph.records import Article, Failure

__all__ = ["read_input"]


# Files of these formats that hold no articles are nobody's mistake, unless they were named.
_OFTEN_NO_ARTICLES = frozenset({".json", ".xml", ".zip", ".tar"})


def read_input(given: Input) -> Iterator[Article | Failure]:
    """Read one file, member or stream by its format; each article has passed the checks that all must pass.

    Raises:
        ArticleError: it cannot be read at all, or not any further; what came before counts.
    """
    given = replace(given, stream=open_stream(given.stream, given.name, given.limits))
    ending = given.ending or sniff(given.stream)
    reader = _readers().get(ending)
    if reader is None:
        raise ArticleError(given.name, f"not a format that we read; known are {', '.join(_readers())}")
    count = 0
    for outcome in reader(given):
        count += 1
        yield outcome if isinstance(outcome, Failure) else _finished(outcome, given)
    if count == 0 and (given.sure or ending not in _OFTEN_NO_ARTICLES):
        raise ArticleError(given.name, "holds no articles")


def _readers() -> dict[str, Reader]:
    return {
        ".txt": read_plain,
        ".md": read_markdown,
        ".html": read_html,
        ".json": read_json,
        ".jsonl": read_json_lines,
        ".csv": read_csv,
        ".parquet": read_parquet,
        ".warc": read_warc,
        ".xml": read_feed,
        ".eml": read_mail,
        ".pdf": read_pdf,
        ".docx": read_docx,
        ".zip": partial(read_zip, inner=read_input),
        ".tar": partial(read_tar, inner=read_input),
    }


def _finished(article: Article, given: Input) -> Article | Failure:
    name = given.name if article.id == given.id else f"{given.name}: {article.id}"
    try:
        return finish(article, name, given.limits)
    except ArticleError as error:
        return failure(error.article, error.problem)
