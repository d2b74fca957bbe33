"""A text read together with passages, token by token: what reader and judge have in common.

A cross-encoder (Nogueira and Cho 2019): question or claim and passage are one row, so that what one says
meets what the other says word by word.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from typing import Generic, TypeVar

import numpy as np

from rag.reader.body import Body, Vectors
from rag.reader.pairs import Pair, Pairs, Passage, joined
from rag.weights import weights_path

REMEMBERED = 4096
"""How many passages, and how many readings of passages, are kept."""

Heads = dict[str, Vectors]
Reading = TypeVar("Reading")


class CrossEncoder(ABC, Generic[Reading]):
    """Reads passages with a text. Safe to share between threads.

    Args:
        body: the transformer.
        heads: weights that make a reading of its vectors; see ``evals/fit/network``.
        pairs: makes the rows of tokens.
    """

    def __init__(self, body: Body, heads: Heads, pairs: Pairs) -> None:
        self.heads = heads
        self._body, self._pairs = body, pairs
        self._tokenised = lru_cache(REMEMBERED)(pairs.passage)
        self._known: OrderedDict[tuple[str, Passage], Reading] = OrderedDict()
        self._lock = threading.Lock()

    @abstractmethod
    def reading(self, vectors: Vectors, pair: Pair, passage: Passage) -> Reading:
        """What the vectors of a row say of the sentences of its passage."""

    def read(self, text: str, passages: Sequence[Passage]) -> list[Reading]:
        """Read each passage with a text; one reading for each, in their order.

        What was read lately is remembered.
        """
        with self._lock:
            found = {p: self._known[text, p] for p in passages if (text, p) in self._known}
        new = [passage for passage in dict.fromkeys(passages) if passage not in found]
        found |= zip(new, self._read(text, new), strict=True)
        with self._lock:
            for passage in passages:
                self._known[text, passage] = found[passage]
                self._known.move_to_end((text, passage))
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return [found[passage] for passage in passages]

    def _read(self, text: str, passages: Sequence[Passage]) -> list[Reading]:
        asked = self._pairs.question(text)
        pairs = [joined(asked, *self._tokenised(passage)) for passage in passages]
        found: dict[int, Reading] = {}
        rows = self._body.vectors([pair.ids for pair in pairs], [pair.passage for pair in pairs])
        for n, vectors in rows:
            found[n] = self.reading(vectors, pairs[n], passages[n])
        return [found[n] for n in range(len(passages))]


def load_heads(name: str) -> Heads:
    """The heads of the ``reader`` or the ``judge`` that comes with the program."""
    with np.load(weights_path(f"{name}-heads.npz"), allow_pickle=False) as arrays:
        return {key: arrays[key] for key in arrays.files}
