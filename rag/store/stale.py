"""Is the index still that of the corpus and of these settings?"""

from __future__ import annotations

from pathlib import Path

from rag.documents import READER_VERSION, list_files, sidecar_of
from rag.errors import CorpusError
from rag.store.chroma import chroma_place
from rag.store.index import Index
from rag.store.manifest import FORMAT, MANIFEST, Manifest, is_of_other_version
from rag.text import ANALYZER_VERSION, SEGMENTER_VERSION

NONE_YET = "no index yet"
DAMAGED = "the index was damaged"
OTHER_VERSION = "another version of the index"
_REASONS = {
    "encoder": "another encoder",
    "segmenter": "another version of the segmenter",
    "analyzer": "another version of the word analyzer",
    "reader": "another version of the file readers",
    "chroma": "another vector store",
    "corpus": "another corpus folder",
}
_WRITERS = ("chroma", "corpus")
"""What only who writes the index needs to find as it was: others may reach them by other names, or not."""


def is_stale(index: Index) -> bool:
    """Whether files of the corpus seem to have changed since the last sync (by size and time).

    Who follows the index of another process does not look.
    """
    if index.settings.follow:
        return False
    manifest = Manifest.read(index.store)
    if manifest is None:
        return True
    folder = index.settings.corpus_dir()
    known = {entry.info.path: (entry.size, entry.mtime_ns) for entry in manifest.sources}
    unreadable = {path for path, _ in manifest.skipped}
    try:
        paths = [p for p in list_files(folder) if p in known or p not in unreadable]
        return {path: size_and_time(folder, path) for path in paths} != known
    except (CorpusError, OSError):  # the folder or a file has just gone
        return True


def files_of(folder: Path, path: str) -> list[Path]:
    """The file of a document, and the one beside it that says whose it is."""
    return [folder / name for name in (path, sidecar_of(folder, path)) if name]


def size_and_time(folder: Path, path: str) -> tuple[int, int]:
    """Of a document with the file beside it: the bytes of both, the later time.

    Raises:
        OSError: one of them cannot be looked at.
    """
    stats = [file.stat() for file in files_of(folder, path)]
    return sum(stat.st_size for stat in stats), max(stat.st_mtime_ns for stat in stats)


def mismatch(index: Index, manifest: Manifest | None) -> str:
    """Why the store cannot answer for these settings; empty when it can."""
    if manifest is None:
        return without_manifest(index.store)
    wanted = versions(index)
    followed = _WRITERS if index.settings.follow else ()
    looked_at = ((name, why) for name, why in _REASONS.items() if name not in followed)
    differing = (why for name, why in looked_at if getattr(manifest, name) != wanted[name])
    return next(differing, "")


def without_manifest(store: Path) -> str:
    """Why a store has no manifest that this version can use."""
    if not (store / MANIFEST).exists():
        return NONE_YET
    return OTHER_VERSION if is_of_other_version(store) else DAMAGED


def versions(index: Index) -> dict[str, int | str]:
    """What the manifest of an index made now would say of its makers."""
    return {
        "format": FORMAT,
        "encoder": index.encoder_id,
        "segmenter": SEGMENTER_VERSION,
        "analyzer": ANALYZER_VERSION,
        "reader": READER_VERSION,
        "chroma": chroma_place(index.settings),
        "corpus": str(index.settings.corpus_dir().resolve()),
    }
