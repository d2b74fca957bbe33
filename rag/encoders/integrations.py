"""Encoders of LlamaIndex's integrations: Hugging Face, OpenAI-compatible endpoints."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import Any, TypeVar

from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr

from rag.errors import EncoderError

_RETRIES = 1
_T = TypeVar("_T")


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
            raise EncoderError("encoder_failed", name=self.model_name, reason=_first_line(error)) from error

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._checked(self._inner.get_text_embedding, text)

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._checked(self._inner.get_text_embedding_batch, texts)

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._checked(self._inner.get_query_embedding, query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)


def huggingface(name: str) -> BaseEmbedding:
    """A model of the Hugging Face hub or of a folder; its files are fetched at the first use.

    Raises:
        EncoderError: its package is missing, or the model cannot be loaded.
    """
    # The E5 family was trained with these words before each text (Wang et al. 2022).
    prefixes = {"query_instruction": "query: ", "text_instruction": "passage: "}
    try:
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        encoder: BaseEmbedding = HuggingFaceEmbedding(
            model_name=name, **(prefixes if "e5" in name.lower() else {})
        )
    except ImportError:
        raise EncoderError("encoder_package", name=f"huggingface:{name}", extra="huggingface") from None
    except (OSError, ValueError) as error:
        reason = _first_line(error)
        raise EncoderError("encoder_unloaded", name=f"huggingface:{name}", reason=reason) from None
    return encoder


def openai_like(name: str, url: str) -> BaseEmbedding:
    """A model behind an endpoint that speaks as OpenAI's does.

    Raises:
        EncoderError: its package is missing.
    """
    try:
        from llama_index.embeddings.openai_like import OpenAILikeEmbedding
    except ImportError:
        raise EncoderError("encoder_package", name=f"openai-like:{name}", extra="openai-like") from None
    encoder: BaseEmbedding = OpenAILikeEmbedding(
        model_name=name,
        api_base=url,
        api_key=os.environ.get("REPLIQUE_EMBED_KEY", "none"),
        max_retries=_RETRIES,
    )
    return encoder


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
