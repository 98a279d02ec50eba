"""Web pages: body by trafilatura, facts by what the page says about itself, date by htmldate where it doesn't."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from claimgraph.config import Limits
from claimgraph.errors import ArticleError
from claimgraph.reading.dates import parse_published
from claimgraph.reading.decode import decode
from claimgraph.reading.outlets import canonical, outlet_of
from claimgraph.reading.page import PageFacts
from claimgraph.reading.source import Input
from claimgraph.reading.tables import unfold_tables
from claimgraph.records import Article

__all__ = ["article_from_page", "read_html"]

_LEAST_WORDS = 8  # less is a button or a broken page, no article
_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u9fff]|[^\s\u0e00-\u0eff\u3040-\u9fff]+")  # some scripts have no spaces
_LINE, _STOPS, _CLOSING = 60, (".", "?", "!", "…", "。"), "\"'”’)» "  # a line so long is prose whatever it ends in
# Elements of AMP that hold what stands beside an article; its own vocabulary, which extractors of HTML do not know.
_BESIDE = ("amp-ad", "amp-consent", "amp-embed", "amp-sidebar", "amp-sticky-ad", "amp-user-notification")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?([\w.:-]{2,30})", re.IGNORECASE)

# A tag with its attributes, whose values are left out. Nothing in here is tried twice.
_TAG = re.compile(r"<[a-zA-Z](?:[^\"'<>]++|\"[^\"]*\"|'[^']*')*+")
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
# The parser takes the square of the time over them, 0.1 s for so many. What looks like a tag in scripts of the saved
# pages (`../shared/html`) has up to 1,800. And the characters of a tag that may hold as many.
_ATTRIBUTES, _LONG_TAG = 10_000, 20_000

# Controls, written as they are or as a reference: the parser takes them, but nobody may write them back into its tree.
_NO_XML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    r"|&#(?:0{0,9}(?:[0-8]|1[1-24-9]|2\d|3[01])(?!\d)|x0{0,9}(?:1?[0-8bcef]|1[9ad])(?![0-9a-f]));?",
    re.IGNORECASE,
)


def read_html(given: Input) -> Iterator[Article]:
    """Read the article of one page."""
    yield article_from_page(given.data, given.id, given.name, given.limits)


def article_from_page(
    data: bytes, identity: str, name: str, limits: Limits, url: str | None = None, charset: str | None = None
) -> Article:
    """Read the article of one page.

    The body is the text that trafilatura finds with its default settings, the best of eight on the 31 saved pages
    with a transcribed body (token F1 0.975; favouring precision 0.949, recall 0.967); tables of figures are
    unfolded before, so that every cell stands behind its header.

    Args:
        limits: what a page may cost.
        url: where the page was fetched; the page's own word counts first.
        charset: the encoding that the server named; used where the page names none.

    Raises:
        ArticleError: there is no article on the page.
    """
    declared = _CHARSET.search(data[:4096])
    page = decode(data, name, declared[1].decode("ascii") if declared else charset)
    tree = _parse(page, name, limits)
    facts = PageFacts(tree, url)
    address = facts.url
    published = facts.published(_estimated(tree, address))
    for element in list(tree.iter(*_BESIDE)):
        element.drop_tree()
    unfold_tables(tree)
    body = _body(tree, address)
    if not _is_prose(body):
        raise ArticleError(name, "no article found in the page; save the page with its text")
    return Article(
        id=identity,
        title=facts.title or "",
        body=body,
        outlet=outlet_of(address) or canonical(facts.outlet or "") or facts.outlet,
        published=published,
        url=address,
        author=facts.author,
    )


def _is_prose(body: str) -> bool:
    """Say whether a text has some words and a line that is a sentence; a gallery has only labels of its pictures."""
    enough = sum(1 for _ in islice(_WORD.finditer(body), _LEAST_WORDS)) == _LEAST_WORDS
    return enough and any(len(line) >= _LINE or line.rstrip(_CLOSING).endswith(_STOPS) for line in body.splitlines())


def _parse(page: str, name: str, limits: Limits) -> HtmlElement:
    """Parse a page whose size the parser and the extractor, which take the square of the time, can cope with."""
    if any(_is_endless(tag[0]) for tag in _TAG.finditer(page)):
        raise ArticleError(name, f"an element with more than {_ATTRIBUTES:,} attributes is no page; not read")
    tree = _parse_markup(page, name)
    elements = int(tree.xpath("count(//*)"))
    if elements > limits.page_elements:
        problem = f"{elements:,} elements are more than the limit page_elements ({limits.page_elements:,}); split it"
        raise ArticleError(name, problem)
    return tree


def _is_endless(tag: str) -> bool:
    return len(tag) > _LONG_TAG and len(_VALUE.sub(" ", tag).split()) > _ATTRIBUTES


def _parse_markup(page: str, name: str) -> HtmlElement:
    page = _NO_XML.sub("\ufffd", page)
    parser = HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ArticleError(name, f"no page that can be parsed ({error}); save it again") from error


def _estimated(tree: HtmlElement, url: str | None) -> date | None:
    """Ask htmldate, which also looks into addresses and datelines; not extensively, for then it guesses from ©."""
    from htmldate import find_date

    return parse_published(find_date(tree, url=url, original_date=True, extensive_search=False))


def _body(tree: HtmlElement, url: str | None) -> str:
    import trafilatura
    from trafilatura.settings import Document

    found = trafilatura.bare_extraction(tree, url=url, include_comments=False, with_metadata=False)
    return (found.text or "") if isinstance(found, Document) else ""
