"""What the view of the documents asks of the server. Every answer can be shown, never an exception."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from rag.api import Tools
from rag.catalogue import say
from rag.errors import InputError, NoIndex
from rag.store import Snapshot, spoken_in
from rag.types import SourceInfo
from rag.ui.call import Asked, told
from rag.ui.documents.adding_calls import AddingCalls, details_in
from rag.ui.documents.reading import reading_html
from rag.ui.documents.unread import unread_list
from rag.ui.documents.view import corpus_list
from rag.ui.html import side_classes
from rag.ui.messages import as_language
from rag.upkeep import Details, Editor


class CorpusCalls:
    """The calls, over the tools of one index.

    Args:
        tools: of the index whose corpus is kept.
        uploads: folder where the server leaves what is sent; no other file is ever added.
    """

    def __init__(self, tools: Tools, uploads: Path) -> None:
        self._tools = tools
        self._index = tools.index
        self._editor = Editor(tools.index)
        self._adding = AddingCalls(tools, uploads)

    def functions(self) -> list[Callable[[Asked], Any]]:
        """Those that give one result, as plain functions: Gradio sets attributes on them."""
        return [
            told(call)
            for call in (
                self.documents,
                self.reading,
                self.describe_source,
                self.describe_back,
                self.remove_source,
                self.remove_added,
                self.restore_source,
                *self._adding.calls(),
            )
        ]

    def documents(self, asked: Asked) -> dict[str, Any]:
        """The list, as ``html``."""
        lang, read_only = as_language(asked["lang"]), self._index.settings.read_only
        try:
            infos, voices = self._index.read(lambda snapshot: (snapshot.infos, spoken_in(snapshot)))
        except NoIndex:
            infos, voices = (), []
        classes = side_classes(infos, self._tools.workspace.said())
        listed = corpus_list(infos, classes, lang, read_only, voices)
        return {"html": listed + unread_list(self._index.unread(), lang)}

    def reading(self, asked: Asked) -> dict[str, Any]:
        """How a ``source`` was read, as ``html``: remarks, what its text leaves out, notes, its beginning."""
        lang, wanted = as_language(asked["lang"]), str(asked["source"])

        def shown(snapshot: Snapshot) -> str:
            number = snapshot.number_of(wanted)
            if number is None:
                raise InputError("source_removed", source=wanted)
            return reading_html(snapshot.source(number), snapshot.layout(number), lang)

        return {"html": self._index.read(shown)}

    def describe_source(self, asked: Asked) -> dict[str, Any]:
        """Change what is said of a ``source``; with ``whole_side``, the side of all that share it.

        ``speakers`` are names of those who speak in it, each with a side. ``tokens`` take the change back.
        """
        info = self._info(asked)
        details, tokens = details_in(asked["fields"], asked.get("speakers") or ()), []
        if asked.get("whole_side") and info.side is not None and details.side is not None:
            same = [other.id for other in self._infos() if other.side == info.side]
            tokens.append(self._editor.describe(same, Details(side=details.side)).token)
        done = self._editor.describe([info.id], details)
        tokens = [token for token in (*tokens, done.token) if token]
        said = say("corpus_changed", as_language(asked["lang"]), title=done.sources[0].title)
        return {**self.documents(asked), "tokens": tokens, "said": said}

    def describe_back(self, asked: Asked) -> dict[str, Any]:
        """Take a change back, by its ``tokens``: the last step first."""
        for token in reversed(asked["tokens"]):
            self._editor.describe_back(str(token))
        return self.documents(asked)

    def remove_source(self, asked: Asked) -> dict[str, Any]:
        """Remove a ``source``; ``token`` takes that back."""
        removed = self._editor.remove(self._info(asked).id)
        said = say("corpus_removed", as_language(asked["lang"]), title=removed.title)
        return {**self.documents(asked), "token": removed.token, "said": said}

    def remove_added(self, asked: Asked) -> dict[str, Any]:
        """Take back that ``sources`` were added."""
        for source in asked["sources"]:
            self._editor.remove(str(source))
        return self.documents(asked)

    def restore_source(self, asked: Asked) -> dict[str, Any]:
        """Take a removal back, by its ``token``."""
        self._editor.restore(str(asked["token"]))
        return self.documents(asked)

    async def add(self, asked: Asked) -> AsyncIterator[dict[str, Any]]:
        """Add ``files``; see :meth:`rag.ui.documents.adding_calls.AddingCalls.add`."""
        async for update in self._adding.add(asked):
            if update.get("finished"):
                listed = told(self.documents)(asked)
                update = {**update, "html": listed.get("html", "")}
            yield update

    def _infos(self) -> tuple[SourceInfo, ...]:
        return self._index.infos()

    def _info(self, asked: Asked) -> SourceInfo:
        wanted = str(asked["source"])
        for info in self._infos():
            if info.id == wanted:
                return info
        raise InputError("source_removed", source=wanted)
