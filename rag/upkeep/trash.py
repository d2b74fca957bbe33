"""What was removed, kept to be restored."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

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


def read_removed(folder: Path) -> Removed | None:
    """What was removed into a folder of the trash; ``None`` where it cannot be read."""
    with suppress(OSError, ValueError, TypeError):
        return Removed(**json.loads((folder / "removed.json").read_bytes()))
    return None
