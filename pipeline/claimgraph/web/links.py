"""Where things are: addresses of pages in the explorer, anchors inside the report."""

import hashlib
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

__all__ = ["Links", "PageLinks", "ReportLinks", "quoted", "slug"]


class Links(Protocol):
    """Gives the address of everything that can be shown."""

    def start(self) -> str:
        """Return the address of the start page."""

    def articles(self) -> str:
        """Return the address of the list of articles."""

    def observation(self, key: str) -> str:
        """Return the address of an observation."""

    def article(self, id: str) -> str:
        """Return the address of an article."""

    def claim(self, id: str, article: str) -> str:
        """Return the address of a claim in its article."""

    def outlet(self, name: str) -> str:
        """Return the address of an outlet."""

    def entity(self, name: str) -> str:
        """Return the address of an entity."""


def slug(id: str) -> str:
    """Return an anchor for an article id, which may hold any character."""
    return hashlib.blake2b(id.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def quoted(text: str) -> str:
    """Write any text as part of an address, lone surrogates included."""
    return quote(text.encode(errors="surrogatepass"), safe="")


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Addresses of the explorer's pages; `prefix` is where a proxy has mounted it, without a slash at its end."""

    prefix: str = ""

    def start(self) -> str:
        """Return the address of the start page."""
        return f"{self.prefix}/"

    def articles(self) -> str:
        """Return the address of the list of articles."""
        return f"{self.prefix}/articles"

    def observation(self, key: str) -> str:
        """Return the address of an observation."""
        return f"{self.prefix}/observation/{quoted(key)}"

    def article(self, id: str) -> str:
        """Return the address of an article."""
        return f"{self.prefix}/article?id={quoted(id)}"

    def claim(self, id: str, article: str) -> str:
        """Return the address of a claim in its article."""
        return f"{self.article(article)}#claim-{quoted(id)}"

    def outlet(self, name: str) -> str:
        """Return the address of an outlet."""
        return f"{self.prefix}/outlet?name={quoted(name)}"

    def entity(self, name: str) -> str:
        """Return the address of an entity."""
        return f"{self.prefix}/entity?name={quoted(name)}"


@dataclass(frozen=True, slots=True)
class ReportLinks:
    """Anchors inside the one file of the report."""

    def start(self) -> str:
        """Return the anchor of the contradictions."""
        return "#start"

    def articles(self) -> str:
        """Return the anchor of the articles."""
        return "#articles"

    def observation(self, key: str) -> str:
        """Return the anchor of an observation."""
        return f"#observation-{quoted(key)}"

    def article(self, id: str) -> str:
        """Return the anchor of an article."""
        return f"#article-{slug(id)}"

    def claim(self, id: str, article: str) -> str:
        """Return the anchor of a claim."""
        return f"#claim-{quoted(id)}"

    def outlet(self, name: str) -> str:
        """Return the anchor of the articles: the report has no page for each outlet."""
        return "#articles"

    def entity(self, name: str) -> str:
        """Return the anchor of the contradictions: the report has no page for each entity."""
        return "#start"
