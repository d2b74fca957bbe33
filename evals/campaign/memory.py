"""The memory of a page over many questions: flat once it has answered some."""

from __future__ import annotations

import asyncio
import itertools
import tempfile
import time
from pathlib import Path

import numpy as np

from evals.campaign.child import below, ran
from evals.campaign.outcome import Outcome
from evals.campaign.page import Page, page_of
from evals.campaign.world import BASE, PORTS, World

WARM_UP = 100
"""Questions before memory is looked at: models are loaded, threads started, pools filled."""
EVERY = 50
LEAST = 1_000
"""Questions after which a slope is judged; with fewer it is noise."""
MOST_SLOPE = 5.0
"""MB for each 1,000 questions."""
AT_ONCE = 2


def run(seed: int, count: int, until: float) -> Outcome:
    """At most ``count`` questions, no two alike."""
    with tempfile.TemporaryDirectory(prefix="replique-memory-") as folder:
        world = World(Path(folder))
        world.write(BASE)
        if wrong := ran(world, "index").wrong():
            return Outcome({"questions": 0}, ((seed, wrong),))
        with page_of(world) as page:
            looks = asyncio.run(_looks(page, seed, count, until))
    asked = EVERY * (len(looks) - 1)
    if len(looks) < 4:
        return Outcome({"questions": asked}, (), "too few to tell a slope")
    half = looks[len(looks) // 2 :]
    slope = float(np.polyfit(np.arange(len(half)) * EVERY / 1000, half, 1)[0])
    told = (
        f"from {looks[0]:.0f} to {looks[-1]:.0f} MB; {slope:+.2f} MB per 1,000 questions over the second half"
    )
    is_steep = asked >= LEAST and slope > MOST_SLOPE
    faults = ((seed, f"the page's memory grows: {told} (at most {MOST_SLOPE})"),) if is_steep else ()
    return Outcome({"questions": asked}, faults, told)


async def _looks(page: Page, seed: int, count: int, until: float) -> list[float]:
    """Memory in MB after each :data:`EVERY` questions."""
    numbers = itertools.count(seed)
    looks: list[float] = []
    async with page.client() as client:

        async def asks(times: int) -> None:
            for number in itertools.islice(numbers, times):
                await page.ask(client, _question(number))

        async def all_ask(times: int) -> None:
            await asyncio.gather(*(asks(times // AT_ONCE) for _ in range(AT_ONCE)))

        await all_ask(min(WARM_UP, count))
        looks.append(_megabytes(page.process.pid))
        while EVERY * len(looks) <= count and time.monotonic() < until:
            await all_ask(EVERY)
            looks.append(_megabytes(page.process.pid))
    return looks


def _question(number: int) -> str:
    asked = (
        "Combien de navires ont mouillé à",
        "Quelle est la longueur de la jetée de",
        "Qui tient le phare de",
    )
    return f"{asked[number % 3]} {PORTS[number % len(PORTS)]} en {number % 9973} ?"


def _megabytes(pid: int) -> float:
    """Of a process and those below it: what they hold in memory, files that are mapped included."""
    pages = sum(
        int(Path(f"/proc/{each}/statm").read_text().split()[1])
        for each in (pid, *below(pid))
        if Path(f"/proc/{each}").exists()
    )
    return pages * 4096 / 1e6
