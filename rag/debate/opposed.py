"""Which sentences of two sides stand opposite each other."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from rag.debate.bearing import BEARS, load_bearing
from rag.debate.sides import Row, Sides

FACING = 2
"""Most sentences of the side that says more that stand opposite one of the other side."""


def opposed(sides: Sides, rows: dict[str, list[Row]]) -> list[tuple[Row, Row, float]]:
    """Pairs of sentences of two sides on one matter, the nearest first.

    A sentence of the side that says more stands opposite one of the other side, which may face
    :data:`FACING`: so that rows are of about one height.
    """
    vectors = sides.vectors(row for each in rows.values() for row in each)
    found: list[tuple[Row, Row, float]] = []
    for one, other in combinations(sorted(rows, key=lambda side: (-len(rows[side]), side)), 2):
        scored = [(_likeness(sides, a, b, vectors), a, b) for a in rows[one] for b in rows[other]]
        taken: Counter[Row] = Counter()
        for score, a, b in sorted(scored, key=lambda pair: (-pair[0], *pair[1:])):
            if score >= BEARS and not taken[a] and taken[b] < FACING:
                found.append((a, b, score))
                taken.update((a, b))
    return sorted(found, key=lambda pair: (-pair[2], pair[0]))


def _likeness(sides: Sides, a: Row, b: Row, vectors: dict[Row, NDArray[np.float32]]) -> float:
    """Probability that one of two sentences bears on the other."""
    cosine = float(vectors[a] @ vectors[b]) if a in vectors and b in vectors else 0.0
    shared = max(sides.covered(sides.stems(a), b), sides.covered(sides.stems(b), a))
    return load_bearing().probability(cosine, shared)
