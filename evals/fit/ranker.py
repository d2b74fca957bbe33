"""Fit rag/weights/ranker.json: ``python -m evals fit ranker piaf-v1.1.json``.

Debates and articles of the part ``check`` are asked: reader and encoder were fitted on those of ``fit``, and
would be too sure of them. Those of ``report`` are left to the evaluation suite.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evals.aggregates import Floats, area
from evals.report.figures import write_json
from evals.sets.asked import Case, debate_cases, reading_cases
from rag.reader import UNREAD, load_reader
from rag.search.features import NAMES, Scores
from rag.search.rank import ANSWERABLE, READ_NAMES, Model, probability, read_features
from rag.search.read import to_read

SHARES = {"answerable": 0.45, "silent side": 0.05, "near": 0.4, "taken out": 0.05, "far": 0.05}
"""How much the sides of a group count together for the answer models. A *silent side* has none to a question
that another side answers. Of five such mixtures, one of two that told best, answered or not, in the part
``check`` (in four folds by debate); of these the one that is silent more often."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Candidates of a case as a model sees them. ``n`` sentences.

    Attributes:
        features: shape ``(n, columns)``.
        right: shape ``(n,)``, which answer.
        side: shape ``(n,)``, number of the side whose each is.
        group: of the case: ``answerable``, ``near``, ``taken out`` or ``far``.
    """

    features: Scores
    right: NDArray[np.bool_]
    side: NDArray[np.int64]
    group: str


def run(squad: Path, output: Path) -> dict[str, Any]:
    """Fit both models, write them into a folder, and give figures on the part ``report``.

    Args:
        squad: PIAF 1.1 in SQuAD format.
        output: folder of the file.

    Raises:
        InputError: the set cannot be read or is not in SQuAD format.
    """
    cases = [*debate_cases("check"), *reading_cases(squad, "check")]
    first = fit_model([rows_first(case) for case in cases], NAMES)
    read = fit_model([rows_read(case, first) for case in cases], READ_NAMES)
    told = list(debate_cases("report"))
    report = {
        "first": figures([rows_first(case) for case in told], first),
        "read": figures([rows_read(case, first) for case in told], read),
    }
    found = {
        "provenance": {
            "about": "Weights of the two rankers; see rag/search/rank.py",
            "data": "evals/data/debates and PIAF 1.1 (Etalab), those of the part `check`",
            "command": "make fit",
            "fitted_on_cases": len(cases),
            "report": report,
        },
        "first": as_json(first, NAMES),
        "read": as_json(read, READ_NAMES),
    }
    write_json(output / "ranker.json", found)
    return report


def rows_first(case: Case) -> Rows:
    """The candidates of a case as the first search has them."""
    return Rows(case.features, case.right, _sides(case), _group(case))


def rows_read(case: Case, first: Model) -> Rows:
    """The candidates of a case after the best passages have been read."""
    scores = first.scores(case.features)
    best = np.full(len(case.passages), -np.inf, np.float32)
    np.maximum.at(best, case.home, scores)
    ranked = [int(n) for n in np.argsort(-best, kind="stable") if np.isfinite(best[n])]
    chosen = [ranked[place] for place in to_read([case.sides[n] for n in ranked])]
    readings = load_reader().read(case.question, [case.passages[n] for n in chosen])
    by_passage = dict(zip(chosen, readings, strict=True))
    known = [
        by_passage[home].scores[number] if home in by_passage else UNREAD
        for home, number in zip(case.home.tolist(), case.number.tolist(), strict=True)
    ]
    features = read_features(np.array(known, np.float32), scores, first.odds(case.features))
    return Rows(features, case.right, _sides(case), _group(case))


def _sides(case: Case) -> NDArray[np.int64]:
    names = list(dict.fromkeys(case.sides))
    return np.array([names.index(case.sides[home]) for home in case.home.tolist()], np.int64)


def _group(case: Case) -> str:
    if case.answerable:
        return "answerable"
    return case.kind if case.kind in ("far", "taken out") else "near"


def fit_model(rows: Sequence[Rows], names: Sequence[str], penalty: float = 1e-3) -> Model:
    """The ranking by a listwise softmax, the answer by logistic regression on each case's best candidate."""
    rows = [each for each in rows if len(each.right)]
    ranking = _ranking([each for each in rows if each.right.any()], len(names), penalty)
    answer, bias = _answer(rows, ranking, penalty)
    return Model(ranking.astype(np.float32), answer.astype(np.float32), bias)


def _ranking(rows: Sequence[Rows], width: int, penalty: float) -> Floats:
    features = np.concatenate([each.features for each in rows]).astype(np.float64)
    spread = features.std(axis=0) + 1e-6
    scaled, right = features / spread, np.concatenate([each.right for each in rows])
    counts = [len(each.right) for each in rows]
    starts, group = np.cumsum([0, *counts[:-1]]), np.repeat(np.arange(len(rows)), counts)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = scaled @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        total, good = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts) + 1e-12
        value = -np.log(good / total).mean() + penalty * weights @ weights
        slope = scaled.T @ (odds / total[group] - odds * right / good[group]) / len(rows)
        return value, slope + 2 * penalty * weights

    found: Floats = minimize(loss, np.zeros(width), jac=True, method="L-BFGS-B").x / spread
    return found


def _answer(rows: Sequence[Rows], ranking: Floats, penalty: float) -> tuple[Floats, float]:
    found = [side for each in rows for side in best_of_sides(each, ranking)]
    best = np.array([features for features, _ in found], np.float64)
    groups = np.array([group for _, group in found])
    centre, spread = best.mean(axis=0), best.std(axis=0) + 1e-6
    scaled = (best - centre) / spread
    target = (groups == "answerable").astype(np.float64)
    counted = np.zeros(len(found))
    for group, share in SHARES.items():
        counted[groups == group] = share / max((groups == group).sum(), 1)
    counted /= counted.sum()

    def loss(parameters: Floats) -> tuple[float, Floats]:
        weights, bias = parameters[:-1], parameters[-1]
        logits = scaled @ weights + bias
        value = (counted * (np.logaddexp(0, logits) - target * logits)).sum() + penalty * weights @ weights
        residual = counted * (1 / (1 + np.exp(-logits)) - target)
        return value, np.append(scaled.T @ residual + 2 * penalty * weights, residual.sum())

    fitted = minimize(loss, np.zeros(best.shape[1] + 1), jac=True, method="L-BFGS-B").x
    weights = fitted[:-1] / spread
    return weights, float(fitted[-1] - weights @ centre)


def best_of_sides(rows: Rows, ranking: Floats) -> Iterator[tuple[Scores, str]]:
    """The best candidate of each side, and the group that the side is of."""
    scores = rows.features @ ranking
    for side in np.unique(rows.side):
        own = np.flatnonzero(rows.side == side)
        answers = bool(rows.right[own].any())
        silent = "silent side" if rows.group == "answerable" else rows.group
        yield rows.features[own[int(scores[own].argmax())]], "answerable" if answers else silent


def figures(rows: Sequence[Rows], model: Model) -> dict[str, float]:
    """How often the right sentence is first, and in three; how well the answer decision tells; by group."""
    rows = [each for each in rows if len(each.right)]
    ranks, sure = [], []
    for each in rows:
        scores = model.scores(each.features)
        sure.append(float(probability(model.odds(each.features))[int(scores.argmax())]))
        if each.group == "answerable":
            best = scores[each.right].max() if each.right.any() else -np.inf
            ranks.append(int((scores > best).sum()))
    told, groups = np.array(sure), np.array([each.group for each in rows])
    silent = [
        float(probability(model.odds(features[None])[0]))
        for each in rows
        for features, group in best_of_sides(each, model.ranking.astype(np.float64))
        if group == "silent side"
    ]
    said = {group: told[groups == group] >= ANSWERABLE for group in sorted(set(groups))}
    return {
        "cases": len(told),
        "first": round(float(np.mean(np.array(ranks) < 1)), 4),
        "in_three": round(float(np.mean(np.array(ranks) < 3)), 4),
        "auc": round(area(told, groups == "answerable"), 4),
        "answered": round(float(said.pop("answerable").mean()), 4),
        "silent_sides_heard": round(float(np.mean(np.array(silent) >= ANSWERABLE)), 4),
        **{f"silent_{group}": round(float(1 - answered.mean()), 4) for group, answered in said.items()},
    }


def as_json(model: Model, names: Sequence[str]) -> dict[str, dict[str, float]]:
    """The weights by name."""
    return {
        "ranking": {name: round(float(w), 4) for name, w in zip(names, model.ranking, strict=True)},
        "answer": {
            "bias": round(model.bias, 4),
            **{name: round(float(w), 4) for name, w in zip(names, model.answer, strict=True)},
        },
    }
