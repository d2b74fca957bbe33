"""Files read by other processes, which may fall over them, hang or fill their memory without harm."""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from rag.documents.border import Head, receive, refusal_unpacked, send
from rag.documents.formats.shared import one_line
from rag.documents.watch import Watch
from rag.errors import NotReadable
from rag.settings import ReadingLimits

T = TypeVar("T")
LARGE = 2_000_000
"""Bytes; of a file that is larger, each as many more may take as many seconds again."""
STARTING = 60.0
"""Seconds that a process may take to start."""
_TRIES = 5
"""Processes that may be gone before they have begun with a file."""
IN_ALL = 60
"""How many times those seconds a file may take in all, however it gets on."""
LONGEST_STEP = 600.0
"""Seconds that a step that announces itself, such as one page of OCR, may take more than others."""


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _RetiredError(Exception):
    """The process had ended by itself before it was asked."""


@dataclass(eq=False)
class Worker:
    """One process.

    Args:
        memory_mb: what it may take.
        module: what it runs.
    """

    memory_mb: int
    module: str = "rag.documents.worker"
    process: subprocess.Popen[bytes] = field(init=False)
    _is_ready: bool = field(init=False, default=False)
    _has_begun: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        home = str(Path(__file__).resolve().parents[2])
        own = {key: value for key, value in os.environ.items() if not key.startswith("REPLIQUE_")}
        others = own.get("PYTHONPATH")
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", self.module, str(self.memory_mb)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl+C is for the program, which ends its workers
                env=own
                | {"PYTHONPATH": os.pathsep.join(filter(None, (home, others)))}
                | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"},
            )
        except OSError as error:
            raise NotReadable("reader_unstarted", reason=error.strerror) from None

    @property
    def is_there(self) -> bool:
        """Whether it can be asked."""
        return self.process.poll() is None

    def ask(
        self, head: Head, data: bytes, seconds: float, most: int, understand: Callable[[list[bytes]], T]
    ) -> T:
        """Have it read a file.

        Args:
            head: what to do with it.
            data: what is in the file.
            seconds: how long it may take without getting on; longer where the file is large.
            most: bytes of the answer.
            understand: what the answer is, once looked at; it raises whatever it likes.

        Raises:
            NotReadable: why the file is not read.
            _RetiredError: nothing was done.
        """
        patience = seconds * max(1.0, len(data) / LARGE)
        assert self.process.stdin is not None and self.process.stdout is not None
        first = patience if self._is_ready else STARTING
        with Watch(self.process.pid, self.kill, first, IN_ALL * patience) as watch:
            try:
                if not self._is_ready:
                    receive(self.process.stdout, 0)
                    self._is_ready = True
                    watch.patience = patience
                    watch.go_on(0)
                self._has_begun = False
                send(self.process.stdin, {**head, "patience": patience}, [data])
                receive(self.process.stdout, 0)
                self._has_begun = True
                answer, blobs = receive(self.process.stdout, most)
                while "sign" in answer:
                    watch.go_on(min(float(answer["sign"]), LONGEST_STEP))
                    answer, blobs = receive(self.process.stdout, most)
                _refuse(answer, self.memory_mb)
                return understand(blobs)
            except NotReadable:
                raise
            except Exception as error:  # it is gone, or no longer itself
                raise self._failure(watch, patience, isinstance(error, OSError | EOFError)) from None
            except BaseException:  # Ctrl+C: the next answer would be to this question
                self.end()
                raise
            finally:
                if watch.is_over:
                    self.end()

    def _failure(self, watch: Watch, patience: float, is_gone: bool) -> Exception:
        if is_gone:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(1)
        self.end()
        if watch.is_over and self._is_ready:
            return NotReadable("reader_slow", seconds=round(patience))
        if self._is_ready and is_gone and not self._has_begun:
            return _RetiredError()
        if not self._is_ready:
            return NotReadable("reader_unstarted", reason=f"python -m {self.module}")
        return NotReadable("reader_fell", most=self.memory_mb)

    def end(self) -> None:
        """End it, with what it started."""
        self.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()

    def kill(self) -> None:
        """Have it end at once; whoever waits for its answer learns of it."""
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self.process.pid, signal.SIGKILL)
            elif self.is_there:
                self.process.kill()


def _refuse(answer: Head, memory_mb: int) -> None:
    if "memory" in answer:
        raise NotReadable("reader_memory", most=memory_mb)
    if "failed" in answer:
        raise NotReadable("reader_failed", problem=one_line(str(answer["failed"]))[:100])
    if "done" not in answer:
        raise refusal_unpacked(answer)


class Workers:
    """The processes, started when there is something to read and used again. Safe to share between threads.

    Args:
        most: of them at once; who finds all of them at work waits.
        module: what they run.
    """

    def __init__(self, most: int, module: str = Worker.module) -> None:
        self._most = most
        self._module = module
        self.forget()

    def forget(self) -> None:
        """Begin without any; those there are go on being those of the process that this one is a copy of."""
        self._room = threading.BoundedSemaphore(self._most)
        self._lock = threading.Lock()
        self._free: list[Worker] = []
        self._busy: dict[Worker, int] = {}

    def ask(
        self,
        head: Head,
        data: bytes,
        limits: ReadingLimits,
        most: int,
        understand: Callable[[list[bytes]], T],
    ) -> T:
        """Have a file read.

        Args:
            head: what to do with it.
            data: what is in the file.
            limits: of time and memory.
            most: bytes of the answer.
            understand: what the answer is, once looked at.

        Raises:
            NotReadable: why it is not.
        """
        for _ in range(_TRIES):
            with self._one(limits.memory_mb) as worker, suppress(_RetiredError):
                return worker.ask(head, data, limits.seconds, most, understand)
        raise NotReadable("reader_fell", most=limits.memory_mb)

    @contextmanager
    def _one(self, memory_mb: int) -> Iterator[Worker]:
        with self._room:
            worker = self._taken(memory_mb)
            try:
                yield worker
            finally:
                with self._lock:
                    self._busy.pop(worker, None)
                    if worker.is_there:
                        self._free.append(worker)

    def _taken(self, memory_mb: int) -> Worker:
        with self._lock:
            fitting = [one for one in self._free if one.is_there and one.memory_mb == memory_mb]
            gone = [one for one in self._free if one not in fitting]
            worker = fitting.pop() if fitting else Worker(memory_mb, self._module)
            self._free = fitting
            self._busy[worker] = threading.get_ident()
        for one in gone:
            one.end()
        return worker

    def processes(self) -> list[int]:
        """Their ids."""
        with self._lock:
            return [one.process.pid for one in (*self._free, *self._busy) if one.is_there]

    def drop(self, threads: Iterable[int]) -> None:
        """End what is being read for some threads, which are given up."""
        given_up = set(threads)
        with self._lock:
            for worker, thread in self._busy.items():
                if thread in given_up:
                    worker.kill()

    def end(self) -> None:
        """End all of them."""
        with self._lock:
            ending = [*self._free, *self._busy]
            self._free = []
        for worker in ending:
            worker.end()


WORKERS = Workers(cores() + 1)
"""Those of this process: one for each core, and one more for who looks at a page meanwhile."""
atexit.register(WORKERS.end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=WORKERS.forget)


def readers_now() -> list[int]:
    """Ids of the processes that read files for this one."""
    return WORKERS.processes()
