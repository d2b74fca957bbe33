"""Many byte strings in one file, each compressed, read one at a time by mapping."""

from __future__ import annotations

import mmap
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


class Blobs:
    """Byte strings by number.

    Attributes:
        data: one after the other, each compressed.
        ends: where each ends, shape ``(strings,)``.
    """

    def __init__(self, data: bytes | mmap.mmap, ends: NDArray[np.int64]) -> None:
        self.data = data
        self.ends = ends

    @classmethod
    def of(cls, strings: Iterable[bytes]) -> Blobs:
        """Compress some."""
        return cls._of_packed([zlib.compress(string) for string in strings])

    @classmethod
    def joined(cls, picks: Iterable[tuple[Blobs, int]]) -> Blobs:
        """Some strings of others, in order."""
        return cls._of_packed([blobs.packed(number) for blobs, number in picks])

    @classmethod
    def _of_packed(cls, packed: Sequence[bytes]) -> Blobs:
        return cls(b"".join(packed), np.cumsum([len(each) for each in packed], dtype=np.int64))

    def save(self, file: Path) -> None:
        """Write them into a new file, and their ends beside it."""
        file.write_bytes(bytes(self.data) or b"\0")  # an empty file cannot be mapped
        np.save(file.with_suffix(".npy"), self.ends)

    @classmethod
    def open(cls, file: Path) -> Blobs:
        """Map what :meth:`save` wrote.

        Raises:
            OSError, ValueError: it is not there or not whole.
        """
        ends = np.asarray(np.load(file.with_suffix(".npy"), mmap_mode="r", allow_pickle=False))
        with file.open("rb") as opened:
            data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        if len(ends) and len(data) != int(ends[-1]):
            raise ValueError(f"{file.name} has not the length of its strings")
        return cls(data, ends)

    def packed(self, number: int) -> bytes:
        """One string as it is kept."""
        begin = int(self.ends[number - 1]) if number else 0
        return bytes(memoryview(self.data)[begin : int(self.ends[number])])

    def __getitem__(self, number: int) -> bytes:
        """One string.

        Raises:
            ValueError: it is damaged.
        """
        try:
            return zlib.decompress(self.packed(number))
        except zlib.error as error:
            raise ValueError(str(error)) from None
