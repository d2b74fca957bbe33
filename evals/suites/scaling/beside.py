"""What is measured beside Réplique: stock LlamaIndex, the encoder alone, Chroma alone."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import chromadb
import numpy as np
from chromadb.config import Settings as ChromaSettings
from llama_index.core import Document, VectorStoreIndex
from llama_index.core.node_parser import SentenceSplitter
from llama_index.vector_stores.chroma import ChromaVectorStore

from evals import SEED
from evals.suites.rows import FOUND
from evals.suites.stock import CHUNK_OVERLAP, CHUNK_SIZE
from rag.encoders import load_encoder
from rag.settings import load_settings

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_READ = 1000
"""Sentences that the encoder is timed on, at least, where there are so many."""


def text_of(file: Path) -> str:
    """The text of a document, without its front matter."""
    return file.read_text(encoding="utf-8").split("\n---\n", 1)[1]


def _client(folder: Path) -> ClientAPI:
    settings = ChromaSettings(_env_file=None, anonymized_telemetry=False)  # type: ignore[call-arg]
    return chromadb.PersistentClient(path=folder, settings=settings)


class Stock:
    """LlamaIndex's sentence splitter and vector index over Chroma on disk, as its guide has them.

    Args:
        folder: where Chroma keeps its files; what is there is opened.
    """

    def __init__(self, folder: Path) -> None:
        # embedding_function=None: Chroma's default one would download a model.
        self._collection = _client(folder).get_or_create_collection("stock", embedding_function=None)
        store = ChromaVectorStore(chroma_collection=self._collection)
        encoder = load_encoder(load_settings().embed_model)
        encoder.get_query_embedding("?")
        self._index = VectorStoreIndex.from_vector_store(store, embed_model=encoder)
        self._splitter = SentenceSplitter(chunk_size=CHUNK_SIZE, chunk_overlap=CHUNK_OVERLAP)
        self._retriever = self._index.as_retriever(similarity_top_k=FOUND)

    def add(self, files: Sequence[Path]) -> None:
        """Index documents."""
        documents = [Document(text=text_of(file), doc_id=file.stem) for file in files]
        self._index.insert_nodes(self._splitter.get_nodes_from_documents(documents))

    def first(self, question: str) -> str:
        """The text of the first chunk found."""
        found = self._retriever.retrieve(question)
        return found[0].node.get_content() if found else ""

    def count(self) -> int:
        """How many chunks there are."""
        return self._collection.count()


def encoder_floor(files: Sequence[Path]) -> dict[str, Any]:
    """Tokens a second of the encoder, given whole passages, on all cores."""
    from rag.encoders import OwnEncoder
    from rag.reader import Passage, load_pairs
    from rag.text import segment

    passages: list[Passage] = []
    sentences = 0
    for file in files:
        text = text_of(file)
        for each in segment(text):
            slices = tuple((s.start - each.start, s.end - each.start) for s in each.sentences)
            passages.append(Passage(text[each.start : each.end], slices))
            sentences += len(slices)
        if sentences >= _READ:
            break
    encoder, pairs = OwnEncoder(), load_pairs()
    encoder.passages(passages[:8])
    tokens = sum(len(pairs.alone(passage).ids) for passage in passages)
    begun = time.perf_counter()
    encoder.passages(passages)
    seconds = time.perf_counter() - begun
    return {"tokens_per_s": tokens / seconds, "tokens_per_sentence": tokens / sentences}


def chroma_floor(folder: Path, count: int, batch: int = 1000) -> dict[str, Any]:
    """Vectors a second that Chroma takes, as wide as ours, with nothing besides."""
    collection = _client(folder).create_collection("bare", embedding_function=None)
    vectors = np.random.default_rng(SEED).normal(size=(count, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    begun = time.perf_counter()
    for first in range(0, count, batch):
        part = vectors[first : first + batch]
        collection.add(ids=[str(first + n) for n in range(len(part))], embeddings=part)
    return {"insertions_per_s": count / (time.perf_counter() - begun), "inserted": count}
