"""The words of a corpus and their vectors, for matching words that mean the same.

The encoder puts single words of French and English into one space (``soldiers`` is nearer to ``soldats``
than to ``army``), so that a question's word can be looked for in a sentence that says it otherwise, or in
the other language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.types import Encode

SAME_WORD = 0.62
"""Cosine from which the encoder holds two words to mean the same: translations have 0.7 and more, words of
the same field such as peace and war 0.57 and less."""


class Vocabulary:
    """Distinct content words of the sentences of a corpus, with unit vectors.

    Attributes:
        words: in order of id.
        vectors: shape ``(words, dimensions)``, float16 on disk; unit length.
        ids, ends: words of sentence ``i`` are ``ids[ends[i - 1]:ends[i]]``, in order.
    """

    def __init__(
        self,
        words: Sequence[str],
        vectors: NDArray[np.float16],
        ids: NDArray[np.int32],
        ends: NDArray[np.int64],
    ) -> None:
        self.words = list(words)
        self.vectors = vectors
        self.ids = ids
        self.ends = ends
        self._numbers = {word: number for number, word in enumerate(self.words)}

    @classmethod
    def build(
        cls,
        sentences: Iterable[Sequence[str]],
        encode: Encode,
        known: Vocabulary | None = None,
    ) -> Vocabulary:
        """The vocabulary of some sentences.

        Args:
            sentences: the content words of each.
            encode: gives the vectors of some words.
            known: a vocabulary whose vectors are taken over.
        """
        numbers: dict[str, int] = {}
        ids: list[int] = []
        ends: list[int] = []
        for words in sentences:
            ids += [numbers.setdefault(word, len(numbers)) for word in words]
            ends.append(len(ids))
        return cls(
            list(numbers),
            _vectors(list(numbers), encode, known),
            np.array(ids, dtype=np.int32),
            np.array(ends, dtype=np.int64),
        )

    def save(self, folder: Path) -> None:
        """Write it into a new folder."""
        folder.mkdir(parents=True)
        (folder / "words.txt").write_text("\n".join(self.words), encoding="utf-8")
        np.save(folder / "vectors.npy", self.vectors)
        np.savez(folder / "sentences.npz", ids=self.ids, ends=self.ends)

    @classmethod
    def load(cls, folder: Path) -> Vocabulary:
        """Open what :meth:`save` wrote, the vectors memory-mapped.

        Raises:
            OSError, ValueError, KeyError: it is not there or not whole.
        """
        text = (folder / "words.txt").read_text(encoding="utf-8")
        vectors = np.load(folder / "vectors.npy", mmap_mode="r", allow_pickle=False)
        file = folder / "sentences.npz"
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            return cls(text.split("\n") if text else [], vectors, arrays["ids"], arrays["ends"])

    def __len__(self) -> int:
        return len(self.words)

    def number(self, word: str) -> int | None:
        """Id of a word, ``None`` for one that the corpus does not have."""
        return self._numbers.get(word)

    def alike(self, vector: Sequence[float]) -> list[str]:
        """Words of the corpus that mean the same as one with a unit vector (:data:`SAME_WORD`)."""
        if not len(self.words):
            return []
        near = np.asarray(self.vectors, np.float32) @ np.asarray(vector, np.float32)
        return [self.words[number] for number in np.flatnonzero(near >= SAME_WORD)]

    def sentence(self, row: int) -> NDArray[np.int32]:
        """Ids of the words of a sentence, in order."""
        return self.ids[int(self.ends[row - 1]) if row else 0 : int(self.ends[row])]

    def lengths(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many words each of some sentences has."""
        return np.diff(self.ends, prepend=0)[rows]

    @cached_property
    def frequency(self) -> NDArray[np.int64]:
        """In how many sentences each word stands, shape ``(words,)``."""
        sentence = np.repeat(np.arange(len(self.ends)), np.diff(self.ends, prepend=0))
        many = max(len(self.words), 1)
        distinct = np.unique(sentence.astype(np.int64) * many + self.ids)
        return np.bincount(distinct % many, minlength=len(self.words))


def _vectors(
    words: list[str],
    encode: Encode,
    known: Vocabulary | None,
) -> NDArray[np.float16]:
    taken = {w: n for w in words if known is not None and (n := known.number(w)) is not None}
    new = [word for word in words if word not in taken]
    fresh = np.asarray(encode(new), dtype=np.float16) if new else None
    width = fresh.shape[1] if fresh is not None else known.vectors.shape[1] if known is not None else 0
    vectors = np.zeros((len(words), width), dtype=np.float16)
    position = {word: number for number, word in enumerate(words)}
    if fresh is not None:
        vectors[[position[word] for word in new]] = fresh
    if known is not None and taken:
        vectors[[position[word] for word in taken]] = known.vectors[list(taken.values())]
    return vectors
