"""Fit rag/weights/bearing.json, what bears on a claim: ``python -m evals fit bearing``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from evals import SEED
from evals.aggregates import Floats
from evals.report.figures import write_json
from evals.sets.debates import load_debates
from evals.sets.rebuttals import Case, cases, facing
from rag.encoders.use import use_id

PENALTY = 1e-3
NAMES = ("cosine", "covered", "bias")


def run(output: Path) -> None:
    """Fit on all debates, and write the weights, with the figures of each debate left out, into a folder."""
    drawn = list(cases(facing(load_debates())))
    kept = {
        "about": "Weights of the probability that a sentence bears on a claim; see rag/debate/bearing.py",
        "command": "python -m evals fit bearing",
        "data": "evals/data/debates: sentences of both sides that answer one question",
        "encoder": use_id(),
        "seed": SEED,
        "left_out_in_turn": left_out_in_turn(drawn),
        "weights": {n: round(float(w), 3) for n, w in zip(NAMES, fit(drawn), strict=True)},
    }
    write_json(output / "bearing.json", kept)


def fit(drawn: Sequence[Case]) -> Floats:
    """Weights of cosine and share, and the bias.

    The weights make the right sentence probable among all (listwise softmax); then their sum is scaled and
    moved so that the best sentence's tells whether there is a right one (logistic regression, claims that
    have one and claims that have none counting alike).
    """
    with_answer = [case for case in drawn if case.right.any()]

    def ranking(weights: Floats) -> float:
        losses = []
        for case in with_answer:
            scores = case.features @ weights
            odds = np.exp(scores - scores.max())
            losses.append(-math.log(odds[case.right].sum() / odds.sum()))
        return float(np.mean(losses) + PENALTY * weights @ weights)

    weights = minimize(ranking, np.array([5.0, 5.0]), method="L-BFGS-B").x
    best = np.array([(case.features @ weights).max() for case in drawn])
    there = np.array([case.right.any() for case in drawn], np.float64)
    counted = np.where(there > 0, 0.5 / there.mean(), 0.5 / (1 - there.mean()))

    def deciding(parameters: Floats) -> float:
        logits = parameters[0] * best + parameters[1]
        return float((counted * (np.logaddexp(0, logits) - there * logits)).mean())

    scale, bias = minimize(deciding, np.array([1.0, -1.0]), method="L-BFGS-B").x
    return np.array([*(scale * weights), bias])


def left_out_in_turn(drawn: Sequence[Case]) -> dict[str, float]:
    """How often it is right, each debate judged by weights fitted on the others."""
    ranks, said, silent = [], [], []
    for name in sorted({case.debate for case in drawn}):
        *weights, bias = fit([case for case in drawn if case.debate != name])
        for case in (case for case in drawn if case.debate == name):
            logits = case.features @ np.array(weights) + bias
            if case.right.any():
                order = np.argsort(-logits, kind="stable")
                ranks.append(int(np.flatnonzero(case.right[order])[0]))
                said.append(logits.max() >= 0)
            else:
                silent.append(logits.max() < 0)
    return {
        "claims": len(ranks),
        "first": round(float(np.mean(np.array(ranks) < 1)), 4),
        "in_three": round(float(np.mean(np.array(ranks) < 3)), 4),
        "said_when_there": round(float(np.mean(said)), 4),
        "silent_when_elsewhere": round(float(np.mean(silent)), 4),
    }
