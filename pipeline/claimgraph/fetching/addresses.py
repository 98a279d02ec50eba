"""Which machines may be asked: a name is resolved once, all of its addresses are checked, and those are connected to.

Whoever writes a feed chooses what we fetch, so none of it may reach the machines around us: routers, databases, the
metadata service of a cloud. Checking a name and then connecting to the name would resolve it twice, and a hostile
name server answers differently the second time.
"""

import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from claimgraph.errors import FetchError

__all__ = ["is_public", "public_addresses"]

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits
_METADATA = frozenset({ip_address("168.63.129.16")})  # Azure's, which is public by its number


def public_addresses(url: str, host: str, port: int, allowed: tuple[Network, ...]) -> list[str]:
    """Resolve a host and give its addresses in the resolver's order, all of which may be asked.

    Args:
        url: for the message.
        allowed: networks that may be asked although they are not public.

    Raises:
        FetchError: the name is unknown, or one of its addresses is not for us.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        # a name that is unknown now may be a name server that is away
        raise FetchError(url, f"the host {host} is not known ({error})", again=0) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not _may_be_asked(ip_address(address.partition("%")[0]), allowed):
            raise FetchError(url, f"{host} is {address}, which is no public address; --allow-private asks it anyway")
    return addresses


def _may_be_asked(address: Address, allowed: tuple[Network, ...]) -> bool:
    return is_public(address) or any(inner in network for network in allowed for inner in (address, _inner(address)))


def is_public(address: Address) -> bool:
    """Say whether an address is on the public internet; one that carries another inside is judged by that."""
    inner = _inner(address)
    return inner.is_global and not inner.is_multicast and inner not in _METADATA


def _inner(address: Address) -> Address:
    """Give the IPv4 address inside an IPv6 address that carries one (mapped, 6to4, NAT64), else the address."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
