"""Which texts of a page a reader sees: the page is drawn with and without those in doubt."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from rag.documents.formats.pdf.geometry import Frame
from rag.documents.formats.pdf.objects import Drawn
from rag.documents.formats.pdf.shapes import Rect

_FAINT = 20
"""Of 255: a smaller difference is not seen."""
_SIDE = 2000
"""Pixels: no page is drawn larger to be looked at."""


def unseen(page: Any, frame: Frame, characters: list[tuple[int, Drawn | None, Rect]]) -> set[int]:
    """The keys of text objects that leave no trace on the page.

    Args:
        page: an open page.
        frame: its frame.
        characters: of each character the key of its text object, the object, and the box.
    """
    boxes: dict[int, list[Rect]] = defaultdict(list)
    suspects: dict[int, Drawn] = {}
    for key, drawn, box in characters:
        if drawn is not None and drawn.suspect and drawn.mode != 3 and box[2] - box[0] > 0.3:
            suspects[key] = drawn
            boxes[key].append(box)
    if not suspects:
        return set()
    scale = min(1.5, _SIDE / max(frame.width, frame.height, 1))
    whole = _picture(page, scale)
    for drawn in suspects.values():
        pdfium.FPDFPageObj_SetIsActive(drawn.object, False)
    try:
        without = _picture(page, scale)
    finally:
        for drawn in suspects.values():
            pdfium.FPDFPageObj_SetIsActive(drawn.object, True)
    trace = np.maximum(whole, without) - np.minimum(whole, without) > _FAINT
    return {key for key, places in boxes.items() if not _leaves_trace(trace, places, scale)}


def _picture(page: Any, scale: float) -> np.ndarray[Any, np.dtype[np.uint8]]:
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        return np.array(bitmap.to_numpy().reshape(bitmap.height, bitmap.width), dtype=np.uint8)
    finally:
        bitmap.close()


def _leaves_trace(trace: np.ndarray[Any, np.dtype[np.bool_]], boxes: list[Rect], scale: float) -> bool:
    """Whether at least half of the characters changed a point of the picture."""
    seen = 0
    for left, top, right, bottom in boxes:
        part = trace[
            max(0, int(top * scale)) : int(bottom * scale) + 2,
            max(0, int(left * scale)) : int(right * scale) + 2,
        ]
        seen += bool(part.size and part.any())
    return 2 * seen >= len(boxes)
