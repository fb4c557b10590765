"""Which addresses a fetch may connect to: public ones, and private ones only of hosts that are allowed by name."""

from __future__ import annotations

import ipaddress
import socket
from ipaddress import IPv4Address, IPv6Address

Address = IPv4Address | IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# RFC 8215: a site's own translation, whose prefix length only the site knows.
_LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")

# RFC 6890: for protocols between machines of one network; older Pythons know only a part of it.
_PROTOCOLS = ipaddress.IPv4Network("192.0.0.0/24")


class RefusedError(OSError):
    """The host has no address that may be connected to; the text says why and how to allow it."""


def is_public(address: Address) -> bool:
    """False for private, loopback, link-local, multicast and reserved ones, also where IPv6 carries such an IPv4."""
    carried = _carried(address)
    if carried is not None:
        return is_public(carried)
    if isinstance(address, IPv4Address) and address in _PROTOCOLS:
        return False
    if isinstance(address, IPv6Address) and (address.is_site_local or address in _LOCAL_NAT64):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolve(host: str, port: int, allowed: frozenset[str]) -> list[str]:
    """The addresses of ``host`` that may be connected to, in the resolver's order.

    The caller connects to one of these and not to the name, so that a second answer of the resolver cannot slip in.

    Raises:
        RefusedError: none of its addresses is public, and ``allowed`` does not name the host.
        OSError: the name does not resolve.
    """
    found = dict.fromkeys(str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    if host.lower() in allowed:
        return list(found)
    public = [address for address in found if is_public(ipaddress.ip_address(address.split("%")[0]))]
    if not public:
        raise RefusedError(
            f"{host} has only addresses of a private network ({', '.join(found)}); to fetch from it, allow it by name"
        )
    return public


def _carried(address: Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for (mapped, 6to4, NAT64), else None."""
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
