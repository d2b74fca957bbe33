"""One committed state of the index, open for reading, with Chroma's index of its passages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from llama_index.core.schema import TextNode
from llama_index.core.vector_stores.types import (
    BasePydanticVectorStore,
    VectorStoreQuery,
    VectorStoreQueryResult,
)
from llama_index.core.vector_stores.utils import build_metadata_filter_fn
from numpy.typing import NDArray
from pydantic import PrivateAttr

from rag.errors import StoreError
from rag.store.chroma import store_errors
from rag.store.edition import Edition, damage
from rag.store.manifest import Manifest
from rag.store.part import open_part
from rag.store.shards import Shards
from rag.types import Level

LOOKED_THROUGH = 20_000
"""Where fewer passages are asked, their vectors are compared one by one; else Chroma is asked."""
AROUND = 50
"""The nearest sentences are looked for in so many passages more than twice those wanted."""


class Snapshot(Edition):
    """One committed state of the index, open for reading."""

    def __init__(self, store: Path, manifest: Manifest, shards: Shards) -> None:
        with damage():
            parts = {name: open_part(store / name) for name in manifest.parts}
            super().__init__([(parts[entry.part], entry.number) for entry in manifest.sources])
        self.manifest = manifest
        self._shards = shards  # they close when nobody holds them
        self._named = [(name, part, self._rows.of_part(part, "passage")) for name, part in parts.items()]

    def nearest(
        self,
        level: Level,
        vector: Sequence[float],
        k: int,
        voices: frozenset[int] | None = None,
        terms: Sequence[str] = (),
    ) -> dict[int, float]:
        """Rows nearest to a question, with their cosine similarity, best first.

        Sentences are those of the passages that are nearest.

        Args:
            level: sentences or passages.
            vector: embedding of the question.
            k: about how many; all there are, when there are fewer.
            voices: numbers of those asked; ``None`` for all.
            terms: those of the question, for a Chroma that indexes terms.
        """
        if level == "passage":
            rows = self._near_passages(vector, k, voices, terms)
        else:
            rows = self._sentences_of(self._near_passages(vector, AROUND + 2 * k, voices, terms), voices)
        found = self.cosines(level, rows, vector)
        order = np.lexsort((rows, -found))[:k]
        return dict(zip(rows[order].tolist(), found[order].tolist(), strict=True))

    def _near_passages(
        self, vector: Sequence[float], k: int, voices: frozenset[int] | None, terms: Sequence[str]
    ) -> NDArray[np.int64]:
        asked = None if voices is None else self.heard.rows_of("passage", voices)
        if asked is not None and np.count_nonzero(asked) <= LOOKED_THROUGH:
            rows = np.flatnonzero(asked)
            return rows[self._packed("passage", rows).any(axis=1)]
        found = [self._of_part(number, vector, k, asked, terms) for number in range(len(self._named))]
        return np.unique(np.concatenate(found)) if found else np.array([], np.int64)

    def _of_part(
        self,
        number: int,
        vector: Sequence[float],
        k: int,
        asked: NDArray[np.bool_] | None,
        terms: Sequence[str],
    ) -> NDArray[np.int64]:
        """Nearest live passages of one part; asks for more while others take their places."""
        name, part, moved = self._named[number]
        wanted = k
        while True:
            found = self._shards.nearest(name, part, vector, terms, min(wanted, max(len(moved), 1)))
            live = moved[found].astype(np.int64)
            live = live[live >= 0] if asked is None else live[(live >= 0) & asked[live]]
            if len(live) >= k or len(found) < wanted:
                return live
            wanted *= 2

    def _sentences_of(self, passages: NDArray[np.int64], voices: frozenset[int] | None) -> NDArray[np.int64]:
        first, last = self.passages["first"][passages], self.passages["last"][passages]
        ranges = [np.arange(a, b + 1, dtype=np.int64) for a, b in zip(first, last, strict=True)]
        rows: NDArray[np.int64] = np.concatenate([*ranges, np.array([], np.int64)])
        kept = self.sentences["quotable"][rows] > 0
        if voices is not None:
            kept &= self.heard.rows_of("sentence", voices)[rows]
        return rows[kept]

    def vector_store(self, level: Level) -> SnapshotVectors:
        """The units of this state as a LlamaIndex vector store, for engines of one's own."""
        return SnapshotVectors(self, level)


class SnapshotVectors(BasePydanticVectorStore):
    """The sentences or the passages of one snapshot as a LlamaIndex vector store, for reading.

    A node's text is the slice ``start_char_idx:end_char_idx`` of the text of its metadata's ``source``.
    It shows the index as it was; take a new one after a sync.
    """

    stores_text: bool = True
    flat_metadata: bool = True
    _snapshot: Snapshot = PrivateAttr()
    _level: Level = PrivateAttr()

    def __init__(self, snapshot: Snapshot, level: Level) -> None:
        super().__init__(stores_text=True)
        self._snapshot, self._level = snapshot, level

    @property
    def client(self) -> Snapshot:
        """What it reads."""
        return self._snapshot

    def query(self, query: VectorStoreQuery, **kwargs: Any) -> VectorStoreQueryResult:
        """The nearest units, most similar first, of the sources whose metadata pass the filters.

        Raises:
            StoreError: a sync has replaced the snapshot meanwhile.
        """
        with store_errors():
            found = self._snapshot.nearest(
                self._level, query.query_embedding or (), query.similarity_top_k, self._asked(query)
            )
        nodes = [self._node(row) for row in found]
        return VectorStoreQueryResult(
            nodes=nodes, similarities=list(found.values()), ids=[node.node_id for node in nodes]
        )

    def _asked(self, query: VectorStoreQuery) -> frozenset[int] | None:
        """Numbers of the voices of the sources that pass the filters of a query."""
        if query.filters is None:
            return None
        infos, voices = self._snapshot.infos, self._snapshot.heard.voices
        told = {str(number): self._metadata(number) for number in range(len(infos))}
        passing = build_metadata_filter_fn(told.__getitem__, query.filters)
        return frozenset(n for n, voice in enumerate(voices) if passing(str(voice.number)))

    def _metadata(self, source: int) -> dict[str, Any]:
        info = self._snapshot.infos[source]
        told = {"source": info.id, "title": info.title, "side": info.side, "date": info.date}
        return {**told, "sha256": info.sha256, "level": self._level}

    def _node(self, row: int) -> TextNode:
        source = int(self._snapshot.rows(self._level)["source"][row])
        start, end = self._snapshot.span(self._level, row)
        return TextNode(
            id_=f"{self._snapshot.infos[source].id}:{self._level}:{start}-{end}",
            text=self._snapshot.text_of(self._level, row),
            start_char_idx=start,
            end_char_idx=end,
            metadata=self._metadata(source),
        )

    def add(self, nodes: Sequence[Any], **kwargs: Any) -> NoReturn:
        """Refused: documents come in by way of the corpus folder."""
        raise StoreError("index_for_reading_add")

    def delete(self, ref_doc_id: str, **delete_kwargs: Any) -> NoReturn:
        """Refused, as :meth:`add` is."""
        raise StoreError("index_for_reading_delete")
