"""What the judge says of a sentence -> probabilities, by how it was come upon.

The judge knows a claim and a passage. How probable it is that a sentence bears on a claim depends on more: on
how many others it is one of, and how near the first search puts it. Multinomial logistic models, fitted by
``evals/fit/bearing.py`` on claims that the judge was not fitted on, kept with their provenance in
``bearing.json``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rag.reader import LABELS
from rag.weights import read_weights

How = Literal["found", "given", "held"]
"""``found``: by a search for the claim; ``given``: chosen, as the passage that an answer is graded by;
``held``: the same, where it is known which side makes the claim."""
TOLD = LABELS[:-1]
"""The labels that are told apart from the last, "neither"."""
FOUND = ("behind", "answers", "rank")
"""What a search tells: how far a sentence is behind the best one and the log-odds that it answers, as the
first model has them; the logarithm of its passage's rank. Only ``found`` has weights for these."""
NOWHERE = (-3.0, -2.5, 5.0)
"""The same of a sentence that the search did not find."""
OWN = "own"
"""Whose a sentence is: 1 where it is of the side that makes the claim, -1 of another's, 0 of none. Only
``held`` has a weight for it: a side seldom says the contrary of what it says."""

Columns = NDArray[np.float32]


def odds_of(likely: Columns) -> Columns:
    """The judge's log-odds of each label against "neither", shape ``(n, 3)``, of its probabilities."""
    logs = np.log(np.clip(likely, 1e-6, 1))
    found: Columns = (logs[:, :-1] - logs[:, -1:]).astype(np.float32)
    return found


def found_by(behind: float, answers: float, rank: int) -> tuple[float, float, float]:
    """Columns :data:`FOUND` of a sentence; of scores far off only that they are."""
    return float(np.clip(behind, -12, 0)) / 4, float(np.clip(answers, -10, 5)) / 4, float(np.log1p(rank))


@dataclass(frozen=True, slots=True)
class Bearing:
    """A multinomial logistic model of what the judge says.

    Attributes:
        weights: shape ``(columns, labels - 1)``: the last label has none. In this file the columns have the
            names in :data:`TOLD`, then :data:`FOUND` or :data:`OWN`.
        bias: shape ``(labels - 1,)``.
    """

    weights: Columns
    bias: Columns

    def likely(self, columns: Columns) -> Columns:
        """Probabilities of all labels in their order, :data:`rag.reader.LABELS` here; ``(n, labels)``."""
        logits = columns[:, : len(self.weights)] @ self.weights + self.bias
        logits = np.concatenate([logits, np.zeros((len(logits), 1), np.float32)], axis=1)
        grown = np.exp(logits - logits.max(axis=1, keepdims=True))
        found: Columns = (grown / grown.sum(axis=1, keepdims=True)).astype(np.float32)
        return found

    @classmethod
    def of(
        cls, data: Mapping[str, Mapping[str, float]], labels: Sequence[str], names: Sequence[str]
    ) -> Bearing:
        """The model of weights by label and name, its columns in the order of ``names``."""
        weights = [[data[label][name] for label in labels] for name in names]
        bias = [data[label]["bias"] for label in labels]
        return cls(np.array(weights, np.float32), np.array(bias, np.float32))


@cache
def load_bearing(how: How) -> Bearing:
    """The fitted weights that come with the program."""
    data = read_weights("bearing")[how]["weights"]
    return Bearing.of(data, TOLD, [name for name in (*TOLD, *FOUND, OWN) if name in data[TOLD[0]]])
