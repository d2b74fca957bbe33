"""SIGKILL at random moments of what writes: nothing is lost, and the same again ends as if nothing had been.

A dose is one world from its first index on, with one kill of each deed. What worked before each must work
after it; then the deed is done again, and the index must be as good as one made anew, without drafts left.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.campaign.child import Running, command, ran, removal
from evals.campaign.outcome import Outcome, in_doses
from evals.campaign.view import View, fresh, growth, seen
from evals.campaign.world import BASE, World, document, pdf, plain, with_voice
from rag.errors import NoIndex, RepliqueError
from rag.files import ABANDONED

DRAFTS = (".replique-*.part", "debates/.[0-9a-f]*", "store/trash/.*", "store/lock.holder")
"""What a killed process may leave, and the next one must not; outside the store, the next an hour later."""
MOST_GROWTH = 4.0
"""A store after many kills is at most so many times one that was made anew."""
_TIMES: dict[str, float] = {}  # how long each deed takes when it is left alone, in seconds


@dataclass(frozen=True)
class Deed:
    """Something that writes.

    Attributes:
        name: what it is called in the report.
        begin: begins it.
        prepare: what the world is like when it begins.
        repeat_may_fail: whether it may be refused, in a line, where all was done when it was killed.
    """

    name: str
    begin: Callable[[World], Running]
    prepare: Callable[[World], None] = lambda world: None
    repeat_may_fail: bool = False


def _change(world: World) -> None:
    world.write(
        {"brest.md": with_voice("Amirauté", document("Brest", 1)), "camaret.md": document("Camaret", 1, 30)}
    )


def _new_documents(world: World) -> None:
    text, printed = document("Audierne", 2), document("Camaret", 3)
    world.know(text)
    world.printed.add(plain(printed))
    (world.folder / "audierne.txt").write_text(text, encoding="utf-8")
    (world.folder / "phare.pdf").write_bytes(pdf(printed))  # by the name of another


def _shared(world: World) -> None:
    if not (world.folder / "whole.replique").exists():
        ran(world, "debates", "export", "rade", str(world.folder / "whole.replique"))


def _debate(world: World) -> None:
    if not (world.debates / "rade").exists():
        ran(world, "debates", "new", "Rade")
    for path, content in BASE.items():
        file = world.debates / "rade/documents" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


DEEDS = (
    Deed("first index", lambda world: command(world, "index")),
    Deed("index of a change", lambda world: command(world, "index"), _change),
    Deed(
        "documents added",
        lambda world: command(
            world, "add", "--side", "Douane", *(str(world.folder / n) for n in ("audierne.txt", "phare.pdf"))
        ),
        _new_documents,
        repeat_may_fail=True,
    ),
    Deed("document removed", lambda world: removal(world, "lorient"), repeat_may_fail=True),
    Deed(
        "debate exported",
        lambda world: command(world, "debates", "export", "rade", str(world.folder / "shared.replique")),
        _debate,
    ),
    Deed(
        "debate imported",
        lambda world: command(world, "debates", "import", str(world.folder / "whole.replique")),
        _shared,
    ),
)


def run(seed: int, count: int, until: float) -> Outcome:
    """At most ``count`` doses of six kills."""
    sizes: list[float] = []
    doses, faults = in_doses(seed, count, until, lambda number: _dose(number, sizes), lanes=2)
    largest = f"; the largest store was {max(sizes):.1f} times a new one" if sizes else ""
    names = ", ".join(deed.name for deed in DEEDS)
    return Outcome({"kills": doses * len(DEEDS)}, faults, f"each of: {names}{largest}")


def _dose(seed: int, sizes: list[float]) -> Iterator[str]:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="replique-kills-") as folder:
        world = World(Path(folder))
        world.write(BASE)
        before: View | None = None
        for deed in DEEDS:
            deed.prepare(world)
            for wrong in _killed(world, deed, chance, before):
                yield f"{deed.name}: {wrong}"
            before = fresh(world)
        sizes.append(growth(world))
        if sizes[-1] > MOST_GROWTH:
            yield f"the store has grown to {sizes[-1]:.1f} times the size of a new one"


def _killed(world: World, deed: Deed, chance: random.Random, before: View | None) -> Iterator[str]:
    """Kill it at some moment, look, do it again, look."""
    running = deed.begin(world)
    time.sleep(chance.random() * _TIMES.get(deed.name, 2.0))
    living = running.kill()
    running.done()
    if living:
        yield f"killed, its processes {living} live on"
    yield from _as_before(world, before)
    for draft in _drafts(world):
        os.utime(draft, (time.time() - 2 * ABANDONED,) * 2)
    again = deed.begin(world).done()
    _TIMES[deed.name] = min(again.seconds, _TIMES.get(deed.name, again.seconds))
    if wrong := again.wrong(may_fail=deed.repeat_may_fail):
        yield f"done again, {wrong}"
    if "index" not in deed.name and (wrong := ran(world, "index").wrong()):
        yield f"indexed after that, {wrong}"
    view, wrongs = seen(world)
    yield from wrongs
    if unlike := view.unlike(fresh(world)):
        yield f"not as if made anew: {unlike}"
    if left := _drafts(world):
        yield f"left behind: {', '.join(str(path.relative_to(world.folder)) for path in left[:4])}"
    yield from _twice(world)


def _as_before(world: World, before: View | None) -> Iterator[str]:
    """What worked before works: with the old documents, or with those that there are now."""
    try:
        view, wrongs = seen(world)
    except NoIndex:
        if before is not None:
            yield "killed, and there is no index any more"
        return
    except RepliqueError as error:
        yield f"killed, and asking fails: {error}"
        return
    yield from wrongs
    if before is None or view.unlike(before):
        unlike = view.unlike(fresh(world))
        if unlike:
            yield f"killed, it answers neither as before nor as made anew: {unlike}"


def _drafts(world: World) -> list[Path]:
    return [path for pattern in DRAFTS for path in world.folder.glob(f"**/{pattern}")]


def _twice(world: World) -> Iterator[str]:
    """A document that was to be added once stands there once, and none is lost."""
    found = [path.read_bytes() for path in world.corpus.rglob("*") if path.is_file()]
    if len(found) != len(set(found)):
        yield "a document stands in the corpus twice"
