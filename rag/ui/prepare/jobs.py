"""Works that take long: each in a thread of its own, asked how far it is, and stopped when nobody asks."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from rag.errors import InputError
from rag.types import Progress

AT_ONCE = 2
"""So many works run at the same time; others wait."""
MOST = 20
"""So many run and wait, no more."""
PATIENCE = 60.0
"""A work that nobody asks about for so long is stopped, or forgotten; in seconds."""

T = TypeVar("T")


class Stopped(Exception):
    """A work was stopped; it is raised inside it at its next step."""


@dataclass
class Job(Generic[T]):
    """How far a work is; when somebody asked last.

    Attributes:
        done: after which ``result`` or ``error`` is there.
    """

    asked: float
    stage: tuple[str, int, int] = ("wait", 0, 0)
    stopped: bool = False
    done: threading.Event = field(default_factory=threading.Event)
    result: T | None = None
    error: BaseException | None = None

    def outcome(self) -> T:
        """What came of it; raises what it raised."""
        if self.error is not None:
            raise self.error
        assert self.result is not None
        return self.result


class Jobs(Generic[T]):
    """The works that run, each under a name that only who began it knows. Safe to share between threads.

    Args:
        clock: gives the time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._jobs: dict[str, Job[T]] = {}
        self._lock = threading.Lock()
        self._room = threading.Semaphore(AT_ONCE)

    def begin(self, work: Callable[[Progress], T]) -> str:
        """Begin a work; gives its name.

        Raises:
            InputError: too many are under way.
        """
        with self._lock:
            self._forget()
            if sum(not job.done.is_set() for job in self._jobs.values()) >= MOST:
                raise InputError("jobs_many")
            name = secrets.token_urlsafe(16)
            job = self._jobs[name] = Job(self._clock())
        threading.Thread(target=self._run, args=(job, work), daemon=True).start()
        return name

    def news(self, name: str) -> Job[T]:
        """How far a work is.

        Raises:
            InputError: there is none of that name (any more).
        """
        with self._lock:
            job = self._jobs.get(name)
            if job is None:
                raise InputError("job_gone")
            job.asked = self._clock()
            return job

    def stop(self, name: str) -> None:
        """Stop a work; nothing where there is none."""
        with self._lock:
            if job := self._jobs.pop(name, None):
                job.stopped = True

    def _run(self, job: Job[T], work: Callable[[Progress], T]) -> None:
        def progress(stage: str, done: int, total: int) -> None:
            if job.stopped or self._clock() - job.asked > PATIENCE:
                raise Stopped
            job.stage = (stage, done, total)

        try:
            while not self._room.acquire(timeout=1):
                progress("wait", 0, 0)
            try:
                job.result = work(progress)
            finally:
                self._room.release()
        except BaseException as error:  # whatever it is, who asks gets it
            job.error = error
        job.done.set()

    def _forget(self) -> None:
        """Works that are done, and that nobody asks about any more."""
        now = self._clock()
        gone = [name for name, job in self._jobs.items() if job.done.is_set() and now - job.asked > PATIENCE]
        for name in gone:
            del self._jobs[name]
