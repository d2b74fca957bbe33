"""Who has said the password: compared in constant time, remembered by a cookie; nothing is written down."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections import OrderedDict

IDLE = 3 * 86_400.0
"""A session that is not used so long is over, in seconds."""
MOST = 1000
"""So many at once; then the one that has not been used for longest is over."""


class Credentials:
    """One user and password.

    Args:
        login: both.
    """

    def __init__(self, login: tuple[str, str]) -> None:
        self._wanted = [_digest(part) for part in login]

    def right(self, user: str, password: str) -> bool:
        """Whether these are they; takes as long whichever of them is wrong, and however wrong."""
        same = [
            hmac.compare_digest(_digest(given), wanted)
            for given, wanted in zip((user, password), self._wanted, strict=True)
        ]
        return all(same)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def basic(authorization: str) -> tuple[str, str] | None:
    """User and password of HTTP Basic (RFC 7617); ``None`` where there are none."""
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, colon, password = base64.b64decode(given, validate=True).decode().partition(":")
    except ValueError:
        return None
    return (user, password) if colon else None


class Sessions:
    """Those who are in, by the digest of the token that their browser has; times are seconds of one clock."""

    def __init__(self) -> None:
        self._used: OrderedDict[bytes, float] = OrderedDict()

    def open(self, now: float) -> str:
        """The token of a new one."""
        token = secrets.token_urlsafe(32)
        self._used[_digest(token)] = now
        if len(self._used) > MOST:
            self._used.popitem(last=False)
        return token

    def knows(self, token: str, now: float) -> bool:
        """Whether that one is in."""
        key = _digest(token)
        if now - self._used.get(key, float("-inf")) > IDLE:
            self._used.pop(key, None)
            return False
        self._used[key] = now
        self._used.move_to_end(key)
        return True

    def close(self, token: str) -> None:
        """That one is out."""
        self._used.pop(_digest(token), None)
