"""Fit rag/weights/highlight.json, which words of a quote are marked: ``python -m evals fit highlight``.

On the articles of PIAF that are for fitting, variants of their questions included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evals.aggregates import Floats
from evals.report.figures import write_json
from evals.sets.marked import Case, load_cases
from evals.suites.highlights import row
from rag.answer.highlight import FAMILIES, FEATURES, Contest
from rag.encoders.use import EMBEDDED

FLOOR = 0.05
"""Added to the F1 that a case is expected to get, before its logarithm is summed."""
PENALTY = 0.003
"""Of the squared weights."""


def run(squad: Path, output: Path) -> None:
    """Fit on a reading set, PIAF in SQuAD format, and write the weights into a folder.

    Raises:
        InputError: the set cannot be read or is not in SQuAD format.
    """
    write_json(output / "highlight.json", provenance(squad, fit(load_cases(squad, "fit"))))


def provenance(squad: Path, weights: dict[str, dict[str, float]]) -> dict[str, Any]:
    """What is kept in ``rag/weights/highlight.json``."""
    return {
        "about": "Weights of the model that chooses the words to mark; see rag/answer/highlight.py",
        "command": f"python -m evals fit highlight {squad.name}",
        "data": "PIAF 1.1 (Etalab) and evals/data/piaf_variants.jsonl, articles of the part `fit`",
        "encoder": EMBEDDED,
        "families": {family: sorted(k for k in FAMILIES if FAMILIES[k] == family) for family in weights},
        "weights": weights,
    }


def fit(cases: Iterable[Case]) -> dict[str, dict[str, float]]:
    """Weights by family and feature that give the best expected F1 of what is chosen."""
    contests: dict[str, list[tuple[Floats, Floats]]] = {}
    for case in cases:
        span = (0, len(case.text))
        contest = Contest.between(case.question, case.text, span, case.like)
        if contest is not None:
            numbers = range(len(contest.candidates))
            gains = [row([contest.span(n)], case.answers, len(case.text))["f1"] for n in numbers]
            entry = (contest.features.astype(np.float64), np.array(gains))
            contests.setdefault(contest.family, []).append(entry)
    return {
        family: {name: round(float(w), 3) for name, w in zip(FEATURES, _fitted(entries), strict=True)}
        for family, entries in sorted(contests.items())
    }


def _fitted(entries: Sequence[tuple[Floats, Floats]]) -> Floats:
    features = np.concatenate([each for each, _ in entries])
    gains = np.concatenate([each for _, each in entries])
    sizes = [len(each) for _, each in entries]
    starts, owner = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(sizes)), sizes)
    loss = _loss(features, gains, starts, owner)
    found: Floats = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B").x
    return found


def _loss(
    features: Floats, gains: Floats, starts: NDArray[np.intp], owner: NDArray[np.intp]
) -> Callable[[Floats], tuple[float, Floats]]:
    """Minus the mean logarithm of the expected gain, candidates being chosen by their softmax."""

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = features @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        chances = odds / np.add.reduceat(odds, starts)[owner]
        expected = np.add.reduceat(chances * gains, starts)
        slope = chances * (gains - expected[owner]) / (expected[owner] + FLOOR)
        value = PENALTY * weights @ weights - np.log(expected + FLOOR).mean()
        return float(value), 2 * PENALTY * weights - features.T @ slope / len(starts)

    return loss
