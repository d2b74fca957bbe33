"""Which hosts may be asked for a page: those that the whole world can ask, and no others."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

PORTS = frozenset({80, 443})
"""The ports of the web."""

_LOCAL_NAMES = frozenset("localhost localdomain local internal intranet lan home.arpa onion".split())
_NAT64 = IPv6Network("64:ff9b::/96")


def is_local_name(host: str) -> bool:
    """Whether a name belongs to this machine or its network, whatever it leads to: ``nas.local``."""
    name = host.lower().rstrip(".")
    return any(name == local or name.endswith(f".{local}") for local in _LOCAL_NAMES)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet; in IPv6, also by the IPv4 one inside it."""
    try:
        whole = ip_address(address)
    except ValueError:
        return False
    return all(map(_is_public, (whole, *_inside(whole))))


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if address.is_multicast or address.is_unspecified or address.is_loopback or address.is_link_local:
        return False
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_reserved
    if address in _NAT64 or address.ipv4_mapped:
        return True  # its IPv4 address decides
    return address.is_global and not address.is_reserved and not address.is_site_local


def _inside(address: IPv4Address | IPv6Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses that an IPv6 one leads to: mapped, NAT64, 6to4, Teredo."""
    if isinstance(address, IPv4Address):
        return ()
    if address in _NAT64:
        return (IPv4Address(int(address) & 0xFFFFFFFF),)
    found = (address.ipv4_mapped, address.sixtofour, *(address.teredo or ()))
    return tuple(one for one in found if one is not None)
