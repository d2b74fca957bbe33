"""A language model behind an OpenAI-compatible endpoint: text as it is written, and every way it fails.

Whatever goes wrong is an :class:`~rag.errors.EndpointError` whose message names neither key nor what the
endpoint sent. The whole reply has one deadline: an endpoint that sends a little now and then, for ever, ends
like one that sends nothing.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal

from rag.errors import EndpointError, SettingsError
from rag.settings import Settings

if TYPE_CHECKING:
    import httpx
    from llama_index.llms.openai_like import OpenAILike


Role = Literal["system", "user", "assistant"]
Message = tuple[Role, str]
Put = Callable[[str], None]

TOKEN_CHARACTERS = 8
"""A token of text is at most about so many characters; what writes more has no end."""
_POLL = 0.05
"""How often a stop is looked for while nothing comes, in seconds."""
_GRACE = 2.0
"""How much longer than its deadline a reply is waited for, should the network itself be stuck, in seconds."""


class Endpoint:
    """The endpoint of the settings. Safe to share between threads; nothing is sent before it is asked.

    Raises:
        SettingsError: no address is set, or a package is missing.
    """

    def __init__(self, settings: Settings) -> None:
        if not settings.llm_url:
            raise SettingsError("model_unset")
        try:
            import llama_index.llms.openai_like  # noqa: F401
        except ImportError:
            raise SettingsError("model_package") from None
        self.settings = settings
        self._model = settings.llm_model

    def model(self, seconds: float) -> str:
        """Name of the model: of the settings, else the first that the endpoint lists.

        Raises:
            EndpointError: it does not answer, or lists none.
        """
        return next(_apart(self._name_model, seconds, threading.Event()))

    def stream(
        self,
        messages: Sequence[Message],
        seconds: float,
        max_tokens: int | None = None,
        stop: threading.Event | None = None,
    ) -> Iterator[str]:
        """What the model writes, piece by piece.

        Args:
            messages: role and text of each.
            seconds: the model has for all of it.
            max_tokens: it may write; of the settings by default.
            stop: once set, the request is ended, and the iteration with it.

        Raises:
            EndpointError: it fails, at any moment.
        """
        most = max_tokens or self.settings.llm_max_tokens
        return _apart(lambda put: self._chat(messages, most, put), seconds, stop or threading.Event())

    async def _list_models(self, put: Put) -> None:
        import httpx

        key = self.settings.llm_key.get_secret_value()
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        async with httpx.AsyncClient(timeout=None) as client:
            reply = await client.get(f"{self.settings.llm_url}/models", headers=headers)
        if reply.status_code != 200:
            raise refused(reply.status_code)
        names = [model["id"] for model in reply.json()["data"]]
        for name in names:
            put(str(name))

    async def _name_model(self, put: Put) -> None:
        put(await self._model_name())

    async def _model_name(self) -> str:
        if not self._model:
            names: list[str] = []
            await self._list_models(names.append)
            if not names:
                raise EndpointError("model_unnamed", kind="empty")
            self._model = names[0]
        return self._model

    async def _chat(self, messages: Sequence[Message], max_tokens: int, put: Put) -> None:
        import httpx
        from llama_index.core.llms import ChatMessage

        name = await self._model_name()
        written, finish = 0, ""
        async with httpx.AsyncClient(timeout=None) as client:
            llm = self._llm(name, max_tokens, client)
            replies = await llm.astream_chat(
                [ChatMessage(role=role, content=text) for role, text in messages]
            )
            async for reply in replies:
                if reply.delta:
                    written += len(reply.delta)
                    put(reply.delta)
                finish = _finish(reply.raw) or finish
                if finish == "length" or written > TOKEN_CHARACTERS * max_tokens:
                    raise EndpointError("model_endless", kind="endless")
        if not written:
            raise EndpointError("model_empty", kind="empty")
        if not finish:
            raise EndpointError("endpoint_cut", kind="cut")

    def _llm(self, model: str, max_tokens: int, client: httpx.AsyncClient) -> OpenAILike:
        from llama_index.llms.openai_like import OpenAILike

        return OpenAILike(  # type: ignore[call-arg]  # the client is an argument of its parent
            model=model,
            api_base=self.settings.llm_url,
            api_key=self.settings.llm_key.get_secret_value() or "none",  # else it would take OpenAI's own
            is_chat_model=True,
            context_window=self.settings.llm_context,
            max_tokens=max_tokens,
            temperature=0.0,
            max_retries=0,
            timeout=self.settings.llm_timeout,
            async_http_client=client,
        )


def _finish(raw: Any) -> str:
    choices = getattr(raw, "choices", None) or ()
    return next((str(choice.finish_reason) for choice in choices if choice.finish_reason), "")


def refused(status: int) -> EndpointError:
    """What an HTTP status of an endpoint means."""
    keys = {
        401: "endpoint_refused_key",
        403: "endpoint_refused_key",
        404: "endpoint_refused_name",
        429: "endpoint_refused_busy",
    }
    return EndpointError(keys.get(status, "endpoint_refused"), kind="refused", status=status)


def _failure(error: Exception) -> EndpointError:
    """An error of ours for whatever a reply raised; its own words stay out, they may hold a key."""
    import httpx
    import openai

    if isinstance(error, EndpointError):
        return error
    if isinstance(error, openai.APIStatusError):
        return refused(error.status_code)
    if isinstance(error, TimeoutError | openai.APITimeoutError | httpx.TimeoutException):
        return EndpointError("model_slow", kind="slow")
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
        return EndpointError("endpoint_cut", kind="cut")
    if isinstance(error, openai.APIConnectionError | httpx.TransportError | OSError):
        return EndpointError("endpoint_silent", kind="unreachable")
    return EndpointError("endpoint_unreadable", kind="unreadable", problem=type(error).__name__)


def _apart(
    work: Callable[[Put], Coroutine[Any, Any, None]], seconds: float, stop: threading.Event
) -> Iterator[str]:
    """Run a request in a thread and an event loop of its own: there it can be ended at any moment."""
    pieces: queue.SimpleQueue[str | EndpointError | None] = queue.SimpleQueue()
    loop = asyncio.new_event_loop()

    async def bounded() -> None:
        try:
            async with asyncio.timeout(seconds):
                await work(pieces.put)
            pieces.put(None)
        except Exception as error:  # each package has errors of its own
            pieces.put(_failure(error))

    task = loop.create_task(bounded())

    def run() -> None:
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(task)
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    thread = threading.Thread(target=run, name="replique-llm", daemon=True)
    thread.start()
    waited = 0.0
    try:
        while not stop.is_set():
            try:
                piece = pieces.get(timeout=_POLL)
            except queue.Empty:
                waited += _POLL
                if waited > seconds + _GRACE:
                    raise _failure(TimeoutError()) from None
                continue
            if piece is None:
                return
            if isinstance(piece, EndpointError):
                raise piece
            yield piece
    finally:
        with suppress(RuntimeError):  # it has ended
            loop.call_soon_threadsafe(task.cancel)
        thread.join(_GRACE)  # a process that ends while it runs is aborted
