"""A served page, and an agent that asks it."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx

from rag.answer.assistant import Assistant
from rag.settings import load_settings, shipped_corpus
from rag.store.index import Index
from rag.ui.server import launch


def served(store: Path, **settings: Any) -> Iterator[str]:
    index = Index(load_settings(**{"store": store, "corpus": shipped_corpus(), **settings}))
    page, url = launch(Assistant(index))
    yield url
    page.close(verbose=False)
    index.close()


def with_agent(url: str, act: Callable[[Any], Awaitable[Any]], **headers: str) -> Any:
    """Let a real client of the protocol act."""
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def run() -> Any:
        async with (
            httpx.AsyncClient(headers=headers, trust_env=False) as caller,
            streamable_http_client(f"{url}mcp", http_client=caller) as (reading, writing, _),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            return await act(session)

    return asyncio.run(run())


def basic(login: str) -> str:
    return f"Basic {base64.b64encode(login.encode()).decode()}"
