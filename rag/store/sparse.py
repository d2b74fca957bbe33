"""Sparse vectors of terms, for a Chroma that keeps a lexical index of its own (BM25)."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable

from chromadb.base_types import SparseVector

K1, B = 1.2, 0.75
"""As everywhere in the store; see :mod:`rag.store.bm25`."""
USUAL_LENGTH = 32.0
"""Terms of a passage of ordinary length. A constant, not the mean of the corpus: what is written once must
not depend on what is added later."""


def passage_vector(terms: Iterable[str]) -> SparseVector:
    """How often the terms of a passage occur, saturated as BM25 does; how rare they are, the server knows."""
    counted = Counter(map(_number, terms))
    norm = K1 * (1 - B + B * counted.total() / USUAL_LENGTH)
    numbers = sorted(counted)
    return SparseVector(numbers, [counted[n] * (K1 + 1) / (counted[n] + norm) for n in numbers])


def question_vector(terms: Iterable[str]) -> SparseVector:
    """The terms of a question, each once."""
    numbers = sorted(set(map(_number, terms)))
    return SparseVector(numbers, [1.0] * len(numbers))


def _number(term: str) -> int:
    # Of the word alone, so that no numbering is shared: two of 100,000 words meet about once.
    return zlib.crc32(term.encode())
