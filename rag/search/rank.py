"""Features -> which sentence answers best, and how probable it is that one does.

Linear models, fitted by ``evals/fit/ranker.py`` and kept as readable JSON with their provenance in
``ranker.json``. *First* orders the candidates of the two searches; *read* orders those that were read with
the question (:mod:`rag.reader`), by the reader's log-odds and the first order. Each has a *ranking*, which
orders, and an *answer*, which gives the probability that a candidate answers, for the "not in the sources"
decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from rag.search.features import NAMES, Scores
from rag.weights import read_weights

ANSWERABLE = 0.5
"""Probability from which the sources are held to answer. Fixed: it is the probability that is fitted."""

CERTAIN = 0.75
"""Probability below which an answer says that it is not certain."""

READ_NAMES = ("reader", "first", "answered")
"""What is known of a sentence that was read: the reader's log-odds; how far it is behind the best in the
first order; the log-odds that it answers, as the first model has it."""

FOLLOW_NAMES = ("alone", "joint", "replaced", "first", "answered", "named", "same", "next")
"""What is known of a sentence, for a question that follows another: the reader's log-odds for the question
alone, for both, and for it with what it names put in its place (0 for readings that it has not); *first* and
*answered* as above; the share of the words of what it names that the sentence has; whether the sentence
answered the question before, or stands right after the one that did."""


@dataclass(frozen=True, slots=True)
class Model:
    """Two linear models over the same columns.

    Attributes:
        ranking, answer: a weight for each column.
        bias: of the second.
    """

    ranking: Scores
    answer: Scores
    bias: float

    @classmethod
    def from_json(cls, data: dict[str, dict[str, float]], names: tuple[str, ...]) -> Model:
        """Read weights by name.

        Raises:
            KeyError: a weight is missing.
        """
        return cls(
            ranking=np.array([data["ranking"][name] for name in names], np.float32),
            answer=np.array([data["answer"][name] for name in names], np.float32),
            bias=data["answer"]["bias"],
        )

    def scores(self, features: Scores) -> Scores:
        """How well each candidate answers, compared with the others; log-odds, shape ``(n,)``."""
        scores: Scores = features @ self.ranking
        return scores

    def odds(self, features: Scores) -> Scores:
        """Log-odds that each candidate answers, shape ``(n,)``."""
        odds: Scores = (features @ self.answer + self.bias).astype(np.float32)
        return odds


@dataclass(frozen=True, slots=True)
class Ranker:
    """The models of the two stages."""

    first: Model
    read: Model


def read_features(reader: Scores, first: Scores, odds: Scores) -> Scores:
    """Columns :data:`READ_NAMES` of the sentences that were read.

    Args:
        reader: the reader's log-odds of each.
        first: score of each in the first order.
        odds: log-odds that each answers, as the first model has it.
    """
    columns = [reader, first - first.max(initial=-np.inf), odds]
    return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)


def probability(odds: Scores) -> Scores:
    """Probabilities of log-odds."""
    found: Scores = np.exp(-np.logaddexp(0, -odds)).astype(np.float32)  # this way it never overflows
    return found


@cache
def load_ranker() -> Ranker:
    """The fitted weights that come with the program."""
    data: dict[str, Any] = read_weights("ranker")
    return Ranker(Model.from_json(data["first"], NAMES), Model.from_json(data["read"], READ_NAMES))


@cache
def load_follow() -> Model:
    """The fitted weights for questions that follow others; by ``evals/fit/follow.py``."""
    return Model.from_json(read_weights("follow")["follow"], FOLLOW_NAMES)


FUSION = {"dense": 1.0, "best_lexical": 0.2, "best_dense": 0.8}
"""Weights of plain fusion, where the BM25 share of a passage counts 1: of its cosine, of the best BM25 share
and of the best cosine among its sentences. Chosen on the articles of PIAF that are fitted on."""


def fuse(lexical: Scores, dense: Scores, best_lexical: Scores, best_dense: Scores) -> Scores:
    """Plain fusion of passages, 0 to 1: what the first stage keeps, and the baseline of the suite.

    Args:
        lexical, dense: BM25 share and cosine of each passage.
        best_lexical, best_dense: the best among its sentences.
    """
    given = {"dense": dense, "best_lexical": best_lexical, "best_dense": best_dense}
    fused = lexical + sum(FUSION[name] * scores for name, scores in given.items())
    scores: Scores = np.clip(fused / (1 + sum(FUSION.values())), 0.0, 1.0).astype(np.float32)
    return scores
