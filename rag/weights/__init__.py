"""Fitted files, and where each comes from, read in one place.

========================  ==========================================================================
file                      what it is
========================  ==========================================================================
``words.npz``             vectors of the words that reader and encoder share, in 4 bits
``tokenizer.json``        how a text is cut into those words
``encoder.onnx``          the layers of the encoder, in whole numbers
``reader.onnx``           those of the reader; ``reader-heads.npz``: what makes scores of its vectors
``network.json``          how all of the above were fitted, on what, under which licences
other ``*.json``          small linear models, each with its provenance
========================  ==========================================================================
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def weights_path(name: str) -> Path:
    """Where a fitted file is kept."""
    return Path(__file__).with_name(name)


def read_weights(name: str) -> dict[str, Any]:
    """What a fitted JSON file holds.

    Raises:
        FileNotFoundError: there is none of that name.
    """
    data: dict[str, Any] = json.loads(weights_path(f"{name}.json").read_text(encoding="utf-8"))
    return data
