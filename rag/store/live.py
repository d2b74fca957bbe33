"""What the store holds before a sync, as far as it is whole and can be used again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from rag.errors import StoreError
from rag.store.edition import Edition
from rag.store.index import Index
from rag.store.manifest import IndexedSource, Manifest
from rag.store.shards import Shards
from rag.store.stale import DAMAGED, mismatch, versions
from rag.store.vocabulary import Vocabulary
from rag.types import Source


@dataclass(frozen=True, slots=True)
class Live:
    """The state that a sync begins from.

    Attributes:
        index: the index.
        rebuild: whether everything is to be indexed anew.
        makers: see :func:`rag.store.stale.versions`.
        manifest: the live one; ``None`` where there is none that can be read.
        known: by path, the sources it names; none of those recorded for another corpus, whose ids were given
            for other files.
        segments: those whose vectors can stay: made by the same encoder and segmenter, and whole.
        sources: by path, the sources as they were indexed; those that are damaged are left out.
    """

    index: Index
    rebuild: bool
    makers: dict[str, int | str]
    manifest: Manifest | None
    known: dict[str, IndexedSource]
    segments: dict[str, list[str]]
    sources: dict[str, Source]

    @classmethod
    def of(cls, index: Index, shards: Shards, rebuild: bool) -> Live:
        """Read it."""
        manifest, makers = Manifest.read(index.store), versions(index)
        same_corpus = manifest is not None and manifest.corpus == makers["corpus"]
        entries = manifest.sources if manifest and same_corpus else ()
        known = {entry.info.path: entry for entry in entries}
        segments = {} if rebuild or manifest is None else _reusable_segments(shards, manifest, makers)
        sources = _sources(index, manifest) if manifest and known else {}
        return cls(index, rebuild, makers, manifest, known, segments, sources)

    def why_anew(self) -> str:
        """Why everything is indexed anew; empty when only what changed is."""
        if self.manifest is None:
            return mismatch(self.index, None)
        if self.rebuild:
            return "asked for"
        lost = len(self.segments) < len(self.manifest.segments) or len(self.sources) < len(self.known)
        return mismatch(self.index, self.manifest) or (DAMAGED if lost else "")

    def has(self, path: str, digest: str) -> bool:
        """Whether a file of the corpus, by its hash, need not be read again."""
        if self.rebuild or self.manifest is None or path not in self.sources:
            return False
        same_reader = self.manifest.reader == self.makers["reader"]
        return same_reader and self.known[path].file_sha256 == digest

    def words(self) -> Vocabulary | None:
        """The words of the live edition, when the same encoder made their vectors."""
        if self.manifest is None or self.manifest.encoder != self.index.encoder_id or self.rebuild:
            return None
        with suppress(StoreError):
            return _edition(self.index, self.manifest).vocabulary
        return None


def _edition(index: Index, manifest: Manifest) -> Edition:
    return Edition(index.store / manifest.generation, [entry.info for entry in manifest.sources])


def _reusable_segments(
    shards: Shards, manifest: Manifest, makers: dict[str, int | str]
) -> dict[str, list[str]]:
    if any(getattr(manifest, name) != makers[name] for name in ("encoder", "segmenter", "chroma")):
        return {}
    segments = manifest.segments
    return {name: segments[name] for name in segments if shards.is_whole(name)}


def _sources(index: Index, manifest: Manifest) -> dict[str, Source]:
    found: dict[str, Source] = {}
    with suppress(StoreError):
        edition = _edition(index, manifest)
        for number, entry in enumerate(manifest.sources):
            with suppress(StoreError):
                found[entry.info.path] = replace(edition.source(number), layout=edition.layout(number))
    return found
