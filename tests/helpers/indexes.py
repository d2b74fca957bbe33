"""Small corpora, an encoder of words, and other processes that index them."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Callable, Mapping
from functools import cache
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr

from rag.search.retriever import Retriever
from rag.settings import load_settings
from rag.store.index import Index
from rag.store.manifest import MANIFEST, Manifest
from rag.store.report import SyncReport
from rag.store.snapshot import Snapshot
from rag.store.synchronise import sync
from rag.text.analyzer import words_in
from rag.types import Quote, no_progress
from tests.helpers import ROOT

DOCUMENTS = {
    "ours/accord.md": "---\ntitle: L’accord\n---\nLe traité fut signé à Lisbonne. Les blés manquent.\n\n"
    "La flotte compte douze navires.\n",
    "theirs/reponse.txt": "La flotte compte neuf navires seulement.\n\nPersonne ne signa le traité.\n",
    "notes.md": "Les moulins tournent au vent du nord.\n\nLe boulanger vend du pain de seigle.\n",
}
QUESTION = "Combien de navires compte la flotte ?"


class WordEncoder(BaseEmbedding):
    """Texts that share words are near. Remembers what it was given."""

    _seen: list[str] = PrivateAttr(default_factory=list)

    def __init__(self, name: str = "words", **kwargs: Any) -> None:
        super().__init__(model_name=name, **kwargs)

    @property
    def seen(self) -> list[str]:
        """Sentences and passages."""
        return self._seen

    @property
    def idle(self) -> bool:
        return not self._seen

    def _get_text_embedding(self, text: str) -> list[float]:
        self._seen.append(text)
        return word_vector(text)

    def _get_query_embedding(self, query: str) -> list[float]:
        return word_vector(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return word_vector(query)


def word_vector(text: str) -> list[float]:
    vector = np.full(256, 1e-3)
    for word in words_in(text, "fr"):
        vector[int(hashlib.md5(word.encode()).hexdigest(), 16) % 256] += 1
    return (vector / np.linalg.norm(vector)).tolist()


def write(folder: Path, documents: Mapping[str, str]) -> None:
    for path, text in documents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def open_in(folder: Path, encoder: BaseEmbedding | None = None, **settings: Any) -> Index:
    """The index in ``folder/store`` of the corpus in ``folder/corpus``."""
    places = {"corpus": folder / "corpus", "store": folder / "store"}
    return Index(load_settings(**(places | settings)), encoder or WordEncoder())


def made(folder: Path, documents: Mapping[str, str] = DOCUMENTS) -> Index:
    """A new corpus and its index."""
    write(folder / "corpus", documents)
    index = open_in(folder)
    sync(index)
    return index


def found(index: Index, text: str = QUESTION, **options: Any) -> list[Quote]:
    return Retriever(index, **options).search(text)


def resync(folder: Path, **settings: Any) -> tuple[SyncReport, WordEncoder]:
    """What a sync reports, and what it had embedded; from a fresh index, as another run would."""
    encoder = WordEncoder()
    index = open_in(folder, encoder, **settings)
    report = sync(index)
    index.close()
    return report, encoder


def leftovers(folder: Path) -> list[str]:
    """What is in the store that its manifest does not name."""
    store, manifest = folder / "store", Manifest.read(folder / "store")
    assert manifest is not None
    index = open_in(folder)
    shards = index.shards()
    collections = {collection.name for collection in shards._client.list_collections()}
    named = {shards._prefix + name for name in manifest.parts}
    index.close()
    folders = [path for path in (store / "chroma").iterdir() if path.is_dir()]
    expected = {MANIFEST, *manifest.parts, "chroma", "lock", "store-id"}
    surplus = [path.name for path in store.iterdir() if path.name not in expected]
    return [*surplus, *(collections ^ named), *(p.name for p in folders[len(named) :])]


def slices(snapshot: Snapshot, quotes: list[Quote]) -> bool:
    texts = {info.id: snapshot.source(number).text for number, info in enumerate(snapshot.infos)}
    return all(texts[q.source.id][q.start : q.end] == q.text for q in quotes)


_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(
    ["tests.helpers.indexes", "tests.store.test_crashes"]
)  # imports take seconds: once for all children


@cache
def _start_fork_server() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))  # Python 3.11 does not hand sys.path on
        forkserver.ensure_running()


def child(target: Callable[..., None], *args: Any) -> multiprocessing.process.BaseProcess:
    """Another process that runs ``target``; it shares nothing with this one."""
    _start_fork_server()
    process = _processes.Process(target=target, args=args, daemon=True)
    process.start()
    return process


def finished(process: multiprocessing.process.BaseProcess, seconds: float = 60) -> int | None:
    process.join(seconds)
    return process.exitcode


def sync_here(folder: Path, settings: Mapping[str, Any] | None = None) -> None:
    """For a child: bring the store in step."""
    sync(open_in(folder, **(settings or {})), progress=no_progress)


FLEET = "".join(f"La flotte numéro {n} compte des navires.\n\n" for n in range(12))
