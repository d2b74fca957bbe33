"""The disk is full at some write: one clear line, the old index answers, and with room again all goes on.

Where this process may mount one, the world lies on a small file system in memory that is filled but for a few
kilobytes; elsewhere no file of the command may grow beyond so many.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evals.campaign.child import BadDay, Done, ran, removal
from evals.campaign.outcome import Outcome, in_doses
from evals.campaign.view import fresh, seen
from evals.campaign.world import BASE, World, document, with_voice

SIZE = 64 << 20
"""Of the file system, in bytes."""
DEEDS = ("first index", "index of a change", "document added", "document removed", "export", "import")
ONCE = DEEDS[2:4]
"""Done again, these may be refused in a line: all may have been done before the disk was full."""


def run(seed: int, count: int, until: float) -> Outcome:
    """At most ``count`` doses of six deeds, each with too little room for some write, then with enough."""
    mounts = _may_mount()
    tally = {"refused": 0, "had room enough": 0}
    doses, faults = in_doses(seed, count, until, lambda number: _dose(number, mounts, tally), lanes=2)
    how = (
        "a file system in memory, filled"
        if mounts
        else "a limit on the size of files (none could be mounted)"
    )
    told = ", ".join(f"{what} {times}" for what, times in tally.items())
    return Outcome({"full disks": doses * len(DEEDS)}, faults, f"{how}; {told}")


def _dose(seed: int, mounts: bool, tally: dict[str, int]) -> Iterator[str]:
    chance = random.Random(seed)
    with (
        tempfile.TemporaryDirectory(prefix="replique-disk-") as folder,
        _small(Path(folder), mounts) as small,
    ):
        world = World(small)
        world.write(BASE)
        for deed in DEEDS:
            for wrong in _without_room(world, deed, chance, mounts, tally):
                yield f"{deed}: {wrong}"


def _without_room(
    world: World, deed: str, chance: random.Random, mounts: bool, tally: dict[str, int]
) -> Iterator[str]:
    before = None if deed == DEEDS[0] else fresh(world)
    _prepare(world, deed)
    free = int(4096 * 2 ** (chance.random() * 10))  # 4 KB to 4 MB, small ones as often as large ones
    if mounts:
        with _filled(world.folder, free):
            done = _do(world, deed, BadDay())
    else:
        done = _do(world, deed, BadDay(file_bytes=free))
    tally["refused" if done.code else "had room enough"] += 1
    if wrong := done.wrong(may_fail=True):
        yield f"with {free} bytes left, {wrong}"
    if before is not None:
        view, wrongs = seen(world)
        yield from wrongs
        if view.unlike(before) and (unlike := view.unlike(fresh(world))):
            yield f"with {free} bytes left, it answers neither as before nor as made anew: {unlike}"
    again = _do(world, deed, BadDay())
    if wrong := again.wrong(may_fail=deed in ONCE):
        yield f"with room again, {wrong}"
    if wrong := ran(world, "index").wrong():
        yield f"indexed with room again, {wrong}"
    view, wrongs = seen(world)
    yield from wrongs
    if unlike := view.unlike(fresh(world)):
        yield f"with room again, not as if made anew: {unlike}"


def _prepare(world: World, deed: str) -> None:
    if deed == "index of a change":
        world.write(
            {
                "brest.md": with_voice("Amirauté", document("Brest", 1)),
                "camaret.md": document("Camaret", 1, 60),
            }
        )
    elif deed == "document added":
        text = document("Audierne", 2, 60)
        world.know(text)
        (world.folder / "audierne.txt").write_text(text, encoding="utf-8")
    elif deed == "import":
        shutil.copyfile(world.folder / "exported.replique", world.folder / "imported.replique")


def _do(world: World, deed: str, day: BadDay) -> Done:
    match deed:
        case "document added":
            return ran(world, "add", str(world.folder / "audierne.txt"), day=day)
        case "document removed":
            return removal(world, "lorient", day).done()
        case "export" | "import":
            name = [""] if deed == "export" else []
            return ran(world, "debates", deed, *name, str(world.folder / f"{deed}ed.replique"), day=day)
        case _:
            return ran(world, "index", day=day)


# --- a small file system ------------------------------------------------------------------------------


def _mount(*arguments: str) -> bool:
    try:
        return subprocess.run(arguments, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _may_mount() -> bool:
    with tempfile.TemporaryDirectory(prefix="replique-mount-") as folder:
        may = _mount("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder)
        if may:
            _mount("umount", folder)
        return may


@contextmanager
def _small(folder: Path, mounts: bool) -> Iterator[Path]:
    """A folder on a small file system; a plain one where none may be mounted."""
    if mounts:
        _mount("mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        if mounts:
            _mount("umount", "-l", str(folder))


@contextmanager
def _filled(folder: Path, free: int) -> Iterator[None]:
    """Leave so many bytes on a small file system."""
    filler = folder / "filler"
    filler.write_bytes(bytes(max(0, shutil.disk_usage(folder).free - free)))
    try:
        yield
    finally:
        filler.unlink()
