"""The white strips between columns: a page's words as a grid of black and white."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np

from rag.documents.formats.pdf.shapes import Word, span

Grid = np.ndarray[Any, np.dtype[np.bool_]]
_STEP_X = 1.0
_STEP_Y = 2.0
_MOST = 3000
"""Steps of a grid in one direction: larger pages are looked at less finely."""
_NARROW = 0.75
"""Of the letters' size: a narrower strip is a space between words."""


@dataclass(frozen=True, slots=True)
class Gutter:
    """A white strip with words on both of its sides."""

    left: float
    right: float
    top: float
    bottom: float


class Columns:
    """Where the columns of a document part: a strip of one page is looked for on the next ones."""

    def __init__(self) -> None:
        self.strips: list[tuple[float, float]] = []

    def learn(self, gutter: Gutter, size: float) -> None:
        """Remember a strip that is long enough to part columns of text."""
        if gutter.bottom - gutter.top > _TALL * size and not self.know(gutter.left, gutter.right):
            self.strips.append((gutter.left, gutter.right))

    def know(self, left: float, right: float) -> bool:
        """Whether a strip is one of those, about."""
        return any(left < high - 0.5 * (high - low) < right and right - left < 2 * (high - low)
                   for low, high in self.strips)  # fmt: skip


_TALL = 15
"""Of the letters' size."""


def widest_gutter(words: Sequence[Word], columns: Columns | None = None) -> Gutter | None:
    """The white strip that parts most lines of some words, if one does.

    Args:
        words: of a page, or of a part of it.
        columns: those known of the document, for which few lines are enough.
    """
    if len(words) < 4:
        return None
    size = median(word.size for word in words) or 1.0
    left, top, right, bottom = span(words)
    step_x = max(_STEP_X, (right - left) / _MOST)
    step_y = max(_STEP_Y, (bottom - top) / _MOST)
    shape = (int((bottom - top) / step_y) + 2, int((right - left) / step_x) + 2)
    grid = np.zeros(shape, dtype=np.bool_)
    for word in words:
        y0, y1 = _core(word)
        grid[
            max(0, int((y0 - top) / step_y)) : int((y1 - top) / step_y) + 1,
            max(0, round((word.left - left) / step_x)) : max(
                1, round((max(word.right, word.reach) - left) / step_x)
            ),
        ] = True
    width = max(3, round(_NARROW * size / step_x))
    known = [
        (round((low - left) / step_x), round((high - left) / step_x))
        for low, high in (columns.strips if columns else ())
    ]
    best = _best_strip(grid, width, size / step_x, known)
    if best is None:
        return None
    x0, x1, y0, y1 = best
    return Gutter(left + x0 * step_x, left + x1 * step_x, top + y0 * step_y, top + y1 * step_y)


def _core(word: Word) -> tuple[float, float]:
    return (
        (word.top, word.bottom) if word.thing else (word.base - 0.55 * word.size, word.base - 0.1 * word.size)
    )


def _best_strip(
    grid: Grid, width: int, em: float, known: Sequence[tuple[int, int]]
) -> tuple[int, int, int, int] | None:
    """The strip of at least some width that most rows have ink on both sides of: x, x, y, y."""
    columns = grid.shape[1]
    if columns <= width + 2:
        return None
    ink = np.pad(np.cumsum(grid, axis=1, dtype=np.int32), ((0, 0), (1, 0)))
    free = ink[:, width:] == ink[:, :-width]  # at x: x .. x + width is white
    lines_before = _line_counts(ink[:, : free.shape[1]] > 0)
    lines_after = _line_counts(ink[:, -1:] - ink[:, width:] > 0)
    best: tuple[float, tuple[int, int, int, int]] | None = None
    for x in range(1, free.shape[1] - 1):
        for y0, y1 in _stretches(free[:, x]):
            before = lines_before[y1, x] - lines_before[y0, x]
            after = lines_after[y1, x] - lines_after[y0, x]
            sides = int(min(before, after))
            parted = sides + 0.15 * float(max(before, after))
            if sides < 2 or (best is not None and parted + 1.5 <= best[0]):
                continue
            x0, x1 = _widened(grid[y0:y1], x, x + width)
            if x0 == 0 or x1 >= columns - 1:
                continue
            wide = (x1 - x0) / em
            there = any(x0 < (low + high) / 2 < x1 and x1 - x0 < 2 * (high - low) for low, high in known)
            if not there and sides < _least_lines(wide, int(max(before, after))):
                continue
            score = parted + min(wide, 6) / 4
            if best is None or score > best[0] + 1e-9:
                best = (score, (x0, x1, y0, y1))
    return best[1] if best else None


def _least_lines(wide: float, longer: int) -> int:
    """How many lines a strip must part: a narrow one may be spaces that meet, but not a long one."""
    if longer >= 12 and wide >= 1.15:
        return 2 if wide >= 2 else 4
    return 2 if wide >= 2 else 4 if wide >= 1.5 else 6 if wide >= 1.15 else 9


def _line_counts(inked: Grid) -> np.ndarray[Any, np.dtype[np.int32]]:
    """At y, x: how many lines of text begin above y, for each x."""
    starts = inked.copy()
    starts[1:] &= ~inked[:-1]
    return np.pad(np.cumsum(starts, axis=0, dtype=np.int32), ((1, 0), (0, 0)))


def _widened(rows: Grid, x0: int, x1: int) -> tuple[int, int]:
    """A white strip made as wide as it can be."""
    black = np.flatnonzero(rows.any(axis=0))
    left, right = np.searchsorted(black, x0), np.searchsorted(black, x1)
    return (
        int(black[left - 1]) + 1 if left else 0,
        int(black[right]) if right < len(black) else rows.shape[1],
    )


def _stretches(column: np.ndarray[Any, np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], column.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > 2]
