"""Fit rag/weights/support.json, whose words are a quote's: ``python -m evals fit support``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from evals.aggregates import Floats
from evals.report.figures import write_json
from evals.sets.statements import load_statements
from evals.suites.statements import Judged, judged
from rag.encoders.use import use_id

OTHER_WORDS = frozenset(("subject", "object", "cause", "added", "contrary", "unrelated"))
"""Kinds of sentences that are not borne out by their words; the others by something that is checked apart."""
PENALTY = 3e-3


def run(output: Path) -> None:
    """Fit on ``dev``, and write the weights into a folder."""
    kept = {
        "about": "Weights of the model that judges whether words are a quote's; see rag/llm/wording.py",
        "command": "python -m evals fit support",
        "data": "evals/data/statements.jsonl, half `dev`",
        "encoder": use_id(),
        "weights": fit(list(judged(load_statements()))),
    }
    write_json(output / "support.json", kept)


def fit(found: Sequence[Judged]) -> dict[str, float]:
    """Weights of :class:`rag.llm.wording.WordingModel`: logistic regression, both answers counting alike.

    Fitted on ``dev``: sentences that hold, and those that do not for their words.
    """
    dev = [one for one in found if one.statement.split == "dev"]
    used = [one for one in dev if one.statement.holds or one.statement.kind in OTHER_WORDS]
    rows = np.array([[w, a, f, w * f] for w, a, f in (one.wording for one in used)], np.float64)
    holds = np.array([one.statement.holds for one in used], np.float64)
    centre, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    scaled = (rows - centre) / spread
    counted = np.where(holds > 0, 0.5 / holds.mean(), 0.5 / (1 - holds.mean()))

    def loss(parameters: Floats) -> float:
        logits = scaled @ parameters[:-1] + parameters[-1]
        value = (counted * (np.logaddexp(0, logits) - holds * logits)).mean()
        return float(value + PENALTY * parameters[:-1] @ parameters[:-1])

    *weights, bias = minimize(loss, np.zeros(5), method="L-BFGS-B").x
    weights = np.array(weights) / spread
    names = ("weakest", "alike", "foreign", "weakest_foreign")
    return {
        **{name: round(float(w), 3) for name, w in zip(names, weights, strict=True)},
        "bias": round(float(bias - weights @ centre), 3),
    }
