"""The process that reads files, so that what a hostile file does to a parser is done to it alone.

It is started by :mod:`rag.documents.workers` as ``python -m rag.documents.worker MEGABYTES`` and does what
its standard input says, one file after the other, until that ends.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from rag.documents.border import packed, receive, refusal_packed, send
from rag.documents.formats.alive import listen
from rag.documents.formats.shared import brief
from rag.documents.kinds import read_kind
from rag.errors import NotReadable

Blobs = Sequence[bytes | memoryview]
IDLE = 60.0
"""Seconds without anything to read, after which the process ends."""
GROWN_MB = 400
"""A process that took so much memory is replaced by another: Python gives little of it back."""
_OFTEN = 0.5
"""Seconds between two signs of life."""
_ANY = sys.maxsize


def main() -> None:
    """Read what is asked for until standard input ends."""
    to_parent = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a parser prints is no message
    logging.disable()
    _limit_memory(int(sys.argv[1]))
    threading.Thread(target=_die_with_parent, daemon=True).start()
    send(to_parent, {"ready": True})
    while True:
        idle = threading.Timer(IDLE, os._exit, (0,))
        idle.daemon = True
        idle.start()
        try:
            asked, (data,) = receive(sys.stdin.buffer, _ANY)
        except EOFError:
            return
        idle.cancel()
        _answer(to_parent, asked, data)
        if _peak_mb() > GROWN_MB:
            return


def _answer(to_parent: IO[bytes], asked: dict[str, Any], data: bytes) -> None:
    last = time.monotonic()

    def hear(seconds: float) -> None:
        nonlocal last
        now = time.monotonic()
        if seconds or now - last > _OFTEN:
            last = now
            _end_after(asked["patience"] + seconds)
            send(to_parent, {"sign": seconds})

    listen(hear)
    send(to_parent, {"begun": True})
    _end_after(asked["patience"])
    blobs: Blobs = ()
    try:
        blobs = JOBS[asked["job"]](asked, data)
        head: dict[str, object] = {"done": True}
    except NotReadable as error:
        head = refusal_packed(error)
    except MemoryError:
        head = {"memory": True}
    except Exception as error:  # a fault of ours: the other files go on
        head = {"failed": brief(error)}
    send(to_parent, head, blobs)
    _end_after(0)


def _read(asked: dict[str, Any], data: bytes) -> Blobs:
    return [packed(read_kind(asked["suffix"], data, asked["most"]))]


def _places(asked: dict[str, Any], data: bytes) -> Blobs:
    from rag.documents.formats.pdf.places import read_places

    return read_places(data, asked["most"]).blobs()


def _picture(asked: dict[str, Any], data: bytes) -> Blobs:
    from rag.documents.formats.pdf.places import draw

    return [draw(data, asked["page"], asked["width"])]


JOBS: dict[str, Callable[[dict[str, Any], bytes], Blobs]] = {
    "read": _read,
    "places": _places,
    "picture": _picture,
}


def _limit_memory(megabytes: int) -> None:
    """Where the system can: macOS knows the limit and does not keep it, Windows has none."""
    try:
        import resource
    except ImportError:
        return
    most = megabytes << 20
    for limit, value in ((resource.RLIMIT_DATA, most), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))


def _peak_mb() -> float:
    """The most memory that this process has had; what others measure begins with that of its parent."""
    with suppress(OSError, IndexError):
        return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20) if sys.platform == "darwin" else peak / (1 << 10)


def _end_after(seconds: float) -> None:
    """Have the system end this process, for the case that nobody is left to do it; 0: no longer."""
    if hasattr(signal, "alarm"):
        signal.alarm(int(5 * seconds + 5) if seconds else 0)


def _die_with_parent() -> None:
    """End at once, with what was started to help, when the program that asks is gone."""
    try:
        from select import poll
    except ImportError:  # Windows: when it has read what it reads
        return
    watch = poll()
    watch.register(0, 0)  # told of nothing but the end
    watch.poll()
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    main()
    os._exit(0)
