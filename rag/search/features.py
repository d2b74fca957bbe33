"""What is known of each candidate sentence, as numbers. Pure; shared by answering and by fitting.

Nothing here may know a particular document: every feature compares a question with a sentence, or a
sentence with the other candidates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from rag.search.question import Question
from rag.store import Vocabulary, idf
from rag.text import CUES, fold
from rag.types import Encode

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question analysed for matching words.

    Attributes:
        words: its distinct content words.
        vectors: unit vectors of them, shape ``(words, dimensions)``.
        expected: bit mask of the kinds of answer asked for.
        focus: which word names what is asked for, shape ``(words,)``; see :func:`rag.text.cues.focus`.
        names: which words are names, shape ``(words,)``.
        whether: whether yes or no would answer.
        nothing: whether it is not put as a question.
    """

    words: tuple[str, ...]
    vectors: Scores
    expected: int
    focus: NDArray[np.bool_]
    names: NDArray[np.bool_]
    whether: bool
    nothing: bool


def analyse(question: Question, encode: Encode) -> Asked:
    """A question ready to be compared; ``encode`` gives the vectors of some words."""
    words = question.words
    vectors = np.asarray(encode(list(words)), dtype=np.float32) if words else np.zeros((0, 1), np.float32)
    return Asked(
        words=words,
        vectors=vectors,
        expected=question.expected,
        focus=_among(words, question.focus),
        names=_among(words, question.names),
        whether=question.asks_whether,
        nothing=question.asks_nothing,
    )


def _among(words: Sequence[str], chosen: Sequence[str]) -> NDArray[np.bool_]:
    return np.isin(np.array(words, dtype=object), np.array(chosen, dtype=object))


@dataclass(frozen=True, slots=True)
class Candidates:
    """Sentences to be ranked, grouped by passage. ``n`` sentences, ``p`` passages.

    Attributes:
        rows: shape ``(n,)``, rows in the vocabulary's sentences, ascending.
        home: shape ``(n,)``, number of each one's passage, ascending from 0.
        lexical, dense: shape ``(n,)``, BM25 share and cosine of each sentence.
        passage_lexical, passage_dense: shape ``(p,)``, the same of each passage.
        offered: shape ``(n,)``, bit masks of cues.
        corpus_size: how many sentences the corpus has.
    """

    rows: Rows
    home: Rows
    lexical: Scores
    dense: Scores
    passage_lexical: Scores
    passage_dense: Scores
    offered: NDArray[np.int32]
    corpus_size: int


NAMES = (
    "lexical",
    "dense",
    "passage_lexical",
    "passage_dense",
    "soft",
    "soft_cubed",
    "soft_passage",
    "soft_cubed_passage",
    "soft_window",
    "exact",
    "exact_passage",
    "matched",
    "matched_window",
    "matched_passage",
    "matched_corpus",
    "weakest_window",
    "weakest_passage",
    "weakest_corpus",
    "lexical_gap",
    "dense_gap",
    "soft_gap",
    "soft_passage_gap",
    "soft_rest",
    "density",
    "person",
    "time",
    "number",
    "place",
    "cause",
    "new_number",
    "length",
    "focus_sentence",
    "focus_window",
    "focus_passage",
    "focus_corpus",
    "names_sentence",
    "names_window",
    "names_passage",
    "names_corpus",
)
"""Names of the columns of :func:`matrix`."""


def matrix(asked: Asked, candidates: Candidates, vocabulary: Vocabulary) -> Scores:
    """Features of every candidate, shape ``(n, len(NAMES))``."""
    count = len(candidates.rows)
    if not count:
        return np.zeros((0, len(NAMES)), np.float32)
    matches = _Matches(asked, candidates, vocabulary)
    home = candidates.home
    soft, cubed = matches.coverage(matches.sentence), matches.coverage(matches.sentence**3)
    soft_p, cubed_p = matches.coverage(matches.passage), matches.coverage(matches.passage**3)
    exact = matches.coverage((matches.sentence > 0.95).astype(np.float32))
    exact_p = matches.coverage((matches.passage > 0.95).astype(np.float32))
    known = _is_match(matches.passage)
    everywhere = np.full(count, matches.coverage(known.max(axis=1, keepdims=True))[0])
    own_words = np.maximum(matches.lengths, 1)
    columns = [
        # What the two searches say, of the sentence and of its passage: words in common, and meaning as a
        # whole. The passage tells what a sentence is about that does not say it itself.
        candidates.lexical,
        candidates.dense,
        candidates.passage_lexical[home],
        candidates.passage_dense[home],
        # Share of the question's weight that words of like meaning match: the encoder knows synonyms and
        # translations that BM25 misses. Cubed, so that a few good matches count for more than many poor ones.
        # The window has the sentence before, to which a pronoun leads back.
        soft,
        cubed,
        soft_p[home],
        cubed_p[home],
        matches.coverage(matches.window),
        # The same for words that are nearly the same, and for those that mean the same, by a soft step.
        # The last column is one for all: whether the corpus speaks of the matter at all.
        exact,
        exact_p[home],
        matches.coverage(_is_match(matches.sentence)),
        matches.coverage(_is_match(matches.window)),
        matches.coverage(known)[home],
        everywhere,
        # A sum hides the one word that is missing, which is often the one that is asked about.
        matches.weakest(matches.window),
        matches.weakest(matches.passage)[home],
        np.full(count, matches.weakest(matches.passage.max(axis=1, keepdims=True))[0]),
        # Gaps to the best candidate: scores of different questions are not on one scale, ranks within one
        # question are what the ranker must tell.
        candidates.lexical - candidates.lexical.max(),
        candidates.dense - candidates.dense.max(),
        soft - soft.max(),
        (soft_p - soft_p.max())[home],
        # How far it stands out from other passages: where many are alike, none is likely to be the answer.
        soft - _best_other(soft, home),
        # Matches for its length: a long sentence matches much by chance. Length itself stands below.
        soft * len(asked.words) / np.sqrt(own_words),
        # Whether it holds what sort of thing is asked for; a number of the question is none.
        *_cue_columns(asked.expected, candidates.offered),
        matches.new_numbers * float(asked.expected >> CUES.index("number") & 1),
        np.log(own_words) - 2.5,  # about 0 for a sentence of a dozen words
        # The noun asked for and the names must be there, nearby at least: without them the rest is beside the
        # point, however much of it matches.
        *matches.least(asked.focus),
        *matches.least(asked.names),
    ]
    return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)


def _cue_columns(expected: int, offered: NDArray[np.int32]) -> list[Scores]:
    """For each kind of answer: 1 where asked for and offered, -1 where not offered, 0 where not asked."""
    columns = []
    for bit in range(len(CUES)):
        asked = expected >> bit & 1
        columns.append(((offered >> bit & 1) * 2 - 1).astype(np.float32) * asked)
    return columns


def _best_other(scores: Scores, home: Rows) -> Scores:
    """For each candidate, the best score among those of other passages."""
    best = np.zeros(int(home[-1]) + 1, np.float32)
    np.maximum.at(best, home, scores)
    order = np.argsort(-best)
    top = order[0]
    second = best[order[1]] if len(order) > 1 else np.float32(0)
    return np.where(home == top, second, best[top]).astype(np.float32)


class _Matches:
    """How well each word of the question is matched in each sentence and passage.

    Attributes:
        sentence: shape ``(words, n)``, similarity of the best match in the sentence.
        passage: shape ``(words, p)``, likewise.
        window: shape ``(words, n)``, in the sentence or the one before it in its passage.
        weights: shape ``(words,)``, rarity of each word; they sum to 1.
        lengths: shape ``(n,)``, content words of each sentence.
        new_numbers: shape ``(n,)``, 1 where the sentence has a number that the question has not.
    """

    def __init__(self, asked: Asked, candidates: Candidates, vocabulary: Vocabulary) -> None:
        sentences = [vocabulary.sentence(int(row)) for row in candidates.rows]
        self.lengths = np.array([len(words) for words in sentences], dtype=np.int64)
        ids, inverse = np.unique(np.concatenate(sentences), return_inverse=True)
        similarity = _similarity(asked, ids, vocabulary)
        self.weights = _weights(asked, ids, similarity, vocabulary, candidates.corpus_size)
        self.sentence = _best_in(similarity, inverse, self.lengths)
        starts = np.flatnonzero(np.diff(candidates.home, prepend=-1))
        self.passage = np.maximum.reduceat(self.sentence, starts, axis=1)
        before = np.roll(self.sentence, 1, axis=1)
        before[:, starts] = 0.0
        self.window = np.maximum(self.sentence, before)
        self.home = candidates.home
        self.everywhere = np.broadcast_to(self.passage.max(axis=1, keepdims=True), self.sentence.shape)
        self.new_numbers = self._new_numbers(asked, ids, inverse, vocabulary)

    def coverage(self, matched: Scores) -> Scores:
        """Share of the question's weight that is matched, shape of ``matched`` without its first axis."""
        covered: Scores = (self.weights @ matched).astype(np.float32)
        return covered

    def weakest(self, matched: Scores) -> Scores:
        """The least matched word of the question, rare words counting more; 0 to 1."""
        if not len(self.weights):
            return np.zeros(matched.shape[1], np.float32)
        missing = (1 - matched) * (self.weights / self.weights.max())[:, None]
        worst: Scores = 1 - missing.max(axis=0)
        return worst

    def least(self, chosen: NDArray[np.bool_]) -> list[Scores]:
        """The least matched of some words in the sentence, window, passage and anywhere; 1 where none is."""
        places = (self.sentence, self.window, self.passage[:, self.home], self.everywhere)
        return [matched[chosen].min(axis=0, initial=1.0) for matched in places]

    def _new_numbers(
        self, asked: Asked, ids: NDArray[np.int32], inverse: NDArray[np.intp], vocabulary: Vocabulary
    ) -> Scores:
        numbers = np.array(
            [vocabulary.words[i][0].isdigit() and vocabulary.words[i] not in asked.words for i in ids],
            dtype=np.float32,
        )
        best: Scores = _best_in(numbers[None, :], inverse, self.lengths)[0]
        return best


def _is_match(similarity: Scores) -> Scores:
    """Whether two words mean the same, with a soft step at what unrelated words seldom reach."""
    step: Scores = 1 / (1 + np.exp(-(similarity - 0.6) / 0.06))
    return step


def _best_in(similarity: Scores, inverse: NDArray[np.intp], lengths: NDArray[np.int64]) -> Scores:
    """Best column of ``similarity`` for each sentence, whose words are runs of ``inverse``."""
    best = np.zeros((len(similarity), len(lengths)), np.float32)
    filled = np.flatnonzero(lengths)
    if len(filled) and len(similarity):
        starts = np.cumsum(lengths)[filled] - lengths[filled]
        best[:, filled] = np.maximum.reduceat(similarity[:, inverse], starts, axis=1)
    return best


FUZZY = 0.75
"""From this share of equal letters, two spellings count as one word misspelt."""


def _similarity(asked: Asked, ids: NDArray[np.int32], vocabulary: Vocabulary) -> Scores:
    """Similarity of each word of the question to each word of the candidates, 0 to 1."""
    if not len(asked.words) or not len(ids):
        return np.zeros((len(asked.words), len(ids)), np.float32)
    vectors = np.asarray(vocabulary.vectors[ids], dtype=np.float32)
    similarity: Scores = np.clip(asked.vectors @ vectors.T, 0.0, 1.0)
    words = [vocabulary.words[i] for i in ids]
    folded = [_fold(word) for word in words]
    digits = np.array([word[0].isdigit() for word in words])
    for row, word in enumerate(asked.words):
        if word[0].isdigit():
            similarity[row] = [word == other for other in words]
            continue
        similarity[row, digits] *= 0.5
        if vocabulary.number(word) is None:
            spelt = process.cdist([_fold(word)], folded, scorer=fuzz.ratio, score_cutoff=100 * FUZZY)[0]
            similarity[row] = np.maximum(similarity[row], spelt / 100)
    return similarity


@lru_cache(maxsize=100_000)
def _fold(word: str) -> str:
    return fold(word)


def _weights(
    asked: Asked, ids: NDArray[np.int32], similarity: Scores, vocabulary: Vocabulary, size: int
) -> Scores:
    """Rarity of the question's words in the corpus, each by its best match; they sum to 1."""
    if not len(asked.words):
        return np.zeros(0, np.float32)
    rarest = float(idf(0, size))
    weights = np.full(len(asked.words), rarest, np.float32)
    if len(ids):
        best = similarity.argmax(axis=1)
        strength = similarity.max(axis=1)
        known = idf(vocabulary.frequency[ids[best]], size)
        weights = (strength * known + (1 - strength) * rarest).astype(np.float32)
    total: Scores = weights / weights.sum()
    return total
