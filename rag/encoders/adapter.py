"""A question's vector -> the vector to look for.

The embedded encoder puts texts that say the same near each other; but what answers a question does not say
the same. A linear map of the question's vector, learned from pairs of questions and answers, moves it
towards the sentences that answer; the vectors of the sources stay as they are. This is the *linear adapter*
known from LlamaIndex's fine-tuning, here the identity plus a product of two thin matrices, fitted by
``evals/fit/adapter.py`` and kept as readable JSON with its provenance in ``adapter.json``.

Vectors of E5 all point one way, so that any two texts have a cosine of 0.7 or more. They are *centred* first:
the mean of questions, or of texts, is taken off (Mu & Viswanath 2018, « All-but-the-Top »). They are in
``adapter-e5.json``, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.weights import read_weights

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


@dataclass(frozen=True, slots=True)
class Centre:
    """Means that are taken off vectors, shape ``(dimensions,)`` each."""

    questions: Vectors
    texts: Vectors

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Centre:
        """Read the two means.

        Raises:
            KeyError: one is missing.
        """
        return cls(np.array(data["questions"], np.float32), np.array(data["texts"], np.float32))


def centred(vectors: Vectors, mean: Vectors) -> Vectors:
    """Unit vectors, shape ``(n, dimensions)``, without what they have in common; unit length again."""
    moved = vectors - mean
    unit: Vectors = moved / np.maximum(np.linalg.norm(moved, axis=-1, keepdims=True), 1e-9)
    return unit


@cache
def load_adapter(encoder: str = "use") -> Adapter:
    """The fitted map that comes with the program, for an encoder that does."""
    return Adapter.from_json(read_weights("adapter", encoder))


@cache
def load_centre(encoder: str = "e5") -> Centre:
    """The means that come with the program."""
    return Centre.from_json(read_weights("adapter", encoder))
