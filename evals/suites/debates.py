"""Réplique and plainer systems, over the invented debates: ``python -m evals debates``.

Each debate is a corpus of its own; those of the part ``report`` were not fitted on.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.table import Table

from evals.metrics import Values
from evals.report.build import aggregates_of, rows_of
from evals.report.tables import slices_table, systems_table
from evals.sets.debates import Debate, debates_of, write_corpus
from evals.sets.questions import Dataset, Question, Slice, sample
from evals.sets.squad import Split
from evals.suites.answers import asked
from evals.suites.systems import Ours, System, all_systems
from rag.store import Index
from rag.types import Progress

ASKED = 40
"""How many questions each debate is asked, drawn with a seed."""


def run(progress: Progress, part: Split, limit: int | None = None) -> dict[str, Any]:
    """Figures over the questions of all debates of a part; intervals over debates.

    Args:
        progress: called with the debate, how many are done, how many there are.
        part: ``report``; the networks were fitted on ``fit``, the rankers on ``check``.
        limit: ask so many questions of each; by default :data:`ASKED`.
    """
    debates = debates_of(part)
    questions: list[Question] = []
    rows: dict[str, list[Values]] = {}
    labels: dict[str, str] = {}
    for number, debate in enumerate(debates):
        progress(debate.name, number, len(debates))
        with _dataset(debate, part, limit or ASKED) as dataset:
            with asked(_silent, dataset, _systems) as (_, systems, results, sources):
                _close_unread(systems)
                for name, own in rows_of(dataset, systems, results, sources).items():
                    rows.setdefault(name, []).extend(own)
                labels |= {system.name: system.label for system in systems}
            questions += dataset.questions
    return {
        "dataset": {"name": "debates", "questions": len(questions), "families": len(debates)},
        "headline": part,
        "systems": [{"name": name, "label": label} for name, label in labels.items()],
        "aggregates": aggregates_of(questions, rows),
    }


def _systems(index: Index) -> list[System]:
    unread = Index(index.settings.model_copy(update={"reader": False}))
    plain = Ours(unread)
    plain.name, plain.label = "unread", "Réplique, reader off"
    ours, *others = all_systems(index)
    return [ours, plain, *others]


def _close_unread(systems: Sequence[System]) -> None:
    """Close the index of the one whose reader is off; it is none that the others share."""
    for system in systems:
        if isinstance(system, Ours) and system.name == "unread":
            system.assistant.index.close()


def _silent(stage: str, done: int, total: int) -> None:
    """The debates are counted, not what is done with each."""


@contextmanager
def _dataset(debate: Debate, part: str, limit: int) -> Iterator[Dataset]:
    with tempfile.TemporaryDirectory(prefix="replique-evals-") as folder:
        corpus = Path(folder) / "corpus"
        write_corpus(debate.name, corpus)
        questions = sample(_questions(debate, part), limit)
        yield Dataset(debate.name, part, corpus, questions, False, {}, {})


def _questions(debate: Debate, part: str) -> list[Question]:
    found = []
    for number, one in enumerate(debate.questions):
        golds = [(gold.source, *debate.place(gold)) for gold in one.gold]
        found.append(
            Question(
                id=f"{debate.name}-{number}",
                family=debate.name,
                split=part,
                lang=one.lang or "",
                kind=one.kind or "",
                text=one.question,
                history=tuple(str(before) for before in one.history),
                answerable=bool(one.gold),
                gold=tuple(
                    Slice(source, start, end, debate.texts[source][start:end]) for source, start, end in golds
                ),
                sides=tuple(sorted({debate.voices[gold.source].side for gold in one.gold})),
            )
        )
    return found


def tables(report: dict[str, Any]) -> Iterator[Table | str]:
    """Every system side by side, then ours by slice."""
    yield systems_table(report, report["headline"])
    yield slices_table(report, report["headline"])


def failures(report: dict[str, Any]) -> list[str]:
    """There is nothing to fall short of."""
    return []
