"""What a web page says about the article on it: JSON-LD first, then meta elements, then what readers see."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from claimgraph.reading.dates import parse_published

__all__ = ["PageFacts"]

_ARTICLE = re.compile(r"\w*Article|BlogPosting|SocialMediaPosting|Report")
_LIVE = "LiveBlogPosting"  # its postings are no articles, and its headline changes with the news
_LD_DATE = re.compile(r'"datePublished"\s{0,4}:\s{0,4}"([^"]{8,40})"')
_DATES = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "publish-date",
    "pubdate",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
)
_SEPARATOR = re.compile(r"\s[|–—-]\s|\s\|\s?|\s?[»•]\s")
_URL_DAY = re.compile(
    r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:[/-]|$)|[-/]((?:19|20)\d{2})-(\d{2})-(\d{2})(?!\d)"
)
_LD_BLOCKS, _LD_NODES = 50, 5_000  # more structured data than any page of one article has
_HEADING_CHARS = 400


class PageFacts:
    """Title, outlet, date, address and writer of the article on a page; each None where the page doesn't say."""

    def __init__(self, tree: HtmlElement, address: str | None = None) -> None:
        self._address = address
        self._meta = _meta(tree)
        self._blocks = _ld_texts(tree)
        nodes = list(_ld_nodes(self._blocks))
        self._live = [node for node in nodes if _LIVE in _kinds(node)]
        self._headings = [text for h in tree.iter("h1") if (text := _line(h.text_content()))]
        articles = [node for node in nodes if not self._live and any(map(_ARTICLE.fullmatch, _kinds(node)))]
        self._articles = self._own(articles) or articles
        self._window = _line(next((t.text_content() for t in tree.iter("title")), ""))
        self._link = next((e.get("href", "") for e in tree.iter("link") if e.get("rel") == "canonical"), "")

    @property
    def url(self) -> str | None:
        """The canonical address, else the one under which the page was fetched."""
        given = (self._link, self._meta.get("og:url", ""), *(_text(node.get("url")) for node in self._articles))
        return next((url for url in given if url.startswith(("http://", "https://"))), self._address)

    @property
    def author(self) -> str | None:
        """The writers, as JSON-LD or the meta elements name them."""
        names = [name for node in self._articles for name in _names(node.get("author"))]
        return ", ".join(dict.fromkeys(names)) or self._meta.get("author") or None

    @property
    def title(self) -> str | None:
        """The headline: what structured data and the largest heading agree on, else the title given to others.

        Of 35 saved pages (`../shared/html`) this was the annotated title on 34; the title for others alone
        (`og:title`) on 32, JSON-LD alone on 26.
        """
        headlines = [_line(_text(node.get("headline"))) for node in self._articles]
        stated = {_letters(headline) for headline in headlines} - {""}
        agreed = next((h for h in self._headings if _letters(h) in stated), None)
        given = self._meta.get("og:title") or self._meta.get("twitter:title")
        title = agreed or (self._without_site(given) if given else None) or next(iter(headlines), None)
        return title or next(iter(self._headings), None) or self._without_site(self._window) or None

    @property
    def outlet(self) -> str | None:
        """The site's name: the one that most of structured data, meta elements, title and address agree on."""
        host = (urlsplit(self.url or "").hostname or "").removeprefix("www.")
        named = [self._meta.get("og:site_name", ""), *self._publishers(), self._meta.get("application-name", "")]
        named = [name for name in [*named, *_SEPARATOR.split(self._window)[1:][-1:]] if 1 < len(name) <= 60]
        if not named:
            return host or None
        votes = Counter(map(_key, dict.fromkeys(named)))
        votes[_key(host.rpartition(".")[0])] += 1
        best = max(named, key=lambda name: votes[_key(name)])
        # of several spellings the one with spaces and capitals: `National Post`, not `nationalpost`
        same = [name for name in named if _key(name) == _key(best)]
        return max(same, key=lambda name: (" " in name.strip(), name[:1].isupper())).strip()

    def published(self, estimate: date | None) -> date | None:
        """Give the time of publication by the clock of the outlet where the page tells it.

        Args:
            estimate: what htmldate makes of the page; taken where neither JSON-LD nor meta elements say.
        """
        given = [*(_text(node.get("datePublished")) for node in (*self._live, *self._articles))]
        given += [self._meta[name] for name in _DATES if name in self._meta]
        given += [found for block in self._blocks for found in _LD_DATE.findall(block)[:1]]
        known = [(raw, day) for raw in given if (day := parse_published(raw))]
        if not known:
            return estimate
        first = _day(known[0][1])
        near = [(raw, day) for raw, day in known if abs(_day(day) - first) <= timedelta(days=1)]
        return self._local(min(near, key=lambda pair: _rank(*pair))[1])

    def _own(self, articles: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Give those of several articles in the structured data whose headline the page shows as its heading."""
        shown = {_letters(heading) for heading in self._headings} - {""}
        return [node for node in articles if _letters(_line(_text(node.get("headline")))) in shown]

    def _local(self, day: date) -> date:
        """Prefer the day in the address, which is the outlet's own, where a clock in UTC says the one next to it."""
        found = _URL_DAY.search(self.url or "")
        said = parse_published("-".join(part for part in found.groups() if part)) if found else None
        return said if said and abs(_day(day) - _day(said)) == timedelta(days=1) else day

    def _publishers(self) -> list[str]:
        return [name for node in self._articles for name in _names(node.get("publisher"))]

    def _without_site(self, title: str) -> str:
        """Take the site's name and section off the end of a title: those parts that the headings don't have."""
        parts = list(_SEPARATOR.finditer(title))
        site, headings = _key(self.outlet or ""), {_letters(heading) for heading in self._headings} - {""}
        for part in parts:
            rest, head = title[part.end() :], title[: part.start()].strip()
            if _letters(head) in headings or (site and site in _key(rest)[-len(site) - 8 :]):
                return head
        return title.strip()


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = _line(element.get("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _ld_texts(tree: HtmlElement) -> list[str]:
    scripts = (e for e in tree.iter("script") if "ld+json" in (e.get("type") or ""))
    return [e.text or "" for e in scripts][:_LD_BLOCKS]


def _ld_nodes(blocks: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the objects of all blocks, outer ones first; blocks that are no JSON are left out."""
    queue: list[Any] = []
    for block in blocks:
        try:
            queue.append(json.loads(block, strict=False, parse_int=str))
        except (ValueError, RecursionError):
            continue
    for count, node in enumerate(queue):
        if count > _LD_NODES:
            return
        if isinstance(node, dict):
            yield node
            queue.extend(value for value in node.values() if isinstance(value, dict | list))
        else:
            queue.extend(value for value in node if isinstance(value, dict | list))


def _kinds(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _names(value: Any) -> list[str]:
    """Give the names of a JSON-LD person or organisation, or of a list of them."""
    values = value if isinstance(value, list) else [value]
    names = (item.get("name") if isinstance(item, dict) else item for item in values)
    return [_line(name) for name in names if isinstance(name, str) and name.strip() and "://" not in name]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _line(text: str) -> str:
    return " ".join(text[: 10 * _HEADING_CHARS].split())[:_HEADING_CHARS]


def _key(name: str) -> str:
    """Reduce a name to what spellings of it share: `The National Post`, `nationalpost.com`."""
    bare = re.sub(r"^the\s|\.(?:com|org|net|co\.uk|[a-z]{2,3})$", "", name.strip().lower())
    return re.sub(r"[\W_]", "", bare)


def _letters(title: str) -> str:
    """Reduce a title to what its spellings share."""
    return re.sub(r"\W", "", title).lower()


def _day(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


def _rank(raw: str, day: date) -> int:
    """Order statements of one date: those with the place's own clock first, then UTC, then bare days."""
    if not isinstance(day, datetime):
        return 2
    local = re.search(r"[+-](?!00:?00)\d{2}:?\d{2}$", raw.strip())
    return 0 if local else 1
