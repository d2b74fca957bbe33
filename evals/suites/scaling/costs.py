"""What something takes: seconds, memory, bytes written and kept; ``None`` where the system does not tell."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

Costs = dict[str, float | None]

KINDS = {
    "vectors": r"vectors-|projection",
    "texts": r"texts\.|layouts\.|sources\.json",
    "units": r"sentences\.npy|passages\.npy|units\.|speakers\.",
    "postings": r"postings|bm25",
    "concordance": r"words/|concordance|vocabulary|bodies",
    "Chroma's database": r"^chroma.*\.sqlite",
    "Chroma's index": r"^chroma",
    "manifest": r"^manifest|whole\.json",
    "other": r"",
}
"""What a file of a store is, by what its path there holds; the first that fits."""


@contextmanager
def measured(folder: Path | None = None) -> Iterator[Costs]:
    """What is done meanwhile: ``wall_s``, ``cpu_s``, and what was written.

    ``files_bytes`` is the size of the files of a folder that are new or changed, ``io_bytes`` what the
    process had written to a disk, journals included.
    """
    found: Costs = {}
    before, io, clock = _listing(folder), _io_bytes(), (time.perf_counter(), _cpu())
    yield found
    found["wall_s"], found["cpu_s"] = time.perf_counter() - clock[0], _cpu() - clock[1]
    if folder is not None:
        after = _listing(folder)
        found["files_bytes"] = sum(told[-1] for file, told in after.items() if before.get(file) != told)
        written = _io_bytes()
        found["io_bytes"] = None if io is None or written is None else written - io


def _cpu() -> float:
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


def _listing(folder: Path | None) -> dict[Path, tuple[int, int, int]]:
    """Each file with its number, time and size."""
    found = {}
    for file in folder.rglob("*") if folder else ():
        try:
            stat = file.stat()
        except FileNotFoundError:  # a journal that is gone
            continue
        if file.is_file():
            found[file] = stat.st_ino, stat.st_mtime_ns, stat.st_size
    return found


def bytes_by_kind(store: Path) -> dict[str, int]:
    """What takes how much of a store."""
    found = dict.fromkeys(KINDS, 0)
    for file, (_, _, size) in _listing(store).items():
        name = file.relative_to(store).as_posix()
        found[next(kind for kind, form in KINDS.items() if re.search(form, name))] += size
    return found


# --- what Linux tells -----------------------------------------------------------------------------


def _told(file: str, name: str) -> int | None:
    """A number of a file of ``/proc``."""
    try:
        found = re.search(rf"^{name}:\s+(\d+)", Path("/proc", file).read_text(), re.MULTILINE)
    except OSError:
        return None
    return int(found[1]) if found else None


def _io_bytes() -> int | None:
    return _told("self/io", "write_bytes")


def peak_bytes(process: int | str = "self") -> int | None:
    """The most memory that a process has had resident, files that it maps included.

    ``ru_maxrss`` begins with what the process had that started it; this does not.
    """
    told = _told(f"{process}/status", "VmHWM")
    return told and 1024 * told


def own_bytes(process: int) -> int | None:
    """The memory that a process has resident now, files that it maps not included."""
    told = _told(f"{process}/status", "RssAnon")
    return told and 1024 * told


def tree_bytes(process: int) -> int:
    """The memory that a process and those that it started have now; what they share counts for each."""
    try:
        below = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        below = []
    return 1024 * (_told(f"{process}/status", "VmRSS") or 0) + sum(tree_bytes(int(each)) for each in below)


def free_bytes() -> int | None:
    """The memory that is free on the machine."""
    told = _told("meminfo", "MemAvailable")
    return told and 1024 * told


def all_bytes() -> int | None:
    """The memory of the machine."""
    told = _told("meminfo", "MemTotal")
    return told and 1024 * told


def processor() -> str:
    """The name of the processor, where it is told."""
    try:
        found = re.search(r"^model name\s*: (.+)", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        return ""
    return found[1].strip() if found else ""
