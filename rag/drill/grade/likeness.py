"""How much of a passage's meaning an answer has: by each word, by the encoder's vectors; by the whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.drill.grade.sheet import Sheet
from rag.store import idf
from rag.text import content_words, facts_in, fold, is_spelt, terms

SAME_WORD, LIKE_WORD = 0.8, 0.6
"""From these cosines two words count as the same, and as half so."""
FAR, NEAR = 0.25, 0.75
"""Cosines of an answer and a passage that say nothing in common, and the same."""
NAMED_MISSING = 4
"""Most words named as missing."""


class Likeness:
    """How much of what is expected an answer has, by its words and by the whole."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def best(self) -> tuple[int, float, float]:
        """The expected passage that an answer is nearest to, how much of it the answer has, the cosine."""
        found = [
            (self.cover(self.sheet.asked_text(n)), self.nearness(self.sheet.asked_text(n)), -n)
            for n in range(len(self.sheet.question.expected))
        ]
        cover, nearness, number = max(found, key=lambda each: (share_of(each[0], each[1]), each[2]))
        return -number, cover, nearness

    def nearness(self, passage: str) -> float:
        """Cosine of the answer and a passage."""
        one, other = (
            _unit(self.sheet.index.word_encoder.get_text_embedding(text))
            for text in (self.sheet.answer, passage)
        )
        return float(one @ other)

    def cover(self, passage: str) -> float:
        """Share of what a passage means that the answer has the words of, 0 to 1."""
        weights, held = self._weighed(passage), self._held(passage)
        total = sum(weights.values())
        return sum(weights[word] * held[word] for word in weights) / total if total else 0.0

    def missing(self, passage: str) -> str:
        """The rarest words of a passage that the answer has not."""
        weights, held = self._weighed(passage), self._held(passage)
        absent = sorted((word for word in weights if not held[word]), key=lambda word: -weights[word])
        kept = set(absent[:NAMED_MISSING])
        return ", ".join(word for word in weights if word in kept)

    def _weighed(self, passage: str) -> dict[str, float]:
        """The words of a passage that the question does not show, with how rare each is."""
        own = list(dict.fromkeys(content_words(passage)))
        known = {fold(word) for word in content_words(self.sheet.known())}
        if self.sheet.question.kind == "asked":  # in words that may be inflected otherwise
            language = self.sheet.question.source.language
            stems = set(terms(self.sheet.known(), language))
            known |= {fold(word) for word in own if stems.issuperset(terms(word, language))}
        new = [word for word in own if fold(word) not in known] or own
        size = len(self.sheet.snapshot.sentences["start"])
        return {word: self._rarity(word, size) for word in new}

    def _rarity(self, word: str, size: int) -> float:
        number = self.sheet.snapshot.vocabulary.number(word)
        frequency = int(self.sheet.snapshot.vocabulary.frequency[number]) if number is not None else 0
        return float(idf(frequency, size))

    def _held(self, passage: str) -> dict[str, float]:
        """How much the answer has of each word of a passage, 0 to 1."""
        own, spoken = list(self._weighed(passage)), list(dict.fromkeys(content_words(self.sheet.answer)))
        if not own or not spoken:
            return dict.fromkeys(own, 0.0)
        encode = self.sheet.index.word_encoder.get_text_embedding_batch
        one, other = (np.stack([_unit(v) for v in encode(texts)]) for texts in (own, spoken))
        similarity = (one @ other.T).max(axis=1)
        language = self.sheet.question.source.language
        stems = set(terms(self.sheet.answer, language))
        numbers = {str(fact.value) for fact in facts_in(self.sheet.answer) if fact.kind == "number"}
        held: dict[str, float] = {}
        for word, like in zip(own, similarity, strict=True):
            if word[0].isdigit():
                held[word] = float(word in spoken or word in numbers)
            elif set(terms(word, language)) & stems or any(is_spelt(fold(word), fold(o)) for o in spoken):
                held[word] = 1.0
            else:
                held[word] = 1.0 if like >= SAME_WORD else 0.5 if like >= LIKE_WORD else 0.0
        return held


def share_of(cover: float, nearness: float) -> float:
    """How much of a passage's meaning an answer has: by its words, or by the whole, whichever says more."""
    scaled = (nearness - FAR) / (NEAR - FAR)
    return max(cover, min(max(scaled, 0.0), 1.0) * 0.5 + cover * 0.5)


def _unit(vector: Sequence[float]) -> NDArray[np.float32]:
    found = np.asarray(vector, np.float32)
    return found / (np.linalg.norm(found) or 1)
