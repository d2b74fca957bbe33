"""How alike words and names are: by stem, or by the encoder, which knows synonyms and the other language."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.encoders import SAME_WORD
from rag.store import Index
from rag.text import content_words, fold, terms

SAME_NAME = 0.68
"""As SAME_WORD, for names: NATO and OTAN have 0.71, France and China 0.50, Ukraine and Russia 0.57."""
PEOPLE = 0.52
"""Cosine with the mean of some peoples from which a word is held to be one: most have 0.54 or more."""

Vectors = NDArray[np.float32]
Vector = Callable[[str], Vectors]
"""Gives the unit vector of a text."""

_PEOPLES = (
    "français chinois russe allemand italien espagnol japonais africain french chinese russian german "
    "italian spanish japanese african"
).split()
_COUNTRY_WORDS = "pays nation national international étranger langue country foreign language".split()
_ENDING = re.compile(
    r"(?:e?(?:r(?:ai|as?|ons|ez|ont|ais|ait|ions|iez|aient))|aient|aits?|ent|ant|ees?|er|es?)$"
)
"""Of French verbs; the stemmer leaves some after accents are taken off."""


@lru_cache(20_000)
def _stems(word: str) -> frozenset[str]:
    """What a word may have in common with others of its kind, in either language."""
    bare = _ENDING.sub("", fold(word))
    return frozenset([*terms(word, "fr"), *terms(word, "en"), *([bare] if len(bare) > 2 else [])])


def vectors_of(index: Index) -> Vector:
    """The encoder of an index for words and sentences, as unit vectors; it remembers them."""

    @lru_cache(20_000)
    def vector(text: str) -> Vectors:
        found = np.asarray(index.word_encoder.get_text_embedding(text), np.float32)
        length = float(np.linalg.norm(found))
        return found / length if length else found

    return vector


class Matcher:
    """Compares words and names of a sentence with those of a quote."""

    def __init__(self, vector: Vector) -> None:
        self.vector = vector

    def nearest(self, word: str, others: Sequence[str]) -> float:
        """Cosine of a word with the nearest of others; 1 for one that has a stem in common with it."""
        if any(word == other or _stems(word) & _stems(other) for other in others):
            return 1.0
        others = [] if word[0].isdigit() else [other for other in others if other[0].isalpha()]
        return max((float(self.vector(word) @ self.vector(other)) for other in others), default=0.0)

    def shares(self, rest: str, clause: str) -> bool:
        """Whether a sentence and a clause have a word in common."""
        own = content_words(clause)
        return any(self.nearest(word, own) >= SAME_WORD for word in content_words(rest))

    def is_alike(self, name: str, known: Sequence[str]) -> bool:
        """Whether a name, as a whole, is like one of others."""
        vector = self.vector(name)
        return any(float(vector @ self.vector(other)) >= SAME_NAME for other in known)

    def has_name(self, name: str, others: Sequence[str]) -> bool:
        """Whether each word of a name is like one of others'."""
        own = [word for other in others for word in content_words(other)]
        return all(self.nearest(word, own) >= SAME_NAME for word in content_words(name))

    def is_people(self, word: str) -> bool:
        """Whether a word is a people (« chinoise »), which French writes small."""
        vector = self.vector(word)
        alike = float(vector @ self._people)
        return alike >= PEOPLE and alike > max(float(vector @ self.vector(w)) for w in _COUNTRY_WORDS)

    @cached_property
    def _people(self) -> Vectors:
        centre = np.mean([self.vector(word) for word in _PEOPLES], axis=0)
        return np.asarray(centre / np.linalg.norm(centre), np.float32)
