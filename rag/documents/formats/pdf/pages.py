"""From offsets of the text back to the page: boxes, and the page as a picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from rag.documents.formats.pdf.document import opened
from rag.documents.formats.pdf.geometry import Frame
from rag.documents.formats.pdf.reading import read_document
from rag.documents.formats.pdf.shapes import Char
from rag.documents.formats.shared import EXPANSION

_WIDEST = 4000
"""Pixels."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where a run of words of one line stands: parts of the page as it is shown, from its top left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a PDF, and where each character of its text stands on them."""

    text: str
    count: int
    _data: bytes
    _places: tuple[Char, ...]
    _sizes: tuple[tuple[float, float], ...]

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page as it is shown, in points; ``page`` counts from 1."""
        return self._sizes[page - 1]

    def boxes(self, start: int, end: int) -> list[Box]:
        """Where the characters of a slice of the text stand, in its order: a box for each run of a line."""
        runs: list[list[Char]] = []
        for char in self._places[start:end]:
            if char.page < 1:
                continue
            if runs and _on_one_line(runs[-1][-1], char):
                runs[-1].append(char)
            else:
                runs.append([char])
        return [self._box(run) for run in runs]

    def _box(self, run: list[Char]) -> Box:
        width, height = self.size(run[0].page)
        boxes = [char.box for char in run]
        return Box(
            run[0].page,
            _part(min(box[0] for box in boxes), width),
            _part(min(box[1] for box in boxes), height),
            _part(max(box[2] for box in boxes), width),
            _part(max(box[3] for box in boxes), height),
        )

    def image(self, page: int, width: int) -> bytes:
        """A page as a PNG of some width in pixels; ``page`` counts from 1."""
        shown, _ = self.size(page)
        with opened(self._data) as document:
            opened_page = document[page - 1]
            try:
                scale = max(1, min(width, _WIDEST)) / max(shown, 1)
                picture = opened_page.render(scale=scale).to_pil()
            finally:
                opened_page.close()
        buffer = BytesIO()
        picture.save(buffer, "PNG")
        return buffer.getvalue()


def open_pages(data: bytes, max_bytes: int) -> Pages:
    """The pages of a PDF; ``text`` is what :func:`read_pdf` gives for the same file.

    Args:
        data: the file.
        max_bytes: size limit of the file, which bounds what it may unpack to.

    Raises:
        NotReadable: as :func:`read_pdf` does.
    """
    with opened(data) as document:
        reading = read_document(document, EXPANSION * max_bytes)
        sizes = tuple(_sizes(document))
    return Pages(reading.text, len(sizes), data, reading.places, sizes)


def _sizes(document: Iterable[object]) -> Iterable[tuple[float, float]]:
    for page in document:
        frame = Frame.of(page)
        yield frame.width, frame.height


def _on_one_line(before: Char, char: Char) -> bool:
    if before.page != char.page:
        return False
    size = max(before.size, char.size)
    if before.shown or char.shown:  # text that runs another way
        gap = max(abs(before.box[i] - char.box[j]) for i, j in ((0, 2), (1, 3)))
        return abs(before.base - char.base) < 0.4 * size and gap < 6 * size
    level = abs(before.base - char.base) < 0.6 * size
    return level and -0.5 * size < char.left - before.right < 3 * size


def _part(value: float, whole: float) -> float:
    return min(1.0, max(0.0, value / whole)) if whole else 0.0
