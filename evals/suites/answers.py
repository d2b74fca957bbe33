"""Réplique and plainer systems, over a question set or a reading set: ``python -m evals``."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.table import Table

from evals.metrics import Result
from evals.report.baseline import HEADLINE
from evals.report.build import build_report
from evals.report.figures import METRICS, OURS, Report, figure
from evals.report.tables import slices_table, systems_table
from evals.sets.questions import Dataset, Question
from evals.suites.stock import StockLlamaIndex
from evals.suites.systems import System, all_systems
from rag.settings import load_settings
from rag.store import Index, sync
from rag.types import Progress, Source


def run(
    progress: Progress, dataset: Dataset, systems: Callable[[Index], Sequence[System]] = all_systems
) -> dict[str, Any]:
    """Index the corpus in a store of its own, ask everything of every system, and report.

    Args:
        progress: called with what is being done, how much is done, how much there is.
        dataset: see ``shipped_set`` and ``squad_set``.
        systems: makes the systems from the index.
    """
    begun = time.perf_counter()
    with asked(progress, dataset, systems) as (index, built, results, sources):
        progress("computing figures", 0, 1)
        report = build_report(dataset, built, results, sources, index.encoder_id)
    return report | {"seconds": round(time.perf_counter() - begun, 1)}


@contextmanager
def asked(
    progress: Progress, dataset: Dataset, systems: Callable[[Index], Sequence[System]] = all_systems
) -> Iterator[tuple[Index, Sequence[System], dict[str, list[Result]], list[Source]]]:
    """The index, the systems, what each gave for each question, and the sources; see :func:`run`."""
    with tempfile.TemporaryDirectory(prefix="replique-evals-") as store:
        index = Index(load_settings(corpus=dataset.corpus, store=Path(store), chroma=""))
        built: Sequence[System] = ()
        try:
            sync(index, progress=lambda stage, done, total: progress(f"indexing: {stage}", done, total))
            progress("stock LlamaIndex: indexing", 0, 1)
            built = systems(index)
            results = _ask(dataset.questions, built, progress)
            snapshot = index.snapshot()
            yield index, built, results, [snapshot.source(n) for n in range(len(snapshot.infos))]
        finally:
            for system in built:
                if isinstance(system, StockLlamaIndex):
                    system.close()
            index.close()


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


def tables(report: Report) -> Iterator[Table | str]:
    """Every system side by side for each split, then ours by slice; a line on what was asked."""
    for split in report["aggregates"]:
        yield systems_table(report, split)
        yield slices_table(report, split)
    about = report["dataset"]
    yield (
        f"{about['questions']} questions in {about['families']} families, {report['seconds']} s; an answer "
        f"takes {report['cost_ratio']} times as long as plain fusion"
    )


def failures(report: Report, base: Report | None = None) -> list[str]:
    """Why a report is worse than a baseline, one line each; none when it is not.

    A headline figure of ours may be below the baseline's by half the width of the baseline's interval.
    Without a baseline there is nothing to fall short of.
    """
    if base is None:
        return []
    for name, what in (("corpus", "corpus"), ("dataset", "question set")):
        if report[name].get("sha256") != base[name].get("sha256"):
            return [f"the baseline was measured on another {what}: run `python -m evals --write-baseline`"]
    if report["dataset"].get("limit") is not None:
        return ["only a sample was asked: run without --limit"]
    found = []
    split = base["headline"]
    for metric in HEADLINE:
        before, now = (figure(r, split, OURS, "all", metric) for r in (base, report))
        if before is None:
            continue
        allowed = before["value"] - (before["high"] - before["low"]) / 2
        if now is None or now["value"] < allowed - 1e-9:
            value = "missing" if now is None else f"{now['value']:.3f}"
            found.append(
                f"{METRICS[metric]} ({split}): {value}, baseline {before['value']:.3f}, "
                f"at least {allowed:.3f} is wanted"
            )
    return found
