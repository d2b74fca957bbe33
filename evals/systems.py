"""What is measured: Réplique, and beside it plainer ways to find the same words."""

from __future__ import annotations

import time
import uuid
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from numpy.typing import NDArray

from evals.metrics import DEPTH, QUOTES, Result, key
from evals.questions import Question, Slice
from rag.answer import Assistant
from rag.encoders.e5 import E5Encoder
from rag.encoders.use import EmbeddedEncoder
from rag.quotes import quotable_span
from rag.search import Query, find_hits, make_query, read_question
from rag.search.features import analyse
from rag.search.find import CANDIDATES, find_fused
from rag.search.rank import fuse
from rag.store import Index, Snapshot
from rag.text import query_terms
from rag.types import Level, Quote

FOUND = 3 * DEPTH
"""How many passages a system gives: of reading sets, several can be of one document."""
CHUNK_SIZE, CHUNK_OVERLAP = 256, 20
"""Of the stock LlamaIndex pipeline, in tokens."""

Scores = NDArray[np.float32]


class System(Protocol):
    """Something that finds words for a question.

    Attributes:
        name: short name, for the report.
        label: for people.
        units: the passages that it can find.
    """

    name: str
    label: str
    units: Sequence[Slice]

    def run(self, question: Question) -> Result:
        """Quotes and passages for a question; only the search and the answer are timed."""
        ...


class Ours:
    """Réplique as it answers."""

    name, label = "ours", "Réplique"

    def __init__(self, index: Index) -> None:
        self.assistant = Assistant(index)
        self.units = passage_units(index.snapshot())

    def run(self, question: Question) -> Result:
        """Ask; the passages are those that its search gives for the same question."""
        begun = time.perf_counter()
        answer = self.assistant.ask(question.text, history=question.history)
        milliseconds = 1000 * (time.perf_counter() - begun)
        snapshot = self.assistant.index.snapshot()
        hits = find_hits(
            snapshot, make_query(snapshot, self.assistant.index, read_question(searched(question)))
        )
        quotes = tuple(_slice(quote) for quote in answer.quotes)
        shown = (*quotes, *(_slice(quote) for quote in answer.near))
        return Result(
            quotes=quotes,
            passages=_keys(snapshot, hits.passages),
            guess=shown[0] if shown else None,
            answered=answer.answerable,
            confidence=answer.confidence,
            milliseconds=milliseconds,
        )


class _Searched(ABC):
    """A search whose first sentences are taken as quotes; it cannot stay silent."""

    name = label = ""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.units = passage_units(index.snapshot())

    def run(self, question: Question) -> Result:
        snapshot, text = self.index.snapshot(), searched(question)
        begun = time.perf_counter()
        query = self.query(snapshot, text)
        passages = self.passages(snapshot, query)
        milliseconds = 1000 * (time.perf_counter() - begun)
        scores = np.where(snapshot.sentences["quotable"] > 0, self.sentences(snapshot, query), -np.inf)
        order = best_rows(scores, QUOTES)
        quotes = tuple(sentence_slice(snapshot, int(row)) for row in order if scores[row] > 0)
        return Result(
            quotes=quotes,
            passages=_keys(snapshot, passages),
            guess=quotes[0] if quotes else None,
            answered=None,
            confidence=float(scores[order[0]]) if len(order) else 0.0,
            milliseconds=milliseconds,
        )

    def query(self, snapshot: Snapshot, text: str) -> Query:
        """The question without what only the ranker needs."""
        vector = plain_encoder(self.index).get_query_embedding(text)
        return unranked(snapshot, text, vector)

    @abstractmethod
    def passages(self, snapshot: Snapshot, query: Query) -> Sequence[int]:
        """Rows of passages, best first."""

    @abstractmethod
    def sentences(self, snapshot: Snapshot, query: Query) -> Scores:
        """Score of every sentence."""


class Lexical(_Searched):
    """BM25 alone, over passages and over sentences."""

    name, label = "bm25", "BM25 alone"

    def query(self, snapshot: Snapshot, text: str) -> Query:
        """The question's terms; it needs no vector."""
        return unranked(snapshot, text, [])

    def passages(self, snapshot: Snapshot, query: Query) -> Sequence[int]:
        """Passages that share a term, best first."""
        scores = snapshot.bm25["passage"].share(query.terms)
        return [int(row) for row in best_rows(scores, FOUND) if scores[row] > 0]

    def sentences(self, snapshot: Snapshot, query: Query) -> Scores:
        """BM25 share of every sentence."""
        return snapshot.bm25["sentence"].share(query.terms)


class Dense(_Searched):
    """The encoder alone, over passages and over sentences."""

    name, label = "encoder", "Encoder alone"

    def passages(self, snapshot: Snapshot, query: Query) -> Sequence[int]:
        """Nearest passages, best first."""
        return list(snapshot.nearest("passage", query.vector, FOUND))

    def sentences(self, snapshot: Snapshot, query: Query) -> Scores:
        """Cosine of every sentence near the question."""
        return similarities(snapshot, "sentence", query)


class Fused(_Searched):
    """Plain fusion of the two: what Réplique starts from, without its ranker."""

    name, label = "fusion", "Plain fusion"

    def passages(self, snapshot: Snapshot, query: Query) -> Sequence[int]:
        """Passages by plain fusion, best first."""
        rows: Sequence[int] = find_fused(snapshot, query)[0].tolist()
        return rows

    def sentences(self, snapshot: Snapshot, query: Query) -> Scores:
        """The same fusion, of each sentence's own scores with those of its passage."""
        home = snapshot.sentences["passage"]
        return fuse(
            snapshot.bm25["passage"].share(query.terms)[home],
            similarities(snapshot, "passage", query)[home],
            snapshot.bm25["sentence"].share(query.terms),
            similarities(snapshot, "sentence", query),
            snapshot.encoder,
        )


class StockLlamaIndex:
    """LlamaIndex as its guide has it: sentence splitter, vector index, Chroma; the same encoder.

    Its chunks are its passages and its quotes. A chunk that is not found in its source as it stands is
    a quote that is not verbatim, at no place.
    """

    name, label = "llamaindex", "Stock LlamaIndex"

    def __init__(self, index: Index) -> None:
        import chromadb
        from chromadb.config import Settings as ChromaSettings
        from llama_index.core import Document, StorageContext, VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter
        from llama_index.vector_stores.chroma import ChromaVectorStore

        snapshot = index.snapshot()
        sources = [snapshot.source(number) for number in range(len(snapshot.infos))]
        self._client = chromadb.EphemeralClient(ChromaSettings(_env_file=None, anonymized_telemetry=False))
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
            embed_model=plain_encoder(index),
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


def all_systems(index: Index) -> list[System]:
    """The systems of one table."""
    return [Ours(index), Lexical(index), Dense(index), Fused(index), StockLlamaIndex(index)]


# --- rows and slices ------------------------------------------------------------------------------


def plain_encoder(index: Index) -> BaseEmbedding:
    """The encoder of the index as it comes, without our adapter."""
    encoder = index.encoder
    return type(encoder)(adapted=False) if isinstance(encoder, EmbeddedEncoder | E5Encoder) else encoder


def unranked(snapshot: Snapshot, text: str, vector: Sequence[float]) -> Query:
    """What is looked for, without what only the ranker needs."""
    terms = query_terms(text, {info.language for info in snapshot.infos})
    nothing = read_question("")
    return Query(read_question(text), vector, terms, analyse(nothing, lambda words: []), None)


def searched(question: Question) -> str:
    """What is looked for; a follow-up is put back into its conversation, for every system alike."""
    return read_question(question.text, question.history).text


def passage_units(snapshot: Snapshot) -> list[Slice]:
    """The passages of the index."""
    return [_passage(snapshot, row) for row in range(len(snapshot.passages["start"]))]


def _passage(snapshot: Snapshot, row: int) -> Slice:
    cell = {name: int(values[row]) for name, values in snapshot.passages.items()}
    return Slice(snapshot.infos[cell["source"]].id, cell["start"], cell["end"])


def _keys(snapshot: Snapshot, rows: Sequence[int]) -> tuple[str, ...]:
    return tuple(key(_passage(snapshot, int(row))) for row in list(rows)[:FOUND])


def sentence_slice(snapshot: Snapshot, row: int) -> Slice:
    """A sentence as it would be quoted, without list marker."""
    source, sentence = snapshot.sentence(row)
    start, end = quotable_span(source.text, sentence.start, sentence.end)
    return Slice(source.id, start, end, source.text[start:end])


def _slice(quote: Quote) -> Slice:
    return Slice(quote.source.id, quote.start, quote.end, quote.text)


def best_rows(scores: Scores, count: int) -> NDArray[np.int64]:
    """Rows of the best scores, best first, ties by row."""
    order: NDArray[np.int64] = np.argsort(-scores, kind="stable")[:count]
    return order


def similarities(snapshot: Snapshot, level: Level, query: Query) -> Scores:
    """Cosine of every row; what the search does not bring in is as near as the last that it does."""
    near = snapshot.nearest(level, query.vector, CANDIDATES)
    scores = np.full(len(snapshot.rows(level)["start"]), min(near.values(), default=0.0), np.float32)
    scores[list(near)] = list(near.values())
    return scores
