"""Vectors of passages made of those of their sentences, while a segment is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.store.edition import Segmented
from rag.store.nodes import parse_node_id
from rag.store.shards import document_id


class PassageMeans:
    """Adds up the vectors of sentences by passage; takes 1.5 kB for each passage.

    Args:
        parts: the texts whose sentences will be added.
    """

    def __init__(self, parts: Iterable[Segmented]) -> None:
        self._homes = {document_id(part.source.info.sha256): _homes(part) for part in parts}
        self._sums: dict[tuple[str, int], NDArray[np.float32]] = {}

    def add(self, sentence: str, vector: Sequence[float]) -> None:
        """Take in the vector of a sentence, named by its node id."""
        document, number = parse_node_id(sentence)
        key = document, int(self._homes[document][number])
        self._sums[key] = self._sums.get(key, np.float32(0)) + np.asarray(vector, np.float32)

    def of(self, passage: str) -> list[float]:
        """The unit vector of a passage, named by its node id.

        Raises:
            KeyError: no sentence of it was added; one that has words has a sentence that has some.
        """
        total = self._sums[parse_node_id(passage)]
        unit: list[float] = (total / max(float(np.linalg.norm(total)), 1e-9)).tolist()
        return unit


def _homes(part: Segmented) -> NDArray[np.int64]:
    """Number of the passage of each sentence of a text."""
    counts = [len(passage.sentences) for passage in part.passages]
    return np.repeat(np.arange(len(counts)), counts)
