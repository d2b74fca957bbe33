"""Pure: what of Gradio's server is open. All else is as if it were not there.

It has more than the page needs: files of its folders and of other servers (``file=``), other servers behind
it (``proxy=``), media streams, parts of components, saved states, a monitor.
"""

from __future__ import annotations

PUBLIC = ("/assets/", "/static/", "/svelte/", "/scripts/")
"""The program itself, which holds nothing of the documents: given without a password."""
UPLOAD = "/gradio_api/upload"
AGENTS = "/mcp"
_PLACES = frozenset("/ /config /theme.css /favicon.ico /manifest.json /robots.txt /mcp".split())
_API = frozenset(
    "info openapi.json login_check app_id queue/join queue/data queue/status component_server upload "
    "upload_progress cancel reset theme.css".split()
)
_API_UNDER = ("call/", "heartbeat/")
_PUBLIC_PLACES = frozenset({"/theme.css", "/favicon.ico", "/robots.txt", "/manifest.json"})
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "DELETE"})


def is_open(path: str) -> bool:
    """Whether something of the page, its API or the agents' door is there."""
    if "\\" in path or ".." in path.split("/"):
        return False
    if path.startswith(PUBLIC) or (path.rstrip("/") or "/") in _PLACES:
        return True
    place = path.removeprefix("/gradio_api/")
    return place != path and (place.rstrip("/") in _API or place.startswith(_API_UNDER))


def is_public(path: str) -> bool:
    """Whether it is given to whom has not said the password."""
    return path.startswith(PUBLIC) or path in _PUBLIC_PLACES
