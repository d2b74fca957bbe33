"""One process writes a store at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import StoreLocked
from rag.types import Progress

_HOLDER = "lock.holder"


def _holder(store: Path) -> str:
    try:
        return (store / _HOLDER).read_text() or "another process"
    except OSError:  # it has just finished
        return "another process"


@contextmanager
def locked(store: Path, timeout: float, progress: Progress) -> Iterator[None]:
    """Hold the store's lock; the operating system frees it when a process dies.

    Raises:
        StoreLocked: another process, or another thread, held it all the time.
    """
    lock, holder = FileLock(store / "lock"), store / _HOLDER
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress("wait", 0, 1)
        try:
            lock.acquire(timeout=timeout)
        except Timeout:
            raise StoreLocked("index_locked", store=store, holder=_holder(store)) from None
    try:
        holder.write_text(f"process {os.getpid()}")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()
