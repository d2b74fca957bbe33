"""Corpus -> store: idempotent, incremental, safe against a kill at any moment.

A sync adds the vectors of new texts in one new segment and never touches an older one, writes a new
generation, then replaces the manifest: that is the commit. Only after it is what the manifest no longer
names collected. A process killed at any moment has changed nothing that the live manifest names, and
the next sync collects what it left.
"""

from __future__ import annotations

import logging
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rag.documents import SUFFIXES
from rag.errors import EmptyCorpus, StoreError, UnreadableFile
from rag.store.compaction import collect, merged
from rag.store.edition import Segmented, write_edition
from rag.store.embedding import Embedding
from rag.store.index import Index
from rag.store.live import Live
from rag.store.lock import locked
from rag.store.manifest import Manifest, Unread
from rag.store.reading import Entry, Reading, read_corpus
from rag.store.report import SyncReport
from rag.store.shards import CHROMA_FAILURES, Shards, chroma_folder, is_sound, store_errors
from rag.store.stale import NONE_YET, mismatch
from rag.text import segment
from rag.types import Language, Progress, no_progress

logger = logging.getLogger(__name__)


def ensure(index: Index, progress: Progress = no_progress) -> SyncReport | None:
    """Index when there is nothing usable yet; returns what was done, ``None`` when nothing."""
    if mismatch(index, Manifest.read(index.store)) or not index.is_whole():
        return sync(index, progress=progress)
    return None


def sync(index: Index, rebuild: bool = False, progress: Progress = no_progress) -> SyncReport:
    """Bring the store in step with the corpus folder.

    Only texts that the store does not hold yet are embedded. What worked before goes on working until
    the commit, whatever happens.

    Args:
        index: the index to write.
        rebuild: index everything anew.
        progress: called with the stage (``wait``, ``read``, ``embed``, ``merge``, ``lexical``,
            ``words``, ``commit``, ``collect``), how much is done and how much there is.

    Returns:
        Which sources came, changed and went, and which files cannot be read.

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


class _Sync:
    """One run of :func:`sync`, under the lock."""

    def __init__(self, index: Index, rebuild: bool, progress: Progress) -> None:
        self.index = index
        self.progress = progress
        self.shards = _open_shards(index, rebuild)
        self.live = Live.of(index, self.shards, rebuild)
        self.because = self.live.why_anew()

    def run(self) -> SyncReport:
        """Read, embed, write, commit, collect."""
        reading = read_corpus(self.live, self.progress)
        if not reading.entries:
            raise _no_documents(self.index.settings.corpus_dir(), list(reading.skipped.values()))
        report = self._report(reading)
        unread = tuple((path, _worded(error)) for path, error in reading.skipped.items())
        manifest = self._unless_new(reading.entries, unread, report) or self._write(reading.entries, unread)
        if manifest != self.live.manifest:
            self.shards.flush()
            self.progress("commit", 0, 1)
            manifest.write(self.index.store)
        self.progress("collect", 0, 1)
        try:
            collect(self.index, self.shards, manifest)
        except CHROMA_FAILURES as error:  # all is committed; the next sync collects
            logger.warning("what is no longer needed could not be deleted: %s", error)
        return report

    def _report(self, reading: Reading) -> SyncReport:
        return SyncReport.between(
            before=[entry.info for entry in self.live.known.values()],
            after=[entry.info for entry, _ in reading.entries],
            kept=reading.kept,
            skipped=reading.skipped.values(),
            rebuilt="" if self.because == NONE_YET else self.because,
        )

    def _unless_new(self, entries: Sequence[Entry], unread: Unread, report: SyncReport) -> Manifest | None:
        """The live manifest with what the files' times now are; ``None`` when there is work to do."""
        live = self.live.manifest
        if live is None or report.wrote:
            return None
        before = {entry.info.id: entry for entry in live.sources}
        sources = tuple(
            replace(before[e.info.id], size=e.size, mtime_ns=e.mtime_ns, file_sha256=e.file_sha256)
            for e, _ in entries
        )
        return replace(live, sources=sources, skipped=unread)

    def _write(self, entries: Sequence[Entry], unread: Unread) -> Manifest:
        """Vectors and files of the new state; nothing live is touched."""
        segmented = [Segmented(source, segment(source.text, source.layout)) for _, source in entries]
        embedding = Embedding(self.index, self.shards, self.progress)
        segments = embedding.missing(segmented, self.live.segments)
        texts = {source.info.unit_name for _, source in entries}
        segments = merged(self.shards, segments, texts, self.progress)
        generation = f"generation-{secrets.token_hex(6)}"
        folder, known = self.index.store / generation, self.live.words()
        write_edition(folder, segmented, embedding.words, known, self.progress)
        sources = tuple(
            replace(
                entry,
                passages=len(part.passages),
                sentences=sum(len(passage.sentences) for passage in part.passages),
            )
            for (entry, _), part in zip(entries, segmented, strict=True)
        )
        return Manifest(
            generation=generation,
            segments=segments,
            sources=sources,
            skipped=unread,
            **self.live.makers,  # type: ignore[arg-type]
        )


def _worded(error: UnreadableFile) -> dict[Language, str]:
    return {"fr": error.why.in_words("fr"), "en": error.reason}


_NAMED = 20
"""Files named where none can be read."""


def _no_documents(folder: Path, skipped: Sequence[UnreadableFile]) -> EmptyCorpus:
    if skipped:
        names = ", ".join(error.path for error in skipped[:_NAMED]) + (", …" if len(skipped) > _NAMED else "")
        return EmptyCorpus("none_readable", count=len(skipped), folder=folder, names=names, first=skipped[0])
    wanted = ", ".join(sorted(SUFFIXES))
    return EmptyCorpus("corpus_empty", folder=folder, kinds=wanted)


def _open_shards(index: Index, rebuild: bool) -> Shards:
    """The vectors of the store; on a rebuild, without those of a database that is damaged."""
    folder = chroma_folder(index.settings)
    if rebuild and not index.settings.chroma and not is_sound(folder):
        index.close()
        shutil.rmtree(folder)
    return index.segments()
