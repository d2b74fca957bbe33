"""Which words of a quote are marked: ``python -m evals highlights piaf-v1.1.json``.

Each question of a reading set is put to the sentence that answers it; what is marked is compared, character
by character, with what the set's readers marked. Variants of the questions are told apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from rich.table import Table

from evals.aggregates import aggregate, mean, resamples
from evals.sets.marked import Case, load_cases
from evals.sets.pools import ANSWERED
from evals.sets.squad import Split
from rag.answer.highlight import highlights
from rag.answer.tokens import SHARE
from rag.types import Progress, Span

VALUES = ("marked", "precision", "recall", "f1", "touches", "share")
"""Of each case; see :func:`row`."""

Row = dict[str, float]


def row(marked: Sequence[Span], answers: Sequence[Span], length: int) -> Row:
    """Values of one case.

    Precision, recall and F1 are of characters, against the answer that gives the best F1, and ``nan`` where
    nothing is marked; ``touches`` is whether an answer is touched; ``share`` is of the text.
    """
    if not marked:
        return {"marked": 0.0} | dict.fromkeys(VALUES[1:], np.nan)
    inside = {position for span in marked for position in range(*span)}
    best = (0.0, 0.0, 0.0)
    for start, end in answers:
        common = len(inside & set(range(start, end)))
        f1 = 2 * common / (len(inside) + end - start)
        best = max(best, (f1, common / len(inside), common / (end - start)))
    f1, precision, recall = best
    values = {"precision": precision, "recall": recall, "f1": f1, "touches": float(f1 > 0)}
    return {"marked": 1.0, **values, "share": len(inside) / length}


def marked(case: Case) -> tuple[Span, ...]:
    """What is marked for a case."""
    return highlights(case.question, case.text, (0, len(case.text)), case.like)


def run(progress: Progress, squad: Path, part: Split) -> dict[str, Any]:
    """Figures over a part of a reading set, PIAF in SQuAD format.

    Raises:
        InputError: the set cannot be read or is not in SQuAD format.
    """
    progress("reading the set", 0, 1)
    cases = load_cases(squad, part)
    rows = []
    for number, case in enumerate(cases):
        progress("marking", number, len(cases))
        rows.append(row(marked(case), case.answers, len(case.text)))
    return report_of(cases, rows)


def report_of(cases: Sequence[Case], rows: Sequence[Row]) -> dict[str, Any]:
    """Figures by kind of question, of those of the set alone, and by variant; intervals over the articles."""
    kinds = [case.question.wanted.kind for case in cases]
    original = [case.variant == "original" for case in cases]
    by_kind = {
        kind: [n for n, k in enumerate(kinds) if k == kind and original[n]]
        for kind in sorted(set(kinds), key=lambda k: (-kinds.count(k), k))
    }
    by_variant = {
        variant: [n for n, case in enumerate(cases) if case.variant == variant]
        for variant in ("original", *ANSWERED)
    }
    return {
        name: {key: _figures([cases[n] for n in chosen], [rows[n] for n in chosen]) for key, chosen in groups}
        for name, groups in (("kinds", by_kind.items()), ("variants", by_variant.items()))
    }


def _figures(cases: Sequence[Case], rows: Sequence[Row]) -> dict[str, Any]:
    """Their number, the most that is marked of a sentence, and each value with its interval."""
    weights = resamples([case.article for case in cases])
    most = max((each["share"] for each in rows if each["marked"]), default=0.0)
    found: dict[str, Any] = {"n": len(cases), "most": most}
    for name in VALUES:
        values = np.array([each[name] for each in rows])
        figure = aggregate(partial(mean, values), weights, len(values))
        found[name] = figure and asdict(figure)
    return found


def tables(report: dict[str, Any]) -> Iterator[Table | str]:
    """Figures by kind of question, then by variant, with intervals of 95 %."""
    shown = Table("questions", "n", "marked", "precision", "recall", "F1", "touches", "share")
    for groups in report.values():
        for name, found in groups.items():
            if found["n"]:
                shown.add_row(name, str(found["n"]), *(_cell(found[value]) for value in VALUES))
        shown.add_section()
    yield shown
    yield f"at most {SHARE:.0%} of a sentence may be marked"


def _cell(found: dict[str, float] | None) -> str:
    return f"{found['value']:.2f} [{found['low']:.2f}, {found['high']:.2f}]" if found else ""


def failures(report: dict[str, Any]) -> list[str]:
    """Questions for which more of a sentence is marked than may be."""
    return [
        f"highlights, {name}: {found['most']:.1%} of a sentence is marked, {SHARE:.0%} at most may be"
        for groups in report.values()
        for name, found in groups.items()
        if found["most"] > SHARE
    ]
