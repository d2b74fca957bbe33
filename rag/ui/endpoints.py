"""What other programs can call on the page's server; its page `?view=api` documents it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import wraps
from typing import Any

import gradio as gr
from gradio.events import api

from rag.api import Services
from rag.errors import RepliqueError


def add_endpoints(services: Services, at_once: int) -> None:
    """Give the page that is being built an endpoint for each service, ``/page_of`` and ``/ask_stream``.

    Args:
        services: what can be called.
        at_once: how many calls of each are answered at the same time; others wait in the queue.
    """
    for service in (*services.named(), services.pages.page_of):
        api(_told(service), api_name=service.__name__, concurrency_limit=at_once)
    api(_told_streaming(services.ask_stream), api_name="ask_stream", concurrency_limit=at_once)


def add_streams(at_once: int, **streams: Callable[[dict[str, Any]], AsyncIterator[dict[str, Any]]]) -> None:
    """Give the page that is being built what its own scripts read piece by piece (js/server.js), by name.

    They are endpoints, not events of a component: once Gradio's page has lost the server, it sends no event
    any more until it is loaded anew.

    Args:
        at_once: how many of each are answered at the same time; others wait in the queue.
        streams: none raises.
    """
    for name, stream in streams.items():
        api(_plain(stream), api_name=name, api_visibility="undocumented", concurrency_limit=at_once)


def _plain(stream: Callable[[dict[str, Any]], AsyncIterator[dict[str, Any]]]) -> Callable[..., Any]:
    async def endpoint(asked: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
        async for update in stream(asked):
            yield update

    return endpoint


def _told(service: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """A service whose errors reach the client as their one line."""

    @wraps(service)
    async def endpoint(*args: Any, **kwargs: Any) -> Any:
        try:
            return await service(*args, **kwargs)
        except RepliqueError as error:
            raise _for_client(error) from None

    return endpoint


def _told_streaming(service: Callable[..., AsyncIterator[Any]]) -> Callable[..., AsyncIterator[Any]]:
    @wraps(service)
    async def endpoint(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        try:
            async for result in service(*args, **kwargs):
                yield result
        except RepliqueError as error:
            raise _for_client(error) from None

    return endpoint


def _for_client(error: RepliqueError) -> gr.Error:
    return gr.Error(str(error), print_exception=False)
