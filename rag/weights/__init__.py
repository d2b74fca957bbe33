"""Fitted files: readable JSON with where each comes from, read in one place.

``adapter`` and ``ranker`` are there once for each encoder that comes with the program.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def weights_file(name: str, encoder: str = "use") -> Path:
    """Where a fitted file is kept; ``encoder`` is ``use`` or ``e5``."""
    return Path(__file__).with_name(f"{name}.json" if encoder == "use" else f"{name}-{encoder}.json")


def read_weights(name: str, encoder: str = "use") -> dict[str, Any]:
    """What a fitted file holds.

    Raises:
        FileNotFoundError: there is none of that name for that encoder.
    """
    data: dict[str, Any] = json.loads(weights_file(name, encoder).read_text(encoding="utf-8"))
    return data
