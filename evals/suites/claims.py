"""The judge, on claims that it was not fitted on: ``python -m evals claims``.

Each claim of the debates of a part is read with every passage that has a listed sentence; the sentence's
label is that of the greatest probability, as of a sentence that is given (rag/search/bearing.py).
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
from rich.table import Table

from evals import SEED
from evals.aggregates import area
from evals.fit.network.claims import NEITHER, Claim, Told, altered, of_debate
from evals.fit.network.examples import debate_corpus
from evals.sets.debates import debates_of
from evals.sets.squad import Split
from rag.reader import LABELS, Judge, Judgements, load_judge
from rag.search.bearing import load_bearing, odds_of
from rag.types import Progress

ALTERED = 25
"""How many altered sentences of each debate are judged."""
Pairs = list[tuple[int, int]]
"""The label that was told and the right one, by number."""


def run(progress: Progress, part: Split) -> dict[str, Any]:
    """Figures over all sentences that are listed with a claim, and over sentences altered by rule."""
    judge, chance = load_judge(), random.Random(SEED)
    by_kind: dict[str, Pairs] = defaultdict(list)
    changed: dict[str, list[bool]] = defaultdict(list)
    bears: list[tuple[float, bool]] = []
    debates = debates_of(part)
    for number, debate in enumerate(debates):
        progress(debate.name, number, len(debates))
        corpus = debate_corpus(debate, SEED)
        for claim in of_debate(debate, corpus, chance, away=0):
            judged = _judged(judge, claim)
            for row, likely in enumerate(judged):
                told = claim.told.get(row, Told(NEITHER))
                bears.append((1 - float(likely[-1]), told.labels != NEITHER))
            by_kind[claim.kind] += [
                (int(judged[row].argmax()), min(t.labels)) for row, t in claim.told.items()
            ]
        every = [claim for claim in altered(corpus, chance) if claim.kind]
        for claim in chance.sample(every, min(ALTERED, len(every))):
            changed[claim.kind] += _right(claim, _judged(judge, claim))
    pairs = [pair for own in by_kind.values() for pair in own]
    return {
        "pairs": len(pairs),
        "macro F1": round(macro_f1(pairs), 3),
        "F1": {label: round(value, 3) for label, value in zip(LABELS, f1_of(pairs), strict=True)},
        "right, by kind": {kind: _share([a == b for a, b in own]) for kind, own in sorted(by_kind.items())},
        "right, altered by rule": {kind: _share(own) for kind, own in sorted(changed.items())},
        "AUC of bearing": round(area(*map(np.array, zip(*bears, strict=True))), 3),
        "confused": _confused(pairs),
    }


def _judged(judge: Judge, claim: Claim) -> Judgements:
    """What the judge says of each sentence, as if it were given."""
    (read,) = judge.read(claim.claim, [claim.unit.passage])
    return load_bearing("given").likely(odds_of(read))


def _right(claim: Claim, judged: np.ndarray[Any, Any]) -> list[bool]:
    return [int(judged[row].argmax()) in told.labels for row, told in claim.told.items() if told.weight == 1]


def _share(right: list[bool]) -> float:
    return round(float(np.mean(right)), 3)


def f1_of(pairs: Pairs) -> list[float]:
    """F1 of each label."""
    told, right = Counter(told for told, _ in pairs), Counter(right for _, right in pairs)
    hits = Counter(right for told, right in pairs if told == right)
    return [2 * hits[n] / max(told[n] + right[n], 1) for n in range(len(LABELS))]


def macro_f1(pairs: Pairs) -> float:
    """The mean F1 of the labels."""
    return float(np.mean(f1_of(pairs)))


def _confused(pairs: Pairs) -> dict[str, dict[str, int]]:
    """How often each label, of those that are right, is told as which."""
    counts = Counter((LABELS[right], LABELS[told]) for told, right in pairs)
    return {right: {told: counts[right, told] for told in LABELS} for right in LABELS}


def tables(report: dict[str, Any]) -> Iterator[Table]:
    """The figures; then what is taken for what."""
    made = Table("claims", "")
    for name, value in report.items():
        if isinstance(value, dict) and name != "confused":
            for each, share in value.items():
                made.add_row(f"{name}: {each}", str(share))
        elif name != "confused":
            made.add_row(name, str(value))
    yield made
    confused = Table("right", *LABELS, title="told as")
    for right, counts in report["confused"].items():
        confused.add_row(right, *map(str, counts.values()))
    yield confused


def failures(report: dict[str, Any]) -> list[str]:
    """There is nothing to fall short of."""
    return []
