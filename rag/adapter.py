"""A question's vector -> the vector to look for.

The embedded encoder puts texts that say the same near each other; but what answers a question does not say
the same. A linear map of the question's vector, learned from pairs of questions and answers, moves it
towards the sentences that answer; the vectors of the sources stay as they are. This is the *linear adapter*
known from LlamaIndex's fine-tuning, here the identity plus a product of two thin matrices, fitted by
``evals/fit_adapter.py`` and kept as readable JSON with its provenance in ``adapter.json``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Adapter:
    """The map ``q + (q @ down) @ up``, then scaled to unit length.

    Attributes:
        down: shape ``(dimensions, rank)``.
        up: shape ``(rank, dimensions)``.
    """

    down: Vectors
    up: Vectors

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Adapter:
        """Read the two matrices, each one line a dimension.

        Raises:
            KeyError: one is missing.
        """
        return cls(np.array(data["down"], np.float32), np.array(data["up"], np.float32).T)

    def __call__(self, questions: Vectors) -> Vectors:
        """Map unit vectors, shape ``(n, dimensions)`` or ``(dimensions,)``, to unit vectors."""
        moved = questions + (questions @ self.down) @ self.up
        unit: Vectors = moved / np.linalg.norm(moved, axis=-1, keepdims=True)
        return unit


@cache
def load_adapter() -> Adapter:
    """The fitted map that comes with the program, for the embedded encoder."""
    file = Path(__file__).with_name("adapter.json")
    return Adapter.from_json(json.loads(file.read_text(encoding="utf-8")))
