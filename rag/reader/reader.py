"""Question + passages -> how surely each sentence answers, and which of its words do.

A cross-encoder (rag/reader/cross.py) fitted by ``evals/fit/network`` from multilingual-e5-small.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from rag.reader.body import Vectors, load_body
from rag.reader.cross import CrossEncoder, load_heads
from rag.reader.pairs import HEAD, Pair, Passage, load_pairs
from rag.types import Span

Scores = NDArray[np.float32]

LONGEST = 24
"""A short answer has at most so many tokens."""
UNREAD = -8.0
"""Log-odds of a sentence that was cut off, or not read: less than that of all but few that were."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The words of a sentence that answer.

    Attributes:
        span: slice of the passage's text.
        sure: probability that it is these, or words that share half of them, given that the sentence answers.
    """

    span: Span
    sure: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage as it was read with a question.

    Attributes:
        scores: shape ``(sentences,)``, log-odds of each sentence against "none of them answers".
        marks: the words that answer, for each sentence.
    """

    scores: Scores
    marks: Sequence[Marked | None]


class Reader(CrossEncoder[Reading]):
    """Reads passages with a question. Safe to share between threads."""

    def reading(self, vectors: Vectors, pair: Pair, passage: Passage) -> Reading:
        """See :class:`Reading`."""
        heads, owners, count = self.heads, np.array(pair.owners), len(passage.sentences)
        asked = vectors[slice(*pair.question)].mean(axis=0)
        none = float(vectors[0] @ heads["none"] + heads["none_bias"])
        spans = vectors @ heads["span"].T + heads["span_bias"]
        scores = np.full(count, UNREAD, np.float32)
        marks: list[Marked | None] = [None] * count
        for number in sorted(set(pair.owners) - {HEAD}):
            tokens = np.flatnonzero(owners == number)
            said = vectors[tokens].mean(axis=0)
            cosine = said @ asked / (np.linalg.norm(said) * np.linalg.norm(asked) + 1e-9)
            linear = np.concatenate([said, said * asked]) @ heads["sentence"] + heads["sentence_bias"]
            scores[number] = linear + heads["scale"] * cosine - none
            found, sure = _likeliest(spans, tokens, pair.offsets)
            marks[number] = Marked(_whole(passage.text, passage.sentences[number], found), sure)
        return Reading(scores, marks)


def _likeliest(spans: Vectors, tokens: NDArray[np.intp], offsets: Sequence[Span]) -> tuple[Span, float]:
    """The likeliest span of a sentence, and how likely it is; that there is none, at ``<s>``, competes."""
    places = np.concatenate([[0], tokens])
    logits = spans[places]
    likely = np.exp(logits - logits.max(axis=0))
    likely /= likely.sum(axis=0)
    starts, ends = likely[1:, 0], likely[1:, 1]
    together = np.triu(starts[:, None] * ends[None, :])
    together -= np.triu(together, LONGEST)
    first, last = divmod(int(together.argmax()), len(tokens))
    sure = float(together[_alike(len(tokens), first, last)].sum())
    return (offsets[tokens[first]][0], offsets[tokens[last]][1]), sure


def _alike(count: int, first: int, last: int) -> NDArray[np.bool_]:
    """Shape ``(count, count)``: which spans of tokens, by first and last, share half with one (F1).

    "800 000" and "800 000 soldats" do: both are right, and neither is likely alone.
    """
    begin, end = np.arange(count)[:, None], np.arange(count)[None, :]
    common = np.minimum(end, last) - np.maximum(begin, first) + 1
    alike: NDArray[np.bool_] = 4 * common >= (end - begin + 1) + (last - first + 1)
    return alike


def _whole(text: str, sentence: Span, span: Span) -> Span:
    """The whole words of a sentence that a span touches: a token may be a part of a word, or a space."""
    start, end = span
    while start < end - 1 and text[start].isspace():
        start += 1
    while start > sentence[0] and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < sentence[1] and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


@cache
def load_reader() -> Reader:
    """The reader that comes with the program."""
    return Reader(load_body("reader"), load_heads("reader"), load_pairs())
