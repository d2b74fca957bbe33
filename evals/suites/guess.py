"""How much a question alone gives away: ``python -m evals guess``.

A model that sees no document, only which words a question has and how it begins, is fitted on the invented
debates of the part ``fit`` and guesses, of those of ``check``, whether they are answered. What it tells
better than a coin is in how the questions are written, and a reader may learn it instead of reading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import numpy as np
from rich.table import Table
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from evals.aggregates import Floats, aggregate, auc, mean, resamples
from evals.sets.debates import Debate, debates_of
from rag.drill.question_set import SetQuestion
from rag.text import content_words, words_in
from rag.types import Progress

LEAST = 4
"""A word that fewer questions have is not looked at."""
SHOWN = 15
"""How many words that give most away are listed: those of most weight in all questions together."""
MOST = 0.7
"""Balanced accuracy that such a guess may reach; a coin reaches 0.5. Set when it reached 0.66."""


@dataclass(frozen=True, slots=True)
class Guesser:
    """A logistic regression over the words of a question.

    Attributes:
        weights: by word; more than 0 for answered questions.
    """

    weights: dict[str, float]
    bias: float

    def odds(self, question: str) -> float:
        """Log-odds that it is answered."""
        return self.bias + sum(self.weights.get(word, 0.0) for word in words_of(question))


def words_of(question: str) -> set[str]:
    """What is seen of a question: its content words, and its first two words as such."""
    first = words_in(question, "fr")[:2]
    return {*content_words(question), *(f"^{' '.join(first[:n])}" for n in (1, 2))}


def fit(questions: Sequence[SetQuestion]) -> Guesser:
    """Fit one on questions; those that are answered count together as much as those that are not."""
    bags = [words_of(question.question) for question in questions]
    counts = Counter(word for bag in bags for word in bag)
    known = sorted(word for word, count in counts.items() if count >= LEAST)
    column = {word: n for n, word in enumerate(known)}
    cells = [(n, column[word]) for n, bag in enumerate(bags) for word in sorted(bag & column.keys())]
    rows, columns = np.array(cells, np.int64).reshape(-1, 2).T
    matrix = csr_matrix((np.ones(len(cells)), (rows, columns)), (len(bags), len(known)))
    target = np.array([bool(question.gold) for question in questions], np.float64)
    counted = np.where(target > 0, 0.5 / max(target.mean(), 1e-9), 0.5 / max(1 - target.mean(), 1e-9))

    def loss(parameters: Floats) -> tuple[float, Floats]:
        weights, bias = parameters[:-1], parameters[-1]
        logits = matrix @ weights + bias
        value = (counted * (np.logaddexp(0, logits) - target * logits)).sum() + weights @ weights / 2
        residual = counted * (1 / (1 + np.exp(-logits)) - target)
        return value, np.append(matrix.T @ residual + weights, residual.sum())

    found = minimize(loss, np.zeros(len(known) + 1), jac=True, method="L-BFGS-B").x
    return Guesser(dict(zip(known, found[:-1].tolist(), strict=True)), float(found[-1]))


def run(progress: Progress) -> dict[str, Any]:
    """Fit on debates of ``fit``, guess those of ``check``."""
    progress("reading debates", 0, 1)
    fitted = fit([question for debate in debates_of("fit") for question in debate.questions])
    return report_of(fitted, debates_of("check"))


def report_of(fitted: Guesser, debates: Sequence[Debate]) -> dict[str, Any]:
    """How well the questions of some debates are guessed, the share of each kind, and the words that tell."""
    asked = [question for debate in debates for question in debate.questions]
    odds = np.array([fitted.odds(question.question) for question in asked])
    answered = np.array([bool(question.gold) for question in asked])
    right = (odds > 0) == answered
    weights = resamples([debate.name for debate in debates for _ in debate.questions])
    yes, no = np.where(answered, right, np.nan), np.where(answered, np.nan, right)
    kinds = np.array([question.kind or "" for question in asked])
    heard = Counter(word for question in asked for word in words_of(question.question))
    ordered = sorted(fitted.weights, key=lambda word: fitted.weights[word] * heard[word])
    figures = {
        "balanced accuracy": aggregate(lambda w: (mean(yes, w) + mean(no, w)) / 2, weights, len(asked)),
        "auc": aggregate(partial(auc, odds, answered), weights, len(asked)),
    }
    return {
        "figures": {name: found and asdict(found) for name, found in figures.items()},
        "kinds": {
            kind: {"n": int((kinds == kind).sum()), "right": float(right[kinds == kind].mean())}
            for kind in sorted(set(kinds))
        },
        "words": {"answered": ordered[: -SHOWN - 1 : -1], "not answered": ordered[:SHOWN]},
    }


def tables(report: dict[str, Any]) -> Iterator[Table | str]:
    """The figures with intervals of 95 %, then the kinds, then the words."""
    shown = Table("guessed from the question alone", "n", "value")
    for name, found in report["figures"].items():
        if found:
            value = f"{found['value']:.3f} [{found['low']:.3f}, {found['high']:.3f}]"
            shown.add_row(name, str(found["n"]), value)
    shown.add_section()
    for kind, found in report["kinds"].items():
        shown.add_row(f"{kind}: guessed right", str(found["n"]), f"{found['right']:.2f}")
    yield shown
    for name, words in report["words"].items():
        yield f"{name}: {', '.join(words)}"


def failures(report: dict[str, Any]) -> list[str]:
    """Whether questions give themselves away."""
    found = report["figures"]["balanced accuracy"]
    if not found or found["value"] <= MOST:
        return []
    return [f"guess: a question alone tells for {found['value']:.2f} whether it is answered, {MOST} may"]
