"""PDFs as people have them, drawn word by word: pages of text in columns, with notes, headers, tables."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

FONT, BOLD = "Helvetica", "Helvetica-Bold"
LEADING = 15


class Sheet:
    """A PDF that is drawn; distances are from the left and from the top of the page."""

    def __init__(self, width: float = 595, height: float = 842) -> None:
        self.buffer = io.BytesIO()
        self.height = height
        self.canvas = Canvas(self.buffer, pagesize=(width, height))

    def put(self, x: float, y: float, text: str, size: float = 11, font: str = FONT) -> float:
        """Write a string; the place where it ends."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - y, text)
        return x + stringWidth(text, font, size)

    def lines(self, x: float, y: float, lines: Sequence[str], size: float = 11, font: str = FONT) -> float:
        """Write lines under each other; the place below them."""
        for line in lines:
            self.put(x, y, line, size, font)
            y += LEADING
        return y

    def raised(self, x: float, y: float, mark: str) -> float:
        """Write a superscript."""
        return self.put(x, y - 4, mark, 6)

    def rule(self, x: float, y: float, length: float) -> None:
        self.canvas.line(x, self.height - y, x + length, self.height - y)

    def grid(
        self, x: float, y: float, widths: Sequence[float], rows: Sequence[Sequence[Any]], high: float = 18
    ) -> None:
        """Write a ruled table; a cell of several lines is a list."""
        right = x + sum(widths)
        for row in rows:
            self.rule(x, y, right - x)
            tallest, at = 1, x
            for width, cell in zip(widths, row, strict=True):
                lines = cell if isinstance(cell, list) else [cell]
                tallest = max(tallest, len(lines))
                self.lines(at + 4, y + 12, lines, 10)
                at += width
            bottom = y + high * tallest
            at = x
            for width in (*widths, 0):
                self.canvas.line(at, self.height - y, at, self.height - bottom)
                at += width
            y = bottom
        self.rule(x, y, right - x)

    def next(self) -> None:
        self.canvas.showPage()

    def data(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()
