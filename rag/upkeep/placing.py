"""Where a document is written in the corpus folder, never outside it and never over another."""

from __future__ import annotations

import itertools
from contextlib import suppress
from functools import partial
from pathlib import Path

from rag.documents import SIDECAR
from rag.errors import InputError
from rag.files import write_new
from rag.upkeep.names import free_name, numbered


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
    """Write a new document; never over another. Returns the name it got.

    Where the very same lies there, as a process leaves it that was killed before it was indexed, it is that.
    """
    free = free_name(folder, name)
    for own in itertools.takewhile(lambda own: own != free, map(partial(numbered, name), itertools.count(1))):
        if _lies_there(folder / own, data, beside):
            return own
    while True:
        free = free_name(folder, name)
        with suppress(FileExistsError):  # made meanwhile by somebody who knows of no lock
            if beside is None:
                write_new(folder / free, data)
            else:
                _place_both(folder / free, data, beside)
            return free


def _lies_there(file: Path, data: bytes, beside: bytes | None) -> bool:
    """Whether a document is there as it would be written; what is there of it alone is removed."""
    sidecar = file.with_name(file.name + SIDECAR)
    said = sidecar.read_bytes() if sidecar.is_file() else None
    if said != beside:
        return False
    if said is not None and not file.exists():
        sidecar.unlink()
    return file.is_file() and file.read_bytes() == data


def _place_both(file: Path, data: bytes, beside: bytes) -> None:
    """Write a document after its sidecar, so that it is never seen without."""
    sidecar = file.with_name(file.name + SIDECAR)
    write_new(sidecar, beside)
    try:
        write_new(file, data)
    except OSError:
        sidecar.unlink()
        raise
