"""Rebuttals: is the other side's sentence on a claim found, and is nothing said where it has none?

``python -m evals rebuttals``; the claims are those of ``sets/rebuttals.py``, the figures are of debates not
fitted on: each is left out in turn.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from evals.fit.bearing import left_out_in_turn
from evals.sets.debates import load_debates
from evals.sets.rebuttals import cases, facing
from rag.types import Progress
from rag.weights import read_weights

MOST_LOST = 0.02
"""How far a share may fall below the one kept with the weights; machines differ a little in arithmetic."""


def run(progress: Progress) -> dict[str, float]:
    """How many claims there are, and in what share of them what should be said is said."""
    progress("reading debates", 0, 1)
    drawn = list(cases(facing(load_debates())))
    progress("fitting, each debate left out in turn", 0, 1)
    return left_out_in_turn(drawn)


def tables(report: dict[str, float]) -> Iterator[Table]:
    """The figures."""
    made = Table("rebuttals", "all debates")
    for name, value in report.items():
        made.add_row(name, str(value))
    yield made


def failures(report: dict[str, float]) -> list[str]:
    """Shares that fell below those that stand with the weights."""
    kept = read_weights("bearing")["left_out_in_turn"]
    return [
        f"rebuttals, {name}: {value}, with the weights stands {kept[name]}"
        for name, value in report.items()
        if value < kept[name] - MOST_LOST
    ]
