"""How long indexing, searching and reading take, beside stock LlamaIndex: ``python -m evals speed``.

The corpus is all documents of the invented debates; the questions are theirs. Machines differ and are shared:
only the ratios tell.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from rich.table import Table

from evals import SEED
from evals.sets.debates import load_debates, write_corpus
from evals.sets.questions import Question
from evals.suites.stock import StockLlamaIndex
from rag.answer import Assistant
from rag.reader import load_reader
from rag.search.read import READ, passage_of
from rag.settings import Settings, load_settings
from rag.store import Index
from rag.store.synchronise import sync
from rag.types import Progress

QUESTIONS = 40
MOST = {"index": 2.0, "search": 3.0}
"""Ratios to stock LlamaIndex: of indexing, and of an answer without the reader."""


def run(progress: Progress) -> dict[str, float]:
    """Seconds of indexing, milliseconds of answers, with their ratios."""
    debates = load_debates()
    asked = [question.question for debate in debates for question in debate.questions if question.gold]
    questions = random.Random(SEED).sample(asked, QUESTIONS)
    with tempfile.TemporaryDirectory(prefix="replique-evals-") as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for debate in debates:
            write_corpus(debate.name, corpus / debate.name)
        settings = load_settings(corpus=corpus, store=Path(folder) / "store")
        index = Index(settings)
        index.encoder.get_query_embedding("réplique")  # loading it is not indexing
        progress("indexing", 0, 2)
        ours = _seconds(lambda: sync(index))
        progress("indexing with stock LlamaIndex", 1, 2)
        begun = time.perf_counter()
        stock = StockLlamaIndex(index)
        theirs = time.perf_counter() - begun
        try:
            return _report(index, stock, questions, ours / theirs, settings)
        finally:
            stock.close()
            index.close()


def _report(
    index: Index, stock: StockLlamaIndex, questions: list[str], indexing: float, settings: Settings
) -> dict[str, float]:
    unread = Index(settings.model_copy(update={"reader": False}))
    off = Assistant(unread)
    on = Assistant(index)
    systems: dict[str, Callable[[str], object]] = {
        "stock": lambda text: stock.run(Question("", "", "", "fr", "", text, (), True, (), ())),
        "search": off.ask,
        "answer": on.ask,
        "reading": _reading(index),
    }
    times = {name: [_seconds(partial(ask, text)) for text in questions] for name, ask in systems.items()}
    unread.close()
    medians = {name: 1000 * statistics.median(found) for name, found in times.items()}
    return {
        "passages": float(len(index.snapshot().passages["start"])),
        "index_ratio": indexing,
        "search_ratio": medians["search"] / medians["stock"],
        "answer_ratio": medians["answer"] / medians["stock"],
        **{f"{name}_ms": value for name, value in medians.items()},
    }


def _reading(index: Index) -> Callable[[str], object]:
    """Reads a question with passages by chance, as many as an answer reads."""
    snapshot, chance, reader = index.snapshot(), random.Random(SEED), load_reader()
    rows = range(len(snapshot.passages["start"]))
    return lambda text: reader.read(text, [passage_of(snapshot, row) for row in chance.sample(rows, READ)])


def _seconds(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def tables(report: dict[str, float]) -> Iterator[Table]:
    """The figures."""
    made = Table("speed", f"{report['passages']:.0f} passages, {QUESTIONS} questions")
    for name, value in report.items():
        made.add_row(name, f"{value:.2f}")
    yield made


def failures(report: dict[str, float]) -> list[str]:
    """Ratios that are greater than they should be."""
    return [
        f"speed, {name}: {report[f'{name}_ratio']:.2f} times stock LlamaIndex, {most} at most"
        for name, most in MOST.items()
        if report[f"{name}_ratio"] > most
    ]
