"""LlamaIndex as its guide has it, to compare with."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from typing import Any

import chromadb
from chromadb.config import Settings as ChromaSettings
from llama_index.core import Document, StorageContext, VectorStoreIndex
from llama_index.core.node_parser import SentenceSplitter
from llama_index.vector_stores.chroma import ChromaVectorStore

from evals.metrics import QUOTES, Result, key
from evals.sets.questions import Question, Slice
from evals.suites.rows import FOUND, searched
from rag.store import Index

CHUNK_SIZE, CHUNK_OVERLAP = 256, 20
"""In tokens."""


class StockLlamaIndex:
    """LlamaIndex's sentence splitter, vector index, Chroma; the same encoder.

    Its chunks are its passages and its quotes. A chunk that is not found in its source as it stands is
    a quote that is not verbatim, at no place.
    """

    name, label = "llamaindex", "Stock LlamaIndex"

    def __init__(self, index: Index) -> None:
        snapshot = index.snapshot()
        sources = [snapshot.source(number) for number in range(len(snapshot.infos))]
        settings = ChromaSettings(_env_file=None, anonymized_telemetry=False)  # type: ignore[call-arg]
        self._client = chromadb.EphemeralClient(settings)
        # embedding_function=None: Chroma's default one would download a model.
        self._collection = self._client.create_collection(f"stock-{uuid.uuid4()}", embedding_function=None)
        splitter = SentenceSplitter(chunk_size=CHUNK_SIZE, chunk_overlap=CHUNK_OVERLAP)
        nodes = splitter.get_nodes_from_documents([Document(text=s.text, doc_id=s.id) for s in sources])
        self._place = locate(nodes, {source.id: source.text for source in sources})
        self.units = list(self._place.values())
        store = ChromaVectorStore(chroma_collection=self._collection)
        built = VectorStoreIndex(
            nodes,
            storage_context=StorageContext.from_defaults(vector_store=store),
            embed_model=index.encoder,
        )
        self._retriever = built.as_retriever(similarity_top_k=FOUND)

    def run(self, question: Question) -> Result:
        """The chunks that its retriever gives."""
        begun = time.perf_counter()
        found = self._retriever.retrieve(searched(question))
        milliseconds = 1000 * (time.perf_counter() - begun)
        places = [self._place[item.node.node_id] for item in found]
        return Result(
            quotes=tuple(places[:QUOTES]),
            passages=tuple(key(place) for place in places),
            guess=places[0] if places else None,
            answered=None,
            confidence=float(found[0].score or 0.0) if found else 0.0,
            milliseconds=milliseconds,
        )

    def close(self) -> None:
        """Drop its collection."""
        self._client.delete_collection(self._collection.name)


def locate(nodes: Sequence[Any], texts: dict[str, str]) -> dict[str, Slice]:
    """Where each chunk stands in its source, by exact search; ``-1`` where it does not."""
    places: dict[str, Slice] = {}
    begun: dict[str, int] = {}
    for node in nodes:
        source, text = str(node.ref_doc_id), node.get_content()
        start = texts[source].find(text, begun.get(source, 0))
        begun[source] = max(start, begun.get(source, 0))
        places[node.node_id] = Slice(source, start, start + len(text) if start >= 0 else -1, text)
    return places
