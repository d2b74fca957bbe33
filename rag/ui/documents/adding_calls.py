"""What adding documents asks of the server: a look at one, a page of the web, adding them with progress."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from rag.api import Tools
from rag.catalogue import say
from rag.documents import make_source
from rag.errors import InputError, ReadOnly, RepliqueError, UnreadableFile
from rag.types import Language
from rag.ui.call import Asked
from rag.ui.documents.adding import FIELDS
from rag.ui.documents.view import failure, results
from rag.ui.messages import as_language
from rag.ui.uploads import forget, sent_file
from rag.upkeep import Added, Details, Editor, Upload, page_upload, text_upload

logger = logging.getLogger(__name__)
FILES_AT_ONCE = 50
STAGES = ("wait", "store", "read", "embed", "vectors")
"""Stages that the page names; others belong to the one before."""
_OPENING = 600
"""So much of a text is shown before it is added, in characters."""


class AddingCalls:
    """The calls, over the tools of one index.

    Args:
        tools: of the index whose corpus is kept.
        uploads: folder where the server leaves what is sent; no other file is ever added.
    """

    def __init__(self, tools: Tools, uploads: Path) -> None:
        self._index = tools.index
        self._uploads = uploads

    def calls(self) -> list[Callable[[Asked], dict[str, Any]]]:
        """Those that give one result."""
        return [self.peek, self.fetch_page, self.forget_upload]

    def peek(self, asked: Asked) -> dict[str, Any]:
        """What a file that was sent, at ``path``, says of itself, by ``fields``; and its ``opening``."""
        path = sent_file(asked.get("path"), self._uploads)
        return self._looked_at(Upload(path, str(asked.get("name", path.name))))

    def fetch_page(self, asked: Asked) -> dict[str, Any]:
        """Ask for the page at an ``address``: ``sent`` is where it lies, the rest as :meth:`peek` gives."""
        settings = self._index.settings
        if settings.read_only:
            raise ReadOnly("read_only")
        page = page_upload(str(asked["address"]), settings)
        looked_at = self._looked_at(page)
        folder = self._uploads / secrets.token_hex(20)
        folder.mkdir(parents=True)
        (folder / "page").write_bytes(page.data(settings.max_file_bytes))
        known = {"address": page.details.address, "retrieved": page.details.retrieved}
        return {**looked_at, **known, "sent": str(folder / "page"), "name": page.name}

    def forget_upload(self, asked: Asked) -> dict[str, Any]:
        """Keep no copy of a file that was sent, at ``path``, and is not to be added."""
        forget(sent_file(asked.get("path"), self._uploads))
        return {}

    async def add(self, asked: Asked) -> AsyncIterator[dict[str, Any]]:
        """Add ``files``: each has the ``path`` of an upload and its ``name``, or a ``text``; and the fields.

        Yields:
            ``batch`` as it was sent, with ``stage``, ``done`` and ``total``; at last ``finished``, with
            ``results``, and the ids of what was ``added`` where that can be taken back.
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
        yield {"batch": batch, "finished": True, **self._told(work, lang)}

    def _told(self, work: asyncio.Task[list[Added]], lang: Language) -> dict[str, Any]:
        try:
            added = work.result()
            return {"results": results(added, lang), **self._taken_back(added, lang)}
        except RepliqueError as error:
            return {"results": failure(error.in_words(lang), lang)}
        except Exception:  # a fault of ours: its traceback is for the terminal, not for the page
            logger.exception("documents could not be added")
            return {"results": failure(say("unexpected", lang), lang)}

    def _taken_back(self, added: list[Added], lang: Language) -> dict[str, Any]:
        """What takes the adding back; the last documents cannot be removed."""
        infos = [one.source for one in added if one.source is not None]
        if not infos or len(self._index.infos()) <= len(infos):
            return {}
        one = say("added_one", lang, title=infos[0].title)
        said = one if len(infos) == 1 else say("added_many", lang, count=len(infos))
        return {"added": [info.id for info in infos], "said": said}

    def _add(self, files: list[Mapping[str, Any]], progress: Callable[[str, int, int], None]) -> list[Added]:
        """Refused, sent or added, the server keeps no copy of an upload."""
        if not isinstance(files, list) or len(files) > FILES_AT_ONCE:
            raise InputError("uploads_most", most=FILES_AT_ONCE)
        paths = [sent_file(file.get("path"), self._uploads) for file in files if "text" not in file]
        try:
            handed = [self._handed(file) for file in files]
            uploads = [one for one in handed if isinstance(one, Upload)]
            added = iter(Editor(self._index).add(uploads, progress))
            return [next(added) if isinstance(one, Upload) else one for one in handed]
        finally:
            for path in paths:
                forget(path)

    def _handed(self, file: Mapping[str, Any]) -> Upload | Added:
        """A document to be added, or why a text is none."""
        details = details_in(file)
        if "text" not in file:
            path = sent_file(file.get("path"), self._uploads)
            return Upload(path, str(file.get("name", path.name)), details)
        try:
            return text_upload(str(file["text"]), details)
        except RepliqueError as error:
            return Added(details.title or "", None, error)

    def _looked_at(self, upload: Upload) -> dict[str, Any]:
        """What a document says of itself, and how its text begins.

        Raises:
            CorpusError: it cannot be read.
            InputError: its text is among the documents.
        """
        settings = self._index.settings
        try:
            data = upload.data(settings.max_file_bytes)
            source = make_source(
                upload.name, "", data, None, settings.max_file_bytes, settings.reading_limits
            )
        except UnreadableFile as error:
            raise error.why from None
        info = source.info
        for other in self._index.infos():
            if other.sha256 == info.sha256:
                raise InputError("same_text", source=other.id)
        return {
            "fields": {name: getattr(info, name) or "" for name in FIELDS},
            "opening": source.text[:_OPENING].strip(),
        }


def not_added(asked: Asked, why: RepliqueError) -> dict[str, Any]:
    """What is shown where nothing could be added."""
    lang = as_language(asked["lang"])
    return {"batch": asked["batch"], "finished": True, "results": failure(why.in_words(lang), lang)}


def details_in(given: Mapping[str, Any], speakers: Iterable[tuple[object, object]] = ()) -> Details:
    """What a form says; a field that it lacks stays as it is."""
    names = [field.name for field in fields(Details) if field.name != "speakers"]
    said = {name: str(given[name]) for name in names if given.get(name) is not None}
    return Details(**said, speakers=tuple((str(name), str(side)) for name, side in speakers))
