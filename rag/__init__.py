"""Réplique: answers made of verbatim, cited quotes from source documents that disagree.

>>> from rag import open_assistant
>>> answer = open_assistant().ask("Combien de soldats compterait l’armée ukrainienne ?")
>>> answer.quotes[0].text, answer.quotes[0].source.id, answer.quotes[0].start

The house has rooms, each with one task; a room imports only from rooms on lines above its own::

    layout                                     what a format tells of a text
    types                                      the nouns
    catalogue                                  the words of the program, in both languages
    errors                                     the exceptions, worded by the catalogue
    weights     checks                         the fitted files; what a setting may be
    settings    files                          the settings; writing a file in one step
    text/  documents/  reader/                 what a text says   files -> sources   question, text -> scores
    encoders/                                  text -> vectors
    store/                                     sources -> an index on disk; a snapshot to read it
    quotes/                                    a slice: cut, checked, proved, cited
    search/     dossier/                       question -> ranked sentences    cards, their file, export
    answer/     verify/                        ranked sentences -> answer      claimed quote -> verdict
    llm/        debate/                        a model's sentences, checked    face to face, rebuttal
    drill/      brief/      workspace/         training    the night before    a debate as a folder
    upkeep/     api/                           documents, feedback, doctor     every tool once, proved
    ui/                                        the page
    cli/                                       the command

The names of each room, and those of this package, stand in its ``__init__.pyi``; they are loaded when first
used, so that importing a room costs nothing.
"""

from importlib import metadata
from typing import Any

import lazy_loader

_load, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def __getattr__(name: str) -> Any:
    return metadata.version("replique") if name == "__version__" else _load(name)
