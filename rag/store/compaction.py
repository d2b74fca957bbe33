"""Keeps the store small: segments merged, and what the manifest no longer names deleted."""

from __future__ import annotations

import shutil

from rag.store.index import Index
from rag.store.manifest import Manifest
from rag.store.shards import Shards, chroma_folder, document_id
from rag.types import Progress

MAX_SEGMENTS = 8
"""When there are more segments than this, all but the largest are merged into one."""


def merged(
    shards: Shards, segments: dict[str, list[str]], live: set[str], progress: Progress
) -> dict[str, list[str]]:
    """The segments without dead ones; those that are mostly dead, or too many, are copied into one.

    Args:
        shards: the vectors.
        segments: by name, the hashes of the texts that each holds.
        live: hashes of the texts that are needed.
        progress: called with ``merge``.
    """
    used = {name: texts for name, texts in segments.items() if live.intersection(texts)}
    copied = {name for name, texts in used.items() if 2 * len(live.intersection(texts)) < len(texts)}
    if len(used) > MAX_SEGMENTS:
        copied |= used.keys() - {max(used, key=lambda name: len(used[name]))}
    if not copied:
        return used
    texts = live.intersection(text for name in copied for text in used[name])
    keep = frozenset(document_id(text) for text in texts)
    copy = shards.merge(sorted(copied), keep, progress)
    return {name: used[name] for name in used if name not in copied} | {copy: sorted(texts)}


def collect(index: Index, shards: Shards, manifest: Manifest) -> None:
    """Delete what the live manifest does not name. A reader of the state before asks again."""
    shards.collect(manifest.segments)
    if manifest.chroma:
        shutil.rmtree(chroma_folder(index.settings), ignore_errors=True)
    for folder in index.store.glob("generation-*"):
        if folder.name != manifest.generation:
            shutil.rmtree(folder, ignore_errors=True)  # open files stay on Windows: next time
