"""All trials one after the other, in the time there is, and what is told of them."""

from __future__ import annotations

import importlib
import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from itertools import starmap
from pathlib import Path

from evals.campaign.machine import machine, versions
from evals.campaign.outcome import Outcome, not_foreseen
from rag.types import Progress


@dataclass(frozen=True, slots=True)
class Trial:
    """One of them.

    Attributes:
        name: of its file, and on the command line.
        title: in the report.
        share: of the time, against the others'.
        doses: at most so many in a whole campaign.
    """

    name: str
    title: str
    share: int
    doses: int


TRIALS = (
    Trial("kills", "killed at random moments", 26, 17),
    Trial("disk", "disk full at some write", 9, 40),
    Trial("readonly", "read-only store and corpus", 3, 2),
    Trial("clock", "clocks that go wrong", 5, 20),
    Trial("damage", "each file of the store spoilt", 16, 1_000),
    Trial("changing", "corpus changed while it is read", 6, 30),
    Trial("writers", "several writers at once", 6, 30),
    Trial("fuzz", "fuzzed files of every format", 16, 1_000),
    Trial("hostile", "a hostile corpus", 5, 1_000),
    Trial("crowd", "fifty people asking while documents change", 10, 1_000),
    Trial("memory", "memory of a page", 14, 10_000),
)
NAMES = tuple(trial.name for trial in TRIALS)
MINUTES = 20.0
MOST_TOLD = 12
"""Faults of one trial that are listed."""


@dataclass(frozen=True, slots=True)
class Report:
    """Of a campaign: when and with which seed, and each trial with its outcome and its seconds."""

    begun: datetime
    seed: int
    minutes: float
    outcomes: tuple[tuple[Trial, Outcome, float], ...]


def run(progress: Progress, minutes: float, only: Sequence[str], seed: int, doses: int | None) -> Report:
    """Do them.

    Args:
        progress: is told which trial is done.
        minutes: all together; a dose that has begun is done to its end.
        only: names of the trials to do; all where there is none.
        seed: of the first dose of each.
        doses: at most so many of each.
    """
    begun = datetime.now(UTC)
    chosen = [trial for trial in TRIALS if not only or trial.name in only]
    end = time.monotonic() + 60 * minutes
    outcomes = []
    for number, trial in enumerate(chosen):
        progress(trial.title, number, len(chosen))
        start = time.monotonic()
        share = trial.share / sum(each.share for each in chosen[number:])  # what others left is shared out
        outcome = _tried(trial, seed, min(doses or trial.doses, trial.doses), start + share * (end - start))
        outcomes.append((trial, outcome, time.monotonic() - start))
    return Report(begun, seed, minutes, tuple(outcomes))


def _tried(trial: Trial, seed: int, doses: int, until: float) -> Outcome:
    name = f"evals.campaign.{trial.name}"
    if find_spec(name) is None:
        return Outcome({}, skipped="not in this checkout")
    logger = logging.getLogger("rag")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # a quote that is dropped is no news here
    try:
        outcome: Outcome = importlib.import_module(name).run(seed, doses, until)
    except (Exception, SystemExit) as error:  # the others are done all the same
        return Outcome({}, ((seed, not_foreseen(error)),))
    finally:
        logger.setLevel(level)
    return outcome


# --- what is told -------------------------------------------------------------------------------------


def failures(report: Report) -> list[str]:
    """What went wrong, each with the command that does it again."""
    told = []
    for trial, outcome, _ in report.outcomes:
        listed = outcome.faults[:MOST_TOLD]
        told += [f"{trial.name}: {what} — again: {again(trial, seed)}" for seed, what in listed]
        if len(outcome.faults) > MOST_TOLD:
            told.append(f"{trial.name}: and {len(outcome.faults) - MOST_TOLD} more")
    return told


def again(trial: Trial, seed: int) -> str:
    """The command that does one dose again."""
    return f"python -m evals campaign --only {trial.name} --seed {seed} --doses 1"


def tables(report: Report) -> Iterator[str]:
    """The report as Markdown, for the terminal."""
    yield markdown(report)


def markdown(report: Report) -> str:
    """The page ``docs/campaign.md``."""
    wrong = failures(report)
    return _PAGE.format(
        time=f"{report.begun:%Y-%m-%d %H:%M} UTC",
        minutes=f"{report.minutes:g} minutes",
        seed=report.seed,
        machine=machine(),
        versions=versions(),
        rows="\n".join(starmap(_row, report.outcomes)),
        wrong="\n".join(
            ["## What went wrong", "", *(f"- {line}" for line in wrong)] if wrong else ["Nothing went wrong."]
        ),
    )


_PAGE = """\
# A campaign of bad days

Written by `make campaign ARGS="--write docs/campaign.md"` on {time}: {minutes}, seed {seed}.

Machine: {machine}. Versions: {versions}.

| trial | done | wrong | what was seen | seconds |
|---|--:|--:|---|--:|
{rows}

What each trial does stands at the head of its file in `evals/campaign/`. What had no time, or cannot be
done on this machine, is said to be so: it is not shown by this page.

{wrong}
"""


def _row(trial: Trial, outcome: Outcome, seconds: float) -> str:
    cells = (
        f"{trial.title} (`{trial.name}`)",
        _done(outcome),
        _wrong(outcome),
        outcome.seen,
        f"{seconds:.0f}",
    )
    return f"| {' | '.join(cells)} |"


def write(report: Report, file: Path) -> None:
    """Write the page."""
    file.write_text(markdown(report), encoding="utf-8")


def _done(outcome: Outcome) -> str:
    return ", ".join(f"{count:,} {what}" for what, count in outcome.done.items()) or "nothing"


def _wrong(outcome: Outcome) -> str:
    return f"not done: {outcome.skipped}" if outcome.skipped else str(len(outcome.faults))
