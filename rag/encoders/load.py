"""The encoder of the settings: sentences -> vectors."""

from __future__ import annotations

from llama_index.core.base.embeddings.base import BaseEmbedding

from rag.encoders.integrations import OtherEncoder, huggingface, openai_like
from rag.encoders.own import OWN, OwnEncoder, own_id
from rag.encoders.use import EmbeddedEncoder
from rag.errors import EncoderError

SAME_WORD = 0.62
"""Cosine from which the encoder for words holds two to mean the same: translations have 0.7 and more, words
of the same field such as peace and war 0.57 and less."""


def encoder_id(setting: str) -> str:
    """Name and version under which vectors of this encoder are kept; another id, another index."""
    return own_id() if setting == OWN else setting


def word_encoder(encoder: BaseEmbedding) -> BaseEmbedding:
    """The encoder that compares words, and texts with each other, beside one that finds answers.

    Ours leads from questions to texts; whether two words, or two sentences, mean the same it tells less well.
    """
    return EmbeddedEncoder() if isinstance(encoder, OwnEncoder) else encoder


def load_encoder(setting: str) -> BaseEmbedding:
    """The encoder that a setting names.

    Args:
        setting: ``replique`` (our own), ``huggingface:<name>`` or ``openai-like:<name>@<url>``.

    Raises:
        EncoderError: the setting is unknown, its package is missing or its model cannot be loaded.
    """
    kind, _, name = setting.partition(":")
    if setting == OWN:
        return OwnEncoder()
    if kind == "huggingface" and name:
        return OtherEncoder(setting, huggingface(name))
    if kind == "openai-like" and all(name.partition("@")):
        return OtherEncoder(setting, openai_like(*name.split("@", 1)))
    raise EncoderError("encoder_unknown", name=setting)
