"""Where the page may listen."""

from __future__ import annotations

import ipaddress
import os
import socket
from contextlib import suppress

from rag.errors import SettingsError
from rag.settings import Settings


def refuse_strangers(settings: Settings) -> None:
    """Refuse to let anybody in by accident.

    Raises:
        SettingsError: other machines could reach the page, which asks for no password.
    """
    if settings.login is None and not settings.allow_anyone and not _is_loopback(settings.host):
        raise SettingsError("open_to_others", host=settings.host)


def _is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address; one that is not there is refused elsewhere."""
    with suppress(socket.gaierror):
        found = socket.getaddrinfo(host, None, flags=socket.AI_PASSIVE)
        return all(ipaddress.ip_address(str(entry[4][0])).is_loopback for entry in found)
    return True


def free_port(host: str, port: int) -> int:
    """The port if it can be listened on; for 0, one that can.

    Raises:
        SettingsError: it cannot; says which setting to change.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror:
        raise SettingsError("no_address", host=host) from None
    with socket.socket(family, kind, protocol) as probe:
        if os.name != "nt":  # there it would let two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            reason = error.strerror or str(error)
            raise SettingsError("not_listening", host=host, port=port, reason=reason) from None
        return int(probe.getsockname()[1])
