"""What tests of the encoders share."""

from __future__ import annotations

import socket
from typing import Any, NoReturn

import pytest


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever tries the network fails."""

    def refuse(*args: Any) -> NoReturn:
        raise AssertionError(f"network: {args}")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
