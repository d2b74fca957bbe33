"""What passes between the program and a process that reads files for it: JSON and bytes, nothing that runs.

A message is a line of JSON, its head, and the blobs whose sizes stand in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from typing import IO, TYPE_CHECKING, Any

from rag.documents.formats.shared import Extract
from rag.errors import NotReadable

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Head = dict[str, Any]
HEAD_MOST = 100_000
"""Bytes of the longest head that is taken."""


def send(stream: IO[bytes], head: Mapping[str, object], blobs: Sequence[bytes | memoryview] = ()) -> None:
    """Write a message."""
    line = json.dumps({**head, "sizes": [memoryview(blob).nbytes for blob in blobs]})
    stream.write(line.encode() + b"\n")
    for blob in blobs:
        stream.write(blob)
    stream.flush()


def receive(stream: IO[bytes], most: int) -> tuple[Head, list[bytes]]:
    """Read a message.

    Args:
        stream: where it comes from.
        most: bytes of its blobs together.

    Raises:
        EOFError: the other side is gone.
        ValueError: it is no message, or a larger one.
    """
    line = stream.readline(HEAD_MOST)
    if not line.endswith(b"\n"):
        raise EOFError
    head = json.loads(line)
    sizes = head.pop("sizes") if isinstance(head, dict) else None
    if not isinstance(sizes, list) or not all(type(size) is int and size >= 0 for size in sizes):
        raise ValueError("no message")
    if sum(sizes) > most:
        raise ValueError("a message too large")
    blobs = [stream.read(size) for size in sizes]
    if [len(blob) for blob in blobs] != sizes:
        raise EOFError
    return head, blobs


def packed(extract: Extract) -> bytes:
    """What a reader found, as JSON; what is no character becomes a question mark."""
    return json.dumps(asdict(extract), ensure_ascii=False).encode("utf-8", "replace")


def unpacked(data: bytes) -> Extract:
    """What :func:`packed` packed, each of its fields looked at: it comes from where hostile files are read.

    Raises:
        ValueError: it is something else.
    """
    return _extracts().validate_json(data)


@cache
def _extracts() -> TypeAdapter[Extract]:
    from pydantic import TypeAdapter

    return TypeAdapter(Extract)


def refusal_packed(error: NotReadable) -> Head:
    """Why a file is not read, with all that fills the line."""
    return {"refused": error.key, "values": error.values}


def refusal_unpacked(head: Head) -> NotReadable:
    """What :func:`refusal_packed` packed.

    Raises:
        ValueError: it is something else.
    """
    key, values = head.get("refused"), head.get("values")
    if not isinstance(key, str) or not isinstance(values, dict):
        raise ValueError("no refusal")
    error = NotReadable(key, **{name: value for name, value in values.items() if type(value) in (str, int)})
    for lang in ("fr", "en"):
        error.in_words(lang)  # of a key or with values that nobody knows, there are no words
    return error
