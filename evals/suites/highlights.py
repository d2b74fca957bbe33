"""Which words of a quote are marked: ``python -m evals highlights piaf-v1.1.json``.

Each question of a reading set, and of the invented debates, is put to the passage that answers it; what is
marked is compared, character by character, with the short answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from rich.table import Table

from evals import SEED
from evals.aggregates import aggregate, mean, resamples
from evals.fit.network.examples import (
    VARIANTS,
    Corpus,
    Example,
    Gold,
    Unit,
    debate_corpus,
    reading_corpus,
)
from evals.sets.debates import debates_of
from evals.sets.squad import Split
from rag.answer.evidence import MARKED
from rag.reader import load_reader
from rag.types import Progress, Span

TOUCHED = 0.8
"""Share of the marks that must touch the answer."""
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


def marked(question: str, unit: Unit, sentence: int) -> tuple[Span, ...]:
    """What is marked in a sentence of a passage, were it quoted."""
    [reading] = load_reader().read(question, [unit.passage])
    mark = reading.marks[sentence]
    return (mark.span,) if mark is not None and mark.sure >= MARKED else ()


def answered(unit: Unit, gold: Gold) -> tuple[int, Span]:
    """The sentence that has the short answer, which is known, and where it stands in the passage."""
    assert gold.span is not None
    begin = gold.span[0]
    ends = [unit.passage.sentences[number][1] for number in gold.sentences]
    return next(n for n, end in zip(gold.sentences, ends, strict=True) if begin < end), gold.span


def run(progress: Progress, squad: Path, part: Split) -> dict[str, Any]:
    """Figures over a part of a reading set, PIAF in SQuAD format, and over the invented debates of that part.

    Raises:
        InputError: the set cannot be read or is not in SQuAD format.
    """
    progress("reading the sets", 0, 1)
    reading = reading_corpus(squad, "piaf", part, SEED, VARIANTS)
    debates = [debate_corpus(debate, SEED) for debate in debates_of(part)]
    return {
        "reading set": _report(progress, [reading]),
        "debates": _report(progress, debates),
    }


def _report(progress: Progress, corpora: Sequence[Corpus]) -> dict[str, Any]:
    """Figures of all cases, and by kind of question; intervals over articles and debates."""
    cases = [(corpus, example) for corpus in corpora for example in corpus.examples if _known(example)]
    rows = []
    for number, (corpus, example) in enumerate(cases):
        progress("marking", number, len(cases))
        gold = example.golds[0]
        unit = corpus.units[gold.unit]
        sentence, answer = answered(unit, gold)
        start, end = unit.passage.sentences[sentence]
        rows.append(row(marked(example.question, unit, sentence), [answer], end - start))
    kinds = [example.kind for _, example in cases]
    groups = {"all": list(range(len(cases)))} | {
        kind: [n for n, own in enumerate(kinds) if own == kind] for kind in sorted(set(kinds))
    }
    names = [example.group for _, example in cases]
    return {
        name: _figures([names[n] for n in chosen], [rows[n] for n in chosen])
        for name, chosen in groups.items()
    }


def _known(example: Example) -> bool:
    """Whether it is known where the short answer stands."""
    return bool(example.golds) and example.golds[0].span is not None


def _figures(groups: Sequence[str], rows: Sequence[Row]) -> dict[str, Any]:
    """Their number, the most that is marked of a sentence, and each value with its interval."""
    weights = resamples(groups)
    found: dict[str, Any] = {"n": len(rows)}
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


def _cell(found: dict[str, float] | None) -> str:
    return f"{found['value']:.2f} [{found['low']:.2f}, {found['high']:.2f}]" if found else ""


def failures(report: dict[str, Any]) -> list[str]:
    """Sets in which what is marked touches the answer for less than :data:`TOUCHED`."""
    found = {name: groups["all"]["touches"] for name, groups in report.items()}
    return [
        f"highlights, {name}: {touches['value']:.2f} of what is marked touches the answer, {TOUCHED} should"
        for name, touches in found.items()
        if touches and touches["value"] < TOUCHED  # none where nothing is marked
    ]
