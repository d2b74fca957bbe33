"""The command in a process of its own, forked off one that has imported all: a start takes no seconds.

A child can have its bad day: no rights, little room in a file, another clock. It can be killed, with a look
whether the processes that it had started are gone, too.
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import resource
import signal
import struct
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from evals.campaign.outcome import one_line
from evals.campaign.world import World

PATIENCE = 180.0
"""Seconds after which a command hangs."""
_processes = multiprocessing.get_context("forkserver")


@dataclass(frozen=True, slots=True)
class BadDay:
    """What a child has to bear.

    Attributes:
        obeys: rights of files bind it even where we are root.
        file_bytes: no file grows beyond; 0: any may.
        clock: seconds that its clock goes wrong (that of ``time``; ``datetime`` asks the system itself).
        lock_timeout: seconds to wait for another that is writing.
    """

    obeys: bool = False
    file_bytes: int = 0
    clock: float = 0
    lock_timeout: float = 120

    def begin(self) -> None:
        """For the child: from now on."""
        os.environ["REPLIQUE_LOCK_TIMEOUT"] = str(self.lock_timeout)
        if self.file_bytes:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (self.file_bytes, self.file_bytes))
        if self.obeys:
            _lay_down_powers()
        if self.clock:
            now, now_ns = time.time, time.time_ns
            time.time = lambda: now() + self.clock
            time.time_ns = lambda: now_ns() + int(self.clock * 1e9)


@dataclass(frozen=True, slots=True)
class Done:
    """A command that has ended; ``code`` is negative for a signal, ``None`` where it hung and was killed."""

    code: int | None
    out: str
    err: str
    seconds: float

    @property
    def said(self) -> str:
        """What it said of itself, on a line."""
        return f"exit code {self.code}: {one_line(self.err)}"

    def wrong(self, may_fail: bool = False) -> str:
        """What it should not have done; it may refuse, in one line, where ``may_fail``."""
        lines = [line for line in self.err.splitlines() if line.startswith("replique: ")]
        harm = [word for word in ("Traceback", "panicked", "unexpected ") if word in self.err]
        if self.code is None:
            return f"it hung: {one_line(self.err)}"
        if harm or self.code < 0:
            return f"it broke down: {self.said}"
        if self.code == 0 or (may_fail and self.code in (1, 2) and len(lines) == 1):
            return ""
        return f"it failed: {self.said}"


class Running:
    """A child at work; what it says goes into files."""

    def __init__(self, target: Callable[..., None], *arguments: Any, day: BadDay | None = None) -> None:
        self._said = Path(tempfile.mkdtemp(prefix="replique-said-"))
        self._begun = time.perf_counter()
        _start_server()
        self.process: BaseProcess = _processes.Process(
            target=_work, args=(self._said, day or BadDay(), target, arguments)
        )
        self.process.start()

    def done(self, patience: float = PATIENCE) -> Done:
        """Wait for its end."""
        self.process.join(patience)
        code = self.process.exitcode
        if code is None:
            self.kill()
        out, err = self._text("out"), self._text("err")
        for file in (*self._said.iterdir(), self._said):
            file.unlink() if file.is_file() else file.rmdir()
        return Done(code, out, err, time.perf_counter() - self._begun)

    def kill(self) -> list[int]:
        """Kill it alone; returns which of the processes it had started live on."""
        pid = self.process.pid or 0
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
            started = below(pid)
            os.kill(pid, signal.SIGKILL)
            self.process.join()
            return _still_there(started, 10)
        return []

    def _text(self, name: str) -> str:
        file = self._said / name
        return file.read_text("utf-8", "replace") if file.exists() else ""


def command(world: World, *arguments: str, day: BadDay | None = None) -> Running:
    """``replique ARGUMENTS`` on a world, begun."""
    places = ["--corpus", str(world.corpus), "--store", str(world.store)]
    return Running(_replique, [*places, *arguments], str(world.debates), day=day)


def ran(world: World, *arguments: str, day: BadDay | None = None) -> Done:
    """``replique ARGUMENTS`` on a world, from beginning to end."""
    return command(world, *arguments, day=day).done()


def removal(world: World, source: str, day: BadDay | None = None) -> Running:
    """The page's editor removes a source, in a process of its own; begun."""
    return Running(_remove, str(world.corpus), str(world.store), source, day=day)


# --- in the child -------------------------------------------------------------------------------------


def _work(said: Path, day: BadDay, target: Callable[..., None], arguments: Sequence[Any]) -> None:
    """Do it, with what it says in two files."""
    for number, name in ((1, "out"), (2, "err")):
        descriptor = os.open(said / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        os.dup2(descriptor, number)
        os.close(descriptor)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as long as the process lives
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115
    day.begin()
    target(*arguments)


def _replique(arguments: list[str], debates: str) -> None:
    from rag.cli import main

    os.environ["REPLIQUE_DEBATES"] = debates
    main(arguments)


def _remove(corpus: str, store: str, source: str) -> None:
    from rag.errors import RepliqueError
    from rag.settings import load_settings
    from rag.store import Index
    from rag.upkeep import Editor

    try:
        print(Editor(Index(load_settings(corpus=corpus, store=store))).remove(source).token)
    except RepliqueError as error:
        print(f"replique: {error}", file=sys.stderr)
        sys.exit(1)


def _lay_down_powers() -> None:
    """Have no capability any more (capset(2)), so that root may not write what nobody may."""
    header = struct.pack("=Ii", 0x20080522, 0)  # version 3, this process
    if ctypes.CDLL(None, use_errno=True).capset(header, bytes(24)):
        raise OSError(ctypes.get_errno(), "capset")


# --- processes ----------------------------------------------------------------------------------------


@cache
def _start_server() -> None:
    """What children are forked off: it has imported what they need, and started nothing."""
    root = str(Path(__file__).resolve().parents[2])
    _processes.set_forkserver_preload(["evals.campaign.preload"])
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(
        [root, *filter(None, [before])]
    )  # Python 3.11 hands no path on
    try:
        forkserver.ensure_running()
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before


def below(pid: int) -> list[int]:
    """Processes below one, where the system shows them (Linux)."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    found = [pid]
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found[1:]


def _still_there(pids: Sequence[int], seconds: float) -> list[int]:
    """Which of some processes have not ended after so long; a dead one that nobody has buried has."""
    deadline = time.monotonic() + seconds
    while (living := [pid for pid in pids if _lives(pid)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return living


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
