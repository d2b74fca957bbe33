"""What was removed, kept to be restored.

::

    store/trash/<token>/     a document that was removed: document, sidecar, removed.json
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from rag.documents import sidecar_of
from rag.errors import InputError
from rag.files import copy, write
from rag.types import SourceInfo
from rag.upkeep.placing import inside, place

TRASH = "trash"


@dataclass(frozen=True, slots=True)
class Removed:
    """A source in the trash; ``token`` names it there, ``time`` is in ISO 8601, UTC."""

    token: str
    id: str
    path: str
    title: str
    side: str | None
    time: str


def new_token() -> str:
    """A name in the trash, of the time in UTC."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H-%M-%S}-{secrets.token_hex(4)}"


def to_trash(store: Path, folder: Path, info: SourceInfo) -> Removed:
    """Move a source from the corpus folder into the trash of a store; the lock is held.

    Raises:
        InputError: its file leads out of the folder.
        OSError: a file cannot be moved; the source is whole, in one place or the other.
    """
    file = inside(folder, info.path)
    now, token = datetime.now(UTC).isoformat(timespec="seconds"), new_token()
    removed = Removed(token, info.id, info.path, info.title, info.side, now)
    trash = store / TRASH
    draft = trash / f".{token}"
    draft.mkdir(parents=True)
    beside = sidecar_of(folder, info.path)
    try:
        copy(file, draft / "document")
        if beside:
            copy(folder / beside, draft / "sidecar")
        write(draft / "removed.json", json.dumps(asdict(removed), ensure_ascii=True).encode())
        os.replace(draft, trash / token)
    except OSError:  # the file has gone, or the disk is full
        shutil.rmtree(draft, ignore_errors=True)
        raise
    file.unlink()
    if beside:
        (folder / beside).unlink()
    return removed


def sweep_trash(store: Path) -> None:
    """Remove what a killed removal had copied, the document itself being in its place; the lock is held."""
    for draft in (store / TRASH).glob(".*"):
        if (draft / "document").exists() or not any(draft.iterdir()):
            shutil.rmtree(draft, ignore_errors=True)


def from_trash(store: Path, folder: Path, token: str) -> str:
    """Move a source back into the corpus folder; returns its path in there. The lock is held.

    Raises:
        InputError: the trash holds nothing of that name, or its place leads out of the folder.
        OSError: a file cannot be moved; the source is whole, in one place or the other.
    """
    kept = store / TRASH / token
    removed = _read(kept) if re.fullmatch("[0-9A-Za-z-]+", token) else None
    if removed is None:
        raise InputError("trash_without", token=token)
    home = inside(folder, removed.path)
    home.parent.mkdir(parents=True, exist_ok=True)
    beside = kept / "sidecar"
    fields = beside.read_bytes() if beside.exists() else None
    placed = place(home.parent, home.name, (kept / "document").read_bytes(), fields)
    shutil.rmtree(kept, ignore_errors=True)
    return (home.parent / placed).relative_to(folder).as_posix()


def _read(folder: Path) -> Removed | None:
    """What was removed into a folder of the trash; ``None`` where it cannot be read."""
    with suppress(OSError, ValueError, TypeError):
        return Removed(**json.loads((folder / "removed.json").read_bytes()))
    return None
