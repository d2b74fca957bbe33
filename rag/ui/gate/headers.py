"""What browsers are told to allow the page, and no more; what no answer says."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.ui.gate.routes import PUBLIC

CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""Of all that is no page."""
_PAGE = (
    "default-src 'none'; "
    # Gradio makes a function of each script of a component (js_on_load) and of its template.
    "script-src 'self' 'unsafe-eval' {scripts}; "
    # Gradio writes the theme's style into the page, and styles of elements.
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; "
    "object-src 'none'; frame-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), "
    "midi=(), display-capture=(), publickey-credentials-get=()",
}
_INLINE = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


def page_policy(html: bytes) -> str:
    """What a page of Gradio's may do: its own inline scripts are named by their digests, any other is none.

    Args:
        html: as it is sent, and what its script adds; Gradio escapes what stands in its scripts.
    """
    return _PAGE.format(scripts=" ".join(map(digest, _INLINE.findall(html))))


def digest(code: bytes) -> str:
    """An inline script or style sheet, as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code).digest()).decode()}'"


def secure(message: Message, path: str) -> None:
    """Put the headers on the start of an answer.

    Args:
        message: of ASGI, changed; a policy of its own stays.
        path: that was asked for: what is private is kept nowhere.
    """
    message.setdefault("headers", [])
    headers = MutableHeaders(scope=message)
    for name in [name for name in headers if name.startswith("access-control-") or name == "server"]:
        del headers[name]
    for name, value in _ALWAYS.items():
        headers[name] = value
    headers.setdefault("Content-Security-Policy", CLOSED)
    if not path.startswith(PUBLIC):
        headers["Cache-Control"] = "no-store"


class PagePolicy:
    """Gives pages their policy; stands inside of what compresses them.

    Args:
        app: what answers.
        head: HTML that Gradio's script puts into the page's head.
    """

    def __init__(self, app: ASGIApp, head: str) -> None:
        self._app = app
        self._head = head.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold a page back until it is whole."""
        start: Message | None = None
        pieces: list[bytes] = []

        async def held(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_page(message["headers"]):
                start = message
            elif start is None:
                await send(message)
            else:
                pieces.append(message.get("body", b""))
                if not message.get("more_body"):
                    html = b"".join(pieces)
                    MutableHeaders(scope=start)["Content-Security-Policy"] = page_policy(html + self._head)
                    await send(start)
                    await send({**message, "body": html})

        await self._app(scope, receive, held if scope["type"] == "http" else send)


def _is_page(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    return any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in headers)
