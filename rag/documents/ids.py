"""What sources are called: ids that adding files never changes, and names that may be shown."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath


def assign_ids(paths: Iterable[str], recorded: Mapping[str, str]) -> dict[str, str]:
    """Names of sources, which adding files never changes.

    Args:
        paths: the files, as :func:`rag.documents.folder.list_files` gives them, in any order.
        recorded: ids by path, from the store; may name files that are gone.

    Returns:
        An id for each of ``paths``: the recorded one, else the file's stem where no other file,
        new or recorded, has that stem or id, else its path without suffix, else with it. New ids
        are NFC-normalised and unique.
    """
    wanted = set(paths)
    ids = {path: recorded[path] for path in wanted if path in recorded}
    taken = set(recorded.values())
    waiting = sorted(wanted - ids.keys())
    elsewhere = taken | {_forms(path)[0] for path in recorded}
    for form in range(3):
        claims = Counter(_forms(path)[form] for path in waiting)
        closed = elsewhere if form == 0 else taken
        free = {claim for claim, files in claims.items() if files == 1 and claim not in closed}
        granted = {path: _forms(path)[form] for path in waiting if _forms(path)[form] in free}
        ids |= granted
        taken |= free
        waiting = [path for path in waiting if path not in granted]
    for path in waiting:  # names that differ only in how Unicode writes them
        ids[path] = _numbered(_forms(path)[-1], taken)
        taken.add(ids[path])
    return ids


def _forms(path: str) -> tuple[str, str, str]:
    """What the file would be called, shortest first."""
    clean = clean_name(path)
    file = PurePosixPath(clean)
    without_suffix = clean.removesuffix(file.suffix)
    return file.stem, without_suffix, clean


def _numbered(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name}~{number}" in taken:
        number += 1
    return f"{name}~{number}"


def clean_name(name: str) -> str:
    """A file name as it may be shown: NFC, and printable."""
    return unicodedata.normalize("NFC", printable(name))


def printable(name: str) -> str:
    """A file name with neither line breaks nor bytes that are no characters."""
    unprintable = {"Cc", "Cs", "Zl", "Zp"}
    return "".join("\ufffd" if unicodedata.category(c) in unprintable else c for c in name)
