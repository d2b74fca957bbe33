"""Starts phases as processes of their own, watches their memory, kills one where that is asked."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO, Any, Protocol

from evals.sets.questions import EVALS
from evals.suites.scaling.costs import tree_bytes
from rag.errors import RepliqueError
from rag.types import Progress

ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join(filter(None, [str(EVALS.parent), os.environ.get("PYTHONPATH")])),
}
"""Of processes that run the code of this checkout."""
_SAMPLED = 0.2
"""Seconds between two looks at a process's memory."""

Found = dict[str, Any]


class Runs(Protocol):
    """Runs a phase of :mod:`evals.suites.scaling.phases`."""

    def __call__(
        self, phase: str, told: Mapping[str, Any], progress: Progress, killed_at: float | None = None
    ) -> Found:
        """What it found; of one killed, ``seen`` and ``killed``."""


def run_phase(
    phase: str, told: Mapping[str, Any], progress: Progress, killed_at: float | None = None
) -> Found:
    """Run a phase in a fresh process.

    Raises:
        RepliqueError: it failed.
    """
    command = [sys.executable, "-m", "evals.suites.scaling.child", phase, json.dumps(told)]
    return watched(command, progress, killed_at)


def watched(command: Sequence[str], progress: Progress, killed_at: float | None = None) -> Found:
    """Run a command that says in lines of JSON how far it is and what it found.

    Args:
        command: what is run.
        progress: told how far it is.
        killed_at: the share of the stage ``embed`` after which it is killed, as by a power cut.

    Returns:
        What it found; how far ``embed`` was when it was first and last heard of (``seen``: seconds, done,
        total); and whether it was ``killed``.

    Raises:
        RepliqueError: it failed.
    """
    before, begun = _children_cpu(), time.perf_counter()
    found: Found = {}
    seen: list[tuple[float, int, int]] = []
    killed = False
    with tempfile.TemporaryFile("w+") as said, _started(command, said) as process, _sampled(process) as most:
        assert process.stdout is not None
        for line in process.stdout:
            event = json.loads(line)
            found |= event.get("found", {})
            stage, done, total = event.get("progress", ("", 0, 0))
            if stage:
                progress(stage, done, total)
            if stage == "embed":
                seen = [*seen[:1], (time.perf_counter() - begun, done, total)]
                if killed_at is not None and seen[0][1] < done >= killed_at * total:
                    killed = True
                    break
        if not killed and process.wait():
            raise RepliqueError("scale_failed", command=" ".join(command[1:4]), reason=_last_line(said))
    if most[0] > (found.get("peak_bytes") or 0):
        found["peak_bytes"] = most[0]
    cost = {"all_s": time.perf_counter() - begun, "all_cpu_s": _children_cpu() - before}
    return {**found, **cost, "seen": seen, "killed": killed}


@contextmanager
def _started(command: Sequence[str], said: IO[str]) -> Iterator[subprocess.Popen[str]]:
    """A process that is gone afterwards, with all that it started."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=said, text=True, env=ENVIRONMENT, start_new_session=True
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if process.stdout:
            process.stdout.close()


@contextmanager
def _sampled(process: subprocess.Popen[str]) -> Iterator[list[int]]:
    """The most memory that a process and those that it starts are seen to have."""
    most, over = [0], threading.Event()

    def look() -> None:
        while not over.wait(_SAMPLED):
            most[0] = max(most[0], tree_bytes(process.pid))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield most
    finally:
        over.set()
        thread.join()


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _last_line(said: IO[str]) -> str:
    said.seek(0)
    lines = said.read().split("\n")
    return next((line for line in reversed(lines) if line.strip()), "no word")
