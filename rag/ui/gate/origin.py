"""Pure: whether a request comes from another site's page, by what browsers say of it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from rag.ui.gate.names import PORTS, authority

CHANGES_NOTHING = frozenset({"GET", "HEAD", "OPTIONS"})


def is_foreign(method: str, headers: Mapping[str, str]) -> bool:
    """Whether another site's page has made a browser send this.

    Programs that are no browsers say nothing of where they come from, and are not meant: who can make them
    send a request can send one himself. A link that is followed to the page from elsewhere is let through.

    Args:
        method: of HTTP.
        headers: names in small letters; ``host`` has been looked at.
    """
    host, site = headers.get("host", ""), headers.get("sec-fetch-site", "")
    if (origin := headers.get("origin")) is not None:
        return not same_site(origin, host)
    if site in ("cross-site", "same-site"):
        followed = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        return not (followed and method in CHANGES_NOTHING)
    referer = headers.get("referer")
    return method not in CHANGES_NOTHING and referer is not None and not same_site(referer, host)


def same_site(address: str, host: str) -> bool:
    """Whether an address of the web is of this host and port; ``null`` and the like are of none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    theirs, ours, port = authority(parts.netloc), authority(host), PORTS.get(parts.scheme)
    if theirs is None or ours is None or port is None:
        return False
    return (theirs.name, theirs.port or port) == (ours.name, ours.port or port)
