"""A fitted probability that a sentence in other words is borne out by a quote."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rag.weights import read_weights


@dataclass(frozen=True, slots=True)
class WordingModel:
    """Weights of the model that judges whether the words of a sentence are a quote's; see the module."""

    weakest: float
    alike: float
    foreign: float
    weakest_foreign: float
    bias: float

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> WordingModel:
        """Read the weights by name.

        Raises:
            KeyError: one is missing.
        """
        return cls(**{name: float(data["weights"][name]) for name in cls.__slots__})

    def probability(self, weakest: float, alike: float, foreign: bool) -> float:
        """Probability that the quote bears the words out.

        Args:
            weakest: cosine of the word that is matched worst with its best match, 1 for the same stem.
            alike: cosine of sentence and quote.
            foreign: whether they are in different languages.
        """
        logit = self.weakest * weakest + self.alike * alike + self.bias
        logit += foreign * (self.foreign + self.weakest_foreign * weakest)
        return 1 / (1 + math.exp(-logit))


@cache
def load_wording() -> WordingModel:
    """The fitted weights that come with the program."""
    return WordingModel.from_json(read_weights("support"))
