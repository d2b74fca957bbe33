"""Many documents read at once, given in their order."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from rag.documents.corpus import read_source
from rag.documents.workers import WORKERS, cores
from rag.errors import UnreadableFile
from rag.settings import USUAL_LIMITS, ReadingLimits
from rag.types import Source

_AHEAD = 2
"""Documents for each that reads, which may wait for whoever takes them."""


def read_all(
    folder: Path,
    files: Iterable[tuple[str, str]],
    max_bytes: int,
    limits: ReadingLimits = USUAL_LIMITS,
    at_once: int | None = None,
) -> Iterator[Source | UnreadableFile]:
    """Read documents while those read before are being used; a few of them wait, never more.

    Args:
        folder: the corpus folder.
        files: of each document its file and its id; taken when there is room.
        max_bytes, limits: see :func:`rag.documents.corpus.read_source`.
        at_once: how many are read at the same time; as many as there are cores.

    Yields:
        Of each of ``files``, in their order, the document, or why it cannot be read.
    """
    many = at_once or cores()
    threads: set[int] = set()
    readers = ThreadPoolExecutor(
        many, "replique-read", initializer=lambda: threads.add(threading.get_ident())
    )
    waiting: deque[Future[Source | UnreadableFile]] = deque()

    def read(path: str, source_id: str) -> Source | UnreadableFile:
        try:
            return read_source(folder, path, source_id, max_bytes, limits)
        except UnreadableFile as error:
            return error

    try:
        for path, source_id in files:
            waiting.append(readers.submit(read, path, source_id))
            if len(waiting) >= _AHEAD * many:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:  # also when nobody wants the others
        readers.shutdown(wait=False, cancel_futures=True)
        WORKERS.drop(threads)
