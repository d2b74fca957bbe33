"""Question + texts -> scores of a reranker of the user's own, over HTTP, and every way it fails.

Two forms are spoken. ``/v1/rerank`` of llama.cpp, vLLM, Jina and Cohere takes ``documents`` and gives
``{"results": [{"index", "relevance_score"}]}``; ``/rerank`` of Text Embeddings Inference takes ``texts`` and
gives ``[{"index", "score"}]``.

Whatever goes wrong is an :class:`~rag.errors.EndpointError` whose message shows neither key nor address,
nor what was sent.
"""

from __future__ import annotations

import asyncio
import json
import math
import queue
import re
import threading
from collections.abc import Sequence
from functools import cache
from ssl import SSLContext
from typing import Any

import httpx

from rag.errors import EndpointError, SettingsError
from rag.settings import Settings

MOST_BYTES = 8_000_000
"""No reply is longer, even where a server repeats the texts in it."""
_GRACE = 0.5
"""Seconds that a request has to end once its time is over."""
_VERSIONED = re.compile(r"/v\d+/[^/]+$")
"""The end of an address that takes ``documents`` alone."""


class Reranker:
    """The reranker of the settings. Safe to share between threads; nothing is sent before it is asked.

    Raises:
        SettingsError: no address is set.
    """

    def __init__(self, settings: Settings) -> None:
        if not settings.rerank_url:
            raise SettingsError("rerank_unset")
        self._settings = settings

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers: one number each, in their order, on the server's own scale.

        More is better. It may be a probability or log-odds, and may only be compared within one call.

        Raises:
            EndpointError: the server fails, or has not sent all of its reply when its time is over.
        """
        if not texts:
            return []
        # In a thread and an event loop of its own a request can be ended at any moment. The time-outs of a
        # synchronous client start anew with each byte, and know nothing of looking up a name.
        answer: queue.SimpleQueue[list[float] | EndpointError] = queue.SimpleQueue()

        def work() -> None:
            answer.put(asyncio.run(self._ask(self._request(question, texts), len(texts))))

        thread = threading.Thread(target=work, name="replique-rerank", daemon=True)
        thread.start()
        try:
            found = answer.get(timeout=self._settings.rerank_timeout)
        except queue.Empty:
            found = _failure(TimeoutError())
        thread.join(_GRACE)  # a process that ends while it runs is aborted
        if isinstance(found, EndpointError):
            raise found from None
        return found

    def _request(self, question: str, texts: Sequence[str]) -> dict[str, Any]:
        request: dict[str, Any] = {"query": question, "documents": list(texts), "top_n": len(texts)}
        if self._settings.rerank_model:
            request["model"] = self._settings.rerank_model
        if not _VERSIONED.search(self._settings.rerank_url):
            # each server takes the name it knows; Text Embeddings Inference would refuse long texts uncut
            request |= {"texts": request["documents"], "truncate": True}
        return request

    async def _ask(self, request: dict[str, Any], count: int) -> list[float] | EndpointError:
        try:
            async with asyncio.timeout(self._settings.rerank_timeout):
                return _scores(json.loads(await self._reply(request)), count)
        except Exception as error:  # each layer has errors of its own
            return _failure(error)

    async def _reply(self, request: dict[str, Any]) -> bytes:
        key = self._settings.rerank_key.get_secret_value()
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        data = bytearray()
        async with (
            httpx.AsyncClient(verify=_trust(), timeout=None, headers=headers) as client,
            client.stream("POST", self._settings.rerank_url, json=request) as reply,
        ):
            if reply.status_code != 200:
                raise EndpointError("rerank_refused", kind="refused", status=reply.status_code)
            async for piece in reply.aiter_bytes():
                data += piece
                if len(data) > MOST_BYTES:
                    raise EndpointError("rerank_endless", kind="endless")
        return bytes(data)


@cache
def _trust() -> SSLContext:
    """What certificates are checked by: slow to read, and the same for all requests."""
    return httpx.create_ssl_context()


def _scores(reply: Any, count: int) -> list[float]:
    """The scores of a reply of either form, in the order of the texts."""
    rows = reply["results"] if isinstance(reply, dict) else reply
    found = {row["index"]: row["relevance_score" if "relevance_score" in row else "score"] for row in rows}
    if len(rows) != count or found.keys() != set(range(count)):
        raise EndpointError("rerank_unusable", kind="unusable", count=count)
    scores = [found[number] for number in range(count)]
    if not all(isinstance(score, int | float) and math.isfinite(score) for score in scores):
        raise EndpointError("rerank_unusable", kind="unusable", count=count)
    return [float(score) for score in scores]


def _failure(error: Exception) -> EndpointError:
    """An error of ours for whatever a request raised; its own words stay out, they may hold a key."""
    if isinstance(error, EndpointError):
        return error
    if isinstance(error, TimeoutError):
        return EndpointError("rerank_slow", kind="slow")
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
        return EndpointError("rerank_cut", kind="cut")
    if isinstance(error, httpx.TransportError | OSError):
        return EndpointError("rerank_silent", kind="unreachable")
    return EndpointError("rerank_unreadable", kind="unreadable", problem=type(error).__name__)
