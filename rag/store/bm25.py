"""BM25 over the sentences and the passages of a corpus."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import ArrayLike, NDArray


def idf(frequency: ArrayLike, size: int) -> NDArray[np.float64]:
    """Rarity of words that stand in some of ``size`` documents: ``log(1 + (N - df + .5) / (df + .5))``.

    Args:
        frequency: in how many documents, any shape; that of what is returned.
        size: how many documents there are.
    """
    counted = np.asarray(frequency, np.float64)
    rarity: NDArray[np.float64] = np.log1p((size - counted + 0.5) / (counted + 0.5))
    return rarity


class BM25:
    """BM25 (Lucene's variant, Robertson and Zaragoza 2009) over documents given as terms."""

    def __init__(self, index: bm25s.BM25 | None, size: int) -> None:
        self._index = index
        self.size = size

    @classmethod
    def build(cls, documents: Sequence[Sequence[str]]) -> BM25:
        """Index ``documents``, each a list of terms; an empty vocabulary is allowed."""
        if not any(documents):
            return cls(None, len(documents))
        logging.getLogger("bm25s").setLevel(logging.WARNING)  # it announces each build
        index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        index.index([list(terms) for terms in documents], show_progress=False)
        return cls(index, len(documents))

    def save(self, folder: Path) -> None:
        """Write the index into ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        if self._index is not None:
            self._index.save(folder, show_progress=False)
        (folder / "size").write_text(str(self.size))  # last: without it, the folder is not whole

    @classmethod
    def load(cls, folder: Path) -> BM25:
        """Open the index saved in ``folder``, memory-mapped.

        Raises:
            OSError, ValueError: it is not there or not whole.
        """
        size = int((folder / "size").read_text())
        if not any(folder.glob("*.npy")):
            return cls(None, size)
        return cls(bm25s.BM25.load(folder, mmap=True), size)

    def scores(self, query: Sequence[str]) -> NDArray[np.float32]:
        """Score of every document for the terms of a question, shape ``(size,)``; 0 for no match."""
        if self._index is None:
            return np.zeros(self.size, dtype=np.float32)
        known = [term for term in query if term in self._index.vocab_dict]
        if not known:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._index.get_scores(known), dtype=np.float32)

    def share(self, query: Sequence[str]) -> NDArray[np.float32]:
        """:meth:`scores` as a share of what the terms weigh together, 0 to 1."""
        weight = sum(self.idf(term) for term in query)
        return self.scores(query) / np.float32(weight) if weight else self.scores(())

    def idf(self, term: str) -> float:
        """Rarity of a term among the documents."""
        position = self._index.vocab_dict.get(term) if self._index is not None else None
        frequency = 0
        if self._index is not None and position is not None:
            indptr = self._index.scores["indptr"]
            frequency = int(indptr[position + 1] - indptr[position])
        return float(idf(frequency, self.size))
