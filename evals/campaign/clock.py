"""Clocks that go wrong: every change is noticed, and nothing is indexed again for ever."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from evals.campaign.child import BadDay, Done, ran
from evals.campaign.outcome import Outcome, in_doses
from evals.campaign.view import fresh, seen
from evals.campaign.world import BASE, World, document, with_voice

DAY = 86_400.0
TIMES: dict[str, Callable[[float], float]] = {
    "before the one it had": lambda now: now - 400 * DAY,
    "far in the future": lambda now: now + 4000 * DAY,
    "of 1970": lambda now: 0.0,
    "the one it had": lambda now: now,
}
"""The time that a changed file is given, in seconds, from the one that it had."""


def run(seed: int, count: int, until: float) -> Outcome:
    """At most ``count`` doses of a change with each time, indexed by a clock that is wrong."""
    doses, faults = in_doses(seed, count, until, _dose, lanes=2)
    told = f"changed files with a time {', '.join(TIMES)}; the command's own clock up to ten years off"
    return Outcome({"changes": doses * len(TIMES)}, faults, told)


def _dose(seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="replique-clock-") as folder:
        world = World(Path(folder))
        world.write(BASE)
        ran(world, "index")
        for version, (name, time_of) in enumerate(TIMES.items(), 1):
            day = BadDay(clock=chance.uniform(-3650, 3650) * DAY)
            file = world.corpus / "brest.md"
            had, size = file.stat().st_mtime, file.stat().st_size
            world.write({"brest.md": _as_long(version, size)})
            os.utime(file, (time_of(had), time_of(had)))
            for wrong in _noticed_once(world, day):
                yield f"a file whose time is {name}, clock {day.clock / DAY:+.0f} days: {wrong}"


def _as_long(version: int, size: int) -> str:
    """Another text of the same length."""
    text = with_voice("Amirauté", document("Brest", version, 3))
    return text + "." * (size - len(text.encode()))


def _noticed_once(world: World, day: BadDay) -> Iterator[str]:
    done = ran(world, "index", day=day)
    if wrong := done.wrong():
        yield wrong
    view, wrongs = seen(world)
    yield from wrongs
    if unlike := view.unlike(fresh(world)):
        yield f"the change is not noticed: {unlike}"
    for whose in (BadDay(), day):
        if not _did_nothing(again := ran(world, "index", day=whose)):
            yield f"indexed again though nothing changed: {again.out.strip()}"
    asked = ran(world, "ask", "--json", "Qui tient le phare ?", day=day)
    if "has changed" in asked.err:
        yield "it says for ever that the corpus has changed"
    elif wrong := asked.wrong():
        yield f"asked, {wrong}"


def _did_nothing(done: Done) -> bool:
    return done.code == 0 and done.out.startswith("nothing to do")
