"""A process that reads files as rag.documents.worker does, with jobs that do what hostile files do to one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rag.documents import worker
from rag.documents.formats.alive import sign


def hang(asked: dict[str, Any], data: bytes) -> Sequence[bytes]:
    """Get nowhere, with a helper that gets nowhere either."""
    helper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(os.fsdecode(data)).write_text(f"{os.getpid()} {helper.pid}")
    time.sleep(600)
    return []


def plod(asked: dict[str, Any], data: bytes) -> Sequence[bytes]:
    """Take longer than the limit, and say so before."""
    sign(30)
    time.sleep(4)
    return [b"done"]


def fall(asked: dict[str, Any], data: bytes) -> Sequence[bytes]:
    """Be ended as C code is that writes where it must not."""
    os.kill(os.getpid(), signal.SIGSEGV)
    return []


def eat(asked: dict[str, Any], data: bytes) -> Sequence[bytes]:
    """Take more memory than there is."""
    return [bytes(1) * (4 << 30)]


def slip(asked: dict[str, Any], data: bytes) -> Sequence[bytes]:
    """Raise what nobody foresaw."""
    raise KeyError("a\x1b[31m\nb" * 50)


def forge(asked: dict[str, Any], data: bytes) -> Sequence[bytes]:
    """Answer with whatever there is."""
    return [data]


def lie(asked: dict[str, Any], data: bytes) -> Sequence[bytes]:
    """Write what is no message."""
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, data)
        except OSError:
            continue
    return []


worker.JOBS.update(hang=hang, plod=plod, fall=fall, eat=eat, slip=slip, forge=forge, lie=lie)

if __name__ == "__main__":
    worker.main()
