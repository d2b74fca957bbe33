"""Keeps the store small: parts joined, and what the manifest no longer names deleted."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping

from rag.store.chroma import chroma_folder
from rag.store.index import Index
from rag.store.known import PARTS
from rag.store.manifest import Manifest
from rag.store.shards import Shards

_REPLACED = "replaced"
MAX_PARTS = 8
"""When there are more parts than this, the smallest are joined."""


def to_join(live: Mapping[str, int], held: Mapping[str, int]) -> set[str]:
    """Names of the parts that are to become one; none when all are well.

    As in a log-structured merge tree, parts of about one size are joined, so that a document is written
    again only as often as the logarithm of the corpus.

    Args:
        live: sentences of each part that are live.
        held: all its sentences.
    """
    chosen = {name for name in live if 2 * live[name] < held[name]}
    if len(live) > MAX_PARTS:
        total = 0
        for count, name in enumerate(sorted(live, key=lambda name: (live[name], name))):
            if count >= len(live) - MAX_PARTS // 2 and live[name] > total:
                break
            chosen.add(name)
            total += live[name]
    return chosen


def collect(index: Index, shards: Shards, manifest: Manifest) -> None:
    """Delete what the live manifest does not name. A reader of the state before asks again.

    With ``settings.keep_replaced`` it stays a while, for readers on other machines: what they have mapped of
    a network file system must not go while they look at it.
    """
    kept = {*manifest.parts, *_young(index, manifest)}
    shards.collect(kept)
    if manifest.chroma:
        shutil.rmtree(chroma_folder(index.settings), ignore_errors=True)
    for pattern in (PARTS, "generation-*"):  # those of an older version
        for folder in index.store.glob(pattern):
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)  # open files stay on Windows: next time


def _young(index: Index, manifest: Manifest) -> list[str]:
    """Names of the parts that were replaced a moment ago; of each, when that was seen is noted."""
    now, most, found = time.time(), index.settings.keep_replaced, []
    for folder in index.store.glob(PARTS):
        note = folder / _REPLACED
        if folder.name in manifest.parts:
            note.unlink(missing_ok=True)
        elif most:
            if not note.exists():
                note.write_text(str(now))
            if abs(now - float(note.read_text() or 0)) < most:
                found.append(folder.name)
    return found
