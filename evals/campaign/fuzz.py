"""Damaged and harmful files of every kind, read as a corpus is: each is read, or refused in one line.

Each file is read as one of a corpus is, with the usual limits; what is looked at is how it ends, how long it
takes and how much memory the process that reads it needs.
"""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from rich.table import Table

from evals.campaign.bombs import bombs
from evals.campaign.mutations import mutated
from evals.campaign.outcome import Outcome, in_doses
from evals.campaign.seeds import lacking, seeds, suffixes
from rag.documents import make_source, readers_now
from rag.errors import NotReadable, UnreadableFile
from rag.types import Source

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
LARGEST = 50_000_000
SLOW = 20.0
"""Seconds that no file of up to 2 MB may take, where nothing else has the processor."""
LARGE = 2_000_000
STARVED = 5
MEMORY_MB = 2_200
"""That no process which reads files may take: its limit, and what a system counts on top."""
_LANES = 2
_OFTEN = 0.05
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one file.

    Attributes:
        format: the suffix of its kind.
        name: what it is: ``seed N``, or what harm it does.
        ended: ``read``, the key of the refusal, or ``uncaught …``.
        seconds: that it took.
        memory_mb: the most that a process which reads files took meanwhile; 0 where that cannot be told.
        size: of the file, in bytes.
    """

    format: str
    name: str
    ended: str
    seconds: float
    memory_mb: float
    size: int

    @property
    def is_caught(self) -> bool:
        """Whether its parser fell, hung, or took too much, and the program went on."""
        return self.ended in ("reader_fell", "reader_slow", "reader_memory", "reader_failed")

    @property
    def fault(self) -> str:
        """What must not become of a file; empty where that did not."""
        what = f"{self.format}, {self.name}: "
        if self.ended.startswith("uncaught") or self.ended == "reader_unstarted":
            return what + self.ended
        if self.seconds > STARVED * SLOW * max(1, self.size / LARGE) + 5:  # SLOW where it has the processor
            return f"{what}{self.seconds:.0f} s"
        return f"{what}{self.memory_mb:.0f} MB" if self.memory_mb > MEMORY_MB else ""


def run(seed: int, count: int, until: float) -> Outcome:
    """At most ``count`` doses: of each kind a file damaged at random, and one made to do harm."""
    readings: list[Reading] = []

    def dose(own: int) -> Iterator[str]:
        for reading in map(read, *zip(*files(own), strict=True)):
            readings.append(reading)
            if reading.fault:
                yield reading.fault

    _, faults = in_doses(seed, count, until, dose, lanes=_LANES)
    done = {
        "files": len(readings),
        "read": sum(one.ended == "read" for one in readings),
        "parsers ended": sum(one.is_caught for one in readings),
    }
    slowest, largest = worst(readings), max(readings, key=lambda one: one.memory_mb)
    seen = (
        f"slowest {slowest.seconds:.1f} s ({slowest.format}, {slowest.name}); most memory "
        f"{largest.memory_mb:.0f} MB ({largest.format}, {largest.name})"
    )
    return Outcome(done, faults, f"{seen}; no seeds: {' '.join(lacking())}" if lacking() else seen)


def files(seed: int, formats: Iterable[str] = ()) -> Iterator[tuple[str, str, bytes]]:
    """The files of a dose: suffix, name and content."""
    for suffix in formats or suffixes():
        harmful = _harmful(suffix)
        yield suffix, harmful[seed % len(harmful)], harm(suffix, harmful[seed % len(harmful)])
        yield suffix, f"seed {seed}", damaged(suffix, seed)


def damaged(suffix: str, seed: int) -> bytes:
    """A file of a kind damaged at random."""
    random = Random(f"{suffix} {seed}")
    return mutated(suffix, random.choice(seeds(suffix)), random)


@cache
def _harmful(suffix: str) -> tuple[str, ...]:
    return tuple(name for name, _ in bombs(suffix))


def harm(suffix: str, name: str) -> bytes:
    """A file of a kind made to do harm, by its name."""
    return next(make() for each, make in bombs(suffix) if each == name)


def read(suffix: str, name: str, data: bytes) -> Reading:
    """Read a file as one of the corpus is read."""
    start = time.perf_counter()
    with _Peak() as peak:
        try:
            source = make_source(f"a{suffix}", "a", data, None, LARGEST)
            ended = _looked_at(source)
        except UnreadableFile as error:
            ended = _worded(error.why)
        except Exception as error:  # that is what is looked for
            ended = f"uncaught {type(error).__name__}: {error}"[:200]
    return Reading(suffix, name, ended, time.perf_counter() - start, peak.megabytes, len(data))


def _looked_at(source: Source) -> str:
    """``read``, where a text holds nothing that a terminal obeys, and its layout is within it."""
    said = (source.text, source.info.title, source.info.author, *(one.text for one in source.layout.left_out))
    if found := next(filter(None, map(_CONTROL.search, said)), None):
        return f"uncaught control character {found.group()!r}"
    parts = source.layout.parts
    ends = [0, *(end for part in parts for end in (part.start, part.end)), len(source.text)]
    return "read" if ends == sorted(ends) else "uncaught part outside its text"


def _worded(why: NotReadable) -> str:
    """The key of a refusal, once its lines are looked at."""
    for lang in ("fr", "en"):
        line = why.in_words(lang)
        if len(line) > 600 or len(line.splitlines()) > 1 or _CONTROL.search(line):
            return f"uncaught line: {line[:100]!r}"
    return why.key


class _Peak:
    """Looks how much memory those take that read files."""

    def __init__(self) -> None:
        self.megabytes = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> _Peak:
        _forget_peaks()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(_OFTEN):
            self.megabytes = max(self.megabytes, _peak_mb())
        self.megabytes = max(self.megabytes, _peak_mb())


def _forget_peaks() -> None:
    for process in readers_now():
        with suppress(OSError):
            Path(f"/proc/{process}/clear_refs").write_text("5")


def _peak_mb() -> float:
    peaks = [0.0]
    for process in readers_now():
        with suppress(OSError, IndexError, ValueError):
            told = Path(f"/proc/{process}/status").read_text()
            peaks.append(int(told.split("VmHWM:")[1].split()[0]) / 1024)
    return max(peaks)


def table(readings: Sequence[Reading]) -> Table:
    """What became of the files of each kind."""
    shown = Table(title="Damaged and harmful files", title_justify="left")
    for head in ("kind", "files", "read", "refused", "parser ended", "uncaught", "slowest s", "memory MB"):
        shown.add_column(head, justify="left" if head == "kind" else "right")
    for suffix in sorted({reading.format for reading in readings}):
        own = [reading for reading in readings if reading.format == suffix]
        count = len(own)
        read_, caught = sum(one.ended == "read" for one in own), sum(one.is_caught for one in own)
        wrong = sum(one.ended.startswith("uncaught") for one in own)
        shown.add_row(
            suffix, str(count), str(read_), str(count - read_ - caught - wrong), str(caught), str(wrong),
            f"{max(one.seconds for one in own):.1f}", f"{max(one.memory_mb for one in own):.0f}",
        )  # fmt: skip
    return shown


def refusals(readings: Sequence[Reading]) -> dict[str, int]:
    """How often each refusal came, the most frequent first."""
    return dict(Counter(one.ended for one in readings if one.ended != "read").most_common())


def worst(readings: Sequence[Reading]) -> Reading:
    """The one that took longest."""
    return max(readings, key=lambda one: one.seconds)
