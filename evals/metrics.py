"""Metrics: the values of one question. Pure.

A *result* is what one system gave for one question: quotes and passages, best first, and how sure it is.
A value that a question cannot have (the abstention of an answerable one) is ``None`` and is left out of the
aggregates (``aggregates.py``); a value that a system failed to earn (nothing quoted) is 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG

from evals.sets.questions import Question, Slice

Values = dict[str, float | None]

CLOSING = " \u00a0\u202f\n.,;:!?…»”’\"')]"
"""Characters that may be missing at the end of a gold slice."""
CLOSING_MOST = 2
"""Most of them that may be missing."""
QUOTES = 3
"""How many quotes are compared with the gold, character by character."""
DEPTH = 10
"""How many passages are looked at."""


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
    """Of a question that several sides speak to: are all quoted, and is a right quote of each there?

    Of one that one side alone speaks to, is another quoted (``intruding``)?
    """
    heard = {side_of.get(q.source) for q in quotes}
    if len(question.sides) == 1 and len(set(side_of.values())) > 1:
        return {"intruding": float(not heard <= set(question.sides))}
    if len(question.sides) < 2:
        return {}
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
