"""Fifty people ask one page while documents come, change and go: no answer is wrong, none of two states."""

from __future__ import annotations

import asyncio
import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from evals.campaign.child import ran
from evals.campaign.outcome import Outcome, one_line
from evals.campaign.page import Page, Refused, page_of
from evals.campaign.view import quotes_in
from evals.campaign.world import BASE, QUESTIONS, World, body, document, with_voice

PEOPLE = 50
PAUSE = (5.0, 15.0)
"""Seconds that a person reads an answer before asking again."""
AT_REST = 30
"""Questions that one person asks alone, one after the other, while nothing changes."""
MOST_SECONDS = 150.0
AGAIN = "ask again"
"""Stands in what the page says where the sources changed under a question, which is to be asked anew."""


@dataclass
class States:
    """What the documents were, one state after another.

    Attributes:
        known: ids and hashes of each state; put here before it is made.
        committed: the last that is surely there.
    """

    known: list[dict[str, str]]
    committed: int = 0

    def begin(self, state: dict[str, str]) -> None:
        """From now on, answers may be of this state."""
        self.known.append(state)

    def commit(self) -> None:
        """From now on, they must be of it."""
        self.committed = len(self.known) - 1

    def hold(self, answer: dict[str, Any], since: int) -> bool:
        """Whether an answer is of one state, and of one that was there since it was asked."""
        quoted = {(quote["source"], quote["sha256"]) for quote in quotes_in(answer)}
        return any(quoted <= state.items() for state in self.known[since:])

    def mixed(self, answer: dict[str, Any]) -> bool:
        """Whether it is of no state that ever was."""
        quoted = {(quote["source"], quote["sha256"]) for quote in quotes_in(answer)}
        return not any(quoted <= state.items() for state in self.known)


@dataclass
class Heard:
    """What the people were told."""

    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    again: int = 0


def run(seed: int, count: int, until: float) -> Outcome:
    """Fifty people, each at most ``count`` questions, and the first in any case."""
    with tempfile.TemporaryDirectory(prefix="replique-crowd-") as folder:
        world = World(Path(folder))
        world.write({path: text for path, text in BASE.items() if not path.endswith(".pdf")})
        if wrong := ran(world, "index").wrong():
            return Outcome({"answers": 0}, ((seed, wrong),))
        with page_of(world) as page:
            return _asked(world, page, seed, count, until)


def _asked(world: World, page: Page, seed: int, count: int, until: float) -> Outcome:
    states = States([_state(world)])
    asyncio.run(_people(page, world, states, seed, Heard(), people=1, count=3, pause=(0, 0)))  # to warm up
    alone, many = Heard(), Heard()
    asyncio.run(_people(page, world, states, seed, alone, people=1, count=AT_REST, pause=(0, 0)))
    stop, changes = threading.Event(), Counter[str]()
    faults: list[str] = []
    writer = threading.Thread(target=_changes, args=(world, page, states, stop, changes, faults))
    writer.start()
    limit = min(until, time.monotonic() + MOST_SECONDS)
    asyncio.run(_people(page, world, states, seed, many, PEOPLE, count, PAUSE, limit))
    stop.set()
    writer.join()
    rest, crowd = (float(np.percentile(heard.seconds or [np.nan], 95)) for heard in (alone, many))
    changed = ", ".join(f"{n} times {what}" for what, n in changes.items())
    told = (
        f"{PEOPLE} people, {PAUSE[0]:.0f} to {PAUSE[1]:.0f} s between an answer and the next question; "
        f"meanwhile {changed}; {many.again} were told to ask again; "
        f"p95 {crowd / rest:.1f} times one person's at rest (wanted: under 5)"
    )
    wrong = tuple((seed, line) for line in (*faults, *alone.faults, *many.faults))
    return Outcome({"answers": len(many.seconds)}, wrong, told)


async def _people(
    page: Page,
    world: World,
    states: States,
    seed: int,
    heard: Heard,
    people: int,
    count: int,
    pause: tuple[float, float],
    limit: float = float("inf"),
) -> None:
    async with page.client() as client:

        async def person(number: int) -> None:
            chance = random.Random(seed * 1000 + number)
            await asyncio.sleep(chance.uniform(0, pause[1]))
            for number_asked in range(count):
                if number_asked and time.monotonic() > limit:
                    return
                await _one(page, client, world, states, heard, chance.choice(QUESTIONS))
                await asyncio.sleep(chance.uniform(*pause))

        await asyncio.gather(*map(person, range(people)))


async def _one(
    page: Page, client: httpx.AsyncClient, world: World, states: States, heard: Heard, question: str
) -> None:
    since, begun = states.committed, time.perf_counter()
    try:
        answer = await page.ask(client, question)
    except Refused as error:
        if AGAIN in str(error):
            heard.again += 1
        else:
            heard.faults.append(f"no answer: {one_line(str(error))}")
        return
    except (httpx.HTTPError, ValueError, KeyError) as error:
        heard.faults.append(f"no answer: {type(error).__name__} {one_line(str(error))}")
        return
    heard.seconds.append(time.perf_counter() - begun)
    heard.faults.extend(line for quote in quotes_in(answer) if (line := world.wrong_in(quote)))
    if states.mixed(answer):
        heard.faults.append(f"an answer of two states: {question}")
    elif not states.hold(answer, since):
        heard.faults.append(f"an answer of a state that was gone: {question}")


def _changes(
    world: World, page: Page, states: States, stop: threading.Event, changes: Counter[str], faults: list[str]
) -> None:
    """All documents changed by the command, one removed and taken back in the page, in turn."""
    version = 0
    while not stop.is_set():
        version += 1
        try:
            for what, wrong in _round(world, page, states, version):
                changes[what] += 1
                if wrong:
                    faults.append(f"{what}: {wrong}")
        except (Refused, httpx.HTTPError, ValueError) as error:
            faults.append(f"a change through the page: {one_line(str(error))}")
            return


def _round(world: World, page: Page, states: States, version: int) -> Iterator[tuple[str, str]]:
    documents = {
        "brest.md": with_voice("Amirauté", document("Brest", version)),
        "lorient.md": with_voice("Pêcheurs", document("Lorient", version, 8)),
        "Pêcheurs/roscoff.txt": document("Roscoff", version),
    }
    if version % 2:
        documents["camaret.md"] = document("Camaret", version)
    world.write(documents)
    if not version % 2:
        (world.corpus / "camaret.md").unlink()
    whole = _state(world)
    states.begin(whole)
    done = ran(world, "index")
    states.commit()
    yield "all documents changed by the command", done.wrong()
    states.begin({source: sha for source, sha in whole.items() if source != "lorient"})
    token = page.change("remove_source", source="lorient")["token"]
    states.commit()
    yield "one removed in the page", ""
    states.begin(whole)
    page.change("restore_source", token=token)
    states.commit()
    yield "taken back there", ""


def _state(world: World) -> dict[str, str]:
    """Ids and hashes of what is in the corpus folder."""
    hashes = {text: sha for sha, text in world.texts.items()}
    files = (path for path in world.corpus.rglob("*") if path.is_file())
    return {path.stem: hashes[_text(path)] for path in files}


def _text(path: Path) -> str:
    return body(path.read_text(encoding="utf-8"))
