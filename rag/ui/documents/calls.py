"""What the view of the documents asks of the server. Every answer can be shown, never an exception."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from rag.catalogue import say
from rag.errors import InputError, NoIndex, RepliqueError
from rag.store import Index, Snapshot, spoken_in
from rag.types import Language, SourceInfo
from rag.ui.call import Asked, told
from rag.ui.documents.reading import reading_html
from rag.ui.documents.unread import unread_list
from rag.ui.documents.view import FIELDS, corpus_list, failure, results
from rag.ui.messages import as_language
from rag.upkeep import Added, Details, Editor, Upload

logger = logging.getLogger(__name__)
FILES_AT_ONCE = 50
STAGES = ("wait", "store", "read", "embed", "lexical", "words")
"""Stages that the page names; others belong to the one before."""


class CorpusCalls:
    """The calls, over one index.

    Args:
        index: whose corpus is kept.
        uploads: folder where the server leaves what is sent; no other file is ever added.
    """

    def __init__(self, index: Index, uploads: Path) -> None:
        self._index = index
        self._editor = Editor(index)
        self._uploads = uploads

    def functions(self) -> list[Callable[[Asked], Any]]:
        """Those that give one result, as plain functions: Gradio sets attributes on them."""
        return [
            told(call)
            for call in (
                self.documents,
                self.reading,
                self.describe_source,
                self.remove_source,
                self.restore_source,
            )
        ]

    def documents(self, asked: Asked) -> dict[str, Any]:
        """The list, as ``html``."""
        lang, read_only = as_language(asked["lang"]), self._index.settings.read_only
        try:
            infos, voices = self._index.read(lambda snapshot: (snapshot.infos, spoken_in(snapshot)))
        except NoIndex:
            infos, voices = (), []
        listed = corpus_list(infos, lang, read_only, voices)
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

        ``speakers`` are names of those who speak in it, each with a side.
        """
        info = self._info(asked)
        details = _details(asked["fields"], asked.get("speakers") or ())
        if asked.get("whole_side") and info.side is not None and details.side is not None:
            same = [other.id for other in self._infos() if other.side == info.side]
            self._editor.describe(same, Details(side=details.side))
        self._editor.describe([info.id], details)
        return self.documents(asked)

    def remove_source(self, asked: Asked) -> dict[str, Any]:
        """Remove a ``source``; ``token`` takes that back."""
        removed = self._editor.remove(self._info(asked).id)
        said = say("corpus_removed", as_language(asked["lang"]), title=removed.title)
        return {**self.documents(asked), "token": removed.token, "said": said}

    def restore_source(self, asked: Asked) -> dict[str, Any]:
        """Take a removal back, by its ``token``."""
        self._editor.restore(str(asked["token"]))
        return self.documents(asked)

    async def add(self, asked: Asked) -> AsyncIterator[dict[str, Any]]:
        """Add ``files``: each has the ``path`` of an upload, its ``name``, and the fields.

        Yields:
            ``batch`` as it was sent, with ``stage``, ``done`` and ``total``; at last ``finished``, with
            ``results`` and the list, as ``html``.
        """
        lang, batch = as_language(asked["lang"]), asked["batch"]
        news: asyncio.Queue[tuple[str, int, int]] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def progress(stage: str, done: int, total: int) -> None:
            loop.call_soon_threadsafe(news.put_nowait, (stage, done, total))

        work = asyncio.create_task(asyncio.to_thread(self._add, asked["files"], progress))
        last: tuple[str, int, int] | None = None
        while not work.done():
            await asyncio.wait([work], timeout=0.15)
            shown = last
            while not news.empty():
                stage, done, total = news.get_nowait()
                last = (stage, done, total) if stage in STAGES else last
            if last is not None and last != shown:
                yield {
                    "batch": batch,
                    "stage": say(f"stage_{last[0]}", lang),
                    "done": last[1],
                    "total": last[2],
                }
        yield {"batch": batch, "finished": True, **self._added(work, lang)}

    def _added(self, work: asyncio.Task[list[Added]], lang: Language) -> dict[str, Any]:
        try:
            shown = results(work.result(), lang)
        except RepliqueError as error:
            shown = failure(error.in_words(lang), lang)
        except Exception:  # a fault of ours: its traceback is for the terminal, not for the page
            logger.exception("documents could not be added")
            shown = failure(say("unexpected", lang), lang)
        listed = told(self.documents)({"lang": lang})
        return {"results": shown, "html": listed.get("html", "")}

    def _add(self, files: list[Mapping[str, Any]], progress: Callable[[str, int, int], None]) -> list[Added]:
        """Refused, sent or added, the server keeps no copy of an upload."""
        if not isinstance(files, list) or len(files) > FILES_AT_ONCE:
            raise InputError("uploads_most", most=FILES_AT_ONCE)
        paths = [self._upload(file) for file in files]
        uploads = [
            Upload(path, str(file.get("name", path.name)), _details(file))
            for file, path in zip(files, paths, strict=True)
        ]
        try:
            return self._editor.add(uploads, progress)
        finally:
            for path in paths:
                _forget(path)

    def _upload(self, file: Mapping[str, Any]) -> Path:
        """The file that was sent.

        Raises:
            InputError: it is not there, or is no upload.
        """
        with contextlib.suppress(OSError, ValueError, RuntimeError):  # such as a path with a zero in it
            path = Path(str(file["path"])).resolve(strict=True)
            if path.is_relative_to(self._uploads.resolve()) and path.is_file():
                return path
        raise InputError("upload_gone")

    def _infos(self) -> tuple[SourceInfo, ...]:
        return self._index.infos()

    def _info(self, asked: Asked) -> SourceInfo:
        wanted = str(asked["source"])
        for info in self._infos():
            if info.id == wanted:
                return info
        raise InputError("source_removed", source=wanted)


def _details(fields: Mapping[str, Any], speakers: Iterable[tuple[object, object]] = ()) -> Details:
    """What the form says; a field that it lacks stays as it is."""
    said = {name: str(fields[name]) for name in FIELDS if fields.get(name) is not None}
    sided = tuple((str(name), str(side)) for name, side in speakers)
    return Details(said.get("title"), said.get("side"), said.get("date"), said.get("note"), sided)


def _forget(path: Path) -> None:
    """Delete an upload with the folder that Gradio made for it."""
    with contextlib.suppress(OSError):
        path.unlink()
        path.parent.rmdir()
