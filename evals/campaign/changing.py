"""The corpus changes while it is read: what is indexed stood there once, and the next quiet run is right."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from evals.campaign.child import Running, ran
from evals.campaign.churn import churn, churned
from evals.campaign.outcome import Outcome, in_doses
from evals.campaign.view import fresh, seen
from evals.campaign.world import BASE, World

RUNS = 4
"""Index runs of a dose, while another process changes the documents."""


def run(seed: int, count: int, until: float) -> Outcome:
    """At most ``count`` doses of four index runs and a quiet one."""
    doses, faults = in_doses(seed, count, until, _dose, lanes=2)
    seen_ = "six documents rewritten, removed and renamed about 100 times a second"
    return Outcome({"index runs": doses * RUNS}, faults, seen_)


def _dose(seed: int) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="replique-changing-") as folder:
        world = World(Path(folder))
        world.write({"phare.pdf": BASE["phare.pdf"]})
        for versions in churned().values():
            for text in versions:
                world.know(text)
        changing = Running(churn, str(world.corpus), seed)
        try:
            for _ in range(RUNS):
                if wrong := ran(world, "index").wrong():
                    yield f"while documents change, {wrong}"
                view, wrongs = seen(world)
                yield from wrongs
                strange = [i for i, sha in view.sources if sha not in world.texts and i != "phare"]
                if strange:
                    yield f"indexed as they never were: {', '.join(strange)}"
        finally:
            changing.kill()
            changing.done()
        if wrong := ran(world, "index").wrong():
            yield f"quiet again, {wrong}"
        view, wrongs = seen(world)
        yield from wrongs
        if unlike := view.unlike(fresh(world)):
            yield f"quiet again, not as if made anew: {unlike}"
