"""How politely and how far a fetch goes."""

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

__all__ = ["ANYWHERE", "Policy"]

#: Every address there is: what `allowed` is set to where private addresses may be asked.
ANYWHERE = (ip_network("0.0.0.0/0"), ip_network("::/0"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a server is spared, and what a server may cost us.

    agent: how we introduce ourselves, also to robots.txt.
    contact: mail or web address of whoever is responsible; told to the servers.
    delay: seconds between two requests to one host, at least; a host's own Crawl-delay counts if it is longer.
    tries: how often a page is asked for that fails for a passing reason.
    backoff: seconds before the second try, doubled for each further one, where the server does not say.
    patience: the longest wait in seconds that a server may ask for and get in this run; a longer one is written
        down, and the host left alone until it is over.
    again: seconds after which a page that a feed still names is asked for again, to see whether it changed.
    page_bytes: size of one answer, before and after decompression.
    seconds: wall time of one answer, from connecting to its last byte.
    redirects: how many are followed.
    entries: how many pages of one feed are looked at, its first ones.
    pages: how many pages are saved in one run; None for all.
    allowed: networks that may be asked although they are not public.
    """

    agent: str = "claimgraph"
    contact: str | None = None
    delay: float = 2.0
    tries: int = 3
    backoff: float = 2.0
    patience: float = 60.0
    again: float = 24 * 3600.0
    page_bytes: int = 10 * 1024 * 1024
    seconds: float = 60.0
    redirects: int = 5
    entries: int = 500
    pages: int | None = None
    allowed: tuple[IPv4Network | IPv6Network, ...] = ()
