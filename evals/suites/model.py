"""The answers of a language model beside those without one: ``python -m evals model``."""

from __future__ import annotations

import re
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from evals.report.build import versions
from evals.sets.questions import Dataset, Question
from rag.answer import Assistant
from rag.catalogue import say
from rag.llm import Endpoint, GroundedAssistant
from rag.settings import load_settings
from rag.store import Index, sync
from rag.types import Answer, Progress, Prose, Quote

_NUMBER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Row:
    """What one way of answering gave for one question.

    Attributes:
        id: of the question.
        mode: of the answer; ``sources`` when the model failed.
        silent_right: of an unanswerable question, whether it was met with silence.
        quotes, invented: how many were shown, and how many are no slices of their source.
        on_gold: share of the quotes shown that touch what answers.
        found: whether any does.
        sentences: of the model.
        cited: those that carry a citation and are not marked.
        precision: share of the citations, sentence by sentence, that touch what answers.
        attributed: share of the cited sentences that say whose position it is.
        tokens: pieces that the model sent.
        milliseconds: it took.
    """

    id: str
    mode: str
    silent_right: bool | None
    quotes: int
    invented: int
    on_gold: float | None
    found: bool | None
    sentences: int
    cited: int
    precision: float | None
    attributed: float | None
    tokens: int
    milliseconds: float


class _Counted(Endpoint):
    """Counts the pieces that come."""

    pieces = 0

    def stream(self, *args: Any, **options: Any) -> Iterator[str]:
        """As the endpoint does."""
        for piece in super().stream(*args, **options):
            self.pieces += 1
            yield piece


def run(progress: Progress, dataset: Dataset) -> dict[str, Any]:
    """Ask everything with the model of the settings and without.

    Raises:
        SettingsError: no model is set.
    """
    with tempfile.TemporaryDirectory(prefix="replique-evals-") as store:
        index = Index(load_settings(corpus=dataset.corpus, store=Path(store), chroma=""))
        try:
            counted = _Counted(index.settings)
            sync(index, progress=progress)
            ways = {"sources": Assistant(index), "llm": GroundedAssistant(index, counted)}
            rows: dict[str, list[Row]] = {name: [] for name in ways}
            for number, question in enumerate(dataset.questions):
                progress("asking", number, len(dataset.questions))
                for name, assistant in ways.items():
                    rows[name].append(_asked(question, assistant, index, counted))
            encoder = index.encoder_id
        finally:
            index.close()
    return {
        "versions": versions(encoder),
        "questions": len(dataset.questions),
        "figures": {name: figures(found) for name, found in rows.items()},
        "rows": {name: [asdict(row) for row in found] for name, found in rows.items()},
    }


def _asked(question: Question, assistant: Assistant, index: Index, endpoint: _Counted) -> Row:
    before, begun = endpoint.pieces, time.perf_counter()
    answer = assistant.ask(question.text, history=question.history)
    milliseconds = 1000 * (time.perf_counter() - begun)
    return row_of(question, answer, index, endpoint.pieces - before, milliseconds)


def row_of(question: Question, answer: Answer, index: Index, tokens: int, milliseconds: float) -> Row:
    """The values of one answer."""
    snapshot = index.snapshot()
    texts = {info.id: snapshot.source(n).text for n, info in enumerate(snapshot.infos)}
    quotes = {quote.n: quote for quote in answer.quotes}
    right = {n: _touches(quote, question) for n, quote in quotes.items()}
    sentences = _sentences(answer)
    held = [text for text in sentences if _NUMBER.search(text) and not _is_marked(text, answer)]
    shown = [text for text in sentences if _NUMBER.search(text)]
    cited = [right[int(number)] for text in shown for number in _NUMBER.findall(text)]
    opening = say("position_of", answer.lang, source="\0").split("\0")[0]
    positions = [text for text in shown if opening in text]
    return Row(
        id=question.id,
        mode=answer.mode,
        silent_right=None if question.answerable else not answer.answerable,
        quotes=len(quotes),
        invented=sum(texts[q.source.id][q.start : q.end] != q.text for q in quotes.values()),
        on_gold=_share(list(right.values())) if question.answerable else None,
        found=any(right.values()) if question.answerable else None,
        sentences=len(sentences),
        cited=len(held),
        precision=_share(cited) if question.answerable else None,
        attributed=1 - len(positions) / len(shown) if shown else None,
        tokens=tokens,
        milliseconds=round(milliseconds, 1),
    )


def _sentences(answer: Answer) -> list[str]:
    """The blocks that a model wrote: they carry the number of a quote or are marked as unsupported."""
    if answer.mode != "llm":
        return []
    prose = [block.text for block in answer.blocks if isinstance(block, Prose) and not block.heading]
    return [text for text in prose if _NUMBER.search(text) or _is_marked(text, answer)]


def _is_marked(text: str, answer: Answer) -> bool:
    return any(text.startswith(sentence) for sentence in answer.unsupported)


def _touches(quote: Quote, question: Question) -> bool:
    return any(
        gold.source == quote.source.id and gold.start < quote.end and quote.start < gold.end
        for gold in question.gold
    )


def _share(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None


# --- all of them ----------------------------------------------------------------------------------


def figures(rows: Sequence[Row]) -> dict[str, float | None]:
    """Means over the questions; counts of what must not be, and of sentences."""

    def mean(name: str) -> float | None:
        values = [float(v) for row in rows if (v := getattr(row, name)) is not None]
        return round(statistics.fmean(values), 4) if values else None

    sentences = sum(row.sentences for row in rows)
    return {
        "written by the model": round(sum(row.mode == "llm" for row in rows) / max(len(rows), 1), 4),
        "sentences": sentences,
        "citation precision per sentence": mean("precision"),
        "citation recall per sentence": round(sum(r.cited for r in rows) / sentences, 4)
        if sentences
        else None,
        "attribution kept": mean("attributed"),
        "quotes on gold": mean("on_gold"),
        "gold quoted": mean("found"),
        "abstention": mean("silent_right"),
        "quotes invented": sum(row.invented for row in rows),
        "milliseconds, median": round(statistics.median([r.milliseconds for r in rows]), 1) if rows else None,
        "tokens, mean": mean("tokens"),
    }


def failures(report: dict[str, Any]) -> list[str]:
    """Promises that were broken: a quote invented, or a silence that the model changed."""
    plain, written = report["figures"]["sources"], report["figures"]["llm"]
    found = []
    if plain["quotes invented"] or written["quotes invented"]:
        found.append("a quote was invented")
    if plain["abstention"] != written["abstention"]:
        found.append("the model changed what is met with silence")
    return found


def tables(report: dict[str, Any]) -> Iterator[Table]:
    """The figures side by side."""
    made = Table("", "sources only", "with the model", title=f"{report['questions']} questions")
    plain, written = report["figures"]["sources"], report["figures"]["llm"]
    for name in plain:
        made.add_row(name, *("" if v is None else f"{v:g}" for v in (plain[name], written[name])))
    yield made
