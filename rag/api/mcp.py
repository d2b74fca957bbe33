r"""The services as tools of the Model Context Protocol (https://modelcontextprotocol.io), at ``/mcp``.

Gradio can make tools of its endpoints too (``mcp_server=True``, looked at in 6.31), but gives their results
as Python writes them, with ``\xa0`` for a no-break space: quotes would no longer be verbatim. Where the page
asks for a password, it lists the tools without one, and cannot call them.
"""

from __future__ import annotations

import base64
import secrets
from inspect import cleandoc
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from rag.api.services import Services
from rag.errors import SettingsError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


PATH = "/mcp"
INSTRUCTIONS = (
    "Answers questions about source documents with verbatim quotes, says when the sources do not say, checks "
    "what is claimed to be a quote, sets the sides of a debate against each other, trains a debater with "
    "questions, and keeps quotes as cards of a dossier. "
    "Give quotes to the character, with title, side and locator; never present what a source claims as fact."
)


def agent_app(services: Services, host: str, login: tuple[str, str] | None) -> dict[str, Any]:
    """What the page's server must be given to serve agents: routes, and what runs beside it.

    Args:
        services: what agents can call.
        host: the address that the page listens on. On a loopback address, calls that other web pages make
            are refused.
        login: user and password that agents must give (HTTP Basic); ``None``: they need none.

    Raises:
        SettingsError: the extra is not installed.
    """
    try:
        from mcp.server.fastmcp import FastMCP
        from mcp.server.fastmcp.exceptions import ToolError
    except ImportError:
        raise SettingsError("mcp_package") from None

    class Server(FastMCP):  # type: ignore[misc,unused-ignore]
        """Says in one line, as the services do, which argument has the wrong type."""

        async def call_tool(self, name: str, arguments: dict[str, Any]) -> Any:
            try:
                return await super().call_tool(name, arguments)
            except ToolError as error:
                if isinstance(error.__cause__, ValidationError):
                    raise ToolError(_in_one_line(error.__cause__)) from None
                raise

    server: Any = Server(
        "Réplique",
        instructions=INSTRUCTIONS,
        host=host,
        streamable_http_path=PATH,
        stateless_http=True,
        json_response=True,
        log_level="ERROR",
    )
    for service in services.named():
        server.add_tool(service, name=service.__name__, description=cleandoc(service.__doc__ or ""))
    routes = server.streamable_http_app().routes
    if login is not None:
        for route in routes:
            route.app = _Guarded(route.app, login)
    return {"routes": routes, "lifespan": lambda app: server.session_manager.run()}


def _in_one_line(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(str(step) for step in first['loc'])}: {first['msg']}"


class _Guarded:
    """Lets in who gives user and password (RFC 7617)."""

    def __init__(self, app: ASGIApp, login: tuple[str, str]) -> None:
        self._app = app
        self._wanted = b"Basic " + base64.b64encode(":".join(login).encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        from starlette.responses import PlainTextResponse

        given = dict(scope["headers"]).get(b"authorization", b"")
        if secrets.compare_digest(given, self._wanted):
            await self._app(scope, receive, send)
            return
        challenge = {"WWW-Authenticate": 'Basic realm="Replique", charset="UTF-8"'}
        refusal = PlainTextResponse("user and password are needed", 401, challenge)
        await refusal(scope, receive, send)
