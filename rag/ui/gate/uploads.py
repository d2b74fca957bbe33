"""The folder of what is sent: it does not fill the disk, and what nobody takes out of it is removed."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from pathlib import Path

from rag.errors import InputError
from rag.ui.gate.body import UPLOAD_WHOLE
from rag.ui.gate.refusal import Refused

KEPT = 86_400.0
"""Seconds that a file lies there before it is removed."""
FILES_MOST = 500
LARGEST_MOST = 20
"""Files, and so many times the largest one in bytes, that may lie there."""
SPARE = 200_000_000
"""Bytes of the disk that no upload takes."""


def demand_room(folder: Path, largest: int) -> None:
    """Let one more file in; before, remove old ones.

    Args:
        folder: where Gradio leaves uploads.
        largest: size of the largest file, in bytes.

    Raises:
        Refused: too much lies there already, or the disk is nearly full.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = [size for file in list(folder.rglob("*")) if (size := _kept(file, folder)) is not None]
    if len(kept) >= FILES_MOST or sum(kept) + largest > LARGEST_MOST * largest:
        raise Refused(507, InputError("uploads_full"))
    if shutil.disk_usage(folder).free < largest + SPARE:
        raise Refused(507, InputError("disk_full"))


def _kept(file: Path, folder: Path) -> int | None:
    """The size of a file that stays: one in no folder of its own has not come in whole."""
    longest = UPLOAD_WHOLE if file.parent == folder else KEPT
    with suppress(OSError):
        told = file.lstat()
        if file.is_dir() and not file.is_symlink():
            return None
        if time.time() - told.st_mtime < longest:
            return told.st_size
        file.unlink()
        if file.parent != folder:
            file.parent.rmdir()
    return None
