"""How probable it is that a sentence bears on a claim: says something for or against the same matter.

Two things count: how near the two are for the encoder, and how much of what the claim says the sentence
says in the same words, rare words counting more. The three weights stand in ``bearing.json`` with their
provenance; ``evals/fit/bearing.py`` fits them on invented debates, the shipped documents take no part.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from rag.weights import read_weights

BEARS = 0.5
"""Probability from which a sentence is held to bear on a claim. Fixed: the probability is fitted."""

Stems = frozenset[str]


@dataclass(frozen=True, slots=True)
class BearingModel:
    """Weights of a logistic model; see the module."""

    cosine: float
    covered: float
    bias: float

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> BearingModel:
        """Read the weights by name.

        Raises:
            KeyError: one is missing.
        """
        return cls(**{name: float(data["weights"][name]) for name in cls.__slots__})

    def probability(self, cosine: float, covered: float) -> float:
        """Probability that a sentence bears on a claim.

        Args:
            cosine: of their vectors.
            covered: see :func:`covered`.
        """
        return 1 / (1 + math.exp(-(self.cosine * cosine + self.covered * covered + self.bias)))


def covered(claim: Stems, sentence: Stems, idf: Callable[[str], float]) -> float:
    """Share of a claim's words, weighted by their rarity, that a sentence has; 0 to 1."""
    whole = sum(map(idf, sorted(claim)))
    return sum(map(idf, sorted(claim & sentence))) / whole if whole else 0.0


@cache
def load_bearing() -> BearingModel:
    """The fitted weights that come with the program."""
    return BearingModel.from_json(read_weights("bearing"))
