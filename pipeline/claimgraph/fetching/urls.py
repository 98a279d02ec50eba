"""Addresses of pages: what may be asked, in the form in which it is asked."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from claimgraph.errors import FetchError

__all__ = ["Target", "joined", "normal", "target_of"]

_PORTS = {"http": 80, "https": 443}
_LENGTH = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address taken apart.

    host: for looking up and for TLS, in ASCII. netloc: for the Host header, with a port that is not the usual one.
    path: with the query, percent-encoded.
    """

    url: str
    secure: bool
    host: str
    port: int
    netloc: str
    path: str


def target_of(url: str) -> Target:
    """Take an address apart.

    Raises:
        FetchError: not http or https, no host, a password in it, or no address at all.
    """
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    try:
        parsed = parse_url(_ascii_host(url))
    except (LocationParseError, ValueError) as error:
        raise FetchError(url, "not an address of a page") from error
    if parsed.scheme not in _PORTS or not parsed.host:
        raise FetchError(url, "not an http or https address; only those are fetched")
    if parsed.auth:
        raise FetchError(url, "carries a name or password; those are never sent")
    usual = _PORTS[parsed.scheme]
    host, port = parsed.host, parsed.port or usual
    return Target(
        url=url,
        secure=parsed.scheme == "https",
        host=host.strip("[]"),
        port=port,
        netloc=host if port == usual else f"{host}:{port}",
        path=parsed.request_uri,
    )


def _ascii_host(url: str) -> str:
    """Write a host with letters outside ASCII as name servers know it."""
    host = urlsplit(url).hostname or ""
    return url if host.isascii() else url.replace(host, host.encode("idna").decode("ascii"), 1)


def normal(url: str) -> str:
    """Write an address so that one page has one: without the fragment and the feed's `utm_…` marks.

    Raises:
        FetchError: it is no address that we ask.
    """
    url = url.strip()
    if len(url) > _LENGTH or not url.isprintable():
        raise FetchError(url[:200], "not an address of a page")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise FetchError(url, "not an address of a page") from error
    query = parts.query
    if "utm_" in query:
        query = urlencode([pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0][:4] != "utm_"])
    path = parts.path or "/"
    url = urlunsplit((parts.scheme.lower(), parts.netloc, path, query, ""))
    target_of(url)
    return url


def joined(base: str, reference: str) -> str:
    """Give the address that a page at `base` means by a reference.

    Raises:
        FetchError: it means none that we ask.
    """
    try:
        return normal(urljoin(base, reference.strip()))
    except ValueError as error:
        raise FetchError(base, f"leads to {reference[:200]!r}, which is no address") from error
