"""RSS and Atom files: an article an item, with as much of its text as the feed carries; and where its pages are."""

from collections.abc import Iterator

from lxml import etree

from claimgraph.reading.dates import parse_published
from claimgraph.reading.markup import parse_xml, text_of_fragment
from claimgraph.reading.outlets import canonical, outlet_of
from claimgraph.reading.source import Input, failure
from claimgraph.records import Article, Failure

__all__ = ["feed_links", "read_feed"]

_ROOTS = frozenset({"rss", "feed", "RDF"})
_ITEMS = frozenset({"item", "entry"})
# The fullest text first: content:encoded (RSS), content (Atom), description (RSS), summary (Atom).
_BODY = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "date", "issued", "updated")


def read_feed(given: Input) -> Iterator[Article | Failure]:
    """Read the items of an RSS 0.9 to 2.0, RDF or Atom feed; other XML gives nothing. Entities are not resolved."""
    root = parse_xml(given.data, given.name)
    if _name(root) not in _ROOTS:
        return
    items = [element for element in root.iter() if _name(element) in _ITEMS]
    channel = next((element for element in root.iter() if _name(element) in ("channel", "feed")), root)
    outlet = _text(channel, ("title",))
    for number, item in enumerate(items, 1):
        yield _article(item, outlet, f"{given.id}:{number}", f"{given.name}:{number}")


def feed_links(data: bytes, name: str) -> list[str] | None:
    """Give the addresses of the pages that a feed or a sitemap names, in its order, each once; None if it is neither.

    Raises:
        ArticleError: it is not XML, not even damaged.
    """
    root = parse_xml(data, name)
    if _name(root) == "urlset":
        found = [_text(element, ("loc",)) for element in root if _name(element) == "url"]
    elif _name(root) in _ROOTS:
        found = [_link(element) or _permalink(element) for element in root.iter() if _name(element) in _ITEMS]
    else:
        return None
    return list(dict.fromkeys(filter(None, found)))


def _permalink(item: etree._Element) -> str:
    """Give the id of an RSS item where it is the page's address, as it is unless the item denies it."""
    ids = (child for child in item if _name(child) == "guid" and child.get("isPermaLink") != "false")
    return next((text for child in ids if (text := _inner(child)).startswith(("http://", "https://"))), "")


def _article(item: etree._Element, outlet: str, place: str, name: str) -> Article | Failure:
    body = text_of_fragment(_text(item, _BODY))
    if not body.strip():
        return failure(name, "the item carries no text; fetch the page that it links to")
    url = _link(item)
    dates = (parse_published(_text(item, (key,))) for key in _DATES)
    return Article(
        id=_text(item, ("guid", "id")) or url or place,
        title=text_of_fragment(_text(item, ("title",))),
        body=body,
        outlet=outlet_of(url) or canonical(outlet) or outlet or None,
        published=next(filter(None, dates), None),
        url=url or None,
        author=_text(item, ("creator", "author")) or None,
    )


def _text(element: etree._Element, names: tuple[str, ...]) -> str:
    """Give the text of the first child of the first name that has some."""
    for name in names:
        for child in element:
            if _name(child) == name and (text := _inner(child)):
                return text
    return ""


def _inner(element: etree._Element) -> str:
    """Give the text in an element and below it; references to entities are left out."""
    parts = [element.text or ""]
    for inner in element.iterdescendants():
        parts += [inner.text or "" if _name(inner) else "", inner.tail or ""]
    return "".join(parts).strip()


def _link(item: etree._Element) -> str:
    links = [child for child in item if _name(child) == "link"]
    main = [link for link in links if link.get("rel", "alternate") == "alternate"]
    return next((href for link in main if (href := (link.get("href") or link.text or "").strip())), "")


def _name(element: etree._Element) -> str:
    """Give the local name; empty for entity references and what else is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
