"""New documents -> new parts: read, embedded on another thread meanwhile, and written every half minute."""

from __future__ import annotations

import secrets
import shutil
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from rag.store.analysis import Segmented, analysed
from rag.store.embedding import embedded
from rag.store.joining import Pick, joined
from rag.store.known import Known
from rag.store.part import Part, open_part, save_part
from rag.types import Progress, Source

TOGETHER = 64
"""Passages of small documents that are embedded together."""
SEALED = 30.0
"""Seconds of work after which a part is written: what a kill may lose."""
WAITING = 4
"""Groups of documents that wait to be embedded."""

_TOLD = 0.5
"""Seconds between two looks at how far it is."""

_Document = tuple[Segmented, Part]


class _Stopped(Exception):
    """Nobody waits for the vectors any more."""


class Writer(AbstractContextManager["Writer"]):
    """Takes documents one by one, and gives the parts that hold them.

    Attributes:
        written: by the id of its source, each document that is on the disk.
        parts: by name, the parts that were written.
    """

    def __init__(self, known: Known, progress: Progress) -> None:
        self.written: dict[str, Pick] = {}
        self.parts: dict[str, Part] = {}
        self._known, self._progress = known, progress
        self._group: list[_Document] = []
        self._embedding: deque[Future[list[Part]]] = deque()
        self._ready: list[Part] = []
        self._began = time.monotonic()
        self._cut = self._done = 0  # passages
        self._stopped = False
        # the encoder runs without the interpreter's lock, while this thread cuts and analyses
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="embedding")

    def __exit__(self, *exception: object) -> None:
        self._stopped = True
        self._thread.shutdown(cancel_futures=True)

    def add(self, source: Source, file_sha256: str) -> None:
        """Take a document."""
        document = Segmented.of(source)
        part = analysed(document, file_sha256)
        known = self._known.vectors.get(source.info.unit_name)
        if known is not None:
            self._ready.append(replace(part, vectors=known))
        else:
            self._group.append((document, part))
        if sum(len(each.passages) for each, _ in self._group) >= TOGETHER:
            self._embed()
        self._gather(WAITING)
        if time.monotonic() - self._began >= SEALED:
            self._seal()

    def finish(self) -> None:
        """Have all documents on the disk."""
        if self._group:
            self._embed()
        self._gather(0)
        self._seal()

    def keep(self) -> None:
        """Have what is embedded on the disk, and let go of the rest: the run is given up."""
        self._stopped = True
        self._thread.shutdown(cancel_futures=True)
        whole = (each for each in self._embedding if not each.cancelled() and not each.exception())
        self._ready += [part for each in whole for part in each.result()]
        self._seal()

    def _embed(self) -> None:
        group, self._group = self._group, []
        self._cut += sum(len(document.passages) for document, _ in group)
        self._embedding.append(self._thread.submit(self._embedded, group))

    def _embedded(self, group: Sequence[_Document]) -> list[Part]:
        documents = [document for document, _ in group]
        vectors = embedded(self._known.index.encoder, documents, self._count)
        return [replace(part, vectors=own) for (_, part), own in zip(group, vectors, strict=True)]

    def _count(self, passages: int) -> None:
        if self._stopped:
            raise _Stopped
        self._done += passages

    def _gather(self, waiting: int) -> None:
        """Take what is embedded, so that at most so many groups are left."""
        while self._embedding and (len(self._embedding) > waiting or self._embedding[0].done()):
            while not self._embedding[0].done():
                wait([self._embedding[0]], _TOLD)
                self._progress("embed", self._done, self._cut)
            self._ready += self._embedding.popleft().result()
        if self._cut:
            self._progress("embed", self._done, self._cut)

    def _seal(self) -> None:
        if self._ready:
            name, part = write_part([(part, 0) for part in self._ready], self._known)
            self.parts[name] = part
            self.written |= {record.info.id: (part, n) for n, record in enumerate(part.records)}
        self._ready, self._began = [], time.monotonic()


def write_part(picks: Sequence[Pick], known: Known) -> tuple[str, Part]:
    """Write documents into a new part; returns its name, and it opened."""
    name = f"part-{secrets.token_hex(6)}"
    folder: Path = known.index.store / name
    try:
        save_part(joined(picks), folder, known.makers)
    except BaseException:  # the disk may be full
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return name, open_part(folder)
