"""Hybrid search: dense and BM25 candidates, fused at passage and at sentence level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from rag.errors import EndpointError
from rag.reader import Marked
from rag.search.features import Candidates, Scores, matrix
from rag.search.query import Query
from rag.search.rank import fuse, load_ranker, probability
from rag.store import LEVELS, Scored, Snapshot
from rag.types import Level

CANDIDATES = 100
"""How many sentences, and how many passages, the lexical search brings in."""

NEAR = 2
"""So many times as many passages the dense search brings in; their sentences come with them."""

RERANKED = 50
"""How many passages the ranker looks at."""

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Hits:
    """Candidates, each level ordered best first (ties by row).

    Attributes:
        sentences, passages: rows; every candidate sentence is in one of the passages.
        scores: of each sentence, compared with the others; log-odds.
        odds: log-odds that each sentence answers the question.
        passage_scores: 0 to 1, in the order of the rows; they fall with the odds of each one's best sentence.
        marks: the words of a sentence that answer, and how surely, for those that were read.
        failed: why the reranker of the settings has not put them in order.
    """

    sentences: Rows
    scores: Scores
    odds: Scores
    passages: Rows
    passage_scores: Scores
    marks: Mapping[int, Marked] = field(default_factory=dict)
    failed: EndpointError | None = None

    @classmethod
    def none(cls) -> Hits:
        """No candidates."""
        return _NOTHING

    @property
    def probabilities(self) -> Scores:
        """That each sentence answers the question."""
        return probability(self.odds)

    @property
    def confidence(self) -> float:
        """The probability that the best sentence answers; 0 without any."""
        return float(self.probabilities[0]) if len(self.odds) else 0.0

    @property
    def sentence_scores(self) -> Scores:
        """0 to 1: the best one's is its probability, the others' fall with the odds that the ranker gives."""
        if not len(self.scores):
            return self.scores
        best: Scores = self.probabilities[0] * np.exp(self.scores - self.scores[0])
        return best


@dataclass(frozen=True, slots=True)
class _Level:
    """Rows of one level, sorted, with their BM25 share and their cosine similarity."""

    rows: Rows
    lexical: Scores
    dense: Scores

    def at(self, kept: NDArray[np.intp] | NDArray[np.bool_]) -> _Level:
        return _Level(self.rows[kept], self.lexical[kept], self.dense[kept])


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is ranked: passages and all their sentences; of others, the scores of plain fusion, 0 to 1."""

    sentences: _Level
    passages: _Level
    others: Rows
    fused: Scores


def find_hits(snapshot: Snapshot, query: Query, candidates: int = CANDIDATES) -> Hits:
    """Rank the sentences and passages of a snapshot for a question.

    Plain fusion of dense and lexical search chooses the passages; the ranker orders the sentences of
    the best :data:`RERANKED` of them, and a passage stands where its best sentence does. The other
    passages follow in the order of the fusion.
    """
    chosen = choose(snapshot, query, candidates)
    if not len(chosen.passages.rows):
        return _NOTHING
    model, features = load_ranker().first, features_of(snapshot, query, chosen)
    rows = chosen.sentences.rows
    hits = Hits(rows, model.scores(features), model.odds(features), chosen.passages.rows, _NO_SCORES)
    return with_rest(ordered(snapshot, hits), chosen.others, chosen.fused)


def choose(snapshot: Snapshot, query: Query, candidates: int = CANDIDATES) -> Chosen:
    """The passages that plain fusion puts first, and their sentences."""
    sentences, passages = find_candidates(snapshot, query, candidates)
    fused = passage_fusion(snapshot, sentences, passages)
    order = np.lexsort((passages.rows, -fused))
    best, others = np.sort(order[:RERANKED]), order[RERANKED:]
    kept = np.isin(snapshot.sentences["passage"][sentences.rows], passages.rows[best])
    return Chosen(sentences.at(kept), passages.at(best), passages.rows[others], fused[others])


def features_of(snapshot: Snapshot, query: Query, chosen: Chosen) -> Scores:
    """What the first search knows of the sentences chosen; see :func:`rag.search.features.matrix`."""
    sentences, passages = chosen.sentences, chosen.passages
    return matrix(
        Candidates(
            home=_home(snapshot, sentences, passages),
            lexical=sentences.lexical,
            dense=sentences.dense,
            passage_lexical=passages.lexical,
            passage_dense=passages.dense,
            words=snapshot.sentences["words"][sentences.rows].astype(np.int64),
            foreign=_is_foreign(snapshot, query, sentences.rows),
        )
    )


def with_rest(hits: Hits, rows: Rows, scores: Scores) -> Hits:
    """The hits, and after them passages of which no sentence was ranked, whose scores are 0 to 1."""
    return replace(
        hits,
        passages=np.concatenate([hits.passages, rows]),
        passage_scores=np.concatenate([hits.passage_scores, hits.passage_scores[-1:] * scores]),
    )


def find_candidates(snapshot: Snapshot, query: Query, count: int) -> tuple[_Level, _Level]:
    """Every passage that any search brings in, itself or through a sentence, and its sentences."""
    lexical = {level: _lexical(snapshot, level, query) for level in LEVELS}
    dense = snapshot.nearest("passage", query.vector, NEAR * count, query.voices, query.terms)
    through = snapshot.sentences["passage"][lexical["sentence"].top(count)]
    itself = np.union1d(lexical["passage"].top(count), np.fromiter(dense, np.int64, len(dense)))
    near = np.union1d(through, itself).astype(np.int64)
    sentences = sentences_in(snapshot, near, query.asks(snapshot, "sentence"))
    passages = np.unique(snapshot.sentences["passage"][sentences]).astype(np.int64)
    rows: dict[Level, Rows] = {"sentence": sentences, "passage": passages}
    found = {
        level: _Level(own, lexical[level].at(own), snapshot.cosines(level, own, query.vector))
        for level, own in rows.items()
    }
    return found["sentence"], found["passage"]


def _lexical(snapshot: Snapshot, level: Level, query: Query) -> Scored:
    """BM25 share of the rows that match, of those asked."""
    found, asked = snapshot.lexical.share(level, query.terms), query.asks(snapshot, level)
    return found if asked is None else found.among(asked)


def sentences_in(snapshot: Snapshot, passages: Rows, asked: NDArray[np.bool_] | None) -> Rows:
    """Rows of the sentences of some passages that hold any word, of those asked; in their order."""
    firsts, lasts = snapshot.passages["first"][passages], snapshot.passages["last"][passages]
    ranges = [np.arange(first, last + 1) for first, last in zip(firsts, lasts, strict=True)]
    rows = np.concatenate(ranges) if ranges else np.array([], dtype=np.int64)
    kept = snapshot.sentences["quotable"][rows] > 0
    quotable: Rows = rows[kept if asked is None else kept & asked[rows]].astype(np.int64)
    return quotable


def _home(snapshot: Snapshot, sentences: _Level, passages: _Level) -> Rows:
    """Number of each sentence's passage among ``passages``."""
    home: Rows = np.searchsorted(passages.rows, snapshot.sentences["passage"][sentences.rows])
    return home


def passage_fusion(snapshot: Snapshot, sentences: _Level, passages: _Level) -> Scores:
    """Plain fusion of each passage's own scores with the best of its sentences; 0 to 1."""
    home = _home(snapshot, sentences, passages)
    best_lexical = np.zeros(len(passages.rows), np.float32)
    best_dense = np.full(len(passages.rows), -1, np.float32)
    np.maximum.at(best_lexical, home, sentences.lexical)
    np.maximum.at(best_dense, home, sentences.dense)
    return fuse(passages.lexical, passages.dense, best_lexical, best_dense)


def ordered(snapshot: Snapshot, hits: Hits) -> Hits:
    """The best sentence first; the passages in the order of each one's best sentence."""
    by_sentence = np.lexsort((hits.sentences, -hits.scores))
    rows, scores = hits.sentences[by_sentence], hits.scores[by_sentence]
    homes, first = np.unique(snapshot.sentences["passage"][rows], return_index=True)
    in_order = np.argsort(first, kind="stable")
    best = hits.odds[by_sentence][0]
    return replace(
        hits,
        sentences=rows,
        scores=scores,
        odds=hits.odds[by_sentence],
        passages=homes[in_order].astype(np.int64),
        passage_scores=probability(best) * np.exp(scores[first[in_order]] - scores[0]),
    )


def _is_foreign(snapshot: Snapshot, query: Query, rows: Rows) -> NDArray[np.bool_]:
    numbers, home = np.unique(snapshot.sentences["source"][rows], return_inverse=True)
    foreign = [snapshot.infos[number].language != query.question.lang for number in numbers.tolist()]
    return np.array(foreign, bool)[home]


_NO_ROWS, _NO_SCORES = np.array([], np.int64), np.array([], np.float32)
_NOTHING = Hits(_NO_ROWS, _NO_SCORES, _NO_SCORES, _NO_ROWS, _NO_SCORES)
