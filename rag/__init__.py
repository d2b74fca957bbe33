"""Réplique: answers made of verbatim, cited quotes from source documents that disagree.

>>> from rag import open_assistant
>>> answer = open_assistant().ask("Combien de soldats compterait l’armée ukrainienne ?")
>>> answer.quotes[0].text, answer.quotes[0].source.id, answer.quotes[0].start

The names below are loaded when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module, metadata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rag.answer import Assistant, answer_as_json
    from rag.desk import open_assistant, open_index
    from rag.errors import RepliqueError
    from rag.index import Index
    from rag.quote import check
    from rag.retrieve import Retriever
    from rag.settings import Settings, load_settings
    from rag.synchronise import SyncReport, sync
    from rag.types import Answer, Passage, Prose, Quote, QuoteRef, Sentence, Source

_HOMES = {
    "Answer": "types",
    "Assistant": "answer",
    "Index": "index",
    "Passage": "types",
    "Prose": "types",
    "Quote": "types",
    "QuoteRef": "types",
    "RepliqueError": "errors",
    "Retriever": "retrieve",
    "Sentence": "types",
    "Settings": "settings",
    "Source": "types",
    "SyncReport": "synchronise",
    "answer_as_json": "answer",
    "check": "quote",
    "load_settings": "settings",
    "open_assistant": "desk",
    "open_index": "desk",
    "sync": "synchronise",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return metadata.version("replique")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*globals(), *__all__]
