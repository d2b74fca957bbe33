"""Figures over many questions, each with its 95 % interval, from the values of each question. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from evals import SEED

RESAMPLES = 2000
BINS = 10

Floats = NDArray[np.float64]
Row = Mapping[str, float | None]
"""Values of one question, by name."""


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A figure over ``n`` questions with its 95 % interval."""

    value: float
    low: float
    high: float
    n: int


def resamples(families: Sequence[str], count: int = RESAMPLES, seed: int = SEED) -> Floats:
    """How often each question is drawn, shape ``(1 + count, questions)``; the first row is all ones.

    Families are drawn with replacement, as many as there are, so that paraphrases stay together.
    """
    _, number = np.unique(np.array(families), return_inverse=True)
    size = int(number.max()) + 1 if len(families) else 0
    if not size:
        return np.ones((1, 0))
    drawn = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), size=count)
    return np.concatenate([np.ones((1, len(families))), drawn[:, number].astype(np.float64)])


def aggregate(statistic: Callable[[Floats], Floats], weights: Floats, n: int) -> Aggregate | None:
    """A statistic of weighted questions, with the 95 % interval of its resamples.

    Args:
        statistic: gives one figure for each row of weights.
        weights: see :func:`resamples`.
        n: over how many questions; with none, there is no figure.
    """
    if not n:
        return None
    figures = statistic(weights)
    if np.isnan(figures[0]):
        return None
    known = figures[~np.isnan(figures)]
    low, high = np.percentile(known, [2.5, 97.5])
    return Aggregate(float(figures[0]), float(low), float(high), n)


def mean(column: Floats, weights: Floats) -> Floats:
    """Weighted mean of a column (``nan`` left out), for each row of weights."""
    known = ~np.isnan(column)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = (weights[:, known] @ column[known]) / weights[:, known].sum(axis=1)
    return found


def quantile(column: Floats, weights: Floats, share: float) -> Floats:
    """Weighted quantile of a column: the least value that ``share`` of the weight does not exceed."""
    known = ~np.isnan(column)
    order = np.argsort(column[known], kind="stable")
    ordered, cumulated = column[known][order], np.cumsum(weights[:, known][:, order], axis=1)
    place = (cumulated < share * cumulated[:, -1:] - 1e-9).sum(axis=1)
    found: Floats = np.where(cumulated[:, -1] > 0, ordered[np.minimum(place, len(ordered) - 1)], np.nan)
    return found


def auc(confidence: Floats, answerable: NDArray[np.bool_], weights: Floats) -> Floats:
    """How often an answerable question gets more confidence than one that is not; ties count half."""
    yes, no = confidence[answerable][:, None], confidence[~answerable][None, :]
    wins = (yes > no) + 0.5 * (yes == no)
    on_yes, on_no = weights[:, answerable], weights[:, ~answerable]
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = ((on_yes @ wins) * on_no).sum(axis=1) / (on_yes.sum(axis=1) * on_no.sum(axis=1))
    return found


def area(confidence: Floats, answerable: NDArray[np.bool_]) -> float:
    """:func:`auc` of all questions alike."""
    return float(auc(confidence, answerable, np.ones((1, len(confidence))))[0])


def risk_coverage(confidence: Floats, right: Floats) -> list[tuple[float, float]]:
    """Share of questions answered, most confident first, and the share of those answered wrongly."""
    order = np.argsort(-confidence, kind="stable")
    counts = np.arange(1, len(order) + 1)
    risk = np.cumsum(1 - right[order]) / counts
    return [(float(c), float(r)) for c, r in zip(counts / max(len(order), 1), risk, strict=True)]


def risk_area(confidence: Floats, right: Floats, weights: Floats) -> Floats:
    """Area under the risk-coverage curve: the mean risk over all coverages; lower is better."""
    order = np.argsort(-confidence, kind="stable")
    drawn = weights[:, order]
    answered = np.cumsum(drawn, axis=1)
    wrong = np.cumsum(drawn * (1 - right[order]), axis=1)
    risk = np.divide(wrong, answered, out=np.zeros_like(wrong), where=answered > 0)
    found: Floats = (drawn * risk).sum(axis=1) / answered[:, -1]
    return found


def _bins(confidence: Floats) -> NDArray[np.int64]:
    return np.minimum((confidence * BINS).astype(np.int64), BINS - 1)


def reliability(confidence: Floats, answerable: NDArray[np.bool_]) -> list[dict[str, float]]:
    """For each bin of confidence that is not empty: its bounds, size, mean confidence, share answerable."""
    place = _bins(confidence)
    return [
        {
            "from": number / BINS,
            "to": (number + 1) / BINS,
            "n": int((place == number).sum()),
            "confidence": float(confidence[place == number].mean()),
            "answerable": float(answerable[place == number].mean()),
        }
        for number in range(BINS)
        if (place == number).any()
    ]


def calibration_error(confidence: Floats, answerable: NDArray[np.bool_], weights: Floats) -> Floats:
    """Expected calibration error: how far confidence is from the share answerable, over the bins."""
    member = np.eye(BINS)[_bins(confidence)]
    gaps = np.abs(weights @ (member * (confidence - answerable)[:, None])).sum(axis=1)
    found: Floats = gaps / weights.sum(axis=1)
    return found


MEANS = {
    "quote@1": "quote@1",
    "quote@3": "quote@3",
    "precision": "precision",
    "recall": "recall",
    "f1": "f1",
    "sides": "sides",
    "sides_right": "sides_right",
    "intruding": "intruding",
    "verbatim": "verbatim",
    "passage@1": "passage@1",
    "passage@5": "passage@5",
    "passage@10": "passage@10",
    "mrr": "mrr",
    "ndcg@10": "ndcg@10",
    "answered": "answered",
    "abstention_recall": "silent",
    "abstention_precision": "silence_right",
}
"""Aggregates that are means of a value."""


def column(rows: Sequence[Row], name: str) -> Floats:
    """One value of all questions, ``nan`` where a question has none."""
    return np.array([np.nan if row.get(name) is None else row[name] for row in rows], np.float64)


def aggregates(rows: Sequence[Row], answerable: Sequence[bool], weights: Floats) -> dict[str, Aggregate]:
    """All the figures of one system over some questions; those without any question are left out.

    Args:
        rows: values of each question.
        answerable: whether the sources say, of each.
        weights: see :func:`resamples`, one column for each.
    """
    found: dict[str, Aggregate | None] = {}
    for name, value in MEANS.items():
        cells = column(rows, value)
        found[name] = aggregate(partial(mean, cells), weights, int((~np.isnan(cells)).sum()))
    ratios, times = column(rows, "length_ratio"), column(rows, "milliseconds")
    timed = int((~np.isnan(times)).sum())
    found["length_ratio"] = aggregate(
        partial(quantile, ratios, share=0.5), weights, int((~np.isnan(ratios)).sum())
    )
    for share in (50, 95, 99):
        found[f"ms_p{share}"] = aggregate(partial(quantile, times, share=share / 100), weights, timed)
    found |= _confidence_figures(rows, np.array(answerable, bool), weights)
    return {name: figure for name, figure in found.items() if figure is not None}


def _confidence_figures(
    rows: Sequence[Row], answerable: NDArray[np.bool_], weights: Floats
) -> dict[str, Aggregate | None]:
    confidence, right = column(rows, "confidence"), column(rows, "right")
    n, found = len(rows), dict[str, Aggregate | None]()
    found["risk_area"] = aggregate(partial(risk_area, confidence, right), weights, n)
    if answerable.any() and not answerable.all():
        found["auc"] = aggregate(partial(auc, confidence, answerable), weights, n)
    said, silent = column(rows, "answered"), column(rows, "silent")
    if (~np.isnan(said)).any() and (~np.isnan(silent)).any():
        found["ece"] = aggregate(partial(calibration_error, confidence, answerable), weights, n)
        both = aggregate(lambda w: (mean(said, w) + mean(silent, w)) / 2, weights, n)
        found["balanced_accuracy"] = both
    return found
