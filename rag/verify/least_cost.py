"""The words of a quote beside those of a stretch of a source, at the least cost of the changes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

DENIAL = 0.2
"""Cost of a negation left out or added: what it turns round is shown, not hidden by a nearer string."""
_CUT, _CUT_MORE = 0.8, 0.1  # words left out cost little each when they are many together
_ANNOUNCED = 1e-4

Costs = NDArray[np.float32]
Step = tuple[int, int]
"""A word of the quote and one of the sources that stands for it; -1 where there is none."""


def least_cost(
    substitution: Costs, added: Costs, free: frozenset[int], denials: Sequence[int]
) -> tuple[list[Step], float]:
    """Least-cost alignment of all rows with some stretch of the columns (semi-global, affine gaps).

    Gotoh, An improved algorithm for matching biological sequences (1982), with free ends on one side; a row
    is computed at once, as a gap from any earlier column is a running minimum.

    Args:
        substitution: cost of column ``j`` standing for row ``i``.
        added: cost of row ``i`` standing for nothing.
        free: rows before which columns are left out for nothing.
        denials: columns that are left out for little, each by itself; in order.
    """
    rows, columns = substitution.shape
    ramp = np.arange(columns + 1, dtype=np.float32)
    reached = np.zeros((rows + 1, columns + 1), np.float32)  # no gap at the end
    best = np.zeros((rows + 1, columns + 1), np.float32)
    for row in range(1, rows + 1):
        here = reached[row]
        np.add(best[row - 1], added[row - 1], out=here)
        np.minimum(here[1:], best[row - 1, :-1] + substitution[row - 1], out=here[1:])
        opening, extending = _gap(row, free)
        before = np.minimum.accumulate(here - extending * ramp)
        best[row] = here
        np.minimum(here[1:], before[:-1] + opening + extending * ramp[1:], out=best[row, 1:])
        for column in denials:
            best[row, column + 1] = min(best[row, column + 1], best[row, column] + DENIAL)
    return _trace(substitution, reached, best, free, denials), float(reached[rows].min())


def _gap(row: int, free: frozenset[int]) -> tuple[float, float]:
    return (0.0, _ANNOUNCED) if row in free else (_CUT, _CUT_MORE)


def _trace(
    substitution: Costs, reached: Costs, best: Costs, free: frozenset[int], denials: Sequence[int]
) -> list[Step]:
    steps: list[Step] = []
    row, column = len(substitution), int(reached[-1].argmin())
    in_gap = False  # the last row has none
    while row > 0:
        is_left_out = in_gap and best[row, column] < reached[row, column]
        if is_left_out and _is_denial(best[row], column, denials):
            steps.append((-1, column - 1))
            column -= 1
        elif in_gap:
            opening, extending = _gap(row, free)
            costs = reached[row, :column] + opening + extending * (column - np.arange(column))
            origin = column if reached[row, column] <= costs.min(initial=np.inf) else int(costs.argmin())
            steps += [(-1, theirs) for theirs in range(column - 1, origin - 1, -1)]
            column, in_gap = origin, False
        elif (
            column
            and reached[row, column] >= best[row - 1, column - 1] + substitution[row - 1, column - 1] - 1e-5
        ):
            steps.append((row - 1, column - 1))
            row, column, in_gap = row - 1, column - 1, row > 1
        else:
            steps.append((row - 1, -1))
            row, in_gap = row - 1, row > 1
    return steps[::-1]


def _is_denial(best: Costs, column: int, denials: Sequence[int]) -> bool:
    """Whether the last column left out is a negation by itself."""
    return column - 1 in denials and bool(best[column] >= best[column - 1] + DENIAL - 1e-5)
