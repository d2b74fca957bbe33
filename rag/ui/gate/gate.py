"""The gate: an ASGI application around the page's, which every request passes first."""

from __future__ import annotations

import logging
from asyncio import to_thread
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.errors import InputError, ReadOnly
from rag.settings import Settings
from rag.ui.gate import routes
from rag.ui.gate.body import Calls, counted, handed_on, names_a_file
from rag.ui.gate.headers import secure
from rag.ui.gate.login import Login
from rag.ui.gate.names import Names
from rag.ui.gate.origin import is_foreign
from rag.ui.gate.refusal import Refused, reader_language
from rag.ui.gate.uploads import demand_room

AT_ONCE = 64
"""So many calls are worked on or wait at the same time,"""
UPLOADS_AT_ONCE = 8
"""and so many files come in."""
_AROUND = 100_000
"""Bytes that an upload has besides its file."""
_NO_JSON = {"/login": "application/x-www-form-urlencoded", routes.UPLOAD: "multipart/form-data"}
_FORWARDED = (b"x-forwarded-host", b"x-forwarded-proto", b"forwarded")
"""What a proxy says of an address; Gradio would believe anybody. uvicorn has read what is to be believed."""

_STOPPED = "replique.stopped"
"""Where a request says why it was refused while the page was reading it."""

logger = logging.getLogger(__name__)


class _Answer:
    """What the page answers, with the headers that browsers need, or what is to be said instead."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self.begun = False
        self.instead: Refused | None = None

    async def of_page(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.instead = self._scope.get(_STOPPED)
            if message["status"] == 503:  # Gradio's queue is full
                self.instead = Refused(503, InputError("too_busy"), Retry_After="5")
        if self.instead is None:
            await self.ours(message)

    async def ours(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            secure(message, self._scope["path"])
        await self._send(message)


class Gate:
    """Refuses what is not meant for the page, from elsewhere, without the password, or too much.

    Args:
        app: the page's.
        settings: with the host that it listens on.
        port: likewise.
        uploads: folder where Gradio leaves what is sent.
    """

    def __init__(self, app: ASGIApp, settings: Settings, port: int, uploads: Path) -> None:
        self._app = app
        self._settings = settings
        self._uploads = uploads
        self._names = Names(settings.host, port, settings.proxied_names)
        self._login = Login(settings.login, port)
        self._calls = Calls()
        self._working = {False: 0, True: 0}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it here."""
        if scope["type"] == "lifespan":
            return await self._app(scope, receive, send)
        if scope["type"] != "http":  # the page has no web sockets
            return await send({"type": "websocket.close", "code": 1008})
        request, answer, reply = Request(scope, receive), _Answer(scope, send), None
        try:
            reply = await self._answered(request, answer.of_page)
        except Refused as refused:
            answer.instead = refused
        except Exception:  # of Gradio's or ours; its traceback is for a terminal that asks for it
            logger.warning("%s %s failed", scope["method"], scope["path"][:200])
            logger.debug("failed", exc_info=True)
            answer.instead = answer.instead or Refused(500, InputError("unexpected_call"))
        if answer.instead is not None:
            reply = answer.instead.response(reader_language(request.headers.get("accept-language", "")))
        if reply is not None and not answer.begun:
            await reply(scope, receive, answer.ours)
        return None

    async def _answered(self, request: Request, send: Send) -> Response | None:
        """Answer a request; ``None`` where the page has.

        Raises:
            Refused: it is not let in.
        """
        self._demand_own(request)
        path, query = request.url.path, request.url.query
        if (path.rstrip("/"), request.method) == ("/logout", "POST"):
            return self._login.leave(request.cookies)
        address = request.client.host if request.client else ""
        if (path.rstrip("/"), request.method) == ("/login", "POST"):
            body = await self._calls.read(request.receive, request.headers.get("content-length"))
            https = request.url.scheme == "https"
            return self._login.enter(body, request.headers, address, https, query)
        if not routes.is_public(path) and not self._login.admits(request.headers, request.cookies, address):
            return self._who(request)
        if not routes.is_open(path) or request.method not in routes.METHODS:
            raise Refused(404, InputError("no_such_route"))
        await self._pass_on(request, send)
        return None

    def _demand_own(self, request: Request) -> None:
        """Refuse a request that is for another page, or from one."""
        headers, (reached, _) = request.headers, request.scope.get("server") or ("", None)
        hosts = [*headers.getlist("host"), *headers.getlist("x-forwarded-host")]
        if len(headers.getlist("host")) != 1 or not all(self._names.own(host, reached) for host in hosts):
            raise Refused(421, InputError("host_foreign"))
        if is_foreign(request.method, headers):
            raise Refused(403, InputError("origin_foreign"))

    def _who(self, request: Request) -> Response:
        """Ask who it is: a reader by the form, an agent by HTTP Basic."""
        lang = reader_language(request.headers.get("accept-language", ""))
        if request.url.path == "/" and request.method in ("GET", "HEAD"):
            return self._login.form(lang, request.url.query)
        asked = {"WWW_Authenticate": 'Basic realm="Replique", charset="UTF-8"'}
        raise Refused(401, InputError("login_needed"), **(asked if request.url.path == routes.AGENTS else {}))

    async def _pass_on(self, request: Request, send: Send) -> None:
        scope = request.scope
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] not in _FORWARDED]
        if request.method in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, request.receive, send)
            return
        uploading = request.url.path.rstrip("/") == routes.UPLOAD
        if self._working[uploading] >= (UPLOADS_AT_ONCE if uploading else AT_ONCE):
            raise Refused(503, InputError("too_busy"), Retry_After="5")
        self._working[uploading] += 1
        try:
            received = await (self._upload(request) if uploading else self._call(request))
            await self._app(scope, _noted(scope, received), send)
        finally:
            self._working[uploading] -= 1

    async def _call(self, request: Request) -> Receive:
        _demand_kind(request)
        body = await self._calls.read(request.receive, request.headers.get("content-length"))
        if names_a_file(body):
            raise Refused(400, InputError("call_names_file"))
        return handed_on(body, request.receive)

    async def _upload(self, request: Request) -> Receive:
        if self._settings.read_only:
            raise Refused(403, ReadOnly("read_only"))
        _demand_kind(request)
        largest = self._settings.max_file_bytes
        await to_thread(demand_room, self._uploads, largest)
        return counted(request.receive, request.headers.get("content-length"), largest + _AROUND)


def _noted(scope: Scope, receive: Receive) -> Receive:
    """Gradio answers in its own way to a refusal amid a body: it is noted, to be given instead."""

    async def noted() -> Message:
        try:
            return await receive()
        except Refused as refused:
            scope[_STOPPED] = refused
            raise

    return noted


def _demand_kind(request: Request) -> None:
    """Refuse what a form of another site could send without asking first."""
    wanted = _NO_JSON.get(request.url.path.rstrip("/"), "application/json")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != wanted and request.method == "POST":
        raise Refused(415, InputError("sent_kind", wanted=wanted))
