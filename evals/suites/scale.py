"""What grows with the corpus: ``python -m evals scale``.

One corpus, written by rule, grows from a thousand sentences to as many as asked; at each size it is indexed,
changed and asked, each in a process of its own; beside it stock LlamaIndex, and what nothing can be faster
than. What was measured is kept after each step: a run that was stopped goes on.
"""

from __future__ import annotations

import asyncio
import json
import math
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from evals import SEED
from evals.report.figures import write_json
from evals.report.promises import failures as failures
from evals.report.scale import readme_line, sections
from evals.sets.written.corpus import LENGTH, WORDS, Growing
from evals.suites.page import ask_all, served
from evals.suites.scaling.costs import free_bytes, own_bytes, peak_bytes
from evals.suites.scaling.machine import machine
from evals.suites.scaling.phases import drawn
from evals.suites.scaling.runner import ENVIRONMENT, Found, Runs, run_phase
from rag.errors import InputError, RepliqueError
from rag.types import Progress

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000)
"""Sentences, about: the corpus is measured at each, as far as it goes, and whole."""
DOCUMENTS = 1100
"""As many have 300,000 sentences, about."""
KILLED_EARLIER = 4
"""From so many sizes on, it is not the last at which an index run is killed: that would be long."""
COLD = 3
"""Times that a cold command is timed at the largest size, of which the fastest counts; once elsewhere."""
SOME = 4
"""One question in so many is put to a page, but at the largest size."""
VECTORS = 10_000
"""Most vectors given to Chroma alone."""
_DISK, _DISK_STOCK, _MEMORY = 5_000, 20_000, 2_000
"""Bytes that a sentence may take: on disk, there with stock LlamaIndex, in memory."""
_LEAST_MEMORY = 2e9
LOADED = """
import rag.api, rag.answer, rag.cli.app, rag.reader, rag.store
from rag.api import Tools, assistant_for
from rag.answer import answer_as_json
from rag.settings import load_settings
from rag.store import Index, ensure, is_stale
Index(load_settings()).encoder.get_query_embedding("?")
rag.reader.load_reader()
"""
"""What a cold command cannot do without: its imports and its models."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured.

    Attributes:
        folder: what is kept there: corpus, stores, figures.
        documents, length, words: how many there are, sentences of one and words of a sentence, in the mean.
        questions: how many are asked, at most.
        stock: the largest size at which stock LlamaIndex is measured too, in sentences.
        page: whether a page is served and commands are run, besides.
    """

    folder: Path
    documents: int = DOCUMENTS
    length: float = LENGTH
    words: float = WORDS
    questions: int = 200
    stock: int = 10_000
    page: bool = True

    @property
    def sentences(self) -> int:
        """As many as there will be, about."""
        return round(self.documents * self.length)

    @property
    def sizes(self) -> list[int]:
        """In sentences; the last is the whole corpus."""
        return [*(size for size in SIZES if size < 0.9 * self.sentences), self.sentences]


@contextmanager
def kept(folder: Path | None) -> Iterator[Path]:
    """A folder, or one that is removed afterwards."""
    if folder is not None:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="replique-scale-") as made:
        yield Path(made)


def run(progress: Progress, plan: Plan, runs: Runs = run_phase) -> dict[str, Any]:
    """Measure; ``stopped`` says why not all was.

    Args:
        progress: told what is done.
        plan: what is measured.
        runs: runs a phase.

    Raises:
        InputError: there is no room, or the folder keeps the figures of another corpus.
    """
    _check_room(plan)
    scale = _Scale(plan, progress, runs)
    try:
        scale.measure()
    except KeyboardInterrupt:
        scale.report["stopped"] = "stopped before all was measured"
    except (RepliqueError, OSError, SystemExit) as error:
        scale.report["stopped"] = str(error)
    return scale.report


def _check_room(plan: Plan) -> None:
    plan.folder.mkdir(parents=True, exist_ok=True)
    disk = plan.sentences * _DISK + min(plan.stock, plan.sentences) * _DISK_STOCK
    memory = plan.sentences * _MEMORY + _LEAST_MEMORY
    for key, wanted, free in (
        ("scale_disk", disk, shutil.disk_usage(plan.folder).free),
        ("scale_memory", memory, free_bytes()),
    ):
        if free is not None and free < wanted:
            raise InputError(key, wanted=f"{wanted / 1e9:.1f}", free=f"{free / 1e9:.1f}")


class _Scale:
    """One measurement; what is done of it is kept in its folder."""

    def __init__(self, plan: Plan, progress: Progress, runs: Runs) -> None:
        self.plan, self.progress, self.runs = plan, progress, runs
        self.corpus = Growing(plan.folder / "corpus", plan.length, plan.words)
        self.file = plan.folder / "figures.json"
        self.report = self._begun()
        self.places = {
            "corpus": str(self.corpus.folder),
            "store": str(plan.folder / "store"),
            "questions": str(plan.folder / "questions.json"),
        }

    def _begun(self) -> dict[str, Any]:
        plan = self.plan
        made = {"documents": plan.documents, "length": plan.length, "words": plan.words, "seed": SEED}
        made |= {"questions": plan.questions, "stock": plan.stock}
        fresh = {
            "made": made,
            "machine": machine(),
            "sizes": [],
            "floors": {},
            "killed": {},
            "seconds": 0.0,
            "begun": "",
            "stopped": "",
        }
        if not self.file.exists():
            return fresh
        kept: dict[str, Any] = json.loads(self.file.read_text(encoding="utf-8"))
        if kept["made"] != made:
            raise InputError("scale_other", folder=plan.folder)
        if kept["begun"] == "stock":  # what it had done is unknown
            shutil.rmtree(plan.folder / "stock", ignore_errors=True)
            for row in kept["sizes"]:
                row.pop("stock", None)
                row.pop("stock_ask", None)
        return {**kept, "stopped": ""}

    def measure(self) -> None:
        """All sizes, one after the other."""
        sizes = self.plan.sizes
        killed = sizes[-2] if len(sizes) > KILLED_EARLIER else sizes[-1]
        for number, size in enumerate(sizes):
            had = list(self.corpus.documents)
            self.corpus.grow(size if size < sizes[-1] else math.inf, self.plan.documents)
            if number == 0:
                self._write_questions()
                self._once(self.report["floors"], "found", "floors", self._floors)
            if len(self.report["sizes"]) <= number:
                self.report["sizes"].append({"size": size, "new": len(self.corpus.documents) - len(had)})
            row = self.report["sizes"][number]
            row["bytes"] = self.corpus.bytes
            self._size(row, had, size, size == killed)

    def _size(self, row: dict[str, Any], had: Sequence[str], size: int, killed: bool) -> None:
        self._once(row, "index", size, lambda told: self._indexed(told, size, killed))
        self._once(row, "ask", size, lambda told: self.runs("ask", self.places, told))
        if size <= self.plan.stock:
            new = {"documents": [name for name in self.corpus.documents if name not in set(had)]}
            places = {**self.places, "folder": str(self.plan.folder / "stock")}
            self._once(row, "stock", size, lambda told: self.runs("stock_index", {**places, **new}, told))
            self._once(row, "stock_ask", size, lambda told: self.runs("stock_ask", places, told))
        if self.plan.page:
            self._once(row, "cold", size, lambda told: self._cold(told, size))
            self._once(row, "page", size, lambda told: self._page(told, size))
        altered = {"altered": self.corpus.documents[0]}
        self._once(row, "change", size, lambda told: self.runs("change", {**self.places, **altered}, told))

    def _once(self, row: dict[str, Any], name: str, of: object, action: Callable[[Progress], Found]) -> None:
        """Measure what was not measured before, and keep it."""
        if name in row:
            return
        self.corpus.tidy()
        was_begun, self.report["begun"] = self.report["begun"] == name, name
        write_json(self.file, self.report)
        said = f"{of:,} sentences: {name}" if isinstance(of, int) else str(of)
        clock = time.perf_counter()
        row[name] = action(lambda stage, done, total: self.progress(f"{said}, {stage}", done, total))
        self.report["seconds"] += time.perf_counter() - clock
        if was_begun and name == "index":  # a part had been done before
            row[name] |= {"wall_s": None, "cpu_s": None}
        self.report["begun"] = ""
        write_json(self.file, self.report)

    def _write_questions(self) -> None:
        asked = [
            {"question": fact.question, "sentence": fact.sentence, "document": fact.document}
            for fact in drawn(self.corpus.facts, self.plan.questions)
        ]
        write_json(Path(self.places["questions"]), asked)

    def _floors(self, progress: Progress) -> Found:
        files = [str(self.corpus.folder / name) for name in self.corpus.documents]
        vectors = min(VECTORS, self.plan.sentences)
        told = {**self.places, "files": files, "vectors": vectors, "folder": str(self.plan.folder / "bare")}
        return self.runs("floors", told, progress)

    def _indexed(self, progress: Progress, size: int, killed: bool) -> Found:
        """Index what is new; once by a process that is killed half way, and another that goes on."""
        cut = self.runs("index", self.places, progress, 0.5 if killed else None)
        if not cut["killed"]:
            return cut
        rest = self.runs("index", self.places, progress)
        self.report["killed"] = {"size": size, **lost(cut["seen"], rest["seen"])}
        for name in ("wall_s", "cpu_s"):  # less what it takes a process to start
            rest[name] += cut[_WHOLE[name]] - max(0.0, rest[_WHOLE[name]] - rest[name])
        return rest

    # --- as people use it ---

    def _cold(self, progress: Progress, size: int) -> Found:
        """Seconds of a command that answers, and of what it cannot do without, in turns."""
        questions = json.loads(Path(self.places["questions"]).read_text(encoding="utf-8"))
        at = ["--corpus", self.places["corpus"], "--store", self.places["store"]]
        command, loaded = [], []
        times = COLD if size == self.plan.sizes[-1] else 1
        for number in range(times):
            progress("a cold command", number, times)
            loaded.append(_seconds(["-c", LOADED]))
            ask = ["ask", questions[number % len(questions)]["question"], "--json"]
            command.append(_seconds(["-m", "rag", *at, *ask]))
        return {"command_s": min(command), "loaded_s": min(loaded)}

    def _page(self, progress: Progress, size: int) -> Found:
        """A page in a process of its own, asked some questions, at the largest size all."""
        progress("a page", 0, 1)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        url = f"http://127.0.0.1:{port}/"
        places = {"REPLIQUE_CORPUS": self.places["corpus"], "REPLIQUE_STORE": self.places["store"]}
        questions = json.loads(Path(self.places["questions"]).read_text(encoding="utf-8"))
        part = 1 if size == self.plan.sizes[-1] else SOME
        asked = [each["question"] for each in questions[::part]]
        environment = {**places, "PYTHONPATH": str(ENVIRONMENT["PYTHONPATH"])}
        with served(["-m", "rag", "serve", "--port", str(port)], url, environment) as process:
            seconds, _ = asyncio.run(ask_all(url, [asked]))
            memory = {"peak_bytes": peak_bytes(process.pid), "own_bytes": own_bytes(process.pid)}
        return {"mean_ms": 1000 * seconds / len(asked), **memory}


_WHOLE = {"wall_s": "all_s", "cpu_s": "all_cpu_s"}
"""A cost of a phase, and that of its whole process."""


def lost(cut: Sequence[Sequence[float]], rest: Sequence[Sequence[float]]) -> dict[str, float]:
    """What a killed run did in vain.

    Args:
        cut: seconds, done and total of the first and the last word of a run that was killed.
        rest: the same of the run that went on.
    """
    (begun, first, _), (ended, done, total) = cut[0], cut[-1]
    left = rest[0][2] - rest[0][1] if rest else 0
    again = max(0.0, left - (total - done))
    rate = (done - first) / max(ended - begun, 1e-9)
    return {
        "after_s": ended - begun,
        "again": again / max(1.0, done - first),
        "lost_s": again / max(rate, 1e-9),
    }


def _seconds(command: Sequence[str]) -> float:
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, *command], env=ENVIRONMENT, capture_output=True, check=False)
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().split("\n")
        raise RepliqueError("scale_failed", command=" ".join(command[:6]), reason=lines[-1])
    return time.perf_counter() - begun


# --- what is told ---------------------------------------------------------------------------------


def tables(report: dict[str, Any]) -> Iterator[Table | str]:
    """The figures, and the line for the README."""
    for section in sections(report):
        made = Table(*section.columns, title=section.title, title_justify="left")
        for row in section.rows:
            made.add_row(*row)
        yield made
    yield readme_line(report)
