"""Features -> which sentence answers best, and how probable it is that one does.

Two linear models, fitted together by ``evals/fit/ranker.py`` and kept as readable JSON with their
provenance in ``ranker.json``: *ranking* orders the candidates of one question; *answer* gives the
probability that a candidate answers, for the "not in the sources" decision. The second one also knows
what kind of question it is, how long, and whether its language is another than the source's, since the same
match means less in a short question, and shared words mean nothing across languages.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from rag.search.features import NAMES, Asked, Scores
from rag.text import CUES
from rag.weights import read_weights

ANSWERABLE = 0.5
"""Probability from which the sources are held to answer. Fixed: it is the probability that is fitted."""

CERTAIN = 0.75
"""Probability below which an answer says that it is not certain: even odds, were it not for the prior odds
of three to one that documents somebody has chosen answer what they ask (see evals/fit/ranker.py)."""

CONTEXT = (
    "log_size",
    "log_words",
    "foreign",
    *(f"asks_{cue}" for cue in CUES),
    "asks_by_noun",
    "asks_by_name",
    "asks_whether",
    "asks_nothing",
)
"""What the answer model knows besides the features: size of the corpus, length of the question, whether
candidate and question are in different languages, and what kind of question it is."""

CROSSED = (
    "lexical",
    "dense",
    "passage_lexical",
    "passage_dense",
    "soft_cubed",
    "soft_cubed_passage",
    "matched",
    "matched_passage",
    "matched_corpus",
    "weakest_window",
    "weakest_passage",
    "weakest_corpus",
)
"""Features whose weight depends on the length of the question and on the languages."""

ANSWER_NAMES = (
    *NAMES,
    *CONTEXT,
    *(f"{name}*{context}" for context in ("log_words", "foreign") for name in CROSSED),
)


def answer_matrix(features: Scores, asked: Asked, size: int, foreign: NDArray[np.bool_]) -> Scores:
    """Columns :data:`ANSWER_NAMES` for every candidate.

    Args:
        features: shape ``(n, len(NAMES))``, see :func:`rag.search.features.matrix`.
        asked: the question.
        size: how many sentences the corpus has.
        foreign: shape ``(n,)``, whether the candidate is in another language than the question.
    """
    crossed = features[:, [NAMES.index(name) for name in CROSSED]]
    log_words = np.log1p(len(asked.words))
    constant = [np.log(max(size, 1)), log_words, 0.0, *_kind(asked)]
    context = np.tile(np.array(constant, np.float32), (len(features), 1))
    context[:, CONTEXT.index("foreign")] = foreign
    columns = [features, context, crossed * log_words, crossed * foreign[:, None]]
    return np.concatenate(columns, axis=1).astype(np.float32)


def _kind(asked: Asked) -> list[float]:
    cues = [asked.expected >> bit & 1 for bit in range(len(CUES))]
    named = [bool(asked.focus.any()), bool(asked.names.any())]
    return [float(told) for told in (*cues, *named, asked.whether, asked.nothing)]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights of the two models.

    Attributes:
        ranking: shape ``(len(NAMES),)``.
        answer: shape ``(len(ANSWER_NAMES),)``.
        bias: of the answer model.
    """

    ranking: Scores
    answer: Scores
    bias: float

    @classmethod
    def from_json(cls, data: dict[str, dict[str, float]]) -> Ranker:
        """Read weights by name.

        Raises:
            KeyError: a weight is missing.
        """
        return cls(
            ranking=np.array([data["ranking"][name] for name in NAMES], np.float32),
            answer=np.array([data["answer"][name] for name in ANSWER_NAMES], np.float32),
            bias=data["answer"]["bias"],
        )

    def scores(self, features: Scores) -> Scores:
        """How well each candidate answers, compared with the others; log-odds, shape ``(n,)``."""
        scores: Scores = features @ self.ranking
        return scores

    def probabilities(self, features: Scores, asked: Asked, size: int, foreign: NDArray[np.bool_]) -> Scores:
        """Probability that each candidate answers; takes what :func:`answer_matrix` takes."""
        logits = answer_matrix(features, asked, size, foreign) @ self.answer + self.bias
        probabilities: Scores = (1 / (1 + np.exp(-logits))).astype(np.float32)
        return probabilities


@cache
def load_ranker(encoder: str = "use") -> Ranker:
    """The fitted weights that come with the program, for the vectors of an encoder, ``use`` or ``e5``."""
    return Ranker.from_json(read_weights("ranker", encoder))


@dataclass(frozen=True, slots=True)
class Fusion:
    """Weights of plain fusion, where the BM25 share of a passage counts 1.

    Attributes:
        dense: of the cosine of the passage.
        best_lexical, best_dense: of the best BM25 share and the best cosine among its sentences.
    """

    dense: float
    best_lexical: float
    best_dense: float


FUSIONS = {"use": Fusion(0.3, 0.2, 0.4), "e5": Fusion(1.0, 0.2, 0.8)}
"""By encoder. Chosen on a random third of PIAF's questions; for e5, on those of its articles fitted on."""


def fuse(
    lexical: Scores, dense: Scores, best_lexical: Scores, best_dense: Scores, encoder: str = "use"
) -> Scores:
    """Plain fusion of passages, 0 to 1: what the first stage keeps, and the baseline of the suite.

    Args:
        lexical, dense: BM25 share and cosine of each passage.
        best_lexical, best_dense: the best among its sentences.
        encoder: whose cosines they are, ``use`` or ``e5``.
    """
    weights = FUSIONS[encoder]
    fused = (
        lexical
        + weights.dense * dense
        + weights.best_lexical * best_lexical
        + weights.best_dense * best_dense
    )
    most = 1 + weights.dense + weights.best_lexical + weights.best_dense
    scores: Scores = np.clip(fused / most, 0.0, 1.0).astype(np.float32)
    return scores
