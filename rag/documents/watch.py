"""A process that must get on: looked at when its time is over, and ended."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

STARVED = 5
"""How many times its seconds a step may take where other programs had the processor meanwhile."""


class Watch:
    """Ends a process that does not get on; to be used with ``with``.

    Seconds are those of the clock; where the system tells how much of them a process had (Linux), one that
    runs and had less is given more. One that waits is not.

    Args:
        process: its id.
        end: ends it.
        patience: seconds for each step.
        in_all: seconds for all steps together.

    Attributes:
        patience: for the next steps.
        is_over: whether it was ended.
    """

    def __init__(self, process: int, end: Callable[[], None], patience: float, in_all: float) -> None:
        self._process = process
        self._end = end
        self.patience = patience
        self._last = time.monotonic() + in_all
        self._lock = threading.Lock()
        self._is_done = False
        self.is_over = False

    def __enter__(self) -> Watch:
        self._begin(self.patience)
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._is_done = True
            self._timer.cancel()

    def go_on(self, more: float) -> None:
        """It got on; the next step may take so much more."""
        with self._lock:
            self._timer.cancel()
            self._last += more
            self._begin(min(self.patience + more, self._last - time.monotonic()))

    def _begin(self, seconds: float) -> None:
        self._step, self._begun = seconds, time.monotonic()
        self._used, _ = _time_of(self._process)
        self._wait(seconds)

    def _wait(self, seconds: float) -> None:
        self._timer = threading.Timer(max(0.0, seconds), self._look)
        self._timer.daemon = True
        self._timer.start()

    def _look(self) -> None:
        with self._lock:
            if self._is_done or threading.current_thread() is not self._timer:
                return
            used, is_running = _time_of(self._process)
            left = self._step - (used - self._used) if is_running else 0.0
            if left > 0 and time.monotonic() < min(self._begun + STARVED * self._step, self._last):
                self._wait(max(left, 0.1))
            else:
                self.is_over = True
                self._end()


def _time_of(process: int) -> tuple[float, bool]:
    """Processor time that a process had, in seconds, and whether it runs; not, where that is not told."""
    try:
        told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK"), told[0] == "R"
    except (OSError, ValueError, IndexError):
        return 0.0, False
