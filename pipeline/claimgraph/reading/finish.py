"""The checks that every article passes, whatever it was read from."""

import re
from dataclasses import replace

from claimgraph.config import Limits
from claimgraph.errors import ArticleError
from claimgraph.reading.decode import clean
from claimgraph.reading.furniture import furniture
from claimgraph.reading.language import foreign_language
from claimgraph.reading.outlets import country_of, outlet_of
from claimgraph.reading.source import printable
from claimgraph.records import Article

__all__ = ["finish"]

_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\d++(?:[.,]\d++)*+")


def finish(article: Article, name: str, limits: Limits) -> Article:
    """Give an article what its format could not: furniture, country and outlet; refuse what is no English prose.

    Raises:
        ArticleError: too long, without words, or in another language; the message says which and what to do.
    """
    title, body = clean(_one_line(article.title)), clean(article.body)
    _check_size(title, body, name, limits)
    if not _LETTER.search(body):
        raise ArticleError(name, "holds no words; there is nothing to read in it")
    if language := foreign_language(f"{title}\n{body}"):
        raise ArticleError(name, f"written in {language}; only English is read")
    outlet = clean(_one_line(article.outlet or "")) or outlet_of(article.url)
    whole = replace(
        article,
        id=printable(article.id),
        title=title,
        body=body,
        outlet=outlet or None,
        country=article.country or country_of(outlet, article.url),
        author=clean(_one_line(article.author or "")) or None,
        url=clean(article.url) if article.url else None,
    )
    return replace(whole, furniture=furniture(whole))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _check_size(title: str, body: str, name: str, limits: Limits) -> None:
    longest = max(map(len, body.splitlines()), default=0)
    if longest > limits.line_chars:
        problem = f"a paragraph of {longest:,} characters is no prose; the limit line_chars is {limits.line_chars:,}"
        raise ArticleError(name, problem)
    size = len(title) + len(body)
    if size > limits.article_chars:
        problem = f"{size:,} characters are more than the limit article_chars ({limits.article_chars:,}); split it"
        raise ArticleError(name, problem)
    numbers = sum(1 for _ in _NUMBER.finditer(body))
    if numbers > limits.article_numbers:
        problem = f"{numbers:,} numbers are more than the limit article_numbers ({limits.article_numbers:,}); split it"
        raise ArticleError(name, problem)
