"""Fit rag/weights/grades.json, what the judge makes of an answer: ``python -m evals fit grades``.

On the answers on the debates of ``check``, which the judge was not fitted on.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from evals.fit.bearing import fit, named
from evals.report.figures import write_json
from evals.sets.debates import Debate, debates_of, indexed
from evals.sets.grades import graded_of, question_of
from rag.drill.grade.meeting import COLUMNS, MARKS, columns_of
from rag.drill.grade.sheet import Sheet
from rag.search import Columns

PENALTY = 2e-2


def run(output: Path) -> None:
    """Fit on the debates of ``check``, and write the weights into a folder."""
    found = [case for debate in debates_of("check") for case in _cases(debate)]
    columns, marks = (np.array(each) for each in zip(*found, strict=True))
    weights = fit(columns.astype(np.float64), marks, np.ones(len(found)), PENALTY)
    kept = {
        "about": "Weights of the model that grades free answers; see rag/drill/grade/meeting.py",
        "command": "python -m evals fit grades",
        "data": "evals/data/debates/*/grades.jsonl, part `check`",
        "answers": len(found),
        "weights": {mark: named(COLUMNS, row) for mark, row in zip(MARKS[:-1], weights, strict=True)},
    }
    write_json(output / "grades.json", kept)


def _cases(debate: Debate) -> Iterator[tuple[Columns, int]]:
    """What the judge says of each answer, and the number of its mark."""
    with indexed(debate) as index:
        snapshot = index.snapshot()
        for graded in graded_of(debate):
            sheet = Sheet(index, snapshot, question_of(snapshot, debate, graded), graded.answer)
            yield columns_of(sheet, 0), MARKS.index(graded.mark)
