"""Each file of a store spoilt in turn: questions are answered rightly or refused in a line; all is mended."""

from __future__ import annotations

import itertools
import json
import random
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from evals.campaign.child import Done, ran
from evals.campaign.outcome import Outcome, in_doses
from evals.campaign.view import View, answered, fresh, seen, wrong_in
from evals.campaign.world import BASE, QUESTIONS, World

Spoil = Callable[[Path, random.Random], None]


def _flipped(file: Path, chance: random.Random) -> None:
    data = bytearray(file.read_bytes())
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(data)


def _cut(file: Path, chance: random.Random) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: chance.randrange(max(1, len(data)))])


def _emptied(file: Path, chance: random.Random) -> None:
    file.write_bytes(b"")


def _deleted(file: Path, chance: random.Random) -> None:
    file.unlink()


def _swapped(file: Path, chance: random.Random) -> None:
    """Replaced by another file of the store, of its own kind where there is one."""
    store = next(parent for parent in file.parents if parent.name.startswith("store"))
    others = sorted(path for path in store.rglob("*") if path.is_file() and path != file)
    alike = [path for path in others if path.suffix == file.suffix] or others
    shutil.copyfile(chance.choice(alike), file)


SPOILS: dict[str, Spoil] = {
    "a bit flipped": _flipped,
    "cut short": _cut,
    "emptied": _emptied,
    "deleted": _deleted,
    "replaced by another": _swapped,
}


def run(seed: int, count: int, until: float) -> Outcome:
    """At most ``count`` spoilt files; all files in all ways, once, if there is time."""
    tally = {"answered rightly": 0, "refused in a line": 0}
    with tempfile.TemporaryDirectory(prefix="replique-damage-") as folder:
        world = World(Path(folder))
        world.write(BASE)
        wrong = ran(world, "index").wrong()
        if wrong:
            return Outcome({"files spoilt": 0}, ((seed, wrong),))
        whole = _saved(world)
        files = (str(path.relative_to(whole)) for path in whole.rglob("*") if path.is_file())
        names = sorted(files, key=lambda name: (_stable(name), name))
        todo = list(itertools.product(names, SPOILS))
        random.Random("damage").shuffle(todo)  # the same order always: a seed tells which

        def dose(number: int) -> Iterator[str]:
            name, how = todo[number % len(todo)]
            for fault in _spoilt(world, whole, name, how, number, tally):
                yield f"{_stable(name)} {how}: {fault}"

        doses, faults = in_doses(seed, min(count, len(todo)), until, dose, lanes=2)
    told = ", ".join(f"{what} {times}" for what, times in tally.items())
    return Outcome(
        {"files spoilt": doses}, faults, f"{doses} of {len(todo)} (each file, {len(SPOILS)} ways); {told}"
    )


def _stable(name: str) -> str:
    """A file's name without what is drawn anew for each store."""
    return re.sub(r"[0-9a-f]{8}[0-9a-f-]*", "#", name)


def _saved(world: World) -> Path:
    """The store as it was when it was whole."""
    whole = world.folder / "whole"
    shutil.copytree(world.store, whole)
    return whole


def _spoilt(
    world: World, whole: Path, name: str, how: str, number: int, tally: dict[str, int]
) -> Iterator[str]:
    expected = fresh(world)
    with tempfile.TemporaryDirectory(dir=world.folder, prefix="dose-") as folder:
        own = _Beside(world, Path(folder) / "store")
        shutil.copytree(whole, own.store)
        SPOILS[how](own.store / name, random.Random(number))
        asked = own.asks()
        yield from _answers_or_says(own, asked, expected, tally)
        mended = ran(own, "index")
        if mended.code != 0 and "--rebuild" in mended.err:
            mended = ran(own, "index", "--rebuild")
        if wrong := mended.wrong():
            yield f"not mended: {wrong}"
            return
        view, wrongs = seen(own)
        yield from wrongs
        if unlike := view.unlike(expected):
            yield f"indexed again, it is not as if made anew: {unlike}"


class _Beside(World):
    """The same corpus with another store."""

    def __init__(self, world: World, store: Path) -> None:
        super().__init__(world.folder, world.texts)
        self._store = store
        self.questions = store.parent / "questions.txt"
        self.questions.write_text("\n".join(QUESTIONS) + "\n", encoding="utf-8")

    @property
    def store(self) -> Path:
        return self._store

    def asks(self) -> Done:
        """The command's answers to all questions; it mends an index that it finds broken."""
        return ran(self, "ask", "--json", "--from", str(self.questions))


def _answers_or_says(own: _Beside, asked: Done, expected: View, tally: dict[str, int]) -> Iterator[str]:
    if wrong := asked.wrong(may_fail=True):
        yield f"asked, {wrong}"
    answers = [json.loads(line) for line in asked.out.splitlines() if line.startswith("{")]
    yield from wrong_in(own, [answer for answer in answers if "quotes" in answer])
    if asked.code != 0:
        tally["refused in a line"] += 1
        return
    got = tuple(answered(answer) for answer in answers)
    if got == expected.answers:
        tally["answered rightly"] += 1
    else:
        yield f"asked, it answers otherwise than before: {View(expected.sources, got).unlike(expected)}"
