"""Where a document is written in the corpus folder, never outside it and never over another."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from rag.documents import SIDECAR
from rag.errors import InputError
from rag.files import write_new
from rag.upkeep.names import free_name


def inside(folder: Path, path: str) -> Path:
    """A file of the corpus folder; a link itself, not where it leads.

    Raises:
        InputError: its folder leads elsewhere.
    """
    file = folder / path
    if not file.parent.resolve().is_relative_to(folder):
        raise InputError("source_elsewhere", path=path)
    return file


def target_of(folder: Path, path: str) -> Path:
    """The file to write for one of the corpus folder: where a link leads, so that it stays one.

    Raises:
        InputError: that is elsewhere.
    """
    target = (folder / path).resolve()
    if not target.is_relative_to(folder):
        raise InputError("source_elsewhere", path=path)
    return target


def place(folder: Path, name: str, data: bytes, beside: bytes | None) -> str:
    """Write a new document; never over another. Returns the name it got."""
    while True:
        free = free_name(folder, name)
        with suppress(FileExistsError):  # made meanwhile by somebody who knows of no lock
            if beside is None:
                write_new(folder / free, data)
            else:
                _place_both(folder / free, data, beside)
            return free


def _place_both(file: Path, data: bytes, beside: bytes) -> None:
    """Write a document after its sidecar, so that it is never seen without."""
    sidecar = file.with_name(file.name + SIDECAR)
    write_new(sidecar, beside)
    try:
        write_new(file, data)
    except OSError:
        sidecar.unlink()
        raise
