"""What a trial gives, and how its doses are done one after the other."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

Fault = tuple[int, str]
"""The seed of the dose that went wrong, and what was seen."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one trial.

    Attributes:
        done: what was done how often, by what it is called (``kills``); nothing where ``skipped`` says why.
        faults: what went wrong.
        seen: what else the report says, in a line.
        skipped: why it could not be done here.
    """

    done: dict[str, int]
    faults: tuple[Fault, ...] = ()
    seen: str = ""
    skipped: str = ""


def in_doses(
    seed: int, count: int, until: float, dose: Callable[[int], Iterable[str]], lanes: int = 1
) -> tuple[int, tuple[Fault, ...]]:
    """Do doses, ``lanes`` of them at a time, the first in any case.

    Args:
        seed: of the first; each has the next.
        count: at most so many.
        until: none is begun after that time.
        dose: does the one with a seed; gives what went wrong.
        lanes: how many at once.

    Returns:
        How many were done, and what went wrong.
    """
    done: list[int] = []
    faults: list[Fault] = []

    def one(number: int) -> None:
        if number and time.monotonic() > until:
            return
        wrong = list(_caught(dose, seed + number))
        faults.extend((seed + number, line) for line in wrong)
        for line in wrong:
            print(f"evals: seed {seed + number}: {line}", file=sys.stderr)
        done.append(number)

    with ThreadPoolExecutor(lanes) as pool:
        list(pool.map(one, range(count)))
    return len(done), tuple(sorted(faults))


def _caught(dose: Callable[[int], Iterable[str]], seed: int) -> Iterable[str]:
    """A dose that fails in a way not foreseen is a fault like others, and keeps none from being done."""
    try:
        yield from dose(seed)
    except Exception as error:
        yield not_foreseen(error)


def not_foreseen(error: BaseException) -> str:
    """An error that no trial expects, with where it was raised."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"not foreseen: {type(error).__name__}: {one_line(str(error))} ({frame.filename}:{frame.lineno})"


def one_line(text: str, most: int = 300) -> str:
    """What somebody was told, on one short line of a report."""
    return " | ".join(islice((" ".join(line.split()) for line in text.splitlines()), 4))[:most]
