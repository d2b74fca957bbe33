"""A quote in another language, in a model's words: an aid to reading, never a quote."""

from __future__ import annotations

from rag.errors import EndpointError
from rag.llm.endpoint import Endpoint
from rag.llm.prompts import translation_messages
from rag.text import numbers
from rag.types import Language, Translation

_TOKENS_LEAST = 120
_MARKS = '«»“”"„ \u00a0\u202f\n'
"""What a model puts around the whole, and what the translation does without: it is no quote."""


def translated(endpoint: Endpoint, text: str, lang: Language) -> Translation:
    """A text in another language, as a model puts it.

    Args:
        endpoint: of the model.
        text: the words of a quote; to the model they are data.
        lang: language wanted.

    Raises:
        EndpointError: the model fails, or writes nothing.
    """
    room = max(_TOKENS_LEAST, len(text))  # a translation has hardly more tokens than its text has characters
    pieces = endpoint.stream(translation_messages(text, lang), endpoint.settings.llm_timeout, room)
    written = " ".join("".join(pieces).split()).strip(_MARKS)
    if not any(character.isalnum() for character in written):
        raise EndpointError("model_empty", kind="empty")
    return Translation(written, lang, set(numbers(written)) == set(numbers(text)))
