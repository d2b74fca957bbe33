"""Features -> how well a sentence answers, and whether the sources answer at all. Pure arithmetic.

The weights were fitted on PIAF (French reading questions, Etalab open data): fusion on a random third of
the questions, confidence on random sub-corpora of 1 to 60 articles with 3 passages of 10 taken out.
None was fitted on the shipped documents or on the question set.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

ANSWERABLE = 0.5
"""Confidence from which the sources are held to answer."""


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of each candidate; all arrays have one entry for each.

    Attributes:
        lexical: BM25 divided by the idf of the question's terms, 0 to 1.
        dense: cosine similarity to the question, -1 to 1.
    """

    lexical: Scores
    dense: Scores


def passage_scores(own: Features, best_sentence: Features) -> Scores:
    """Plain fusion at passage level, 0 to 1; ``best_sentence`` holds the best of each passage."""
    fused = own.lexical + 0.3 * own.dense + 0.2 * best_sentence.lexical + 0.4 * best_sentence.dense
    scores: Scores = np.clip(fused / 1.9, 0.0, 1.0).astype(np.float32)
    return scores


def sentence_scores(own: Features, passage: Scores) -> Scores:
    """Plain fusion at sentence level, 0 to 1; ``passage`` holds the score of each one's passage."""
    fused = own.lexical + 0.3 * own.dense + 1.5 * 1.9 * passage
    scores: Scores = np.clip(fused / 4.15, 0.0, 1.0).astype(np.float32)
    return scores


def confidence(sentence: Features, passage: Features, size: int, same_language: bool) -> float:
    """Probability that the best candidate answers the question.

    Args:
        sentence, passage: features of the best sentence and of its passage, one entry each.
        size: how many sentences were searched.
        same_language: whether question and sources share a language; else words say nothing.
    """
    lexical, dense = float(sentence.lexical[0]), float(sentence.dense[0])
    around_lexical, around_dense = float(passage.lexical[0]), float(passage.dense[0])
    larger = math.log(max(size, 1))
    if same_language:
        words = 3.21 * lexical + 10.54 * around_lexical
        logit = words + 4.18 * dense + 2.58 * around_dense - 0.54 * larger - 1.70
    else:
        logit = 7.94 * dense + 4.21 * around_dense - 0.20 * larger - 2.17
    return 1.0 / (1.0 + math.exp(-logit))
