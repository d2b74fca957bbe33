"""Much, a part at a time."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def batches(items: Iterable[T], most: int) -> Iterator[list[T]]:
    """Consecutive parts of at most ``most`` items."""
    rest = iter(items)
    while batch := list(itertools.islice(rest, most)):
        yield batch
