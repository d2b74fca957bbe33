"""The corpus folder, read for a sync: only what changed."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from rag.documents import assign_ids, list_all, read_source, refusal_of
from rag.errors import NotReadable, UnreadableFile
from rag.store.live import Live
from rag.store.manifest import IndexedSource
from rag.store.stale import files_of, size_and_time
from rag.types import Progress, Source

Entry = tuple[IndexedSource, Source]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a corpus folder holds.

    Attributes:
        entries: every source there is, by id.
        skipped: by path, why a file cannot be read.
        kept: ids of those whose version read before is kept.
    """

    entries: list[Entry]
    skipped: dict[str, UnreadableFile]
    kept: list[str]


def read_corpus(live: Live, progress: Progress) -> Reading:
    """Read the corpus folder of an index.

    Raises:
        CorpusError: the folder cannot be listed.
    """
    folder = live.index.settings.corpus_dir()
    paths, others = list_all(folder)
    recorded = {path: live.known[path].info.id for path in paths if path in live.known}
    ids = assign_ids(paths, recorded)
    entries: list[Entry] = []
    skipped = {path: UnreadableFile(path, refusal_of(path)) for path in others}
    kept: list[str] = []
    for number, path in enumerate(paths):
        progress("read", number, len(paths))
        try:
            entries.append(_read(live, folder, path, ids[path]))
        except UnreadableFile as error:
            skipped[path] = error
            if path in live.sources:
                entries.append((_as_seen_now(live.known[path], folder), live.sources[path]))
                kept.append(ids[path])
    progress("read", len(paths), len(paths))
    return Reading(sorted(entries, key=lambda entry: entry[0].info.id), dict(sorted(skipped.items())), kept)


def _read(live: Live, folder: Path, path: str, source_id: str) -> Entry:
    limit = live.index.settings.max_file_bytes
    try:
        size, mtime_ns = size_and_time(folder, path)
        is_read = (folder / path).stat().st_size <= limit
        digest = _hash(folder, path) if is_read else ""
    except OSError as error:
        raise UnreadableFile(path, NotReadable("file_closed", reason=error.strerror)) from None
    source = live.sources[path] if live.has(path, digest) else read_source(folder, path, source_id, limit)
    return IndexedSource(source.info, digest, size, mtime_ns, 0, 0), source


def _as_seen_now(entry: IndexedSource, folder: Path) -> IndexedSource:
    """The entry of a source that is kept; so that its file does not seem to change at each look."""
    with suppress(OSError):
        size, mtime_ns = size_and_time(folder, entry.info.path)
        return replace(entry, size=size, mtime_ns=mtime_ns)
    return entry


def _hash(folder: Path, path: str) -> str:
    digests = []
    for file in files_of(folder, path):
        with file.open("rb") as stream:
            digests.append(hashlib.file_digest(stream, "sha256").hexdigest())
    return " ".join(digests)
