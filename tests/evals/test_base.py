"""The file of the base that is fitted on: a tiny one, made by hand."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from evals.fit.network import base
from evals.fit.network.base import base_file, read_base
from rag.errors import InputError

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁é"]
SCORES = [0.0, 0.0, 0.0, 0.0, -2.5]
SCALES = (0.5, -2.0)
WEIGHTS = [*range(-8, 8), *range(-8, 8)]
"""Of a block, before its scale: each weight of 4 bits twice."""


def block(scale: float) -> bytes:
    """32 weights of 4 bits: the low halves of the bytes are the first 16."""
    low, high = WEIGHTS[:16], WEIGHTS[16:]
    return np.float16(scale).tobytes() + bytes((a + 8) | (b + 8) << 4 for a, b in zip(low, high, strict=True))


def tiny() -> bytes:
    """Two tensors: one in fp32, one in blocks."""
    blob = "".join(PIECES).encode()
    ends = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)]).astype(np.uint32)
    head = b"E5S1" + struct.pack("<I7ifi", 1, 64, 1, 2, 128, len(PIECES), 512, 1, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 1, 2, 3, len(blob))
    head += ends.tobytes() + np.array(SCORES, np.float32).tobytes() + blob
    head += struct.pack("<iI", 1, 3) + b"map"
    plain, packed = np.array([1.5, -2.25], np.float32).tobytes(), block(SCALES[0]) + block(SCALES[1])
    listed = [(b"plain", 0, 2, plain), (b"packed", 1, 40, packed)]
    size = len(head) + 4 + sum(2 + len(name) + struct.calcsize("<BIQQ") for name, *_ in listed)
    table = struct.pack("<i", len(listed))
    for name, kind, count, data in listed:
        table += struct.pack("<H", len(name)) + name + struct.pack("<BIQQ", kind, count, size, len(data))
        size += len(data)
    return head + table + plain + packed


def test_a_tiny_file_by_hand(tmp_path: Path) -> None:
    file = tmp_path / "tiny.bin"
    file.write_bytes(tiny())
    found = read_base(file)
    assert (found.width, found.layers, found.heads, found.inner, found.positions) == (64, 1, 2, 128, 512)
    assert found.epsilon == pytest.approx(1e-12)
    assert list(found.pieces) == PIECES
    assert list(found.scores) == SCORES
    assert found.tensors.keys() == {"plain", "packed"}
    assert found.tensors["plain"].tolist() == [1.5, -2.25]
    first, second = ([scale * weight for weight in WEIGHTS] for scale in SCALES)
    assert found.tensors["packed"].tolist() == [*first, *second[:8]]


def test_without_the_package_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "find_spec", lambda name: None)
    with pytest.raises(InputError, match="fit"):
        base_file()
