"""The encoder of the settings: sentences -> vectors."""

from __future__ import annotations

from llama_index.core.base.embeddings.base import BaseEmbedding

from rag.encoders.e5 import NAME as E5_NAME
from rag.encoders.e5 import E5Encoder, e5_id
from rag.encoders.integrations import OtherEncoder, huggingface, openai_like
from rag.encoders.use import EMBEDDED, EmbeddedEncoder, use_id
from rag.errors import EncoderError

E5 = "e5"
"""The setting that names the better and slower one, of an optional package."""


def encoder_id(setting: str) -> str:
    """Name and version under which vectors of this encoder are kept; another id, another index.

    Raises:
        EncoderError: the package of the encoder is not installed.
    """
    if setting == EMBEDDED:
        return use_id()
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
        return OtherEncoder(setting, huggingface(name))
    if kind == "openai-like" and all(name.partition("@")):
        return OtherEncoder(setting, openai_like(*name.split("@", 1)))
    raise EncoderError("encoder_unknown", name=setting)
