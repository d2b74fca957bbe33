"""A fitted body -> ONNX, its layers in whole numbers, and the words' vectors in the 4 bits that they have."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import CalibrationDataReader, QuantType, quantize_static
from torch import Tensor, nn

from evals.fit.network.batch import Batch
from evals.fit.network.layers import Body

OPSET = 20
WORD_BLOCK = 32
"""Weights of the words' vectors that share a scale: as in the base, so that nothing is lost."""


_OPTIONS = {
    "OpTypesToExcludeOutputQuantization": ["MatMul"],
    "CalibMovingAverage": True,
    "CalibMovingAverageConstant": 0.05,
}


class _Exported(nn.Module):
    """The body after its words are looked up."""

    def __init__(self, body: Body) -> None:
        super().__init__()
        self.body = body

    def forward(self, words: Tensor, kinds: Tensor, mask: Tensor) -> Tensor:
        return self.body.contextual(words, kinds, mask)


class _Samples(CalibrationDataReader):
    """What a body is given, batch by batch."""

    def __init__(self, body: Body, batches: Sequence[Batch]) -> None:
        self._given = iter(
            [
                {
                    "words": body.word(batch.ids).detach().numpy(),
                    "kinds": batch.kinds.numpy(),
                    "mask": batch.mask.numpy(),
                }
                for batch in batches
            ]
        )

    def get_next(self) -> dict[str, Any] | None:
        return next(self._given, None)


def export_body(body: Body, file: Path, samples: Sequence[Batch]) -> None:
    """Write the layers of a body, rounded as :class:`~evals.fit.network.layers.Rounded` does.

    The scale of what is multiplied is the mean of what it is in the samples, and then fixed: a text has the
    same vector whatever it is read with.
    """
    body = body.float().eval()
    width = body.word.embedding_dim
    shape = (2, 16)
    sample = (torch.randn(*shape, width), torch.zeros(shape, dtype=torch.long), torch.ones(shape))
    axes = {0: "rows", 1: "tokens"}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            _Exported(body),
            sample,
            str(whole),
            input_names=["words", "kinds", "mask"],
            output_names=["vectors"],
            dynamic_axes=dict.fromkeys(("words", "kinds", "mask", "vectors"), axes),
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_static(
            whole,
            file,
            _Samples(body, samples),
            nodes_to_quantize=_linear(onnx.load(whole).graph),
            per_channel=True,
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            extra_options=_OPTIONS,
        )


def _linear(graph: onnx.GraphProto) -> list[str]:
    """Names of the products with weights; those of attention stay as they are."""
    weights = {weight.name for weight in graph.initializer}
    return [node.name for node in graph.node if node.op_type == "MatMul" and node.input[1] in weights]


def packed(words: NDArray[np.float32]) -> dict[str, NDArray[np.generic]]:
    """Vectors of words in blocks of 32 weights of 4 bits: ``halves`` (two weights a byte) and ``scales``.

    Args:
        words: shape ``(words, width)``, on the grid of the base: multiples of a scale, -8 to 7.
    """
    blocks = words.reshape(-1, WORD_BLOCK)
    scales = _scales(blocks)
    whole = np.rint(blocks / np.where(scales, scales, 1)[:, None]).astype(np.int8) + 8
    assert whole.min() >= 0
    assert whole.max() <= 15
    half = WORD_BLOCK // 2
    halves = (whole[:, :half] | whole[:, half:] << 4).astype(np.uint8)
    return {
        "halves": halves.reshape(len(words), -1),
        "scales": scales.astype(np.float16).reshape(len(words), -1),
    }


def _scales(blocks: NDArray[np.float32]) -> NDArray[np.float32]:
    """In Q4_0 the weight that is largest in size is -8 times the scale."""
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=1)[:, None], axis=1)[:, 0]
    scales: NDArray[np.float32] = (largest / -8).astype(np.float32)
    return scales
