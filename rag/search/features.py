"""What the first search knows of each candidate sentence, as numbers. Pure; for answering and for fitting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Sentences to be ranked, grouped by passage. ``n`` sentences, ``p`` passages.

    Attributes:
        home: shape ``(n,)``, number of each one's passage, ascending from 0.
        lexical, dense: shape ``(n,)``, BM25 share and cosine of each sentence.
        passage_lexical, passage_dense: shape ``(p,)``, the same of each passage.
        words: shape ``(n,)``, content words of each sentence.
        foreign: shape ``(n,)``, whether the sentence is in another language than the question.
    """

    home: Rows
    lexical: Scores
    dense: Scores
    passage_lexical: Scores
    passage_dense: Scores
    words: Rows
    foreign: NDArray[np.bool_]


NAMES = (
    "lexical",
    "dense",
    "passage_lexical",
    "passage_dense",
    "before_lexical",
    "lexical_gap",
    "dense_gap",
    "passage_lexical_gap",
    "passage_dense_gap",
    "length",
    "foreign",
    "foreign*lexical",
    "foreign*dense",
)
"""Names of the columns of :func:`matrix`."""


def matrix(candidates: Candidates) -> Scores:
    """Features of every candidate, shape ``(n, len(NAMES))``."""
    home, count = candidates.home, len(candidates.home)
    if not count:
        return np.zeros((0, len(NAMES)), np.float32)
    lexical, dense = candidates.lexical, candidates.dense
    around_lexical, around_dense = candidates.passage_lexical[home], candidates.passage_dense[home]
    before = np.zeros(count, np.float32)
    before[1:] = np.where(home[1:] == home[:-1], lexical[:-1], 0)
    foreign = candidates.foreign.astype(np.float32)
    columns = [
        # What the two searches say, of the sentence and of its passage: words in common, and meaning as a
        # whole. The passage tells what a sentence is about that does not say it itself, and so does the
        # sentence before, to which a pronoun leads back.
        lexical,
        dense,
        around_lexical,
        around_dense,
        before,
        # Gaps to the best candidate: scores of different questions are not on one scale.
        lexical - lexical.max(),
        dense - dense.max(),
        around_lexical - around_lexical.max(),
        around_dense - around_dense.max(),
        # A long sentence matches much by chance.
        np.log(np.maximum(candidates.words, 1)) - 2.5,  # about 0 for a sentence of a dozen words
        # Across languages, words in common tell little.
        foreign,
        foreign * lexical,
        foreign * dense,
    ]
    return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)
