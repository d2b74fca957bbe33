"""From offsets of the text of a PDF back to its pages: what is known of them once they were read."""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass


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
    """The pages of a PDF, and where each character of its text stands on them.

    Attributes:
        text: what all offsets count in.
        sizes: width and height of each page as it is shown, in points.
        numbers: of each character, the page on which it stands; less than 1 where we added it.
        edges: of each character, left, top, right and bottom in points.
        goes_on: of each character, whether it goes on with the run of the one before it.
    """

    text: str
    sizes: tuple[tuple[float, float], ...]
    numbers: array[int]
    edges: array[float]
    goes_on: bytes

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.sizes)

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page as it is shown, in points; ``page`` counts from 1."""
        return self.sizes[page - 1]

    def boxes(self, start: int, end: int) -> list[Box]:
        """Where the characters of a slice of the text stand, in its order: a box for each run of a line."""
        runs: list[list[int]] = []
        for at in range(max(0, start), min(end, len(self.numbers))):
            if self.numbers[at] < 1:
                continue
            if runs and self.goes_on[at]:
                runs[-1].append(at)
            else:
                runs.append([at])
        return [self._box(run) for run in runs]

    def _box(self, run: list[int]) -> Box:
        page = self.numbers[run[0]]
        width, height = self.size(page)
        left, top, right, bottom = zip(*(self.edges[4 * at : 4 * at + 4] for at in run), strict=True)
        return Box(
            page,
            _part(min(left), width),
            _part(min(top), height),
            _part(max(right), width),
            _part(max(bottom), height),
        )

    def blobs(self) -> list[bytes]:
        """As bytes, for :func:`pages_of`."""
        head = json.dumps([self.text, self.sizes], ensure_ascii=False).encode("utf-8", "replace")
        return [head, self.numbers.tobytes(), self.edges.tobytes(), self.goes_on]


def pages_of(blobs: list[bytes]) -> Pages:
    """The pages that :meth:`Pages.blobs` gave the bytes of; nothing is taken on trust.

    Raises:
        ValueError, TypeError: they are those of something else.
    """
    head, numbers, edges, goes_on = blobs
    text, sizes = json.loads(head)
    pages = Pages(
        text,
        tuple((float(width), float(height)) for width, height in sizes),
        array("i", numbers),
        array("f", edges),
        goes_on,
    )
    count = len(text) if isinstance(text, str) else -1
    if (len(pages.numbers), len(pages.edges), len(goes_on)) != (count, 4 * count, count):
        raise ValueError("not as many places as characters")
    if count and max(pages.numbers) > pages.count:
        raise ValueError("a page that there is not")
    return pages


def _part(value: float, whole: float) -> float:
    return min(1.0, max(0.0, value / whole)) if whole else 0.0
