"""The debates that a server answers from: several open at once, each with tools of its own."""

from __future__ import annotations

import asyncio
import logging
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rag.api.open import assistant_for
from rag.api.tools import Tools
from rag.errors import EmptyCorpus, SettingsError
from rag.store import ensure
from rag.types import Progress, no_progress
from rag.workspace import Shelf, Workspace

logger = logging.getLogger(__name__)


class Debates:
    """Opens debates when they are asked. Safe to share between threads.

    The server's own debate stays open. Of the others the least used are closed when those that are open take
    more memory than the settings allow, told by the size of their indexes on disk; one that is closed while
    it is asked answers to the end.

    Args:
        own: the tools of the server's own debate, which has no name here.
    """

    def __init__(self, own: Tools) -> None:
        self.own = own
        self.shelf = Shelf(own.index.settings)
        self._open: dict[str, Tools] = {}  # the least used first
        self._changing = threading.Lock()
        self._opening: dict[str, threading.Lock] = {}

    def tools(self, name: str = "", progress: Progress = no_progress) -> Tools:
        """The tools over a debate, which is indexed first where it has documents and no index.

        Args:
            name: of the debate; empty: the server's own.
            progress: called while it is indexed.

        Raises:
            SettingsError: there is none of that name.
            StoreError, CorpusError: it cannot be indexed.
        """
        if not isinstance(name, str):
            raise SettingsError("debate_unknown", name=str(name)[:100], folder=self.shelf.folder)
        if name in ("", self.own.index.settings.debate):
            return self.own
        settings = self.shelf.workspace(name).settings  # also of one that is open: it may be gone
        with self._changing:
            opening = self._opening.setdefault(name, threading.Lock())
        with opening:
            with self._changing:
                found = self._open.pop(name, None)
            is_new = found is None
            found = found or Tools(assistant_for(self.own.index.of(settings)))
            if is_new or not found.index.infos():  # it may have had no documents until now
                with suppress(EmptyCorpus):
                    ensure(found.index, progress)
            with self._changing:
                self._open[name] = found
                self._make_room()
        return found

    async def asked(self, name: str) -> Tools:
        """What :meth:`tools` gives, without keeping others waiting."""
        return await asyncio.to_thread(self.tools, name)

    def listed(self) -> list[dict[str, Any]]:
        """See :func:`listed_debates`."""
        return listed_debates(self.shelf)

    def remove(self, name: str) -> str:
        """Remove a debate; see :meth:`rag.workspace.Shelf.remove`."""
        self._close(name)
        return self.shelf.remove(name)

    def close(self) -> None:
        """Let go of the files of all but the server's own."""
        for name in list(self._open):
            self._close(name)

    def _close(self, name: str) -> None:
        with self._changing:
            found = self._open.pop(name, None)
        if found is not None:
            found.index.close()

    def _make_room(self) -> None:
        """Close the least used until the others fit; the one just asked stays."""
        sizes = {name: _megabytes(tools.index.store) for name, tools in self._open.items()}
        most = self.own.index.settings.open_mb
        for name in list(self._open)[:-1]:
            if sum(sizes[other] for other in self._open) <= most:
                return
            logger.info("closed the debate %s to make room", name)
            self._open.pop(name).index.close()


def listed_debates(shelf: Shelf) -> list[dict[str, Any]]:
    """The default debate, which has an empty name, then the others by name, as JSON."""
    own = shelf.workspace()
    others = [each for each in shelf.workspaces() if each.name != own.name]
    return [_as_json(each, "" if each is own else each.name) for each in (own, *others)]


def _as_json(workspace: Workspace, name: str) -> dict[str, Any]:
    description = workspace.said()
    sides = {side.name: side.colour for side in description.sides}
    return {"name": name, **asdict(description), "sides": sides}


def _megabytes(folder: Path) -> float:
    total = 0
    for file in folder.rglob("*"):
        with suppress(OSError):  # a sync may be sweeping
            total += file.stat().st_size if file.is_file() else 0
    return total / 1_000_000
