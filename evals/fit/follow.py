"""Fit rag/weights/follow.json, how readings of a follow-up count: ``python -m evals fit follow``.

On the follow-ups of the debates of ``check``: reader and encoder were fitted on those of ``fit``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evals.fit.ranker import Rows, as_json, figures, fit_model
from evals.report.figures import write_json
from evals.sets.follow_ups import FollowCase, follow_cases
from rag.search.rank import FOLLOW_NAMES


def run(output: Path) -> None:
    """Fit on the debates of ``check``, and write the weights into a folder, with figures on ``report``."""
    cases = list(follow_cases("check"))
    model = fit_model(rows_of(cases), FOLLOW_NAMES)
    kept = {
        "provenance": {
            "about": "Weights of the ranker of follow-ups; see rag/search/rank.py",
            "command": "python -m evals fit follow",
            "data": "evals/data/debates: questions that follow others and follow_ups.jsonl, part `check`",
            "fitted_on_cases": len(cases),
            "report": figures(rows_of(list(follow_cases("report"))), model),
        },
        "follow": as_json(model, FOLLOW_NAMES),
    }
    write_json(output / "follow.json", kept)


def rows_of(cases: Sequence[FollowCase]) -> list[Rows]:
    """The candidates of each, as models are fitted on them."""
    return [
        Rows(case.features, case.right, case.side, "answerable" if case.asked.gold else "near")
        for case in cases
    ]
