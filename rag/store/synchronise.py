"""Corpus -> store: idempotent, incremental, safe against a kill at any moment.

A sync adds the vectors of new texts in one new segment and never touches an older one, writes a new
generation, then replaces the manifest: that is the commit. Only after it is what the manifest no longer
names collected. A process killed at any moment has changed nothing that the live manifest names, and
the next sync collects what it left.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from llama_index.core.schema import Document, MetadataMode, TextNode

from rag.documents import READER_VERSION, SUFFIXES, assign_ids, list_files, read_source, sidecar_of
from rag.encoders import averages
from rag.errors import CorpusError, EmptyCorpus, NotReadable, StoreError, UnreadableFile
from rag.store.edition import Edition, Segmented, write_edition
from rag.store.index import Index
from rag.store.lock import locked
from rag.store.manifest import FORMAT, MANIFEST, IndexedSource, Manifest
from rag.store.nodes import SegmentParser
from rag.store.passage_vectors import PassageMeans
from rag.store.shards import (
    CHROMA_FAILURES,
    LEVELS,
    Shards,
    batches,
    chroma_folder,
    document_id,
    is_sound,
    store_errors,
)
from rag.store.vocabulary import Vocabulary
from rag.text import ANALYZER_VERSION, SEGMENTER_VERSION, is_quotable, segment
from rag.types import Level, Progress, Source, no_progress

logger = logging.getLogger(__name__)

MAX_SEGMENTS = 8
"""When there are more segments than this, all but the largest are merged into one."""

_Entry = tuple[IndexedSource, Source]


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did.

    Attributes:
        added, changed, removed, unchanged: ids of sources.
        kept: ids of sources whose file can no longer be read; the version indexed before is kept.
        skipped: files that cannot be read.
        rebuilt: why everything was indexed anew; empty when it was not.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    kept: tuple[str, ...]
    skipped: tuple[UnreadableFile, ...]
    rebuilt: str = ""

    @property
    def wrote(self) -> bool:
        """Whether the index changed."""
        return bool(self.added or self.changed or self.removed or self.rebuilt)


def ensure(index: Index, progress: Progress = no_progress) -> SyncReport | None:
    """Index when there is nothing usable yet; returns what was done, ``None`` when nothing."""
    if mismatch(index, Manifest.read(index.store)) or not index.is_whole():
        return sync(index, progress=progress)
    return None


def is_stale(index: Index) -> bool:
    """Whether files of the corpus seem to have changed since the last sync (by size and time)."""
    manifest = Manifest.read(index.store)
    if manifest is None:
        return True
    folder = index.settings.corpus_dir()
    known = {entry.info.path: (entry.size, entry.mtime_ns) for entry in manifest.sources}
    unreadable = {path for path, _ in manifest.skipped}
    try:
        paths = [p for p in list_files(folder) if p in known or p not in unreadable]
        return {path: _size_and_time(folder, path) for path in paths} != known
    except (CorpusError, OSError):  # the folder or a file has just gone
        return True


def _files(folder: Path, path: str) -> list[Path]:
    """The file of a document, and the one beside it that says whose it is."""
    return [folder / name for name in (path, sidecar_of(folder, path)) if name]


def _size_and_time(folder: Path, path: str) -> tuple[int, int]:
    stats = [file.stat() for file in _files(folder, path)]
    return sum(stat.st_size for stat in stats), max(stat.st_mtime_ns for stat in stats)


def sync(index: Index, rebuild: bool = False, progress: Progress = no_progress) -> SyncReport:
    """Bring the store in step with the corpus folder.

    Only texts that the store does not hold yet are embedded. What worked before goes on working until
    the commit, whatever happens.

    Args:
        index: the index to write.
        rebuild: index everything anew.
        progress: called with the stage (``wait``, ``read``, ``embed``, ``merge``, ``lexical``,
            ``words``, ``commit``, ``collect``), how much is done and how much there is.

    Raises:
        CorpusError: the corpus folder is missing.
        EmptyCorpus: it holds no readable document.
        StoreLocked: another process is indexing and did not finish in time.
        StoreError: the store cannot be written or the Chroma server does not answer.
    """
    try:
        index.store.mkdir(parents=True, exist_ok=True)
        with locked(index.store, index.settings.lock_timeout, progress), store_errors():
            return _Sync(index, rebuild, progress).run()
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError("index_unwritable", store=index.store, reason=reason) from None


def _versions(index: Index) -> dict[str, int | str]:
    """What the manifest of an index made now would say of its makers."""
    return {
        "format": FORMAT,
        "encoder": index.encoder_id,
        "segmenter": SEGMENTER_VERSION,
        "analyzer": ANALYZER_VERSION,
        "reader": READER_VERSION,
        "chroma": index.settings.chroma,
        "corpus": str(index.settings.corpus_dir().resolve()),
    }


_NONE_YET = "no index yet"
_DAMAGED = "the index was damaged"
_REASONS = {
    "encoder": "another encoder",
    "segmenter": "another version of the segmenter",
    "analyzer": "another version of the word analyzer",
    "reader": "another version of the file readers",
    "chroma": "another vector store",
    "corpus": "another corpus folder",
}


def mismatch(index: Index, manifest: Manifest | None) -> str:
    """Why the store cannot answer for these settings; empty when it can."""
    if manifest is None:
        return _DAMAGED if (index.store / MANIFEST).exists() else _NONE_YET
    wanted = _versions(index)
    differing = (why for name, why in _REASONS.items() if getattr(manifest, name) != wanted[name])
    return next(differing, "")


class _Sync:
    """One run of :func:`sync`, under the lock."""

    def __init__(self, index: Index, rebuild: bool, progress: Progress) -> None:
        self.index = index
        self.store = index.store
        self.folder = index.settings.corpus_dir()
        self.progress = progress
        self.rebuild = rebuild
        self.segments = _open_segments(index, rebuild)
        self.manifest = Manifest.read(self.store)
        # The ids recorded for another corpus were given for other files.
        same_corpus = self.manifest is not None and self.manifest.corpus == _versions(index)["corpus"]
        live = self.manifest.sources if self.manifest and same_corpus else ()
        self.known = {entry.info.path: entry for entry in live}
        self.reusable = {} if rebuild else self._reusable_segments()
        self.previous = self._previous_sources()
        self.because = self._why_anew()

    def _why_anew(self) -> str:
        """Why everything is indexed anew; empty when only what changed is."""
        if self.manifest is None:
            return mismatch(self.index, None)
        if self.rebuild:
            return "asked for"
        lost = len(self.reusable) < len(self.manifest.segments) or len(self.previous) < len(self.known)
        return mismatch(self.index, self.manifest) or (_DAMAGED if lost else "")

    def _reusable_segments(self) -> dict[str, list[str]]:
        """Segments whose vectors can stay: made by the same encoder and segmenter, and whole."""
        manifest, wanted = self.manifest, _versions(self.index)
        makers = ("encoder", "segmenter", "chroma")
        if manifest is None or any(getattr(manifest, name) != wanted[name] for name in makers):
            return {}
        segments = manifest.segments
        return {name: segments[name] for name in segments if self.segments.is_whole(name)}

    def _previous_sources(self) -> dict[str, Source]:
        """By path, the sources as they were indexed; those that are damaged are left out."""
        if not self.known or self.manifest is None:
            return {}
        infos = [entry.info for entry in self.manifest.sources]
        found: dict[str, Source] = {}
        with suppress(StoreError):
            generation = Edition(self.store / self.manifest.generation, infos)
            for number, info in enumerate(infos):
                with suppress(StoreError):
                    found[info.path] = generation.source(number)
        return found

    def _known_words(self) -> Vocabulary | None:
        """The words of the live generation, when the same encoder made their vectors."""
        if self.manifest is None or self.manifest.encoder != self.index.encoder_id or self.rebuild:
            return None
        with suppress(StoreError):
            infos = [entry.info for entry in self.manifest.sources]
            return Edition(self.store / self.manifest.generation, infos).vocabulary
        return None

    def run(self) -> SyncReport:
        """Read, embed, write, commit, collect."""
        entries, skipped, kept = self._read_all()
        if not entries:
            raise _no_documents(self.folder, list(skipped.values()))
        report = self._report(entries, list(skipped.values()), kept)
        unread = tuple((path, error.reason) for path, error in skipped.items())
        manifest = self._unless_new(entries, unread, report) or self._write(entries, unread)
        if manifest != self.manifest:
            self.segments.flush()
            self.progress("commit", 0, 1)
            manifest.write(self.store)
        self.progress("collect", 0, 1)
        try:
            self._collect(manifest)
        except CHROMA_FAILURES as error:  # all is committed; the next sync collects
            logger.warning("what is no longer needed could not be deleted: %s", error)
        return report

    def _unless_new(
        self, entries: Sequence[_Entry], unread: tuple[tuple[str, str], ...], report: SyncReport
    ) -> Manifest | None:
        """The live manifest with what the files' times now are; ``None`` when there is work to do."""
        live = self.manifest
        if live is None or report.wrote:
            return None
        before = {entry.info.id: entry for entry in live.sources}
        sources = tuple(
            replace(before[e.info.id], size=e.size, mtime_ns=e.mtime_ns, file_sha256=e.file_sha256)
            for e, _ in entries
        )
        return replace(live, sources=sources, skipped=unread)

    def _write(self, entries: Sequence[_Entry], unread: tuple[tuple[str, str], ...]) -> Manifest:
        """Vectors and files of the new state; nothing live is touched."""
        segmented = [Segmented(source, segment(source.text)) for _, source in entries]
        segments = self._embed_missing(segmented)
        segments = self._merge(segments, {source.info.sha256 for _, source in entries})
        generation = f"generation-{secrets.token_hex(6)}"
        folder, known = self.store / generation, self._known_words()
        write_edition(folder, segmented, self._embed_words, known, self.progress)
        sources = tuple(
            replace(
                entry,
                passages=len(part.passages),
                sentences=sum(len(passage.sentences) for passage in part.passages),
            )
            for (entry, _), part in zip(entries, segmented, strict=True)
        )
        made_by = _versions(self.index)
        return Manifest(
            generation=generation,
            segments=segments,
            sources=sources,
            skipped=unread,
            **made_by,  # type: ignore[arg-type]
        )

    # --- reading files ---

    def _read_all(self) -> tuple[list[_Entry], dict[str, UnreadableFile], list[str]]:
        """Every source there is; by path, why a file cannot be read; the ids kept as they were."""
        paths = list_files(self.folder)
        recorded = {path: self.known[path].info.id for path in paths if path in self.known}
        ids = assign_ids(paths, recorded)
        entries: list[_Entry] = []
        skipped: dict[str, UnreadableFile] = {}
        kept: list[str] = []
        for number, path in enumerate(paths):
            self.progress("read", number, len(paths))
            try:
                entries.append(self._read(path, ids[path]))
            except UnreadableFile as error:
                skipped[path] = error
                if path in self.previous:
                    entries.append((self._as_seen_now(path), self.previous[path]))
                    kept.append(ids[path])
        self.progress("read", len(paths), len(paths))
        return sorted(entries, key=lambda entry: entry[0].info.id), skipped, kept

    def _read(self, path: str, source_id: str) -> _Entry:
        limit = self.index.settings.max_file_bytes
        try:
            size, mtime_ns = _size_and_time(self.folder, path)
            is_read = (self.folder / path).stat().st_size <= limit
            digest = _hash(self.folder, path) if is_read else ""
        except OSError as error:
            raise UnreadableFile(path, NotReadable("file_closed", reason=error.strerror)) from None
        if self._is_as_before(path, digest):
            source = self.previous[path]
        else:
            source = read_source(self.folder, path, source_id, limit)
        return IndexedSource(source.info, digest, size, mtime_ns, 0, 0), source

    def _is_as_before(self, path: str, digest: str) -> bool:
        """Whether a file need not be read again."""
        if self.rebuild or self.manifest is None or path not in self.previous:
            return False
        return self.manifest.reader == READER_VERSION and self.known[path].file_sha256 == digest

    def _as_seen_now(self, path: str) -> IndexedSource:
        """The entry of a source that is kept; so that its file does not seem to change at each look."""
        entry = self.known[path]
        with suppress(OSError):
            size, mtime_ns = _size_and_time(self.folder, path)
            return replace(entry, size=size, mtime_ns=mtime_ns)
        return entry

    def _report(
        self, entries: Sequence[_Entry], skipped: Sequence[UnreadableFile], kept: Sequence[str]
    ) -> SyncReport:
        before = {entry.info.id: entry.info for entry in self.known.values()}
        now = {entry.info.id: entry.info for entry, _ in entries}
        changed = [i for i, info in now.items() if i in before and before[i] != info]
        return SyncReport(
            added=tuple(i for i in now if i not in before),
            changed=tuple(changed),
            removed=tuple(sorted(before.keys() - now.keys())),
            unchanged=tuple(i for i in now if i in before and i not in {*changed, *kept}),
            kept=tuple(kept),
            skipped=tuple(skipped),
            rebuilt="" if self.because == _NONE_YET else self.because,
        )

    # --- vectors ---

    def _embed_missing(self, parts: Sequence[Segmented]) -> dict[str, list[str]]:
        """Embed the texts that no reusable segment holds, into one new segment."""
        held = {text for texts in self.reusable.values() for text in texts}
        missing = {p.source.info.sha256: p for p in parts if p.source.info.sha256 not in held}
        if not missing:
            return dict(self.reusable)
        return {**self.reusable, self._new_segment(list(missing.values())): sorted(missing)}

    def _new_segment(self, parts: Sequence[Segmented]) -> str:
        sizes = {level: sum(_quotable(part, level) for part in parts) for level in LEVELS}
        name = self.segments.create(sizes)
        done, total = 0, sum(sizes.values())
        means = PassageMeans(parts) if averages(self.index.encoder) else None
        for level in LEVELS:
            for batch in batches(self._nodes(parts, level)):
                self.progress("embed", done, total)
                self._embed(batch, level, means)
                self.segments.add(name, level, batch)
                done += len(batch)
        assert done == total
        self.progress("embed", done, total)
        return name

    def _embed(self, nodes: Sequence[TextNode], level: Level, means: PassageMeans | None) -> None:
        """Give nodes their vectors; sentences before their passages."""
        if means and level == "passage":
            for node in nodes:
                node.embedding = means.of(node.node_id)
            return
        texts = [node.get_content(MetadataMode.EMBED) for node in nodes]
        vectors = self.index.encoder.get_text_embedding_batch(texts)
        for node, vector in zip(nodes, vectors, strict=True):
            node.embedding = vector
            if means:
                means.add(node.node_id, vector)

    def _nodes(self, parts: Sequence[Segmented], level: Level) -> Iterator[TextNode]:
        """The nodes of some texts at a level; one text at a time, as nodes with vectors take room."""
        parser = SegmentParser(variant=self.index.variant)
        for part in parts:
            sha256 = part.source.info.sha256
            document = Document(id_=document_id(sha256), text=part.source.text, metadata={"sha256": sha256})
            for node in parser.get_nodes_from_documents([document]):
                if isinstance(node, TextNode) and node.metadata["level"] == level:
                    yield node

    def _embed_words(self, words: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = []
        for batch in batches(words):
            self.progress("words", len(vectors), len(words))
            vectors += self.index.word_encoder.get_text_embedding_batch(batch)
        self.progress("words", len(vectors), len(words))
        return vectors

    def _merge(self, segments: dict[str, list[str]], live: set[str]) -> dict[str, list[str]]:
        """Drop segments without live texts; copy those that are mostly dead, or too many, into one."""
        used = {name: texts for name, texts in segments.items() if live.intersection(texts)}
        copied = {name for name, texts in used.items() if 2 * len(live.intersection(texts)) < len(texts)}
        if len(used) > MAX_SEGMENTS:
            copied |= used.keys() - {max(used, key=lambda name: len(used[name]))}
        if not copied:
            return used
        texts = live.intersection(text for name in copied for text in used[name])
        keep = frozenset(document_id(text) for text in texts)
        merged = self.segments.merge(sorted(copied), keep, self.progress)
        return {name: used[name] for name in used if name not in copied} | {merged: sorted(texts)}

    def _collect(self, manifest: Manifest) -> None:
        """Delete what the live manifest does not name. A reader of the state before asks again."""
        self.segments.collect(manifest.segments)
        if manifest.chroma:
            shutil.rmtree(chroma_folder(self.index.settings), ignore_errors=True)
        for folder in self.store.glob("generation-*"):
            if folder.name != manifest.generation:
                shutil.rmtree(folder, ignore_errors=True)  # open files stay on Windows: next time


def _quotable(part: Segmented, level: Level) -> int:
    """How many units of a text become nodes."""
    units = part.passages if level == "passage" else chain(*(passage.sentences for passage in part.passages))
    return sum(is_quotable(part.source.text, unit.start, unit.end) for unit in units)


def _hash(folder: Path, path: str) -> str:
    digests = []
    for file in _files(folder, path):
        with file.open("rb") as stream:
            digests.append(hashlib.file_digest(stream, "sha256").hexdigest())
    return " ".join(digests)


def _no_documents(folder: Path, skipped: Sequence[UnreadableFile]) -> EmptyCorpus:
    if skipped:
        return EmptyCorpus("none_readable", count=len(skipped), folder=folder, first=skipped[0])
    wanted = ", ".join(sorted(SUFFIXES))
    return EmptyCorpus("corpus_empty", folder=folder, kinds=wanted)


def _open_segments(index: Index, rebuild: bool) -> Shards:
    """The vectors of the store; on a rebuild, without those of a database that is damaged."""
    folder = chroma_folder(index.settings)
    if rebuild and not index.settings.chroma and not is_sound(folder):
        index.close()
        shutil.rmtree(folder)
    return index.segments()
