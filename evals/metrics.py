"""Metrics: values of each question first, aggregates with their intervals derived from them. Pure.

A *result* is what one system gave for one question: quotes and passages, best first, and how sure it is.
A value that a question cannot have (the abstention of an answerable one) is ``None`` and is left out of the
aggregate; a value that a system failed to earn (nothing quoted) is 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG
from numpy.typing import NDArray

from evals.questions import Question, Slice

Floats = NDArray[np.float64]
Values = dict[str, float | None]

CLOSING = " \u00a0\u202f\n.,;:!?…»”’\"')]"
"""Characters that may be missing at the end of a gold slice."""
CLOSING_MOST = 2
"""Most of them that may be missing."""
QUOTES = 3
"""How many quotes are compared with the gold, character by character."""
DEPTH = 10
"""How many passages are looked at."""
RESAMPLES = 2000
SEED = 20260106
BINS = 10


@dataclass(frozen=True, slots=True)
class Result:
    """What a system gave for a question.

    Attributes:
        quotes: as shown, best first; none when it stays silent.
        passages: keys of its passages, best first (see :func:`key`).
        guess: what it would quote first if it could not stay silent.
        answered: whether it says that the sources say; ``None`` for systems that cannot stay silent.
        confidence: how sure it is; a probability only for systems with ``answered``.
        milliseconds: how long it took.
    """

    quotes: tuple[Slice, ...]
    passages: tuple[str, ...]
    guess: Slice | None
    answered: bool | None
    confidence: float
    milliseconds: float


# --- one question ---------------------------------------------------------------------------------


def key(passage: Slice) -> str:
    """Name of a passage."""
    return f"{passage.source}:{passage.start}-{passage.end}"


def required_end(gold: Slice) -> int:
    """Where a quote must reach at least: the end of a gold slice without its closing punctuation."""
    kept = len(gold.text)
    while kept > max(0, len(gold.text) - CLOSING_MOST) and gold.text[kept - 1] in CLOSING:
        kept -= 1
    return gold.end - (len(gold.text) - kept)


def covers(quote: Slice, gold: Slice) -> bool:
    """Whether a quote (or passage) holds a gold slice, up to its closing punctuation."""
    same = quote.source == gold.source
    return same and quote.start <= gold.start and quote.end >= required_end(gold)


def covers_any(quote: Slice, golds: Iterable[Slice]) -> bool:
    """Whether a quote holds one of several gold slices."""
    return any(covers(quote, gold) for gold in golds)


def relevant(units: Iterable[Slice], golds: Sequence[Slice]) -> set[str]:
    """Keys of the passages that hold a gold slice."""
    return {key(unit) for unit in units if covers_any(unit, golds)}


def characters(quotes: Sequence[Slice], gold: Sequence[Slice]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the characters quoted, against the gold slice that gives the best F1.

    The characters quoted are the union of the first :data:`QUOTES` quotes. Precision is the share of
    them that the gold slice has; recall, the share of the gold slice that they have.
    """
    quoted = {(q.source, position) for q in quotes[:QUOTES] for position in range(q.start, q.end)}
    best = (0.0, 0.0, 0.0)
    for one in gold:
        wanted = {(one.source, position) for position in range(one.start, one.end)}
        common = len(quoted & wanted)
        if common:
            f1 = 2 * common / (len(quoted) + len(wanted))
            best = max(best, (f1, common / len(quoted), common / len(wanted)))
    return best[1], best[2], best[0]


def length_ratio(quote: Slice, golds: Sequence[Slice]) -> float | None:
    """Length of a quote over that of the longest gold slice it holds; ``None`` when it holds none."""
    held = [gold.end - gold.start for gold in golds if covers(quote, gold)]
    return (quote.end - quote.start) / max(held) if held else None


def is_verbatim(quote: Slice, texts: Mapping[str, str]) -> bool:
    """Whether a quote is the slice of the source that it says it is."""
    inside = 0 <= quote.start < quote.end
    return inside and texts.get(quote.source, "")[quote.start : quote.end] == quote.text


def values(
    question: Question, result: Result, texts: Mapping[str, str], side_of: Mapping[str, str | None]
) -> Values:
    """The values of one question that need no ranking.

    Args:
        question, result: what was asked, what was given.
        texts: texts of the sources, by id.
        side_of: sides of the sources, by id.
    """
    quotes, gold = result.quotes, question.gold
    found: Values = {
        "verbatim": float(np.mean([is_verbatim(q, texts) for q in quotes])) if quotes else None,
        "right": float(result.guess is not None and covers_any(result.guess, gold)),
        "confidence": result.confidence,
        "milliseconds": result.milliseconds,
        **_abstention(question, result),
    }
    if not question.answerable:
        return found
    precision, recall, f1 = characters(quotes, gold)
    found |= {
        "quote@1": float(any(covers_any(q, gold) for q in quotes[:1])),
        "quote@3": float(any(covers_any(q, gold) for q in quotes[:3])),
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "length_ratio": length_ratio(quotes[0], gold) if quotes else None,
    }
    return found | _sides(question, quotes, side_of)


def _abstention(question: Question, result: Result) -> Values:
    if result.answered is None:
        return {}
    answered, answerable = result.answered, question.answerable
    return {
        "answered": float(answered) if answerable else None,
        "silent": float(not answered) if not answerable else None,
        "silence_right": float(not answerable) if not answered else None,
    }


def _sides(question: Question, quotes: Sequence[Slice], side_of: Mapping[str, str | None]) -> Values:
    """Of a question that several sides speak to: are all quoted, and is a right quote of each there?"""
    if len(question.sides) < 2:
        return {}
    heard = {side_of.get(q.source) for q in quotes}
    right = {side_of.get(q.source) for q in quotes if covers_any(q, question.gold)}
    return {
        "sides": float(heard >= set(question.sides)),
        "sides_right": float(right >= set(question.sides)),
    }


_RANKING = {
    "passage@1": Success @ 1,
    "passage@5": Success @ 5,
    "passage@10": Success @ 10,
    "mrr": RR @ DEPTH,
    "ndcg@10": nDCG @ DEPTH,
}


def ranking_values(
    wanted: Mapping[str, set[str]], found: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, float]]:
    """Hits, reciprocal rank and nDCG of the first :data:`DEPTH` passages, by question id.

    Args:
        wanted: keys of the relevant passages of each question; a question that has none scores 0.
        found: keys of the passages found, best first.
    """
    table = {identifier: dict.fromkeys(_RANKING, 0.0) for identifier in wanted}
    qrels = [Qrel(q, passage, 1) for q, passages in wanted.items() for passage in sorted(passages)]
    run = [
        ScoredDoc(q, passage, float(-rank))
        for q in wanted
        for rank, passage in enumerate(list(found.get(q, ()))[:DEPTH])
    ]
    if not qrels or not run:
        return table
    names = {str(measure): name for name, measure in _RANKING.items()}
    for metric in ir_measures.iter_calc(list(_RANKING.values()), qrels, run):
        table[metric.query_id][names[str(metric.measure)]] = float(metric.value)
    return table


# --- aggregates -----------------------------------------------------------------------------------


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


def column(rows: Sequence[Mapping[str, float | None]], name: str) -> Floats:
    """One value of all questions, ``nan`` where a question has none."""
    return np.array([np.nan if row.get(name) is None else row[name] for row in rows], np.float64)


def aggregates(
    rows: Sequence[Mapping[str, float | None]], answerable: Sequence[bool], weights: Floats
) -> dict[str, Aggregate]:
    """All the figures of one system over some questions; those without any question are left out.

    Args:
        rows: values of each question.
        answerable: whether the sources say, of each.
        weights: see :func:`resamples`, one column for each.
    """
    found: dict[str, Aggregate | None] = {}
    for name, value in MEANS.items():
        cells = column(rows, value)
        found[name] = aggregate(lambda w, c=cells: mean(c, w), weights, int((~np.isnan(cells)).sum()))
    ratios, times = column(rows, "length_ratio"), column(rows, "milliseconds")
    timed = int((~np.isnan(times)).sum())
    found["length_ratio"] = aggregate(
        lambda w: quantile(ratios, w, 0.5), weights, int((~np.isnan(ratios)).sum())
    )
    for share in (50, 95, 99):
        found[f"ms_p{share}"] = aggregate(lambda w, s=share: quantile(times, w, s / 100), weights, timed)
    found |= _confidence_figures(rows, np.array(answerable, bool), weights)
    return {name: figure for name, figure in found.items() if figure is not None}


def _confidence_figures(
    rows: Sequence[Mapping[str, float | None]], answerable: NDArray[np.bool_], weights: Floats
) -> dict[str, Aggregate | None]:
    confidence, right = column(rows, "confidence"), column(rows, "right")
    n, found = len(rows), dict[str, Aggregate | None]()
    found["risk_area"] = aggregate(lambda w: risk_area(confidence, right, w), weights, n)
    if answerable.any() and not answerable.all():
        found["auc"] = aggregate(lambda w: auc(confidence, answerable, w), weights, n)
    said, silent = column(rows, "answered"), column(rows, "silent")
    if (~np.isnan(said)).any() and (~np.isnan(silent)).any():
        found["ece"] = aggregate(lambda w: calibration_error(confidence, answerable, w), weights, n)
        both = aggregate(lambda w: (mean(said, w) + mean(silent, w)) / 2, weights, n)
        found["balanced_accuracy"] = both
    return found
