"""What the store holds before a sync: the live parts, and those that a killed run has left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from rag.store.index import Index
from rag.store.joining import Pick
from rag.store.manifest import IndexedSource, Manifest
from rag.store.part import DAMAGE, SOURCES, Part, Record, open_part, read_sources, spoilt, vectors_of
from rag.store.shards import Shards
from rag.store.stale import DAMAGED, mismatch, versions
from rag.store.vectors import Packed
from rag.types import Level, Source

PARTS = "part-*"
_OF_VECTORS, _OF_TEXTS = ("format", "encoder", "segmenter"), ("reader", "corpus")
_ALL = (*_OF_VECTORS, *_OF_TEXTS, "analyzer")
"""What made a part, as far as it matters for what can be taken from it."""

Vectors = Mapping[Level, Packed]


@dataclass(frozen=True)
class Known:
    """The state that a sync begins from.

    Attributes:
        index: the index.
        rebuild: whether everything is to be indexed anew.
        makers: see :func:`rag.store.stale.versions`.
        manifest: the live one; ``None`` where there is none that can be read.
        live: by path, the sources it names; none of those recorded for another corpus, whose ids were given
            for other files.
        parts: by name, those that are whole.
        kept: of each document of those, by path and hash of its file, where it stands.
        vectors: by the name of the units, those that the same encoder and segmenter made.
        lost: whether a live part, or its vectors in Chroma, is not whole.
    """

    index: Index
    rebuild: bool
    makers: dict[str, int | str]
    manifest: Manifest | None
    live: dict[str, IndexedSource]
    parts: dict[str, Part] = field(default_factory=dict)
    kept: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    vectors: dict[str, Vectors] = field(default_factory=dict)
    lost: bool = False

    @classmethod
    def of(cls, index: Index, shards: Shards, rebuild: bool, thorough: bool) -> Known:
        """Read it; thoroughly, or what the sizes of its files tell."""
        manifest, makers = Manifest.read(index.store), versions(index)
        same_corpus = manifest is not None and manifest.corpus == makers["corpus"]
        sources = manifest.sources if manifest and same_corpus else ()
        found = cls(index, rebuild, makers, manifest, {entry.info.path: entry for entry in sources})
        live = manifest.parts if manifest else ()
        others = sorted(folder.name for folder in index.store.glob(PARTS) if folder.name not in live)
        for name in (*live, *others):
            found._take(name, thorough or name not in live)
        lost = any(name not in found.parts or not shards.is_whole(name) for name in live)
        return replace(found, lost=lost)

    def why_anew(self) -> str:
        """Why everything is indexed anew; empty when only what changed is."""
        if self.manifest is None:
            return mismatch(self.index, None)
        if self.rebuild:
            return "asked for"
        return mismatch(self.index, self.manifest) or (DAMAGED if self.lost else "")

    def pick(self, path: str, digest: str, id: str) -> Pick | None:
        """A document that is known as it is now."""
        name, number = self.kept.get((path, digest), ("", 0))
        part = self.parts.get(name)
        return (part, number) if part and part.records[number].info.id == id else None

    def last(self, path: str) -> tuple[Source, str] | None:
        """The source of a path as it was indexed last, with the hash of its file; ``None`` if it is lost."""
        entry = self.live.get(path)
        part = self.parts.get(entry.part) if entry else None
        if entry is None or part is None:
            return None
        with suppress(*DAMAGE):
            return replace(part.source(entry.number), layout=part.layout(entry.number)), entry.file_sha256
        return None

    def _take(self, name: str, thorough: bool) -> None:
        """Look what can be had of a part."""
        folder = self.index.store / name
        with suppress(*DAMAGE):
            bad = spoilt(folder, thorough)
            if SOURCES in bad:
                return
            makers, _, records = read_sources(folder)
            if self._same(makers, _OF_VECTORS) and not any(file.startswith("vectors") for file in bad):
                self.vectors.update(vectors_of(folder, records))
            if bad:
                return
            self.parts[name] = open_part(folder)
            if self._same(makers, _ALL):
                self._keep(name, records)

    def _keep(self, name: str, records: Iterable[Record]) -> None:
        for number, record in enumerate(records):
            self.kept.setdefault((record.info.path, record.file_sha256), (name, number))

    def _same(self, makers: Mapping[str, int | str], names: Iterable[str]) -> bool:
        return not self.rebuild and all(makers.get(name) == self.makers[name] for name in names)
