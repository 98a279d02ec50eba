"""XML that is safe to parse, and fragments of HTML to text."""

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from claimgraph.errors import ArticleError

__all__ = ["parse_xml", "text_of_fragment"]

_BLOCKS = frozenset(
    {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "section", "article"}
    | {"blockquote", "header", "footer", "pre"}
)
_UNSEEN = frozenset(["script", "style", "head", "title", "noscript", "template", "svg", "iframe", "object"])


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Parse XML without resolving entities, loading anything, or growing beyond libxml2's limits.

    Raises:
        ArticleError: it is not XML, not even damaged.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ArticleError(name, f"not valid XML ({error}); fetch it again") from error
    if root is None:
        raise ArticleError(name, "not valid XML; fetch it again")
    return root


def text_of_fragment(markup: str) -> str:
    """Give the text of a piece of HTML, a blank line between its blocks; text without markup stays as it is."""
    if "<" not in markup and "&" not in markup:
        return markup
    parser = HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(f"<div>{markup}</div>".encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return ""
    parts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        unseen = element.tag in _UNSEEN
        if element.tag in _BLOCKS:
            parts.append("\n")
        if event == "start" and not unseen and element.text:
            parts.append(element.text)
        if event == "end" and element.tail:
            parts.append(element.tail)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n\n".join(line for line in lines if line)
