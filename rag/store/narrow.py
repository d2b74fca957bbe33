"""Columns of whole numbers in as few bytes as they take, many to a file that is opened by mapping."""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Positions = NDArray[np.int64]

_WIDTHS: tuple[type[np.unsignedinteger[Any]], ...] = (np.uint8, np.uint16, np.uint32)
_APART = 8  # about so many bytes are taken by a number that stands apart
_ALIGNED = 64


def least(values: Array) -> Array:
    """The numbers, none below 0, in the smallest type that holds them all and may be added to others."""
    most = int(values.max(initial=0))
    return values.astype(np.int64 if most >> 32 else np.min_scalar_type(most))


class Narrow:
    """Whole numbers from 0 on, most of them small: those that do not fit into the column stand apart.

    Args:
        small: the column; its type's largest number stands for one that does not fit.
        at: which do not fit, in order.
        large: their values.
    """

    def __init__(self, small: Array, at: Array, large: Array) -> None:
        if len(at) != len(large):
            raise ValueError("a column and its large numbers do not fit together")
        self._small, self._at, self._large = small, at, large
        self._most = int(np.iinfo(small.dtype).max)

    @classmethod
    def of(cls, values: Array) -> Narrow:
        """A column of some numbers, of the type that takes the fewest bytes."""
        width = min(_WIDTHS, key=lambda each: _cost(values, each))
        at = np.flatnonzero(values >= np.iinfo(width).max)
        small = values.astype(width)
        small[at] = np.iinfo(width).max
        return cls(small, at.astype(np.uint32), least(values[at]))

    @classmethod
    def among(cls, arrays: Mapping[str, Array], name: str) -> Narrow:
        """The column of a name among those that :meth:`arrays` gave."""
        return cls(*(arrays[f"{name}{part}"] for part in ("", ".at", ".large")))

    def arrays(self, name: str) -> dict[str, Array]:
        """What it is made of, by names for a file."""
        return {name: self._small, f"{name}.at": self._at, f"{name}.large": self._large}

    def __len__(self) -> int:
        return len(self._small)

    @overload
    def __getitem__(self, at: int | np.integer[Any]) -> int: ...
    @overload
    def __getitem__(self, at: slice | Positions) -> Positions: ...
    def __getitem__(self, at: int | np.integer[Any] | slice | Positions) -> int | Positions:
        small = self._small[at]
        if isinstance(at, int | np.integer):
            return int(small) if small < self._most else int(self._large[self._rank(at)])
        found: Positions = small.astype(np.int64)
        if isinstance(at, slice):
            begin, end, _ = at.indices(len(self))
            first, last = self._rank([begin, end])
            found[self._at[first:last] - np.int64(begin)] = self._large[first:last]
        elif len(self._at) and (apart := small == self._most).any():
            found[apart] = self._large[self._rank(at[apart])]
        return found

    def _rank(self, numbers: Any) -> Any:
        """How many rows with numbers that do not fit come before some."""
        # asked in the type of the column that is searched, which numpy would copy whole otherwise
        return self._at.searchsorted(np.asarray(numbers, np.uint32))


def _cost(values: Array, width: type[np.unsignedinteger[Any]]) -> int:
    apart = int(np.count_nonzero(values >= np.iinfo(width).max))
    return np.dtype(width).itemsize * len(values) + _APART * apart


def save_arrays(file: Path, arrays: Mapping[str, Array]) -> None:
    """Write arrays into one file, after a line of JSON that says where each stands."""
    table: list[tuple[str, str, int, int]] = []
    reached = 0
    for name, array in arrays.items():
        table.append((name, array.dtype.str, len(array), reached))
        reached = _aligned(reached + array.nbytes)
    head = json.dumps({"arrays": table, "bytes": reached}).encode() + b"\n"
    with file.open("wb") as out:
        out.write(head.ljust(_aligned(len(head)), b"\0"))
        for array in arrays.values():
            out.write(array.tobytes().ljust(_aligned(array.nbytes), b"\0"))


def open_arrays(file: Path) -> dict[str, Array]:
    """The arrays of one dimension that :func:`save_arrays` wrote, mapped: nothing is read but their names.

    Raises:
        OSError, ValueError, KeyError: the file is not there or not whole.
    """
    with file.open("rb") as opened:
        mapped = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    line = mapped.readline()
    table, begin = json.loads(line), _aligned(len(line))
    if len(mapped) != begin + table["bytes"]:
        raise ValueError(f"{file.name} is cut short")
    return {
        name: np.ndarray(count, dtype, mapped, begin + reached)
        for name, dtype, count, reached in table["arrays"]
    }


def _aligned(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
