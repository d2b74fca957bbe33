"""Files that were sent: found again in the folder where the server leaves them, and deleted."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from rag.errors import InputError


def sent_file(path: object, folder: Path) -> Path:
    """A file that was sent.

    Args:
        path: as the page gives it.
        folder: where the server leaves what is sent; no other file is ever taken.

    Raises:
        InputError: it is not there, or is no upload.
    """
    with contextlib.suppress(OSError, ValueError, RuntimeError):  # such as a path with a zero in it
        found = Path(str(path)).resolve(strict=True)
        if found.is_relative_to(folder.resolve()) and found.is_file():
            return found
    raise InputError("upload_gone")


def forget(file: Path) -> None:
    """Delete an upload with the folder that was made for it."""
    with contextlib.suppress(OSError):
        file.unlink()
        file.parent.rmdir()


@contextlib.contextmanager
def uploaded(path: object, folder: Path) -> Iterator[Path]:
    """A file that was sent, see :func:`sent_file`, which is deleted afterwards."""
    found = sent_file(path, folder)
    try:
        yield found
    finally:
        forget(found)
