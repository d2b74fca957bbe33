"""What is measured: Réplique, and beside it plainer ways to find the same words."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from evals.metrics import QUOTES, Result
from evals.sets.questions import Question, Slice
from evals.suites.rows import (
    FOUND,
    passage_keys,
    passage_units,
    quote_slice,
    searched,
    sentence_slice,
)
from evals.suites.stock import StockLlamaIndex
from rag.answer import Assistant
from rag.search import Query, best_hits, make_query, read_question
from rag.search.find import CANDIDATES, find_candidates, passage_fusion
from rag.search.rank import fuse
from rag.store import Index, Scored, Snapshot
from rag.text import query_terms
from rag.types import Level

Scores = NDArray[np.float32]


class System(Protocol):
    """Something that finds words for a question.

    Attributes:
        name: short name, for the report.
        label: for people.
    """

    name: str
    label: str

    @property
    def units(self) -> Sequence[Slice]:
        """The passages that it can find."""
        ...

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
        asked = read_question(question.text, question.history, infos=snapshot.infos)
        query = make_query(snapshot, self.assistant.index, asked)
        hits = best_hits(snapshot, self.assistant.index, self.assistant.index.settings, query)
        quotes = tuple(quote_slice(quote) for quote in answer.quotes)
        shown = (*quotes, *(quote_slice(quote) for quote in answer.near))
        return Result(
            quotes=quotes,
            passages=passage_keys(snapshot, hits.passages),
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
        found = self.sentences(snapshot, query).among(snapshot.sentences["quotable"] > 0)
        order = found.top(QUOTES)
        scores = found.at(order)
        quotes = tuple(sentence_slice(snapshot, int(row)) for row in order[scores > 0])
        return Result(
            quotes=quotes,
            passages=passage_keys(snapshot, passages),
            guess=quotes[0] if quotes else None,
            answered=None,
            confidence=float(scores[0]) if len(order) else 0.0,
            milliseconds=milliseconds,
        )

    def query(self, snapshot: Snapshot, text: str) -> Query:
        """The question without what only the ranker needs."""
        vector = self.index.encoder.get_query_embedding(text)
        return unranked(snapshot, text, vector)

    @abstractmethod
    def passages(self, snapshot: Snapshot, query: Query) -> Sequence[int]:
        """Rows of passages, best first."""

    @abstractmethod
    def sentences(self, snapshot: Snapshot, query: Query) -> Scored:
        """Scores of the sentences."""


class Lexical(_Searched):
    """BM25 alone, over passages and over sentences."""

    name, label = "bm25", "BM25 alone"

    def query(self, snapshot: Snapshot, text: str) -> Query:
        """The question's terms; it needs no vector."""
        return unranked(snapshot, text, [])

    def passages(self, snapshot: Snapshot, query: Query) -> Sequence[int]:
        """Passages that share a term, best first."""
        rows: list[int] = snapshot.lexical.share("passage", query.terms).top(FOUND).tolist()
        return rows

    def sentences(self, snapshot: Snapshot, query: Query) -> Scored:
        """BM25 shares of the sentences that share a term."""
        return snapshot.lexical.share("sentence", query.terms)


class Dense(_Searched):
    """The encoder alone, over passages and over sentences."""

    name, label = "encoder", "Encoder alone"

    def passages(self, snapshot: Snapshot, query: Query) -> Sequence[int]:
        """Nearest passages, best first."""
        return list(snapshot.nearest("passage", query.vector, FOUND))

    def sentences(self, snapshot: Snapshot, query: Query) -> Scored:
        """Cosine of every sentence near the question."""
        return _all_rows(similarities(snapshot, "sentence", query))


class Fused(_Searched):
    """Plain fusion of the two: what Réplique starts from, without its ranker."""

    name, label = "fusion", "Plain fusion"

    def passages(self, snapshot: Snapshot, query: Query) -> Sequence[int]:
        """Passages by plain fusion, best first."""
        return find_fused(snapshot, query)

    def sentences(self, snapshot: Snapshot, query: Query) -> Scored:
        """The same fusion, of each sentence's own scores with those of its passage."""
        home = snapshot.sentences["passage"]
        fused = fuse(
            snapshot.lexical.share("passage", query.terms).at(home),
            similarities(snapshot, "passage", query)[home],
            snapshot.lexical.share("sentence", query.terms).at(np.arange(len(home))),
            similarities(snapshot, "sentence", query),
        )
        return _all_rows(fused)


def all_systems(index: Index) -> list[System]:
    """The systems of one table."""
    return [Ours(index), Lexical(index), Dense(index), Fused(index), StockLlamaIndex(index)]


def unranked(snapshot: Snapshot, text: str, vector: Sequence[float]) -> Query:
    """What is looked for, without what only the ranker needs."""
    terms = query_terms(text, {info.language for info in snapshot.infos})
    return Query(read_question(text), vector, terms, None)


def find_fused(snapshot: Snapshot, query: Query) -> list[int]:
    """Rows of the passages that plain fusion finds, best first, ties by row."""
    sentences, passages = find_candidates(snapshot, query, CANDIDATES)
    fused = passage_fusion(snapshot, sentences, passages)
    order = np.lexsort((passages.rows, -fused))
    return [int(row) for row in passages.rows[order]]


def _all_rows(scores: Scores) -> Scored:
    return Scored(np.arange(len(scores)), scores)


def similarities(snapshot: Snapshot, level: Level, query: Query) -> Scores:
    """Cosine of every row; what the search does not bring in is as near as the last that it does."""
    near = snapshot.nearest(level, query.vector, CANDIDATES)
    scores = np.full(len(snapshot.rows(level)["start"]), min(near.values(), default=0.0), np.float32)
    scores[list(near)] = list(near.values())
    return scores
