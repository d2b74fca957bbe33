"""A quote in tokens, compared with the words of a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.search import Scores
from rag.text import CONTENT, Token, content_words, fold, tokenise
from rag.types import Span

SHARE = 0.4
"""Most of a quote that is marked."""
SIMILAR = 0.45
"""Words less similar than this have nothing in common."""
KNOWN = 0.8
"""Words at least this similar say the same."""

Likeness = Mapping[str, Scores]
"""For content words of a text, the similarity of each to the words of a question, 0 to 1."""

_STEPS = {".": 6, ";": 6, ",": 2, "(": 2, ")": 2}
"""How far apart marks put the words on both sides; a word counts 1."""


@lru_cache(maxsize=100_000)
def _words(shape: str) -> list[str]:
    return content_words(shape)


class QuoteTokens:
    """A quote cut into tokens, compared with the words of a question.

    Attributes:
        content: shape ``(tokens,)``, which carry meaning.
        known: shape ``(tokens,)``, which the question has.
        strength: shape ``(words, tokens)``, how much each word of the question and each token are alike.
    """

    def __init__(self, text: str, span: Span, asked: Sequence[str], like: Likeness) -> None:
        self.text = text
        self.tokens = tokenise(text, *span)
        self.tags = "".join(token.tag for token in self.tokens)
        self.length = span[1] - span[0]
        self.content = np.array([tag in CONTENT for tag in self.tags], dtype=bool)
        similarity = self._similarity([fold(word) for word in asked], like)
        self.known: NDArray[np.bool_] = similarity.max(axis=0, initial=0.0) >= KNOWN
        self.strength: Scores = np.where(similarity >= SIMILAR, similarity, 0.0) ** 2
        self._place = np.cumsum([0, *(_STEPS.get(tag, 1) for tag in self.tags)])

    def _similarity(self, asked: Sequence[str], like: Likeness) -> Scores:
        similarity = np.zeros((len(asked), len(self.tokens)), np.float32)
        for column in np.flatnonzero(self.content):
            token = self.tokens[column]
            for word in _words(self.text[token.start : token.end]):
                if word in like:
                    similarity[:, column] = np.maximum(similarity[:, column], like[word])
            if token.word in asked:
                similarity[asked.index(token.word), column] = 1.0
        return similarity

    def width(self, first: int, last: int) -> int:
        """Characters from one token to the one before another."""
        return self.tokens[last - 1].end - self.tokens[first].start

    def fits(self, width: int) -> bool:
        """Whether so many characters may be marked."""
        return width <= SHARE * self.length

    def trimmed(self, first: int, last: int) -> Span:
        """Tokens without the words of the question that they begin with; none if they end with one."""
        while first < last and (self.known[first] or not self.content[first]):
            first += 1
        return (first, last) if first < last and not self.known[last - 1] else (last, last)

    def before(self, first: int) -> Token | None:
        """The token before, articles passed over."""
        while first and self.tags[first - 1] == "d":
            first -= 1
        return self.tokens[first - 1] if first else None

    def nearness(self, first: int, last: int) -> tuple[float, float]:
        """How near the question's words are, before and after; of each word, the nearest match."""
        before = self.strength[:, :first] / np.sqrt(self._place[first] - self._place[:first])
        after = self.strength[:, last:] / np.sqrt(self._place[last + 1 :] - self._place[last])
        left, right = before.max(axis=1, initial=0.0), after.max(axis=1, initial=0.0)
        return float(left[left >= right].sum()), float(right[right > left].sum())
