"""Files of the corpus as they were before what is said of them was changed, kept to be put back.

::

    store/trash/<token>/     a change: 0, 1, … the files as they were; changed.json which they are
"""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from rag.errors import InputError
from rag.files import overwrite, write
from rag.upkeep.placing import target_of
from rag.upkeep.trash import TRASH, new_token

_LIST = "changed.json"


class Former:
    """Keeps the files of one change, and writes the new ones; the lock is held.

    Args:
        store: whose trash keeps them.
        folder: the corpus folder.
    """

    def __init__(self, store: Path, folder: Path) -> None:
        self._trash = store / TRASH
        self._folder = folder
        self._token = new_token()
        self._changed: list[dict[str, Any]] = []

    def replace(self, path: str, before: bytes | None, after: bytes) -> None:
        """Write a file of the corpus; ``before`` is what was in it, if it was there."""
        draft = self._trash / f".{self._token}"
        draft.mkdir(parents=True, exist_ok=True)
        if before is not None:
            write(draft / str(len(self._changed)), before)
        overwrite(target_of(self._folder, path), after)
        entry = {"path": path, "was": before is not None, "sha256": sha256(after).hexdigest()}
        self._changed.append(entry)

    def kept(self) -> str:
        """The token that takes the change back; empty where nothing was changed."""
        if not self._changed:
            return ""
        draft = self._trash / f".{self._token}"
        write(draft / _LIST, json.dumps(self._changed).encode())
        os.replace(draft, self._trash / self._token)
        return self._token


def put_back(store: Path, folder: Path, token: str) -> None:
    """Write the files of a change as they were before it. The lock is held.

    Raises:
        InputError: nothing is kept under that name, or a file has been changed since; nothing was written.
        OSError: a file cannot be written.
    """
    kept = store / TRASH / token
    changed = _read(kept) if re.fullmatch("[0-9A-Za-z-]+", token) else None
    if changed is None:
        raise InputError("trash_without", token=token)
    targets = [target_of(folder, entry["path"]) for entry in changed]
    for target, entry in zip(targets, changed, strict=True):
        if not target.is_file() or sha256(target.read_bytes()).hexdigest() != entry["sha256"]:
            raise InputError("changed_since", path=entry["path"])
    for number, (target, entry) in enumerate(zip(targets, changed, strict=True)):
        if entry["was"]:
            overwrite(target, (kept / str(number)).read_bytes())
        else:
            target.unlink()
    shutil.rmtree(kept, ignore_errors=True)


def _read(folder: Path) -> list[dict[str, Any]] | None:
    with suppress(OSError, ValueError):
        return list(json.loads((folder / _LIST).read_bytes()))
    return None
