"""Where a point of a PDF's own space stands on the page as it is shown."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from rag.documents.formats.pdf.shapes import Rect


@dataclass(frozen=True, slots=True)
class Frame:
    """The shown part of a page, turned as it is shown; y grows downwards."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @classmethod
    def of(cls, page: Any) -> Frame:
        """The frame of an open page."""
        left, bottom, right, top = page.get_bbox()
        return cls(left, bottom, right, top, page.get_rotation())

    @property
    def width(self) -> float:
        """Width of the page as it is shown."""
        return self.top - self.bottom if self.turn in (90, 270) else self.right - self.left

    @property
    def height(self) -> float:
        """Height of the page as it is shown."""
        return self.right - self.left if self.turn in (90, 270) else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The place of a point of the page's own space."""
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        if self.turn == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def rect(self, left: float, bottom: float, right: float, top: float) -> Rect:
        """The place of a rectangle of the page's own space."""
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def angle(self, a: float, b: float) -> float:
        """In which direction text with that matrix runs, in degrees; 0 is to the right, 90 upwards."""
        return (math.degrees(math.atan2(b, a)) - self.turn) % 360
