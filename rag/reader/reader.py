"""Question + passages -> how surely each sentence answers, and which of its words do.

A cross-encoder (Nogueira and Cho 2019) fitted by ``evals/fit/network`` from multilingual-e5-small: question
and passage are read together, so that what is asked meets what is said word by word.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.reader.body import Body, Vectors, load_body
from rag.reader.pairs import HEAD, Pair, Pairs, Passage, joined, load_pairs
from rag.types import Span
from rag.weights import weights_path

Scores = NDArray[np.float32]

REMEMBERED = 4096
"""How many passages, and how many readings of passages, are kept."""
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


class Reader:
    """Reads passages with a question. Safe to share between threads.

    Args:
        body: the transformer.
        heads: weights that make scores of its vectors; see ``evals/fit/network/layers.py``.
        pairs: makes the rows of tokens.
    """

    def __init__(self, body: Body, heads: dict[str, Vectors], pairs: Pairs) -> None:
        self._body, self._heads, self._pairs = body, heads, pairs
        self._tokenised = lru_cache(REMEMBERED)(pairs.passage)
        self._known: OrderedDict[tuple[str, Passage], Reading] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """Read each passage with the question; one reading for each, in their order.

        What was read lately is remembered.
        """
        with self._lock:
            found = {p: self._known[question, p] for p in passages if (question, p) in self._known}
        new = [passage for passage in dict.fromkeys(passages) if passage not in found]
        found |= zip(new, self._read(question, new), strict=True)
        with self._lock:
            for passage in passages:
                self._known[question, passage] = found[passage]
                self._known.move_to_end((question, passage))
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return [found[passage] for passage in passages]

    def _read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        asked = self._pairs.question(question)
        pairs = [joined(asked, *self._tokenised(passage)) for passage in passages]
        found: dict[int, Reading] = {}
        rows = self._body.vectors([pair.ids for pair in pairs], [pair.passage for pair in pairs])
        for n, vectors in rows:
            found[n] = self._reading(vectors, pairs[n], passages[n])
        return [found[n] for n in range(len(passages))]

    def _reading(self, vectors: Vectors, pair: Pair, passage: Passage) -> Reading:
        heads, owners, count = self._heads, np.array(pair.owners), len(passage.sentences)
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
    with np.load(weights_path("reader-heads.npz"), allow_pickle=False) as arrays:
        heads = {key: arrays[key] for key in arrays.files}
    return Reader(load_body("reader"), heads, load_pairs())
