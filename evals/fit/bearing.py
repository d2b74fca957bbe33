"""Fit rag/weights/bearing.json, whether a sentence bears on a claim: ``python -m evals fit bearing``.

On the claims of the debates of ``check``, which the judge was not fitted on: every sentence that is judged
with a claim there, and what it does. A multinomial logistic regression for each way in which a sentence is
come upon; of what is *given*, only the sentences that are listed, each label counting alike; of what is
*held*, only with the claims that are known to be a side's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evals.aggregates import Floats
from evals.report.figures import write_json
from evals.sets.debates import Debate, debates_of, indexed, is_part
from evals.sets.judgements import Judged, judged_of
from rag.reader import LABELS
from rag.search.bearing import FOUND, OWN, TOLD
from rag.search.judged import columns_near, own_of
from rag.store import Snapshot

PENALTY = 1e-3
UNLISTED = len(LABELS)
"""Number of the label of a sentence that is not listed; it does nothing, as "neither"."""

Labels = NDArray[np.int64]


def run(output: Path) -> None:
    """Fit on the debates of ``check``, and write the weights into a folder."""
    found = [case for debate in debates_of("check") for case in _cases(debate)]
    columns, own, labels = (np.concatenate(parts) for parts in zip(*found, strict=True))
    listed, right = labels != UNLISTED, np.minimum(labels, UNLISTED - 1)
    odds, of_sides = columns[:, : len(TOLD)], np.concatenate([columns[:, : len(TOLD)], own[:, None]], axis=1)
    held = listed & ~np.isnan(own)
    names = {"found": (*TOLD, *FOUND), "given": TOLD, "held": (*TOLD, OWN)}
    fitted = {
        "found": fit(columns, right, np.ones(len(right))),
        "given": fit(odds[listed], right[listed], _alike(right[listed])),
        "held": fit(of_sides[held], right[held], _alike(right[held])),
    }
    kept: dict[str, Any] = {
        "about": "Weights of what makes probabilities of the judge's; see rag/search/bearing.py",
        "command": "python -m evals fit bearing",
        "data": "evals/data/debates/*/claims.jsonl, part `check`",
        "claims": len(found),
    }
    for how, weights in fitted.items():
        rows = zip(TOLD, weights, strict=True)
        kept[how] = {"weights": {label: named(names[how], row) for label, row in rows}}
    write_json(output / "bearing.json", kept)


def named(names: Sequence[str], row: Floats) -> dict[str, float]:
    """The weights of a label by the names of the columns, and its bias."""
    return {name: round(float(value), 4) for name, value in zip((*names, "bias"), row, strict=True)}


def _alike(labels: Labels) -> Floats:
    """What each of some sentences counts, so that all labels count alike."""
    counted: Floats = 1 / np.bincount(labels, minlength=len(LABELS))[labels]
    return counted


def _cases(debate: Debate) -> Iterator[tuple[Floats, Floats, Labels]]:
    """For each claim the columns of all sentences judged with it, whether they are its side's, their labels.

    Of a claim that is not known to be a side's, that is not a number.
    """
    with indexed(debate) as index:
        snapshot = index.snapshot()
        for judged in judged_of(debate):
            rows, columns = columns_near(index, snapshot, judged.claim)
            labels = [_label(debate, judged, snapshot, row) for row in rows]
            side = debate.voices[judged.holder].side if judged.holder else None
            own = own_of(snapshot, rows, side) if side else np.full(len(rows), np.nan)
            yield columns.astype(np.float64), own.astype(np.float64), np.array(labels, np.int64)


def _label(debate: Debate, judged: Judged, snapshot: Snapshot, row: int) -> int:
    source, sentence = snapshot.sentence(row)
    for number, label in enumerate(LABELS):
        for gold in judged.golds[label]:
            own = gold.source == source.info.id
            if own and is_part((sentence.start, sentence.end), debate.place(gold)):
                return number
    return UNLISTED


def fit(columns: Floats, labels: Labels, counted: Floats, penalty: float = PENALTY) -> Floats:
    """Multinomial logistic regression against the last label.

    Args:
        columns: shape ``(n, columns)``.
        labels: shape ``(n,)``.
        counted: shape ``(n,)``, how much each counts.
        penalty: on the square of the weights, columns of one spread.

    Returns:
        Shape ``(labels - 1, columns + 1)``, the bias last.
    """
    centre, spread = columns.mean(axis=0), columns.std(axis=0) + 1e-9
    scaled = np.concatenate([(columns - centre) / spread, np.ones((len(columns), 1))], axis=1)
    told = int(labels.max())
    right = np.eye(told + 1)[labels]

    def loss(parameters: Floats) -> tuple[float, Floats]:
        weights = np.concatenate([parameters.reshape(told, -1), np.zeros((1, scaled.shape[1]))])
        logits = scaled @ weights.T
        logs = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
        value = -(counted * (logs * right).sum(axis=1)).sum() / counted.sum()
        slope = ((np.exp(logs) - right) * counted[:, None]).T @ scaled / counted.sum()
        return value + penalty * parameters @ parameters, slope[:told].ravel() + 2 * penalty * parameters

    found = minimize(loss, np.zeros(told * scaled.shape[1]), jac=True, method="L-BFGS-B").x.reshape(told, -1)
    weights = found[:, :-1] / spread
    return np.concatenate([weights, found[:, -1:] - (weights * centre).sum(axis=1, keepdims=True)], axis=1)
