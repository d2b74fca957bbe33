"""What a request carries: how much, how slowly, of what kind; read before the page sees any of it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from starlette.types import Message, Receive

from rag.errors import InputError
from rag.ui.gate.refusal import Refused

CALL_MOST = 10_000_000
"""The largest call, in bytes; its longest part is a text that is pasted."""
HELD_MOST = 10 * CALL_MOST
"""Bytes of calls that are held at once while they come in."""
PIECE = 30.0
"""Seconds between two pieces of what is sent."""
WHOLE = 120.0
"""Seconds that a whole call may take to come in,"""
UPLOAD_WHOLE = 1800.0
"""and a file."""


class Calls:
    """Reads calls whole, and keeps count of what is held meanwhile."""

    def __init__(self) -> None:
        self._held = 0

    async def read(self, receive: Receive, length: str | None) -> bytes:
        """A call's bytes.

        Args:
            receive: of ASGI.
            length: what it says of its length, if anything.

        Raises:
            Refused: too large, too slow, broken off, or too many at once.
        """
        _demand_length(length, CALL_MOST)
        pieces, size = [], 0
        deadline = asyncio.get_running_loop().time() + WHOLE
        try:
            while True:
                message = await next_piece(receive, deadline)
                piece = message.get("body", b"")
                size += len(piece)
                self._held += len(piece)
                pieces.append(piece)
                if size > CALL_MOST:
                    raise _too_large(CALL_MOST)
                if self._held > HELD_MOST:
                    raise Refused(503, InputError("too_busy"), Retry_After="5")
                if not message.get("more_body"):
                    return b"".join(pieces)
        finally:
            self._held -= size


def handed_on(body: bytes, receive: Receive) -> Receive:
    """A call that was read whole, for the page to read again; then what comes after it."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def counted(receive: Receive, length: str | None, most: int) -> Receive:
    """A file that is sent, as it comes in.

    Raises:
        Refused: it is too large; when it is read, too slow, too.
    """
    _demand_length(length, most)
    deadline = asyncio.get_running_loop().time() + UPLOAD_WHOLE
    size, whole = 0, False

    async def piece() -> Message:
        nonlocal size, whole
        if whole:
            return await receive()
        message = await next_piece(receive, deadline)
        size += len(message.get("body", b""))
        whole = not message.get("more_body")
        if size > most:
            raise _too_large(most)
        return message

    return piece


async def next_piece(receive: Receive, deadline: float) -> Message:
    """The next piece of a body.

    Raises:
        Refused: it does not come in time, or whoever sends it is gone.
    """
    patience = min(PIECE, deadline - asyncio.get_running_loop().time())
    try:
        message = await asyncio.wait_for(receive(), patience)
    except TimeoutError:
        raise Refused(408, InputError("sent_slowly"), Connection="close") from None
    if message["type"] == "http.disconnect":
        raise Refused(400, InputError("sent_in_part"))
    return message


def _demand_length(length: str | None, most: int) -> None:
    if length is not None and (not length.isdecimal() or int(length[:20]) > most):
        raise _too_large(most)


def _too_large(most: int) -> Refused:
    return Refused(413, InputError("sent_large", most=most / 1_000_000), Connection="close")


def names_a_file(body: bytes) -> bool:
    """Whether a call has in it what Gradio takes for a file: it would open that path, or fetch that address.

    No call of ours has. Bytes that are no JSON name none: the page refuses them.
    """
    if b"_type" not in body and b"\\u" not in body:  # which may spell it
        return False
    try:
        waiting: list[Any] = [json.loads(body)]
    except RecursionError:
        return True
    except ValueError:
        return False
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if isinstance(meta := value.get("meta"), dict) and "_type" in meta:
                return True
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return False
