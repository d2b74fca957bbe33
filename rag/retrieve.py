"""Hybrid search: dense and BM25 candidates, fused at passage and at sentence level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode
from numpy.typing import NDArray

from rag.errors import InputError, UnknownSource
from rag.features import Asked, Candidates, Scores, analyse, matrix
from rag.generation import Level
from rag.index import LEVELS, Index, Snapshot
from rag.lexical import query_terms
from rag.question import question_language
from rag.quote import check, quotable_span
from rag.rank import fuse, load_ranker
from rag.types import Language, Quote

CANDIDATES = 100
"""How many sentences, and how many passages, each kind of search brings in."""

RERANKED = 50
"""How many passages the ranker looks at."""

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    Attributes:
        text: the question as it is searched.
        lang: its language.
        vector: its embedding.
        terms: its distinct terms.
        asked: its words, analysed for the ranker.
        sources: numbers of the sources asked; ``None`` for all.
    """

    text: str
    lang: Language
    vector: Sequence[float]
    terms: Sequence[str]
    asked: Asked
    sources: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Hits:
    """Candidates, each level ordered best first (ties by row).

    Attributes:
        sentences, passages: rows; every candidate sentence is in one of the passages.
        probabilities: that each sentence answers the question.
        sentence_scores, passage_scores: 0 to 1, in the order of the rows; the best one's is its
            probability, the others' fall with the odds that the ranker gives them.
    """

    sentences: Rows
    probabilities: Scores
    sentence_scores: Scores
    passages: Rows
    passage_scores: Scores


def make_query(
    snapshot: Snapshot,
    index: Index,
    text: str,
    lang: Language | None = None,
    sides: Sequence[str] = (),
    sources: Sequence[str] = (),
) -> Query:
    """Embed and analyse a question.

    Args:
        snapshot: the state of the index to be searched.
        index: for its encoder.
        text: the question.
        lang: its language; told from its words by default.
        sides, sources: names of the only ones to search; empty for all.

    Raises:
        InputError: a side that no source has.
        UnknownSource: a source id that the index does not hold.
    """
    languages = {info.language for info in snapshot.infos}
    return Query(
        text=text,
        lang=lang or question_language(text),
        vector=index.encoder.get_query_embedding(text),
        terms=query_terms(text, languages),
        asked=analyse(text, index.word_encoder.get_text_embedding_batch),
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


@dataclass(frozen=True, slots=True)
class _Level:
    """Rows of one level, sorted, with their BM25 share and their cosine similarity."""

    rows: Rows
    lexical: Scores
    dense: Scores

    def at(self, kept: NDArray[np.intp] | NDArray[np.bool_]) -> _Level:
        return _Level(self.rows[kept], self.lexical[kept], self.dense[kept])


def find(snapshot: Snapshot, query: Query, candidates: int = CANDIDATES) -> Hits:
    """Rank the sentences and passages of a snapshot for a question.

    Plain fusion of dense and lexical search chooses the passages; the ranker orders the sentences of
    the best :data:`RERANKED` of them, and a passage stands where its best sentence does. The other
    passages follow in the order of the fusion.
    """
    sentences, passages = _candidates(snapshot, query, candidates)
    if not len(passages.rows):
        return _NOTHING
    fused = _fused(snapshot, sentences, passages)
    order = np.lexsort((passages.rows, -fused))
    best, others = np.sort(order[:RERANKED]), order[RERANKED:]
    kept = np.isin(snapshot.sentences["passage"][sentences.rows], passages.rows[best])
    hits = _rerank(snapshot, query, sentences.at(kept), passages.at(best))
    rest = hits.passage_scores[-1:] * fused[others]
    return replace(
        hits,
        passages=np.concatenate([hits.passages, passages.rows[others]]),
        passage_scores=np.concatenate([hits.passage_scores, rest]),
    )


def find_fused(snapshot: Snapshot, query: Query, candidates: int = CANDIDATES) -> tuple[Rows, Scores]:
    """Passages by plain fusion alone, best first: the baseline that the ranker is measured against."""
    sentences, passages = _candidates(snapshot, query, candidates)
    fused = _fused(snapshot, sentences, passages)
    order = np.lexsort((passages.rows, -fused))
    return passages.rows[order], fused[order]


# --- first stage ----------------------------------------------------------------------------------


def _candidates(snapshot: Snapshot, query: Query, count: int) -> tuple[_Level, _Level]:
    """Every passage that any search brings in, itself or through a sentence, and its sentences."""
    lexical = {level: _lexical(snapshot, level, query) for level in LEVELS}
    dense = {level: snapshot.nearest(level, query.vector, count, query.sources) for level in LEVELS}
    found = {level: np.union1d(_top(lexical[level], count), _rows(dense[level])) for level in LEVELS}
    through = snapshot.sentences["passage"][found["sentence"].astype(np.int64)]
    sentences = _sentences_in(snapshot, np.union1d(through, found["passage"]).astype(np.int64))
    passages = np.unique(snapshot.sentences["passage"][sentences]).astype(np.int64)
    return (
        _Level(sentences, lexical["sentence"][sentences], _similarities(dense["sentence"], sentences)),
        _Level(passages, lexical["passage"][passages], _similarities(dense["passage"], passages)),
    )


def _lexical(snapshot: Snapshot, level: Level, query: Query) -> Scores:
    """BM25 share of every row; 0 for sources not asked."""
    scores = snapshot.bm25[level].share(query.terms)
    if query.sources is not None:
        scores = scores * np.isin(snapshot.rows(level)["source"], list(query.sources))
    return scores.astype(np.float32)


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


def _home(snapshot: Snapshot, sentences: _Level, passages: _Level) -> Rows:
    """Number of each sentence's passage among ``passages``."""
    home: Rows = np.searchsorted(passages.rows, snapshot.sentences["passage"][sentences.rows])
    return home


def _fused(snapshot: Snapshot, sentences: _Level, passages: _Level) -> Scores:
    home = _home(snapshot, sentences, passages)
    best_lexical = np.zeros(len(passages.rows), np.float32)
    best_dense = np.full(len(passages.rows), -1, np.float32)
    np.maximum.at(best_lexical, home, sentences.lexical)
    np.maximum.at(best_dense, home, sentences.dense)
    return fuse(passages.lexical, passages.dense, best_lexical, best_dense, snapshot.encoder)


# --- second stage ---------------------------------------------------------------------------------


def _rerank(snapshot: Snapshot, query: Query, sentences: _Level, passages: _Level) -> Hits:
    units, home = snapshot.sentences, _home(snapshot, sentences, passages)
    size = len(units["start"])
    features = matrix(
        query.asked,
        Candidates(
            rows=sentences.rows,
            home=home,
            lexical=sentences.lexical,
            dense=sentences.dense,
            passage_lexical=passages.lexical,
            passage_dense=passages.dense,
            offered=units["offered"][sentences.rows],
            corpus_size=size,
        ),
        snapshot.vocabulary,
    )
    ranker = load_ranker(snapshot.encoder)
    scores = ranker.scores(features)
    probabilities = ranker.probabilities(
        features, query.asked, size, _is_foreign(snapshot, query, sentences.rows)
    )
    best = np.full(len(passages.rows), -np.inf, np.float32)
    np.maximum.at(best, home, scores)
    by_sentence = np.lexsort((sentences.rows, -scores))
    by_passage = np.lexsort((passages.rows, -best))
    top = by_sentence[0]
    return Hits(
        sentences=sentences.rows[by_sentence],
        probabilities=probabilities[by_sentence],
        sentence_scores=(probabilities[top] * np.exp(scores - scores[top]))[by_sentence],
        passages=passages.rows[by_passage],
        passage_scores=(probabilities[top] * np.exp(best - scores[top]))[by_passage],
    )


def _is_foreign(snapshot: Snapshot, query: Query, rows: Rows) -> NDArray[np.bool_]:
    foreign = np.array([info.language != query.lang for info in snapshot.infos])
    of_rows: NDArray[np.bool_] = foreign[snapshot.sentences["source"][rows]]
    return of_rows


_NO_ROWS, _NO_SCORES = np.array([], np.int64), np.array([], np.float32)
_NOTHING = Hits(_NO_ROWS, _NO_SCORES, _NO_SCORES, _NO_ROWS, _NO_SCORES)


# --- passages for readers -------------------------------------------------------------------------


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
        query = make_query(snapshot, self.index, text, sides=self.sides, sources=self.sources)
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
