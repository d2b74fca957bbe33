"""Corpus -> store: idempotent, incremental, safe against a kill at any moment.

New documents are written into new parts, and nothing of an older one is touched; then the manifest is
replaced: that is the commit. Only after it are small parts joined, which is another commit, and is what the
manifest no longer names collected. A process killed at any moment has changed nothing that the live manifest
names, and the next sync takes up the parts that it had written.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rag.documents import SUFFIXES
from rag.errors import EmptyCorpus, IndexingStopped, ReadOnly, StoreError, UnreadableFile
from rag.files import private_folder
from rag.store.chroma import CHROMA_FAILURES, chroma_folder, store_errors
from rag.store.compaction import collect, to_join
from rag.store.index import Index
from rag.store.joining import Pick
from rag.store.known import Known
from rag.store.lock import locked
from rag.store.manifest import IndexedSource, Manifest
from rag.store.part import Part, is_spoilt
from rag.store.reading import Read, Reading
from rag.store.report import SyncReport
from rag.store.shards import Shards, is_sound
from rag.store.stale import NONE_YET, mismatch
from rag.store.writing import Writer, write_part
from rag.types import Language, Progress, no_progress

logger = logging.getLogger(__name__)


def ensure(index: Index, progress: Progress = no_progress) -> SyncReport | None:
    """Index when there is nothing usable yet; returns what was done, ``None`` when nothing.

    Who follows the index of another process takes it as it is.
    """
    if index.settings.follow:
        return None
    if mismatch(index, Manifest.read(index.store)) or not index.is_whole():
        return sync(index, progress=progress)
    return None


def sync(
    index: Index, rebuild: bool = False, progress: Progress = no_progress, thorough: bool = True
) -> SyncReport:
    """Bring the store in step with the corpus folder.

    Only texts that the store does not hold yet are embedded. What worked before goes on working until
    the commit, whatever happens; what a run that was stopped had done is not done again.

    Args:
        index: the index to write.
        rebuild: index everything anew.
        progress: called with the stage (``wait``, ``read``, ``embed``, ``vectors``, ``commit``, ``merge``,
            ``collect``), how much is done and how much there is.
        thorough: look for damage in every byte of the store, which takes as long as it is large; else at the
            sizes of its files, and at what is written again.

    Returns:
        Which sources came, changed and went, and which files cannot be read.

    Raises:
        CorpusError: the corpus folder is missing.
        EmptyCorpus: it holds no readable document.
        StoreLocked: another process is indexing and did not finish in time.
        StoreError: the store cannot be written or the Chroma server does not answer.
        ReadOnly: another process writes it, see :attr:`rag.settings.Settings.follow`.
        IndexingStopped: the user has stopped it.
    """
    if index.settings.follow:
        raise ReadOnly("follows")
    try:
        private_folder(index.store)
        with locked(index.store, index.settings.lock_timeout, progress), store_errors():
            return _Sync(index, rebuild, progress, thorough).run()
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError("index_unwritable", store=index.store, reason=reason) from None


class _Sync:
    """One run of :func:`sync`, under the lock."""

    def __init__(self, index: Index, rebuild: bool, progress: Progress, thorough: bool) -> None:
        self.index = index
        self.progress = progress
        self.shards = _open_shards(index, rebuild)
        self.known = Known.of(index, self.shards, rebuild, thorough)
        self.parts = dict(self.known.parts)
        self.because = self.known.why_anew()

    def run(self) -> SyncReport:
        """Read, embed, write, commit, join, collect."""
        reading = Reading(self.known, self.progress)
        placed = self._placed(reading)
        if not placed:
            raise _no_documents(self.index.settings.corpus_dir(), list(reading.skipped.values()))
        manifest = self._manifest(placed, reading.skipped)
        report = self._report(manifest, reading)
        self._commit(manifest)
        manifest = self._joined(manifest)
        self.progress("collect", 0, 1)
        try:
            collect(self.index, self.shards, manifest)
        except CHROMA_FAILURES as error:  # all is committed; the next sync collects
            logger.warning("what is no longer needed could not be deleted: %s", error)
        return report

    def _placed(self, reading: Reading) -> list[tuple[Read, Pick]]:
        """Every document, and where it stands; those that are new are written."""
        found: list[Read] = []
        with Writer(self.known, self.progress) as writer, _told_when_stopped(writer):
            for read in reading.documents():
                found.append(read)
                if read.source is not None:
                    writer.add(read.source, read.file_sha256)
            writer.finish()
        placed = [(read, read.found or writer.written[read.id]) for read in found]
        placed.sort(key=lambda item: item[0].id)
        self.parts |= writer.parts
        held = {id(self.parts[name]) for name in self._live() if name in self.parts}
        new = [item for item in placed if id(item[1][0]) not in held]
        if len({id(pick[0]) for _, pick in new}) < 2:
            return placed
        # each had its own part; and none of them is in Chroma yet
        part = self._write([pick for _, pick in new])
        moved = {read.id: (part, number) for number, (read, _) in enumerate(new)}
        return [(read, moved.get(read.id, pick)) for read, pick in placed]

    def _write(self, picks: Sequence[Pick]) -> Part:
        name, part = write_part(picks, self.known)
        self.parts[name] = part
        return part

    def _live(self) -> Sequence[str]:
        return self.known.manifest.parts if self.known.manifest else ()

    def _manifest(self, placed: Sequence[tuple[Read, Pick]], skipped: dict[str, UnreadableFile]) -> Manifest:
        names = {id(part): name for name, part in self.parts.items()}
        sources = tuple(
            IndexedSource(names[id(part)], number, part.records[number], read.size, read.mtime_ns)
            for read, (part, number) in placed
        )
        unread = tuple((path, _worded(error)) for path, error in skipped.items())
        return Manifest(**self.known.makers, sources=sources, skipped=unread)  # type: ignore[arg-type]

    def _report(self, manifest: Manifest, reading: Reading) -> SyncReport:
        return SyncReport.between(
            before=[entry.info for entry in self.known.live.values()],
            after=[entry.info for entry in manifest.sources],
            kept=reading.kept,
            skipped=reading.skipped.values(),
            rebuilt="" if self.because == NONE_YET else self.because,
        )

    def _commit(self, manifest: Manifest) -> None:
        """Have the vectors of every part in Chroma, then make it the live state."""
        for name in manifest.parts:
            if not self.shards.is_whole(name):
                self.shards.fill(name, self.parts[name], self.progress)
        if manifest != self.known.manifest:
            self.shards.flush()
            self.progress("commit", 0, 1)
            manifest.write(self.index.store)

    def _joined(self, manifest: Manifest) -> Manifest:
        """The state with few parts, committed."""
        live = dict.fromkeys(manifest.parts, 0)
        for entry in manifest.sources:
            live[entry.part] += entry.sentences
        held = {name: sum(record.sentences for record in self.parts[name].records) for name in live}
        chosen = to_join(live, held)
        if not chosen or any(map(is_spoilt, (self.index.store / name for name in chosen))):
            return manifest  # damage is not written again; the next thorough run mends it
        self.progress("merge", 0, 1)
        moved = [entry for entry in manifest.sources if entry.part in chosen]
        part = self._write([(self.parts[entry.part], entry.number) for entry in moved])
        name = next(name for name, each in self.parts.items() if each is part)
        numbers = {entry.info.id: number for number, entry in enumerate(moved)}
        sources = tuple(
            IndexedSource(name, numbers[entry.info.id], entry.record, entry.size, entry.mtime_ns)
            if entry.part in chosen
            else entry
            for entry in manifest.sources
        )
        after = Manifest(**self.known.makers, sources=sources, skipped=manifest.skipped)  # type: ignore[arg-type]
        self._commit(after)
        return after


@contextmanager
def _told_when_stopped(writer: Writer) -> Iterator[None]:
    """Keep what is done when the user stops the run, and say so."""
    try:
        yield
    except KeyboardInterrupt:
        writer.keep()
        raise IndexingStopped("indexing_stopped", count=len(writer.written)) from None


def _worded(error: UnreadableFile) -> dict[Language, str]:
    return {"fr": error.why.in_words("fr"), "en": error.reason}


_NAMED = 20
"""Files named where none can be read."""


def _no_documents(folder: object, skipped: Sequence[UnreadableFile]) -> EmptyCorpus:
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
    return index.shards()
