"""The transformer, run by ONNX Runtime: rows of tokens -> a vector for each token."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.reader.pairs import PAD
from rag.weights import weights_path

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Vectors = NDArray[np.float32]

BATCH_TOKENS = 512
"""Most tokens of a batch, once its rows are padded to one length; in a large one most of them are padding."""
_BLOCK = 32
"""Weights that share a scale in the words' vectors."""
_loading = threading.Lock()


class Words:
    """Vectors of the vocabulary, in 4 bits: two weights a byte, a scale for each 32.

    They are those of multilingual-e5-small, which :mod:`evals.fit.network` leaves as they are.
    """

    def __init__(self, file: Path) -> None:
        with np.load(file, allow_pickle=False) as arrays:
            self._halves, self._scales = arrays["halves"], arrays["scales"]

    def __call__(self, ids: NDArray[np.int64]) -> Vectors:
        """Shape ``(rows, tokens)``, gives ``(rows, tokens, width)``."""
        halves = self._halves[ids].reshape(*ids.shape, -1, _BLOCK // 2)
        whole = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32) - 8
        vectors: Vectors = whole * self._scales[ids].astype(np.float32)[..., None]
        return vectors.reshape(*ids.shape, -1)


class Body:
    """A fitted transformer; safe to share between threads."""

    def __init__(self, file: Path, words: Words) -> None:
        self._session = _session(file)
        self._words = words

    def vectors(
        self, rows: Sequence[Sequence[int]], passages: Sequence[int]
    ) -> Iterator[tuple[int, Vectors]]:
        """The vectors of the tokens of each row, ``(tokens, width)``, with its number; short rows first.

        Args:
            rows: numbers of the tokens.
            passages: where the second part of each row begins.
        """
        for batch in _batches([len(row) for row in rows]):
            length = max(len(rows[n]) for n in batch)
            ids = np.full((len(batch), length), PAD, np.int64)
            kinds, mask = np.zeros_like(ids), np.zeros(ids.shape, np.float32)
            for at, n in enumerate(batch):
                ids[at, : len(rows[n])], mask[at, : len(rows[n])] = rows[n], 1
                kinds[at, passages[n] : len(rows[n])] = 1
            given = {"words": self._words(ids), "kinds": kinds, "mask": mask}
            (found,) = self._session.run(None, given)
            for at, n in enumerate(batch):
                yield n, found[at, : len(rows[n])]


@cache
def _words() -> Words:
    return Words(weights_path("words.npz"))


def load_body(name: str) -> Body:
    """The body of the ``reader`` or the ``encoder`` that comes with the program; both have the same words."""
    with _loading:  # threads that ask at once wait for one, of 24 MB and with threads of its own
        return _body(name)


@cache
def _body(name: str) -> Body:
    return Body(weights_path(f"{name}.onnx"), _words())


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of rows of about one length together."""
    batch: list[int] = []
    for n in sorted(range(len(lengths)), key=lambda n: lengths[n]):
        if batch and lengths[n] * (len(batch) + 1) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(n)
    if batch:
        yield batch


def _session(file: Path) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = cores()
    options.inter_op_num_threads = 1
    # threads that spin while they wait take the core from whoever else asks
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
