"""The corpus folder, read for a sync: only what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from rag.documents import assign_ids, list_all, read_all, refusal_of
from rag.errors import NotReadable, UnreadableFile
from rag.store.joining import Pick
from rag.store.known import Known
from rag.store.stale import files_of, size_and_time
from rag.types import Progress, Source


@dataclass(frozen=True, slots=True)
class Read:
    """A document of the corpus folder.

    Attributes:
        path: of its file.
        id: of the source.
        file_sha256, size, mtime_ns: of its file.
        found: where the store has it as it is; or else
        source: as it was read.
    """

    path: str
    id: str
    file_sha256: str
    size: int
    mtime_ns: int
    found: Pick | None = None
    source: Source | None = None


@dataclass(slots=True)
class Reading:
    """Reads a corpus folder.

    Attributes:
        known: what the store holds.
        progress: called with ``read``, and how many files are looked at.
        skipped: by path, why a file cannot be read; whole at the end.
        kept: ids of those whose version read before is kept.
    """

    known: Known
    progress: Progress
    skipped: dict[str, UnreadableFile] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)

    def documents(self) -> Iterator[Read]:
        """Every document there is.

        Raises:
            CorpusError: the folder cannot be listed.
        """
        folder = self.known.index.settings.corpus_dir()
        paths, others = list_all(folder)
        recorded = {path: self.known.live[path].info.id for path in paths if path in self.known.live}
        ids = assign_ids(paths, recorded)
        self.skipped |= {path: UnreadableFile(path, refusal_of(path)) for path in others}
        new: list[Read] = []
        for number, path in enumerate(paths):
            self.progress("read", number - len(new), len(paths))
            try:
                read = self._looked_at(folder, path, ids[path])
            except UnreadableFile as error:
                yield from self._unread(folder, path, ids[path], error)
                continue
            if read.found or read.source:
                yield read
            else:
                new.append(read)
        settings, files = self.known.index.settings, ((read.path, read.id) for read in new)
        sources = read_all(folder, files, settings.max_file_bytes, settings.reading_limits)
        for number, (read, source) in enumerate(zip(new, sources, strict=True)):
            self.progress("read", len(paths) - len(new) + number, len(paths))
            if isinstance(source, UnreadableFile):
                yield from self._unread(folder, read.path, read.id, source)
            else:
                yield replace(read, source=source)
        self.progress("read", len(paths), len(paths))
        self.skipped = dict(sorted(self.skipped.items()))

    def _looked_at(self, folder: Path, path: str, id: str) -> Read:
        """A document as the store has it; without a source where it must be read.

        Raises:
            UnreadableFile: its file cannot be opened.
        """
        limit = self.known.index.settings.max_file_bytes
        try:
            size, mtime_ns = size_and_time(folder, path)
            digest = _hash(folder, path) if (folder / path).stat().st_size <= limit else ""
        except OSError as error:
            raise UnreadableFile(path, NotReadable("file_closed", reason=error.strerror)) from None
        found = self.known.pick(path, digest, id)
        source = None if found else self._without_reading(path, digest)
        return Read(path, id, digest, size, mtime_ns, found, source)

    def _without_reading(self, path: str, digest: str) -> Source | None:
        """The source of a file that is the same, and that the same readers have read."""
        if self.known.rebuild or self.known.manifest is None:
            return None
        if self.known.manifest.reader != self.known.makers["reader"]:
            return None
        last = self.known.last(path)
        return last[0] if last and last[1] == digest else None

    def _unread(self, folder: Path, path: str, id: str, error: UnreadableFile) -> Iterator[Read]:
        """Note why a file cannot be read; gives the document as it was indexed before, if it was.

        It has the time of its file now, or it would seem to change at each look.
        """
        self.skipped[path] = error
        last = self.known.last(path)
        if last is None:
            return
        self.kept.append(id)
        source, digest = last
        size, mtime_ns = self.known.live[path].size, self.known.live[path].mtime_ns
        with suppress(OSError):
            size, mtime_ns = size_and_time(folder, path)
        found = self.known.pick(path, digest, id)
        yield Read(path, id, digest, size, mtime_ns, found, None if found else source)


def _hash(folder: Path, path: str) -> str:
    digests = []
    for file in files_of(folder, path):
        with file.open("rb") as stream:
            digests.append(hashlib.file_digest(stream, "sha256").hexdigest())
    return " ".join(digests)
