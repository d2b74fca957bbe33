"""One committed state of the index, open for reading, with its vectors."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from llama_index.core.schema import BaseNode
from llama_index.core.vector_stores.types import (
    BasePydanticVectorStore,
    VectorStoreQuery,
    VectorStoreQueryResult,
)
from llama_index.vector_stores.chroma import ChromaVectorStore
from numpy.typing import NDArray
from pydantic import PrivateAttr

from rag.errors import StoreError
from rag.store.edition import Edition
from rag.store.manifest import Manifest
from rag.store.nodes import node_id, parse_node_id
from rag.store.shards import LEVELS, Shards, batches, document_id, store_errors, variant
from rag.types import Level, SourceInfo

_Asked = tuple[frozenset[int] | None, NDArray[np.bool_] | None]
"""Numbers of the sources asked, and which rows are; ``None`` for all."""

MOST_FILTERED = 10_000
"""Chroma is asked for certain texts only when they are fewer; SQLite takes 32,766 values in a query."""


class Snapshot(Edition):
    """One committed state of the index, open for reading."""

    def __init__(self, store: Path, manifest: Manifest, segments: Shards) -> None:
        super().__init__(store / manifest.generation, [entry.info for entry in manifest.sources])
        self.manifest = manifest
        self._segments = segments  # they close when nobody holds them
        self._collections = {
            level: [segments.collection(name, level) for name in manifest.segments] for level in LEVELS
        }
        self._by_text: dict[str, list[int]] = {}
        for number, info in enumerate(self.infos):
            self._by_text.setdefault(document_id(info.unit_name), []).append(number)
        self._variant = variant(manifest.encoder, manifest.segmenter)

    def nearest(
        self, level: Level, vector: Sequence[float], k: int, voices: frozenset[int] | None = None
    ) -> dict[int, float]:
        """Rows whose vectors are nearest to a question's, with their cosine similarity.

        Args:
            level: sentences or passages.
            vector: embedding of the question.
            k: about how many; all there are, when there are fewer.
            voices: numbers of those asked; ``None`` for all.
        """
        found: dict[int, float] = {}
        asked = None if voices is None else self.heard.rows_of(level, voices)
        sources = None if voices is None else frozenset(self.heard.voices[number].number for number in voices)
        for collection in self._collections[level] if sources != frozenset() else ():
            found |= self._query(collection, level, vector, k, (sources, asked))
        ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return dict(ranked[:k])

    def _query(
        self, collection: Any, level: Level, vector: Sequence[float], k: int, asked: _Asked
    ) -> dict[int, float]:
        """Nearest live rows of one collection; asks for more while others take their places."""
        where = self._where(asked[0])
        wanted, size = k, collection.count()
        while size:
            result = collection.query(
                query_embeddings=[vector],
                n_results=min(wanted, size),
                where=where,
                include=["distances"],
            )
            ids, distances = result["ids"][0], result["distances"][0]
            live = {
                row: 1.0 - float(distance)
                for identifier, distance in zip(ids, distances, strict=True)
                for row in self._live_rows(level, identifier, asked[1])
            }
            if len(live) >= k or len(ids) < wanted:
                return live
            wanted *= 2
        return {}

    def _where(self, sources: frozenset[int] | None) -> dict[str, Any] | None:
        """Chroma's filter for the texts of some sources; ``None`` when there are too many to list."""
        if sources is None or len(sources) > MOST_FILTERED:
            return None
        return {"units": {"$in": sorted({self.infos[number].unit_name for number in sources})}}

    def _live_rows(self, level: Level, identifier: str, asked: NDArray[np.bool_] | None) -> list[int]:
        """The rows that a vector stands for: one in each source that has its text, of those asked."""
        document, number = parse_node_id(identifier)
        firsts = self.first_rows[level]
        rows = (int(firsts[source]) + number for source in self._by_text.get(document, ()))
        return [row for row in rows if asked is None or asked[row]]

    def info_of(self, identifier: str) -> SourceInfo | None:
        """The first source that has the text of a node; ``None`` when none has it any more."""
        numbers = self._by_text.get(parse_node_id(identifier)[0])
        return self.infos[numbers[0]] if numbers else None

    def vectors(self, level: Level, rows: Sequence[int]) -> dict[int, NDArray[np.float32]]:
        """Embeddings of rows, by row; rows that have none are left out."""
        columns, firsts = self.rows(level)["source"], self.first_rows[level]
        wanted: dict[str, list[int]] = {}
        for row in rows:
            source = int(columns[row])
            document = document_id(self.infos[source].unit_name)
            number = row - int(firsts[source])
            wanted.setdefault(node_id(document, self._variant, level, number), []).append(row)
        found: dict[int, NDArray[np.float32]] = {}
        for collection, ids in itertools.product(self._collections[level], batches(wanted)):
            result = collection.get(ids=ids, include=["embeddings"])
            for identifier, vector in zip(result["ids"], result["embeddings"], strict=True):
                found |= {row: np.asarray(vector, dtype=np.float32) for row in wanted[identifier]}
        return found

    def vector_store(self, level: Level) -> SnapshotVectors:
        """The vectors of this state as a LlamaIndex vector store, for engines of one's own."""
        stores = [ChromaVectorStore(chroma_collection=c) for c in self._collections[level]]
        return SnapshotVectors(self, stores)


class SnapshotVectors(BasePydanticVectorStore):
    """All vectors of one snapshot as one LlamaIndex vector store, for reading.

    A node's text is the slice ``start_char_idx:end_char_idx`` of the text of its metadata's ``source``.
    It shows the index as it was; take a new one after a sync.
    """

    stores_text: bool = True
    flat_metadata: bool = True
    _snapshot: Snapshot = PrivateAttr()
    _stores: list[ChromaVectorStore] = PrivateAttr()

    def __init__(self, snapshot: Snapshot, stores: list[ChromaVectorStore]) -> None:
        super().__init__(stores_text=True)
        self._snapshot = snapshot
        self._stores = stores

    @property
    def client(self) -> Snapshot:
        """What it reads."""
        return self._snapshot

    def query(self, query: VectorStoreQuery, **kwargs: Any) -> VectorStoreQueryResult:
        """The nearest live nodes of all segments, most similar first; see ``ChromaVectorStore.query``.

        Raises:
            StoreError: a sync has replaced the snapshot meanwhile.
        """
        with store_errors():
            found = [node for store in self._stores for node in self._live(store, query, kwargs)]
        found.sort(key=lambda pair: (-pair[1], pair[0].node_id))
        best = found[: query.similarity_top_k]
        return VectorStoreQueryResult(
            nodes=[node for node, _ in best],
            similarities=[similarity for _, similarity in best],
            ids=[node.node_id for node, _ in best],
        )

    def _live(
        self, store: ChromaVectorStore, query: VectorStoreQuery, options: dict[str, Any]
    ) -> list[tuple[BaseNode, float]]:
        """Nearest live nodes of one segment; asks for more while dead ones take their places."""
        wanted = query.similarity_top_k
        while True:
            result = store.query(replace(query, similarity_top_k=wanted), **options)
            nodes = result.nodes or ()
            scored = zip(nodes, result.similarities or [0.0] * len(nodes), strict=True)
            live = [(node, score) for node, score in scored if self._described(node)]
            if len(live) >= query.similarity_top_k or len(nodes) < wanted:
                return live
            wanted *= 2

    def _described(self, node: BaseNode) -> bool:
        """Say in a node's metadata whose words it has; whether it is live."""
        info = self._snapshot.info_of(node.node_id)
        if info is not None:
            node.metadata |= {"source": info.id, "title": info.title, "side": info.side, "date": info.date}
        return info is not None

    def add(self, nodes: Sequence[BaseNode], **kwargs: Any) -> NoReturn:
        """Refused: documents come in by way of the corpus folder."""
        raise StoreError("index_for_reading_add")

    def delete(self, ref_doc_id: str, **delete_kwargs: Any) -> NoReturn:
        """Refused, as :meth:`add` is."""
        raise StoreError("index_for_reading_delete")
