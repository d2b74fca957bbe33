"""Several writers and readers at once: nobody fails but for the lock, and the end is right."""

from __future__ import annotations

import itertools
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from evals.campaign.child import Running, command, ran, removal
from evals.campaign.outcome import Outcome, in_doses
from evals.campaign.view import fresh, quotes_in, seen
from evals.campaign.world import BASE, QUESTIONS, World, document
from rag.answer import answer_as_json
from rag.api import Tools, assistant_for
from rag.errors import QuoteError, StoreLocked
from rag.store import Index
from rag.upkeep import Editor, Upload
from rag.upkeep.details import Details

ROUNDS = 2


def run(seed: int, count: int, until: float) -> Outcome:
    """At most ``count`` doses of eight processes and four threads."""
    asked: Counter[str] = Counter()
    doses, faults = in_doses(seed, count, until, lambda number: _dose(number, asked))
    who = "two processes and two threads that add, one process that indexes, one that removes"
    told = f"{who}; two threads read {asked['answers']} answers, {asked['again']} times told to ask again"
    return Outcome({"rounds": doses * ROUNDS}, faults, told)


def _dose(seed: int, asked: Counter[str]) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="replique-writers-") as folder:
        world = World(Path(folder))
        world.write(BASE)
        if wrong := ran(world, "index").wrong():
            yield wrong
            return
        for number in range(ROUNDS):
            yield from _round(world, seed * 100 + number * 10, asked)
        if wrong := ran(world, "index").wrong():
            yield f"in the end, {wrong}"
        view, wrongs = seen(world)
        yield from wrongs
        if unlike := view.unlike(fresh(world)):
            yield f"in the end, not as if made anew: {unlike}"


def _round(world: World, number: int, asked: Counter[str]) -> Iterator[str]:
    index = Index(world.settings())
    wrong: list[str] = []
    stop = threading.Event()
    new = {f"releve-{number + n}.txt": document("Camaret", number + n) for n in range(4)}
    files = [_handed(world, name, text) for name, text in new.items()]
    threads = [
        *(threading.Thread(target=_caught, args=(wrong, _adds, index, file)) for file in files[:2]),
        *(
            threading.Thread(target=_caught, args=(wrong, _reads, world, index, stop, asked, wrong))
            for _ in range(2)
        ),
    ]
    removed = next((entry for entry in ("lorient", "roscoff") if _has(world, entry)), "")
    writers: list[Running] = [
        command(world, "add", str(files[2])),
        command(world, "add", str(files[3])),
        command(world, "index"),
        *([removal(world, removed)] if removed else []),
    ]
    for thread in threads:
        thread.start()
    yield from (f"a writer of several: {fault}" for one in writers if (fault := one.done().wrong()))
    for thread in threads[:2]:
        thread.join()
    stop.set()
    for thread in threads[2:]:
        thread.join()
    index.close()
    yield from wrong
    lost = [name for name in new if not (world.corpus / name).exists()]
    if lost or (removed and _has(world, removed)):
        yield f"added and not there: {', '.join(lost)}" if lost else f"removed and still there: {removed}"


def _handed(world: World, name: str, text: str) -> Path:
    world.know(text)
    (world.folder / name).write_text(text, encoding="utf-8")
    return world.folder / name


def _has(world: World, source: str) -> bool:
    return any(path.stem == source for path in world.corpus.rglob("*"))


def _caught(wrong: list[str], work: Callable[..., None], *arguments: object) -> None:
    try:
        work(*arguments)
    except StoreLocked:
        pass
    except Exception as error:
        wrong.append(f"a thread of several: {type(error).__name__}: {error}")


def _adds(index: Index, file: Path) -> None:
    (result,) = Editor(index).add([Upload(file, file.name, Details())])
    if result.source is None:
        raise AssertionError(f"{file.name} refused: {result.error}")


def _reads(world: World, index: Index, stop: threading.Event, asked: Counter[str], wrong: list[str]) -> None:
    tools = Tools(assistant_for(index, llm=False))
    for question in itertools.cycle(QUESTIONS):
        if stop.is_set():
            return
        try:
            answer = answer_as_json(tools.ask(question))
        except QuoteError:  # the sources changed under the question, and that is said
            asked["again"] += 1
        else:
            asked["answers"] += 1
            wrong.extend(line for quote in quotes_in(answer) if (line := world.wrong_in(quote)))
        time.sleep(0.02)
