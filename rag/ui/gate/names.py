"""Pure but for the machine's name: under which names the page is asked for.

A browser that another site has sent here by its own name ("DNS rebinding") still says that name in ``Host``.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
PORTS = {"http": 80, "https": 443}
"""Of an address that says none."""
_AUTHORITY = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?", re.IGNORECASE | re.ASCII)


class Authority(NamedTuple):
    """A name or number with a port, as an address of the web has it."""

    name: str
    port: int | None


def authority(text: str) -> Authority | None:
    """``name:port`` read, in small letters; ``None`` for what is no such thing."""
    found = _AUTHORITY.fullmatch(text)
    return Authority(found[1].lower(), int(found[2]) if found[2] else None) if found else None


class Names:
    """The names of one page.

    Args:
        host: what it listens on, without brackets.
        port: likewise.
        declared: names under which a proxy serves it; with a port where it is not 80 or 443.
    """

    def __init__(self, host: str, port: int, declared: Iterable[str] = ()) -> None:
        self.port = port
        self._declared = {known for name in declared if (known := authority(name))}
        self._fixed = {*LOCAL, _bracketed(host.lower()), *(() if _is_loopback(host) else _machine())}

    def own(self, host: str, reached: str = "") -> bool:
        """Whether a request is for this page.

        Args:
            host: what it says in ``Host``.
            reached: the address of this machine that it has come to, if known: that number names it, too.
        """
        asked = authority(host)
        if asked is None:
            return False
        if asked in self._declared:
            return True
        if asked.port in PORTS.values() and Authority(asked.name, None) in self._declared:
            return True
        without = asked.port is None and (self.port == PORTS["http"] or bool(self._declared))
        if asked.port != self.port and not without:
            return False
        return asked.name in self._fixed or _same_number(asked.name, reached)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _machine() -> set[str]:
    """How others on its network call this machine, as it knows itself: the network may be slow to say."""
    name = socket.gethostname().lower()
    return {name, f"{name.partition('.')[0]}.local"}


def _number(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    with suppress(ValueError):
        found = ipaddress.ip_address(text.strip("[]").partition("%")[0])
        return getattr(found, "ipv4_mapped", None) or found
    return None


def _is_loopback(host: str) -> bool:
    number = _number(host)
    return number.is_loopback if number else host.lower() == "localhost"


def _same_number(name: str, reached: str) -> bool:
    number = _number(name)
    return number is not None and number == _number(reached)
