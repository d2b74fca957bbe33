"""Our own encoder: multilingual-e5-small, fitted on (``evals/fit/network/encoder.py``), run by ONNX Runtime.

A passage is read once, and each of its sentences has the mean of the vectors of its tokens (« late
chunking », Günther et al. 2024): a pronoun is told by what stands before it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from numpy.typing import NDArray

from rag.encoders.use import use_id
from rag.reader import Pair, Passage, load_body, load_pairs
from rag.weights import read_weights

Vectors = NDArray[np.float32]

OWN = "replique"
"""The setting that names it."""
VERSION = 1
"""Changes whenever the same weights would give other vectors; the index is then made anew."""


class OwnEncoder(BaseEmbedding):
    """384 dimensions, unit length, so that a dot product is a cosine; French and English share the space."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(model_name=own_id(), **kwargs)

    @classmethod
    def class_name(cls) -> str:
        """Name under which LlamaIndex serialises it."""
        return "OwnEncoder"

    def passages(self, passages: Sequence[Passage]) -> list[tuple[Vectors, Vectors]]:
        """Vectors of the sentences of each passage, ``(sentences, 384)``, and of it as a whole."""
        pairs = load_pairs()
        rows = [pairs.alone(passage) for passage in passages]
        found: dict[int, tuple[Vectors, Vectors]] = {}
        for n, vectors in _vectors(rows):
            found[n] = _pooled(vectors, rows[n].owners, len(passages[n].sentences))
        return [found[n] for n in range(len(passages))]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        whole = [Passage(text, ((0, len(text)),)) for text in texts]
        return [vector.tolist() for _, vector in self.passages(whole)]

    def _get_query_embedding(self, query: str) -> list[float]:
        [(_, vectors)] = _vectors([load_pairs().asked(query)])
        found: list[float] = _unit(vectors.mean(axis=0)).tolist()
        return found

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)


def own_id() -> str:
    """Name of the encoder, which of its fits it is, and the encoder of words that goes with it."""
    return f"{OWN}/{VERSION}-{read_weights('network')['vectors'][:12]}+{use_id()}"


def _vectors(rows: Sequence[Pair]) -> Iterator[tuple[int, Vectors]]:
    return load_body("encoder").vectors([row.ids for row in rows], [len(row.ids) for row in rows])


def _pooled(vectors: Vectors, owners: Sequence[int], count: int) -> tuple[Vectors, Vectors]:
    """Unit vectors of sentences and of all; a sentence that was cut off has that of all."""
    whole = _unit(vectors.mean(axis=0))
    owned = np.array(owners)[:, None] == np.arange(count)
    sums, sizes = owned.T.astype(np.float32) @ vectors, owned.sum(axis=0)
    sentences = np.where(sizes[:, None] > 0, sums, whole)
    return _unit(sentences), whole


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    return unit
