r"""The services as tools of the Model Context Protocol (https://modelcontextprotocol.io), at ``/mcp``.

Gradio can make tools of its endpoints too (``mcp_server=True``, looked at in 6.31), but gives their results
as Python writes them, with ``\xa0`` for a no-break space: quotes would no longer be verbatim.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from inspect import cleandoc
from typing import Any

from pydantic import ValidationError

from rag.api.debates import Debates
from rag.api.pages import page_as_json, pages_shown
from rag.api.services import Services
from rag.errors import SettingsError
from rag.quotes import WIDTHS

PATH = "/mcp"
INSTRUCTIONS = (
    "Answers questions about source documents with verbatim quotes, says when the sources do not say, checks "
    "what is claimed to be a quote, sets the sides of a debate against each other, trains a debater with "
    "questions, keeps quotes as cards of a dossier, and shows a quote on its page. "
    "Give quotes to the character, with title, side and locator; never present what a source claims as fact."
)


def agent_app(debates: Debates) -> dict[str, Any]:
    """What the page's server must be given to serve agents: routes, and what runs beside it.

    Args:
        debates: what agents are answered from. Who may ask is the page's to say: rag/ui/gate.

    Raises:
        SettingsError: the extra is not installed.
    """
    try:
        from mcp.server.fastmcp import FastMCP
        from mcp.server.fastmcp.exceptions import ToolError
        from mcp.server.transport_security import TransportSecuritySettings
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
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        streamable_http_path=PATH,
        stateless_http=True,
        json_response=True,
        log_level="ERROR",
    )
    for service in Services(debates).named():
        server.add_tool(service, name=service.__name__, description=cleandoc(service.__doc__ or ""))
    server.add_tool(_page_tool(debates), name="page_of", structured_output=False)
    routes = server.streamable_http_app().routes
    return {"routes": routes, "lifespan": lambda app: server.session_manager.run()}


def _page_tool(debates: Debates) -> Callable[..., Awaitable[list[Any]]]:
    """The page of a quote with its picture as an agent can look at it."""
    from mcp.server.fastmcp import Image

    async def page_of(source: str, start: int, end: int, sha256: str = "", debate: str = "") -> list[Any]:
        """Show a quote on the pages of its PDF: a picture of each, a box around each run of its words.

        Args:
            source: id of the source, such as a quote of ask has it.
            start: first character of the quote in the text of the source.
            end: the character after the last.
            sha256: of the quote, to be sure that its source is still the same; empty: not compared.
            debate: name of the debate to work in; empty: the server's own.

        Returns:
            The quote and the boxes on each page as JSON, then a picture of each page with them drawn.
        """
        tools = await debates.asked(debate)
        found, pictures = await asyncio.to_thread(
            pages_shown, tools, source, start, end, WIDTHS[0], True, sha256
        )
        told = json.dumps(page_as_json(found, [], "en"), ensure_ascii=False)
        return [told, *(Image(data=picture, format="png") for picture in pictures)]

    return page_of


def _in_one_line(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(str(step) for step in first['loc'])}: {first['msg']}"
