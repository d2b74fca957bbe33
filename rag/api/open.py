"""One call from settings to something that answers."""

from __future__ import annotations

from rag.answer import Assistant
from rag.settings import load_settings
from rag.store import Index, ensure
from rag.types import Progress, no_progress


def open_index(progress: Progress = no_progress, **settings: object) -> Index:
    """The index of some settings, made first where there is none.

    Args:
        progress: called while indexing; see :func:`rag.store.synchronise.sync`.
        settings: fields of :class:`rag.settings.Settings`, such as ``corpus`` and ``store``.

    Raises:
        SettingsError, CorpusError, StoreError, EncoderError: with one line that says what to do.
    """
    index = Index(load_settings(**settings))
    ensure(index, progress)
    return index


def assistant_for(index: Index, llm: bool | None = None) -> Assistant:
    """What answers from an index.

    Args:
        index: to be asked.
        llm: with a language model or without; by default, with one if the settings have one.

    Raises:
        SettingsError: a model is wanted, and none is set or its package is missing.
    """
    if not (index.settings.llm_url if llm is None else llm):
        return Assistant(index)
    from rag.llm import GroundedAssistant  # only where it is wanted: it is an extra

    return GroundedAssistant(index)


def open_assistant(progress: Progress = no_progress, **settings: object) -> Assistant:
    """An assistant over :func:`open_index`; takes the same.

    Raises:
        SettingsError, CorpusError, StoreError, EncoderError: as there; and SettingsError where a model is set
            and its package is missing.
    """
    return assistant_for(open_index(progress, **settings))
