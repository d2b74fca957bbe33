"""Changes to the corpus folder: add documents, say whose they are, remove them and take that back.

A change is made under the store's lock, one file after the other, each replaced in one step, and is
followed by a sync. Whatever fails, every document is whole, in the corpus folder or in the trash.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rag.documents import SIDECAR, corpus_root, make_source, read_bytes, sidecar_of
from rag.errors import (
    CorpusError,
    InputError,
    NotReadable,
    ReadOnly,
    RepliqueError,
    UnknownSource,
    UnreadableFile,
)
from rag.files import copy_folder, private_folder, sweep_drafts
from rag.store import Index, IndexedSource, Manifest, locked, sync
from rag.types import Progress, SourceInfo, no_progress, sides_of
from rag.upkeep.details import Details, Fields, described
from rag.upkeep.former import Former, put_back
from rag.upkeep.names import safe_name
from rag.upkeep.placing import place
from rag.upkeep.trash import Removed, from_trash, sweep_trash, to_trash
from rag.upkeep.upload import Upload
from rag.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an upload: the source it is now, or why it is none."""

    name: str
    source: SourceInfo | None
    refusal: RepliqueError | None = None

    @property
    def error(self) -> str:
        """Why it is none, in English; empty where it is one."""
        return "" if self.refusal is None else str(self.refusal)


@dataclass(frozen=True, slots=True)
class Described:
    """Sources of which something else is said now; ``token`` takes that back, empty where nothing changed."""

    sources: tuple[SourceInfo, ...]
    token: str


class Editor:
    """Changes the corpus of one index. Safe to share between threads; two of them wait for each other."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def add(self, uploads: Sequence[Upload], progress: Progress = no_progress) -> list[Added]:
        """Write documents into the corpus folder, then sync.

        Where the documents that come with the package are used, for want of a corpus folder, that
        folder is made first, with copies of them.

        Args:
            uploads: the documents. One that is refused does not keep the others from being added.
            progress: called with ``store``, then as :func:`rag.store.synchronise.sync` calls it.

        Returns:
            One result an upload, in order. Two documents with the same text are not added twice.

        Raises:
            ReadOnly: the corpus may not be changed.
            StoreError, CorpusError: see :func:`rag.store.synchronise.sync`; what was copied stays.
        """
        self._begin(progress)
        sides = self._sides()
        placed: dict[int, str] = {}
        refused: dict[int, RepliqueError] = {}
        texts = {entry.info.sha256: entry.info.id for entry in self._entries()}
        for number, upload in enumerate(uploads):
            progress("store", number, len(uploads))
            try:
                placed[number] = self._add_one(upload, texts, progress)
            except UnreadableFile as error:
                refused[number] = error.why
            except RepliqueError as error:
                refused[number] = error
        progress("store", len(uploads), len(uploads))
        skipped = sync(self.index, progress=progress, thorough=False).skipped if placed else ()
        _keep_colours(self.index, sides, self._sides())
        return [
            Added(upload.name, None, refused[number])
            if number in refused
            else self._added(upload.name, placed[number], skipped)
            for number, upload in enumerate(uploads)
        ]

    def describe(
        self, source_ids: Sequence[str], details: Details, progress: Progress = no_progress
    ) -> Described:
        """Say something else of some sources, then sync. Their texts stay as they are.

        A side that is cleared is again that of the sub-folder, if the document is in one.

        Returns:
            The sources as they are now, in the order of ``source_ids``; and what takes the change back.

        Raises:
            ReadOnly: the corpus may not be changed.
            UnknownSource: one is not in the index; nothing was changed.
            InputError: a field is too long, or a document's front matter cannot be changed.
            StoreError, CorpusError: see :func:`rag.store.synchronise.sync`.
        """
        self._begin(progress)
        fields, sides = details.cleaned(), self._sides()
        self._infos(source_ids)
        with self._changing(progress) as folder:
            former = Former(self.index.store, folder)
            for info in self._infos(source_ids):
                _describe_one(folder, info, fields, former, self.index.settings.max_file_bytes)
            token = former.kept()
        sync(self.index, progress=progress, thorough=False)
        _keep_colours(self.index, sides, self._sides())
        return Described(tuple(self._infos(source_ids)), token)

    def describe_back(self, token: str, progress: Progress = no_progress) -> None:
        """Say of some sources what was said before the change of a token, then sync.

        Raises:
            ReadOnly: the corpus may not be changed.
            InputError: that was taken back already, or a file has been changed since.
            StoreError, CorpusError: see :func:`rag.store.synchronise.sync`.
        """
        self._begin(progress)
        with self._changing(progress) as folder:
            put_back(self.index.store, folder, token)
        sync(self.index, progress=progress, thorough=False)

    def remove(self, source_id: str, progress: Progress = no_progress) -> Removed:
        """Move a source from the corpus folder into the trash, then sync.

        Raises:
            ReadOnly: the corpus may not be changed.
            UnknownSource: it is not in the index.
            InputError: it is the only source.
            StoreError, CorpusError: see :func:`rag.store.synchronise.sync`.
        """
        self._begin(progress)
        sides = self._sides()
        with self._changing(progress) as folder:
            (info,) = self._infos([source_id])
            if len(self._entries()) == 1:
                raise InputError("source_last", source=source_id)
            removed = to_trash(self.index.store, folder, info)
        sync(self.index, progress=progress, thorough=False)
        _keep_colours(self.index, sides, self._sides())
        return removed

    def restore(self, token: str, progress: Progress = no_progress) -> SourceInfo:
        """Put a source back from the trash, then sync; under another name where its own is taken.

        Raises:
            ReadOnly: the corpus may not be changed.
            InputError: the trash holds nothing of that name.
            StoreError, CorpusError: see :func:`rag.store.synchronise.sync`.
        """
        self._begin(progress)
        with self._changing(progress) as folder:
            path = from_trash(self.index.store, folder, token)
        restored = self._added(path, path, sync(self.index, progress=progress, thorough=False).skipped)
        if restored.source is None:
            raise CorpusError("source_restored", path=path, reason=restored.refusal)
        return restored.source

    def _begin(self, progress: Progress) -> None:
        """Refuse what may not be done; make the corpus folder where that of the package stands in."""
        settings = self.index.settings
        if settings.read_only:
            raise ReadOnly("read_only")
        if settings.corpus_dir() != settings.corpus:
            with self._changing(progress, shipped=settings.corpus_dir()):
                pass
            sync(self.index, progress=progress, thorough=False)

    # --- what the index says ---

    def _entries(self) -> tuple[IndexedSource, ...]:
        """The live sources, if they are those of this corpus folder."""
        manifest = Manifest.read(self.index.store)
        if manifest is None or manifest.corpus != str(self.index.settings.corpus_dir().resolve()):
            return ()
        return manifest.sources

    def _infos(self, source_ids: Sequence[str]) -> list[SourceInfo]:
        by_id = {entry.info.id: entry.info for entry in self._entries()}
        unknown = [source_id for source_id in source_ids if source_id not in by_id]
        if unknown:
            raise UnknownSource("source_removed", source=unknown[0])
        return [by_id[source_id] for source_id in source_ids]

    def _added(self, name: str, path: str, skipped: Sequence[UnreadableFile]) -> Added:
        info = next((entry.info for entry in self._entries() if entry.info.path == path), None)
        if info is not None:
            return Added(name, info)
        why = {error.path: error.why for error in skipped}
        return Added(name, None, why.get(path) or NotReadable("file_gone_again"))

    def _sides(self) -> list[str]:
        return sides_of(entry.info for entry in self._entries())

    # --- files ---

    @contextmanager
    def _changing(self, progress: Progress, shipped: Path | None = None) -> Iterator[Path]:
        """The corpus folder, while nobody else changes it or indexes; first made from ``shipped``."""
        settings = self.index.settings
        try:
            private_folder(self.index.store)
            with locked(self.index.store, settings.lock_timeout, progress):
                if shipped is not None and not settings.corpus.exists():
                    copy_folder(shipped, settings.corpus)
                folder = corpus_root(settings.corpus)
                sweep_drafts(folder)
                sweep_trash(self.index.store)
                yield folder
        except OSError as error:
            reason = error.strerror or str(error)
            raise CorpusError("corpus_unchangeable", folder=settings.corpus, reason=reason) from None

    def _add_one(self, upload: Upload, texts: dict[str, str], progress: Progress) -> str:
        """Put one document into the corpus folder; returns its path in there."""
        name = safe_name(upload.name)
        limit = self.index.settings.max_file_bytes
        fields = upload.details.cleaned()
        data = upload.data(limit)
        source = make_source(name, name, data, None, limit, self.index.settings.reading_limits)
        if source.info.sha256 in texts:
            raise InputError("same_text", source=texts[source.info.sha256])
        data, beside = described(name, data, None, source, fields, limit)
        with self._changing(progress) as folder:
            path = place(folder, name, data, beside)
        texts[source.info.sha256] = path
        return path


def _describe_one(folder: Path, info: SourceInfo, fields: Fields, former: Former, limit: int) -> None:
    beside = sidecar_of(folder, info.path)
    try:
        data = read_bytes(folder, info.path, limit)
        said = read_bytes(folder, beside, limit) if beside else None
        source = make_source(info.path, info.id, data, said, limit)
        new_data, new_said = described(info.path, data, said, source, fields, limit)
    except UnreadableFile as error:
        raise InputError("source_unchangeable", source=info.id, reason=error.why) from None
    except NotReadable as error:
        raise InputError("source_unchangeable", source=info.id, reason=error) from None
    if new_data != data:
        former.replace(info.path, data, new_data)
    if new_said is not None and new_said != said:
        former.replace(info.path + SIDECAR, said, new_said)


def _keep_colours(index: Index, before: Sequence[str], now: Sequence[str]) -> None:
    """A side keeps its colour when others come or go."""
    if before and before != now:
        Workspace(index.settings).keep_colours([*before, *now])
