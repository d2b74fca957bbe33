"""Clients of Chroma: embedded in the store, or a server's; and what they raise."""

from __future__ import annotations

import shutil
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import chromadb
import httpx
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import (
    AuthorizationError,
    ChromaAuthError,
    ChromaError,
    InternalError,
    NotFoundError,
    QuotaError,
    RateLimitError,
)

from rag.errors import StoreError
from rag.settings import Settings
from rag.store.copied import DATABASE, copied, may_write
from rag.store.server import server_client

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

CHROMA_FAILURES = (ChromaError, httpx.HTTPError)
"""What Chroma raises, embedded or as a server."""
_BUSY = frozenset({429, 502, 503, 504})
"""What a server answers, or the proxy before it, that may answer a moment later."""
_PAUSE = 0.2
"""Seconds before it is asked again."""
T = TypeVar("T")

_connecting = threading.Lock()  # Chroma's register of open stores is not safe between threads


def chroma_folder(settings: Settings) -> Path:
    """Where the vectors are, when no server holds them; absolute, as Chroma shares what has one name."""
    return settings.store.resolve() / "chroma"


def chroma_place(settings: Settings) -> str:
    """Which Chroma holds the vectors: a server's address, and its database if set; empty: embedded."""
    named = (settings.chroma_tenant, settings.chroma_database)
    return " ".join([settings.chroma, "/".join(named)]) if any(named) else settings.chroma


def database_stamp(settings: Settings) -> tuple[int, ...]:
    """Changes when the embedded database is to be opened anew: it was deleted, or is read from a copy."""
    if settings.chroma:
        return ()
    try:
        stat = (chroma_folder(settings) / DATABASE).stat()
    except OSError:
        return ()
    return (stat.st_ino, stat.st_mtime_ns, stat.st_size) if _reads_copy(settings) else (stat.st_ino,)


def _reads_copy(settings: Settings) -> bool:
    return settings.follow or not may_write(chroma_folder(settings))


@contextmanager
def store_errors() -> Iterator[None]:
    """Turn what Chroma raises into an error of ours.

    Raises:
        StoreError: the server does not answer, or the store is damaged.
    """
    try:
        yield
    except CHROMA_FAILURES as error:
        raise StoreError(_key(error), reason=_one_line(error)) from error


def _key(error: Exception) -> str:
    """Which of our errors says it."""
    status = error.response.status_code if isinstance(error, httpx.HTTPStatusError) else 0
    if isinstance(error, ChromaAuthError | AuthorizationError) or status in (401, 403):
        return "chroma_refused"
    if isinstance(error, RateLimitError | QuotaError) or status == 429:
        return "chroma_limit"
    if isinstance(error, httpx.HTTPError):
        return "chroma_silent"
    return "vectors_lost" if isinstance(error, NotFoundError) else "vectors_failed"


def twice(action: Callable[[], T]) -> T:
    """Do what asks a server, once again if it was not there or was busy; it must bear being done twice."""
    try:
        return action()
    except (httpx.TransportError, httpx.HTTPStatusError, RateLimitError) as error:
        if not _passes(error):
            raise
        time.sleep(_PAUSE)
        return action()


def _passes(error: Exception) -> bool:
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code in _BUSY
    return not isinstance(error, httpx.TimeoutException)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _close_now(client: ClientAPI) -> None:
    session = getattr(client._server, "_session", None)  # type: ignore[attr-defined]
    client.close()  # type: ignore[attr-defined]  # on every client, though not in the interface
    if isinstance(session, httpx.Client):  # which it leaves open
        session.close()


def close_if_free(client: ClientAPI) -> None:
    """Close a client that nobody holds; unless this thread was just connecting, as it would wait for ever."""
    if _connecting.acquire(blocking=False):
        try:
            _close_now(client)
        finally:
            _connecting.release()


def connect(settings: Settings) -> ClientAPI:
    """A client of the store's own Chroma, or of a server.

    Raises:
        StoreError: the server does not answer, or the store cannot be opened.
    """
    # Chroma would take settings from a file .env of the working folder, which is not about it.
    options = ChromaSettings(_env_file=None, anonymized_telemetry=False)  # type: ignore[call-arg]
    with _connecting:
        return _served(settings, options) if settings.chroma else _embedded(settings, options)


def close(client: ClientAPI) -> None:
    """Let go of a client's files."""
    with _connecting:
        _close_now(client)


def server_told(settings: Settings) -> str:
    """What the server of the settings says of itself: its version.

    Raises:
        StoreError: it does not answer.
    """
    client = connect(settings)
    try:
        with store_errors():
            return client.get_version()
    finally:
        close(client)


def _served(settings: Settings, options: ChromaSettings) -> ClientAPI:
    try:
        return server_client(settings, options)
    except Exception as error:  # chromadb raises bare ones
        key = _key(error)
        if key in ("chroma_refused", "chroma_limit"):
            raise StoreError(key, reason=_one_line(error)) from None
        raise StoreError("chroma_absent", address=settings.chroma, reason=_one_line(error)) from None


def _embedded(settings: Settings, options: ChromaSettings) -> ClientAPI:
    folder = chroma_folder(settings)
    if not _reads_copy(settings):
        return _opened(folder, options)
    try:
        copy = copied(folder)
    except OSError as error:
        raise StoreError("vectors_failed", reason=error.strerror or error) from None
    client = _opened(copy, options)
    weakref.finalize(client, shutil.rmtree, copy, ignore_errors=True)
    return client


def _opened(folder: Path, options: ChromaSettings) -> ClientAPI:
    with store_errors():
        try:
            return chromadb.PersistentClient(path=folder, settings=options)
        except BaseException as error:
            # It keeps what could not be opened, and would give that out the next time.
            SharedSystemClient.clear_system_cache()
            if type(error).__name__ == "PanicException":  # of its Rust part; it has no better name
                raise InternalError(str(error)) from None
            raise
