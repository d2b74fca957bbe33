"""Changes to the corpus folder: add documents, say whose they are, remove them and take that back.

::

    store/trash/<token>/     a document that was removed: document, sidecar, removed.json

A change is made under the store's lock, one file after the other, each replaced in one step, and is
followed by a sync. Whatever fails, every document is whole, in the corpus folder or in the trash.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from rag.documents import (
    SIDECAR,
    TEXT_SUFFIXES,
    corpus_root,
    decode,
    make_source,
    one_line,
    read_bytes,
    sidecar_of,
    with_front_matter,
    with_sidecar,
)
from rag.errors import (
    CorpusError,
    InputError,
    NotReadable,
    ReadOnly,
    RepliqueError,
    UnknownSource,
    UnreadableFile,
)
from rag.files import copy, copy_folder, overwrite, sweep_drafts, write, write_new
from rag.store import Index, IndexedSource, Manifest, locked, sync
from rag.types import Progress, Source, SourceInfo, no_progress
from rag.upkeep.names import free_name, safe_name
from rag.upkeep.trash import TRASH, Removed, read_removed

MOST = {"title": 300, "side": 60, "date": 40, "note": 300}
"""Longest field, in characters."""


@dataclass(frozen=True, slots=True)
class Details:
    """What is said of a document; ``None`` leaves a field as it is, an empty text clears it."""

    title: str | None = None
    side: str | None = None
    date: str | None = None
    note: str | None = None

    def cleaned(self) -> dict[str, str]:
        """The fields given, each on one line.

        Raises:
            InputError: one is too long.
        """
        given = {name: value for name, value in asdict(self).items() if value is not None}
        fields = {name: unicodedata.normalize("NFC", one_line(value)) for name, value in given.items()}
        for name, value in fields.items():
            if len(value) > MOST[name]:
                raise InputError("text_long", name=name, count=len(value), most=MOST[name])
        return fields


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to be added.

    Attributes:
        file: where it lies now; it is copied.
        name: what it was called; only the last part counts, and its suffix says its kind.
        details: what is said of it; what is not said, the document says itself.
    """

    file: Path
    name: str
    details: Details = Details()


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


class Editor:
    """Changes the corpus of one index. Safe to share between threads; two of them wait for each other."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def add(self, uploads: Sequence[Upload], progress: Progress = no_progress) -> list[Added]:
        """Copy files into the corpus folder, then sync.

        Where the documents that come with the package are used, for want of a corpus folder, that
        folder is made first, with copies of them.

        Args:
            uploads: the files. One that is refused does not keep the others from being added.
            progress: called with ``store``, then as :func:`rag.store.synchronise.sync` calls it.

        Returns:
            One result an upload, in order. Two documents with the same text are not added twice.

        Raises:
            ReadOnly: the corpus may not be changed.
            StoreError, CorpusError: see :func:`rag.store.synchronise.sync`; what was copied stays.
        """
        self._begin(progress)
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
        skipped = sync(self.index, progress=progress).skipped if placed else ()
        return [
            Added(upload.name, None, refused[number])
            if number in refused
            else self._added(upload.name, placed[number], skipped)
            for number, upload in enumerate(uploads)
        ]

    def describe(
        self, source_ids: Sequence[str], details: Details, progress: Progress = no_progress
    ) -> list[SourceInfo]:
        """Say something else of some sources, then sync. Their texts stay as they are.

        A side that is cleared is again that of the sub-folder, if the document is in one.

        Returns:
            The sources as they are now, in the order of ``source_ids``.

        Raises:
            ReadOnly: the corpus may not be changed.
            UnknownSource: one is not in the index; nothing was changed.
            InputError: a field is too long, or a document's front matter cannot be changed.
            StoreError, CorpusError: see :func:`rag.store.synchronise.sync`.
        """
        self._begin(progress)
        fields = details.cleaned()
        self._infos(source_ids)
        with self._changing(progress) as folder:
            for info in self._infos(source_ids):
                self._describe_one(folder, info, fields)
        sync(self.index, progress=progress)
        return self._infos(source_ids)

    def remove(self, source_id: str, progress: Progress = no_progress) -> Removed:
        """Move a source from the corpus folder into the trash, then sync.

        Raises:
            ReadOnly: the corpus may not be changed.
            UnknownSource: it is not in the index.
            InputError: it is the only source.
            StoreError, CorpusError: see :func:`rag.store.synchronise.sync`.
        """
        self._begin(progress)
        with self._changing(progress) as folder:
            (info,) = self._infos([source_id])
            if len(self._entries()) == 1:
                raise InputError("source_last", source=source_id)
            removed = self._to_trash(folder, info)
        sync(self.index, progress=progress)
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
            path = self._from_trash(folder, token)
        restored = self._added(path, path, sync(self.index, progress=progress).skipped)
        if restored.source is None:
            raise CorpusError("source_restored", path=path, reason=restored.refusal)
        return restored.source

    def trash(self) -> list[Removed]:
        """What can be restored, the latest first."""
        folders = (self.index.store / TRASH).glob("[!.]*")
        found = [removed for folder in folders if (removed := read_removed(folder))]
        return sorted(found, key=lambda removed: (removed.time, removed.token), reverse=True)

    def _begin(self, progress: Progress) -> None:
        """Refuse what may not be done; make the corpus folder where that of the package stands in."""
        settings = self.index.settings
        if settings.read_only:
            raise ReadOnly("read_only")
        if settings.corpus_dir() == settings.corpus:
            return
        with self._changing(progress, shipped=settings.corpus_dir()):
            pass
        sync(self.index, progress=progress)

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

    # --- files ---

    @contextmanager
    def _changing(self, progress: Progress, shipped: Path | None = None) -> Iterator[Path]:
        """The corpus folder, while nobody else changes it or indexes; first made from ``shipped``."""
        settings = self.index.settings
        try:
            self.index.store.mkdir(parents=True, exist_ok=True)
            with locked(self.index.store, settings.lock_timeout, progress):
                if shipped is not None and not settings.corpus.exists():
                    copy_folder(shipped, settings.corpus)
                folder = corpus_root(settings.corpus)
                sweep_drafts(folder)
                yield folder
        except OSError as error:
            reason = error.strerror or str(error)
            raise CorpusError("corpus_unchangeable", folder=settings.corpus, reason=reason) from None

    def _add_one(self, upload: Upload, texts: dict[str, str], progress: Progress) -> str:
        """Put one file into the corpus folder; returns its path in there."""
        name = safe_name(upload.name)
        limit = self.index.settings.max_file_bytes
        fields = {key: value for key, value in upload.details.cleaned().items() if value}
        data = read_bytes(upload.file.parent, upload.file.name, limit)
        source = make_source(name, name, data, None, limit)
        if source.info.sha256 in texts:
            raise InputError("same_text", source=texts[source.info.sha256])
        data, beside = _described(name, data, None, source, fields, limit)
        with self._changing(progress) as folder:
            path = _place(folder, name, data, beside)
        texts[source.info.sha256] = path
        return path

    def _describe_one(self, folder: Path, info: SourceInfo, fields: dict[str, str]) -> None:
        limit = self.index.settings.max_file_bytes
        beside = sidecar_of(folder, info.path)
        try:
            data = read_bytes(folder, info.path, limit)
            said = read_bytes(folder, beside, limit) if beside else None
            source = make_source(info.path, info.id, data, said, limit)
            new_data, new_said = _described(info.path, data, said, source, fields, limit)
        except UnreadableFile as error:
            raise InputError("source_unchangeable", source=info.id, reason=error.why) from None
        except NotReadable as error:
            raise InputError("source_unchangeable", source=info.id, reason=error) from None
        if new_data != data:
            overwrite(_target(folder, info.path), new_data)
        if new_said is not None and new_said != said:
            overwrite(_target(folder, info.path + SIDECAR), new_said)

    def _to_trash(self, folder: Path, info: SourceInfo) -> Removed:
        file = _inside(folder, info.path)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        token = f"{now[:19].replace(':', '-')}-{secrets.token_hex(4)}"
        removed = Removed(token, info.id, info.path, info.title, info.side, now)
        trash = self.index.store / TRASH
        draft = trash / f".{token}"
        draft.mkdir(parents=True)
        beside = sidecar_of(folder, info.path)
        copy(file, draft / "document")
        if beside:
            copy(folder / beside, draft / "sidecar")
        write(draft / "removed.json", json.dumps(asdict(removed), ensure_ascii=True).encode())
        os.replace(draft, trash / token)
        file.unlink()
        if beside:
            (folder / beside).unlink()
        return removed

    def _from_trash(self, folder: Path, token: str) -> str:
        kept = self.index.store / TRASH / token
        removed = read_removed(kept) if re.fullmatch("[0-9A-Za-z-]+", token) else None
        if removed is None:
            raise InputError("trash_without", token=token)
        place = _inside(folder, removed.path)
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = kept / "sidecar"
        fields = beside.read_bytes() if beside.exists() else None
        placed = _place(place.parent, place.name, (kept / "document").read_bytes(), fields)
        shutil.rmtree(kept, ignore_errors=True)
        return (place.parent / placed).relative_to(folder).as_posix()


def _described(
    name: str, data: bytes, said: bytes | None, source: Source, fields: dict[str, str], limit: int
) -> tuple[bytes, bytes | None]:
    """A document and its sidecar with some fields set, the text as it was.

    Raises:
        NotReadable, UnreadableFile: the fields cannot be written so that they read back.
    """
    changes = _changes(source, fields)
    if not changes:
        return data, said
    if PurePosixPath(name).suffix.lower() in TEXT_SUFFIXES:
        data = with_front_matter(decode(data), changes).encode()
    else:
        said = with_sidecar(decode(said) if said else "", changes).encode()
    if make_source(name, name, data, said, limit).text != source.text:
        raise NotReadable("front_matter_harms")
    return data, said


def _changes(source: Source, fields: dict[str, str]) -> dict[str, str | list[str]]:
    """The fields that say something new, with the names of those that the document does not say itself."""
    info = source.info
    changed = {name: value for name, value in fields.items() if value != (getattr(info, name) or "")}
    supplied = {name for name in ("title", "side") if changed.get(name)}
    if changed.get("title", "") in source.text:
        supplied.discard("title")
    editorial = [name for name in info.editorial if name not in changed]
    editorial += [name for name in ("title", "side") if name in supplied]
    return {**changed, **({"editorial": editorial} if editorial != list(info.editorial) else {})}


def _inside(folder: Path, path: str) -> Path:
    """A file of the corpus folder; a link itself, not where it leads.

    Raises:
        InputError: its folder leads elsewhere.
    """
    file = folder / path
    if not file.parent.resolve().is_relative_to(folder):
        raise InputError("source_elsewhere", path=path)
    return file


def _target(folder: Path, path: str) -> Path:
    """The file to write for one of the corpus folder: where a link leads, so that it stays one.

    Raises:
        InputError: that is elsewhere.
    """
    target = (folder / path).resolve()
    if not target.is_relative_to(folder):
        raise InputError("source_elsewhere", path=path)
    return target


def _place(folder: Path, name: str, data: bytes, beside: bytes | None) -> str:
    """Write a new document; never over another. Returns the name it got."""
    while True:
        free = free_name(folder, name)
        with suppress(FileExistsError):  # made meanwhile by somebody who knows of no lock
            if beside is None:
                write_new(folder / free, data)
            else:
                _place_both(folder / free, data, beside)
            return free


def _place_both(file: Path, data: bytes, beside: bytes) -> None:
    """Write a document after its sidecar, so that it is never seen without."""
    sidecar = file.with_name(file.name + SIDECAR)
    write_new(sidecar, beside)
    try:
        write_new(file, data)
    except OSError:
        sidecar.unlink()
        raise
