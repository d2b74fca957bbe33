"""Questions asked of corpora drawn at random, from which some passages have been taken out.

So there are corpora of all sizes, and questions whose passage is missing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.sets.pools import Pool, Question
from rag.search import Asked
from rag.search.features import Candidates, matrix
from rag.search.find import RERANKED
from rag.search.rank import fuse
from rag.store.bm25 import BM25
from rag.text import language_of, query_terms

SIZES = {"piaf": (1, 2, 3, 5, 10, 30, 100), "debates": (1, 1, 2, 4)}
"""How many articles, or debates, a drawn corpus may have."""
TAKEN_OUT = {"piaf": (0.25,), "debates": (0.0, 0.0, 0.35)}
"""Share of passages taken out of a drawn corpus; one of these, by chance."""
FAR = 4
"""How many questions on quite another subject are asked of each drawn corpus."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question asked of one drawn corpus."""

    features: NDArray[np.float32]
    right: NDArray[np.bool_]
    answerable: bool
    kind: str
    pool: str
    size: int
    asked: Asked
    foreign: NDArray[np.bool_]


class Corpus:
    """Some units of a pool, with a lexical index and word frequencies of their own."""

    def __init__(self, pool: Pool, units: Sequence[int]) -> None:
        self.pool = pool
        self.units = np.array(sorted(units))
        ranges = [pool.ranges[number] for number in self.units]
        self.rows = np.concatenate([np.arange(first, last) for first, last in ranges])
        self.home = np.repeat(np.arange(len(ranges)), [last - first for first, last in ranges])
        self.sentences = BM25.build([pool.sentence_terms[row] for row in self.rows])
        self.passages = BM25.build(
            [[t for row in range(first, last) for t in pool.sentence_terms[row]] for first, last in ranges]
        )
        self.vocabulary = pool.vocabulary.restricted(self.rows)
        self.known_languages = sorted(set(pool.languages[self.rows]))

    def candidates(self, question: Question, vector: NDArray[np.float32]) -> Candidates:
        """The sentences of the passages that plain fusion finds first."""
        pool, query = self.pool, query_terms(question.text, self.known_languages)
        lexical = self.sentences.share(query)
        dense = pool.sentence_vectors[self.rows] @ vector
        around_lexical = self.passages.share(query)
        around_dense = pool.unit_vectors[self.units] @ vector
        best_lexical = np.full(len(self.units), 0, np.float32)
        best_dense = np.full(len(self.units), -1, np.float32)
        np.maximum.at(best_lexical, self.home, lexical)
        np.maximum.at(best_dense, self.home, dense)
        fused = fuse(around_lexical, around_dense, best_lexical, best_dense, pool.encoder)
        top = np.sort(np.argsort(-fused, kind="stable")[:RERANKED])
        kept = np.isin(self.home, top)
        return Candidates(
            rows=self.rows[kept],
            home=np.searchsorted(top, self.home[kept]),
            lexical=lexical[kept],
            dense=dense[kept],
            passage_lexical=around_lexical[top],
            passage_dense=around_dense[top],
            offered=pool.offered[self.rows[kept]],
            corpus_size=len(self.rows),
        )


def draw(pool: Pool, fitted: bool, seed: int, corpora: int, per_corpus: int) -> Iterator[Case]:
    """Ask questions of corpora drawn at random, from the groups fitted on or from those checked."""
    chance = random.Random(seed)
    groups: dict[str, list[int]] = {}
    for number, unit in enumerate(pool.units):
        if pool.is_fitted(unit.group) if fitted else pool.is_checked(unit.group):
            groups.setdefault(unit.group, []).append(number)
    asked_of: dict[str, list[int]] = {}
    for number, question in enumerate(pool.questions):
        asked_of.setdefault(question.group, []).append(number)
    for _ in range(corpora):
        size = min(chance.choice(SIZES[pool.name]), len(groups))
        chosen = chance.sample(sorted(groups), size)
        units = [number for group in chosen for number in groups[group]]
        share = chance.choice(TAKEN_OUT[pool.name])
        kept = [number for number in units if chance.random() >= share] or units[:1]
        corpus = Corpus(pool, kept)
        on_topic = [q for group in chosen for q in asked_of[group]]
        variants = [q for q in on_topic if pool.questions[q].kind != "original"]
        others = [group for group in sorted(asked_of) if group not in chosen]
        far = asked_of[chance.choice(others)]
        for found, most in ((on_topic, per_corpus), (variants, per_corpus), (far, FAR)):
            for q in chance.sample(found, min(most, len(found))):
                yield _case(corpus, pool.questions[q], pool.searched_vectors[q], set(chosen))


def _case(corpus: Corpus, question: Question, vector: NDArray[np.float32], groups: set[str]) -> Case:
    candidates, asked = corpus.candidates(question, vector), corpus.pool.asked(question)
    features = matrix(asked, candidates, corpus.vocabulary)
    return Case(
        features=features,
        right=np.array([row in question.gold for row in candidates.rows]),
        answerable=not question.gold.isdisjoint(corpus.rows.tolist()),
        pool=corpus.pool.name,
        kind=question.kind if question.group in groups else "far",
        size=len(corpus.rows),
        asked=asked,
        foreign=corpus.pool.languages[candidates.rows] != language_of(question.text),
    )
