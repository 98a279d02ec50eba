"""What is known about outlets: their name by address, their country, and names that only an outlet has."""

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from claimgraph.lexicon import load_entries

__all__ = ["Outlet", "canonical", "country_of", "is_outlet_name", "outlet_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An outlet whose name its address doesn't say, or whose country neither says.

    names: other names of it. domains: with everything below them. country: ISO 3166-1 alpha-2.
    """

    name: str
    country: str
    domains: tuple[str, ...]
    names: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletWord:
    """A word that names of outlets end in and names of people don't."""

    text: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A top-level domain that says another country than its letters do, or none (empty)."""

    text: str
    country: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


def outlet_of(url: str | None) -> str | None:
    """Name the known outlet that an address belongs to, None for others."""
    entry = _by_host(_host(url))
    return entry.name if entry else None


def canonical(name: str) -> str | None:
    """Give the usual name of a known outlet, None for others; case and a leading `The` don't matter."""
    entry = _by_name().get(_key(name))
    return entry.name if entry else None


def country_of(outlet: str | None, url: str | None) -> str | None:
    """Give the country of an outlet, ISO 3166-1 alpha-2: by its address, its name, or the address's last part."""
    host = _host(url)
    entry = _by_host(host) or (_by_name().get(_key(outlet)) if outlet else None)
    if entry:
        return entry.country
    last = (host or _as_host(outlet)).rpartition(".")[2]
    for domain in load_entries("en", "outlets", "domain", Domain, "text"):
        if domain.text == last:
            return domain.country or None
    return last.upper() if _is_country(last.upper()) else None


def is_outlet_name(name: str) -> bool:
    """Say whether a name in a byline or masthead is an outlet's: a known one, or one that ends as they do."""
    words = re.findall(r"[\w.]+", name)
    last = {entry.text for entry in load_entries("en", "outlets", "word", OutletWord, "text")}
    return canonical(name) is not None or (1 < len(words) <= 6 and words[-1].lower() in last)


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url).hostname or "") if url else ""
    except ValueError:
        return ""


def _as_host(outlet: str | None) -> str:
    """Take an outlet that is named by its domain (`news.example.co.uk`) as a host."""
    return outlet.lower() if outlet and re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", outlet) else ""


def _by_host(host: str) -> Outlet | None:
    parts = host.lower().split(".")
    known = _by_domain()
    return next((known[name] for i in range(len(parts)) if (name := ".".join(parts[i:])) in known), None)


@cache
def _by_domain() -> dict[str, Outlet]:
    return {domain: entry for entry in _outlets() for domain in entry.domains}


@cache
def _by_name() -> dict[str, Outlet]:
    return {_key(name): entry for entry in _outlets() for name in (entry.name, *entry.names)}


def _outlets() -> tuple[Outlet, ...]:
    return load_entries("en", "outlets", "outlet", Outlet, "name")


def _key(name: str) -> str:
    words = re.findall(r"\w+", name.lower())
    return " ".join(words[1:] if words[:1] == ["the"] else words)


@cache
def _is_country(code: str) -> bool:
    from babel.core import get_global

    return len(code) == 2 and code.isalpha() and code in get_global("territory_currencies")
