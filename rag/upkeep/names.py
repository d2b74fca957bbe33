"""Names that a file may have on any system."""

from __future__ import annotations

import itertools
import re
import unicodedata
from pathlib import Path, PurePosixPath

from rag.documents import SIDECAR
from rag.files import DEVICE, NOT_IN_NAMES, UNPRINTABLE

NAME_MAX = 150
"""Longest name given to a file, in bytes of UTF-8, besides its suffix."""


def safe_name(name: str) -> str:
    """A file name that every system takes, for one that came from anywhere.

    The last part of a path, NFC-normalised, with neither control, direction nor reserved characters,
    neither hidden nor a device of Windows, at most :data:`NAME_MAX` bytes of UTF-8 and a suffix.
    """
    last = re.split(r"[/\\]", name)[-1]
    printable = "".join(" " if unicodedata.category(c) in UNPRINTABLE else c for c in last)
    clean = " ".join(NOT_IN_NAMES.sub("-", unicodedata.normalize("NFC", printable)).split())
    stem, dot, suffix = clean.rpartition(".")
    if not (dot and re.fullmatch(r"\w{1,10}", suffix, re.ASCII)):
        stem, dot, suffix = clean, "", ""
    stem = (stem.strip(". ~$") or "document").encode()[:NAME_MAX].decode(errors="ignore").strip(". ")
    if DEVICE.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem}{dot}{suffix.lower()}"


def free_name(folder: Path, name: str) -> str:
    """The name, numbered where a file has it already, in whatever case or Unicode form."""
    taken = {_folded(entry.name) for entry in folder.iterdir()}
    names = (numbered(name, number) for number in itertools.count(1))
    return next(own for own in names if not {_folded(own), _folded(own + SIDECAR)} & taken)


def numbered(name: str, number: int) -> str:
    """A name with a number, but for the first."""
    file = PurePosixPath(name)
    return name if number == 1 else f"{file.stem}-{number}{file.suffix}"


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def titled_name(title: str, suffix: str) -> str:
    """A file name that every system takes, for a document of which only the title is known."""
    return safe_name(f"{NOT_IN_NAMES.sub('-', title)}{suffix}")
