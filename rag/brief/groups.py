"""Sentences of a side -> groups of one meaning: average linkage, as few rules as do."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

TOGETHER = 0.42
"""Two groups that are so alike on average are one. Set by hand, on debates of ``check``."""
MOST = 8
"""A group takes no more sentences than these: what is alike to all is no argument."""


def groups_of(alike: NDArray[np.float32]) -> list[list[int]]:
    """Groups of things, of a symmetric table of how alike they are; each sorted, in order of their first.

    The two groups that are most alike on average are joined, until none are alike enough.
    """
    count = len(alike)
    members = {number: [number] for number in range(count)}
    sums = alike.astype(np.float64).copy()
    means = sums.copy()
    np.fill_diagonal(means, -np.inf)
    while len(members) > 1:
        one, other = (int(n) for n in np.unravel_index(np.argmax(means), means.shape))
        if means[one, other] < TOGETHER:
            break
        if len(members[one]) + len(members[other]) > MOST:
            means[one, other] = means[other, one] = -np.inf
            continue
        members[one] += members.pop(other)
        sums[one] += sums[other]
        sums[:, one] = sums[one]
        means[other] = means[:, other] = -np.inf
        sizes = np.array([len(members.get(n, ())) for n in range(count)])
        there = (sizes > 0) & (np.arange(count) != one)
        means[one] = -np.inf
        means[one, there] = sums[one, there] / (sizes[there] * len(members[one]))
        means[:, one] = means[one]
    return sorted(sorted(own) for own in members.values())
