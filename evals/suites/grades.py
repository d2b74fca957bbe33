"""Grades of training, on answers that the grader was not fitted on: ``python -m evals grades``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
from rich.table import Table

from evals.sets.debates import debates_of, indexed
from evals.sets.grades import graded_of, question_of
from evals.sets.squad import Split
from rag.drill.grade.grader import Grader
from rag.drill.grade.types import POINTS
from rag.types import Progress


def run(progress: Progress, part: Split) -> dict[str, Any]:
    """How often a grade is right; wholly wrong, got for missed or missed for got; certain; right where so."""
    by_kind: dict[str, list[bool]] = defaultdict(list)
    apart, certain = [], []
    debates = debates_of(part)
    for number, debate in enumerate(debates):
        progress(debate.name, number, len(debates))
        with indexed(debate) as index:
            grader, snapshot = Grader(index), index.snapshot()
            for graded in graded_of(debate):
                grade = grader.grade(question_of(snapshot, debate, graded), graded.answer)
                by_kind[graded.kind].append(grade.verdict == graded.mark)
                apart.append(abs(grade.points - POINTS[graded.mark]))
                certain.append(grade.certain)
    right = np.array(apart) == 0
    return {
        "answers": len(apart),
        "right": _share(right),
        "wholly wrong": _share(np.array(apart) == 1),
        "certain": _share(certain),
        "right, where certain": _share(right[np.array(certain)]) if any(certain) else None,
        "right, by kind": {kind: _share(own) for kind, own in sorted(by_kind.items())},
    }


def _share(found: Any) -> float:
    return round(float(np.mean(found)), 3)


def tables(report: dict[str, Any]) -> Iterator[Table]:
    """The figures."""
    made = Table("grades", "")
    for name, value in report.items():
        rows = value.items() if isinstance(value, dict) else [("", value)]
        for kind, share in rows:
            made.add_row(f"{name}: {kind}" if kind else name, str(share))
    yield made


def failures(report: dict[str, Any]) -> list[str]:
    """There is nothing to fall short of."""
    return []
