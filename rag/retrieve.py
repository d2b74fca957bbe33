"""Hybrid search: dense and BM25 candidates, fused at passage and at sentence level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode
from numpy.typing import NDArray

from rag.errors import InputError, UnknownSource
from rag.generation import Level
from rag.index import LEVELS, Index, Snapshot
from rag.lexical import query_terms
from rag.quote import check, quotable_span
from rag.rank import Features, Scores, passage_scores, sentence_scores
from rag.types import Quote

CANDIDATES = 100
"""How many sentences, and how many passages, each kind of search brings in."""

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    Attributes:
        text: the question as it is searched.
        vector: its embedding.
        terms: its distinct terms.
        sources: numbers of the sources asked; ``None`` for all.
    """

    text: str
    vector: Sequence[float]
    terms: Sequence[str]
    sources: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Hits:
    """Candidates, each level ordered best first (ties by row).

    Attributes:
        sentences, passages: rows.
        sentence_scores, passage_scores: fused scores, 0 to 1.
        sentence_features, passage_features: what they were fused from.
    """

    sentences: Rows
    sentence_scores: Scores
    sentence_features: Features
    passages: Rows
    passage_scores: Scores
    passage_features: Features


def make_query(
    snapshot: Snapshot,
    index: Index,
    text: str,
    sides: Sequence[str] = (),
    sources: Sequence[str] = (),
) -> Query:
    """Embed and analyse a question.

    Args:
        snapshot: the state of the index to be searched.
        index: for its encoder.
        text: the question.
        sides, sources: names of the only ones to search; empty for all.

    Raises:
        InputError: a side that no source has.
        UnknownSource: a source id that the index does not hold.
    """
    languages = {info.language for info in snapshot.infos}
    return Query(
        text=text,
        vector=index.encoder.get_query_embedding(text),
        terms=query_terms(text, languages),
        sources=asked_sources(snapshot, sides, sources),
    )


def asked_sources(snapshot: Snapshot, sides: Sequence[str], sources: Sequence[str]) -> frozenset[int] | None:
    """Numbers of the sources of some sides or with some ids; ``None`` when all are asked.

    Raises:
        InputError, UnknownSource: see :func:`make_query`.
    """
    known_sides = sorted({info.side for info in snapshot.infos if info.side is not None})
    for side in sides:
        if side not in known_sides:
            raise InputError(f"no source has the side {side!r}; there are: {_listed(known_sides)}")
    known = {info.id for info in snapshot.infos}
    for source in sources:
        if source not in known:
            raise UnknownSource(f"no source {source!r}: `replique sources` lists them")
    if not sides and not sources:
        return None
    return frozenset(
        number
        for number, info in enumerate(snapshot.infos)
        if (not sides or info.side in sides) and (not sources or info.id in sources)
    )


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:10]) or "none"
    return shown + (f" and {len(names) - 10} more" if len(names) > 10 else "")


def find(snapshot: Snapshot, query: Query, candidates: int = CANDIDATES) -> Hits:
    """Rank the sentences and passages of a snapshot for a question."""
    lexical = {level: _lexical(snapshot, level, query) for level in LEVELS}
    dense = {
        level: snapshot.nearest(level, query.vector, candidates, query.sources) for level in LEVELS
    }
    passages = _candidate_passages(snapshot, lexical, dense, candidates)
    sentences = _sentences_in(snapshot, passages)
    own = Features(lexical["sentence"][sentences], _similarities(dense["sentence"], sentences))
    around = Features(lexical["passage"][passages], _similarities(dense["passage"], passages))
    home = np.searchsorted(passages, snapshot.sentences["passage"][sentences])
    scored_passages = passage_scores(around, _best_per_passage(own, home, len(passages)))
    scored_sentences = sentence_scores(own, scored_passages[home])
    by_sentence = np.lexsort((sentences, -scored_sentences))
    by_passage = np.lexsort((passages, -scored_passages))
    return Hits(
        sentences=sentences[by_sentence],
        sentence_scores=scored_sentences[by_sentence],
        sentence_features=_ordered(own, by_sentence),
        passages=passages[by_passage],
        passage_scores=scored_passages[by_passage],
        passage_features=_ordered(around, by_passage),
    )


def _lexical(snapshot: Snapshot, level: Level, query: Query) -> Scores:
    """BM25 of every row, as a share of what the question's terms weigh; 0 for sources not asked."""
    bm25 = snapshot.bm25[level]
    weight = sum(bm25.idf(term) for term in query.terms)
    scores = bm25.scores(query.terms) / weight if weight else bm25.scores(())
    if query.sources is not None:
        scores = scores * np.isin(snapshot.rows(level)["source"], list(query.sources))
    return scores.astype(np.float32)


def _candidate_passages(
    snapshot: Snapshot,
    lexical: dict[Level, Scores],
    dense: dict[Level, dict[int, float]],
    candidates: int,
) -> Rows:
    """Rows of passages that any search brought in, itself or through a sentence; sorted."""
    home = snapshot.sentences["passage"]
    sentences = np.union1d(_top(lexical["sentence"], candidates), _rows(dense["sentence"]))
    passages = np.union1d(_top(lexical["passage"], candidates), _rows(dense["passage"]))
    return np.union1d(home[sentences], passages).astype(np.int64)


def _rows(found: dict[int, float]) -> Rows:
    return np.fromiter(found, dtype=np.int64, count=len(found))


def _top(scores: Scores, count: int) -> Rows:
    """Rows of the ``count`` best scores above 0."""
    if len(scores) > count:
        best = np.argpartition(-scores, count)[:count]
        return best[scores[best] > 0].astype(np.int64)
    return np.flatnonzero(scores > 0).astype(np.int64)


def _sentences_in(snapshot: Snapshot, passages: Rows) -> Rows:
    """Rows of the sentences of some passages that hold any word; sorted."""
    firsts, lasts = snapshot.passages["first"][passages], snapshot.passages["last"][passages]
    ranges = [np.arange(first, last + 1) for first, last in zip(firsts, lasts, strict=True)]
    rows = np.concatenate(ranges) if ranges else np.array([], dtype=np.int64)
    quotable: Rows = rows[snapshot.sentences["quotable"][rows] > 0].astype(np.int64)
    return quotable


def _similarities(found: dict[int, float], rows: Rows) -> Scores:
    """Similarity of each row; what the search did not bring in is at most as near as its last."""
    floor = min(found.values(), default=0.0)
    return np.array([found.get(int(row), floor) for row in rows], dtype=np.float32)


def _best_per_passage(own: Features, home: NDArray[np.intp], count: int) -> Features:
    best = {}
    for name, values in (("lexical", own.lexical), ("dense", own.dense)):
        best[name] = np.full(count, -1.0 if name == "dense" else 0.0, dtype=np.float32)
        np.maximum.at(best[name], home, values)
    return Features(**best)


def _ordered(features: Features, order: NDArray[np.intp]) -> Features:
    return Features(features.lexical[order], features.dense[order])


def passage_quote(snapshot: Snapshot, row: int, score: float) -> Quote:
    """A whole passage as a checked quote."""
    cell = {name: int(column[row]) for name, column in snapshot.passages.items()}
    source, first = snapshot.sentence(cell["first"])
    start, end = quotable_span(source.text, cell["start"], cell["end"])
    text = source.text[start:end]
    quote = Quote(0, source.info, first.place, start, end, text, before="", after="", score=score)
    return check(quote, source)


class Retriever(BaseRetriever):
    """Réplique's search as a LlamaIndex retriever, to be put into an engine of one's own.

    Its nodes are passages, best first; each carries ``start_char_idx`` and ``end_char_idx`` in the
    source's text, and metadata ``source``, ``title``, ``side``, ``date``, ``sha256``.

    Args:
        index: an index that has been synchronised.
        k: how many passages.
        sides, sources: the only ones to search; empty for all.
    """

    def __init__(
        self,
        index: Index,
        k: int = 10,
        sides: Sequence[str] = (),
        sources: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.index = index
        self.k = k
        self.sides = sides
        self.sources = sources

    def search(self, text: str) -> list[Quote]:
        """The ``k`` best passages for a question or some keywords, best first; never balanced by side.

        Raises:
            InputError: the text is empty, or a side is unknown.
            UnknownSource: a source is unknown.
            StoreError: there is no index.
        """
        if not text.strip():
            raise InputError("nothing to search for: type a question or some words")
        return self.index.read(lambda snapshot: self._search(snapshot, text))

    def _search(self, snapshot: Snapshot, text: str) -> list[Quote]:
        query = make_query(snapshot, self.index, text, self.sides, self.sources)
        hits = find(snapshot, query, max(CANDIDATES, self.k))
        best = zip(hits.passages[: self.k], hits.passage_scores[: self.k], strict=True)
        return [passage_quote(snapshot, int(row), float(score)) for row, score in best]

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [
            NodeWithScore(node=_node(quote), score=quote.score)
            for quote in self.search(query_bundle.query_str)
        ]


def _node(quote: Quote) -> TextNode:
    info = quote.source
    described = {"source": info.id, "title": info.title, "side": info.side, "date": info.date}
    return TextNode(
        id_=f"{info.id}:{quote.start}-{quote.end}",
        text=quote.text,
        start_char_idx=quote.start,
        end_char_idx=quote.end,
        metadata={**described, "sha256": info.sha256},
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=info.id)},
    )
