"""Writing files so that a crash leaves the old one or the new one."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')
"""What no name of a file may have on some system."""
UNPRINTABLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Nor characters of these categories."""
DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)
"""Names that are devices on Windows, whatever their suffix."""

_PART = ".replique-*.part"
ABANDONED = 3600.0
"""Seconds after which nobody is thought to be writing a draft any more."""


def flush(path: Path) -> None:
    """Have a file or folder on the disk itself: a power cut must not leave a commit without it."""
    if os.name != "posix":
        return  # folders cannot be flushed there
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _draft(folder: Path) -> Path:
    return folder / _PART.replace("*", secrets.token_hex(6))


def private_folder(folder: Path) -> None:
    """Make a folder that other users of the machine cannot look into; one that is there stays as it is."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


def is_open_to_others(path: Path) -> bool:
    """Whether other users of the machine can read a file, or look into a folder."""
    if os.name != "posix" or not path.exists():
        return False
    inside = all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents)
    return inside and bool(path.stat().st_mode & stat.S_IROTH)


def sweep_drafts(folder: Path) -> None:
    """Remove what a killed process left half written; the lock is held, so nobody is writing it."""
    for part in folder.rglob(_PART):
        part.unlink(missing_ok=True)


def sweep_abandoned(folder: Path, pattern: str = _PART) -> None:
    """Remove drafts that have lain in a folder for an hour: where no lock is held, one may be at work yet."""
    for draft in folder.glob(pattern):
        with suppress(OSError):  # another swept it
            if time.time() - draft.stat().st_mtime > ABANDONED:
                shutil.rmtree(draft) if draft.is_dir() else draft.unlink()


def write(file: Path, data: bytes) -> None:
    """Make a file, on the disk itself; there must be none of its name."""
    with file.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def write_new(file: Path, data: bytes) -> None:
    """Make a file in one step.

    Raises:
        FileExistsError: there is one of that name.
    """
    _in_one_step(file, data, _move_to_free_name)


def overwrite(file: Path, data: bytes) -> None:
    """Write a file in one step, over the one of its name; that one's mode stays.

    Raises:
        OSError: it cannot be written; what was there before is whole.
    """

    def replace(draft: Path, target: Path) -> None:
        if target.exists():
            shutil.copymode(target, draft)
        os.replace(draft, target)

    _in_one_step(file, data, replace)


def _in_one_step(file: Path, data: bytes, move: Callable[[Path, Path], None]) -> None:
    draft = _draft(file.parent)
    try:
        write(draft, data)
        move(draft, file)
        flush(file.parent)
    finally:
        draft.unlink(missing_ok=True)


def _move_to_free_name(draft: Path, target: Path) -> None:
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:  # no hard links here
        if target.exists():
            raise FileExistsError(target) from None
        os.replace(draft, target)


@contextmanager
def replaced(file: Path) -> Iterator[Path]:
    """A draft to be filled, which then takes the place of a file in one step.

    Raises:
        OSError: it cannot be written; what was there before is whole.
    """
    sweep_abandoned(file.parent)
    draft = _draft(file.parent)
    try:
        yield draft
        flush(draft)
        os.replace(draft, file)
        flush(file.parent)
    finally:
        draft.unlink(missing_ok=True)


def copy(file: Path, target: Path) -> None:
    """Copy a file; there must be none of the target's name."""
    write(target, file.read_bytes())


def copy_folder(folder: Path, target: Path) -> None:
    """Copy a folder in one step."""
    draft = target.with_name(f".{target.name}.{secrets.token_hex(6)}")
    try:
        shutil.copytree(folder, draft)
        os.replace(draft, target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
