"""The file of a training: boxes and sessions, kept between runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from rag.drill.leitner import State
from rag.errors import StoreError, StoreLocked
from rag.files import overwrite

FILE, LOCK = "drill.json", "drill.lock"
FORMAT, VERSION = "replique-drill", 1
WAIT = 10.0
"""How long another process is waited for, in seconds."""

_ADAPTER = TypeAdapter(State)


def state_as_json(state: State) -> dict[str, Any]:
    """The state as the file holds it."""
    return {"format": FORMAT, "version": VERSION, **asdict(state)}


def state_from_json(data: object, name: str = "the training state") -> State:
    """A state from what :func:`state_as_json` gave.

    Raises:
        StoreError: it is none, or one of a newer version.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT or data.get("version") != VERSION:
        raise StoreError("state_version", file=name)
    try:
        return _ADAPTER.validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise StoreError("state_damaged", file=name, place=place) from None


def load_state(store: Path) -> State:
    """What is remembered in a store; a new state where there is nothing.

    Raises:
        StoreError: the file cannot be read.
    """
    file = store / FILE
    try:
        data = json.loads(file.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        return State()
    except OSError as error:
        raise StoreError("not_read", file=file, reason=error.strerror) from None
    except (ValueError, RecursionError):
        raise StoreError("state_not_json", file=file) from None
    return state_from_json(data, str(file))


def update(store: Path, change: Callable[[State], State]) -> State:
    """Change what is remembered, one process at a time, in one step.

    Raises:
        StoreError: the file cannot be read or written.
        StoreLocked: another process holds it.
    """
    try:
        with FileLock(store / LOCK, timeout=WAIT):
            old = load_state(store)
            new = change(old)
            if new != old:
                _write(store / FILE, new)
            return new
    except Timeout:
        raise StoreLocked("state_locked", file=store / FILE) from None
    except OSError as error:
        raise StoreError("not_written", file=store, reason=error.strerror) from None


def _write(file: Path, state: State) -> None:
    text = json.dumps(state_as_json(state), ensure_ascii=False, indent=1) + "\n"
    try:
        overwrite(file, text.encode("utf-8", "surrogatepass"))
    except OSError as error:
        raise StoreError("not_written", file=file, reason=error.strerror) from None
