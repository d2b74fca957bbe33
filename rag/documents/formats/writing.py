"""A text written piece by piece, which remembers where its headings, captions, rows and notes stand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rag.types import Part, PartKind

_TAIL = 100


class Writer:
    """Text that grows at its end, with the parts of it that are not running text."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._parts: list[Part] = []
        self.length = 0

    def write(self, text: str) -> None:
        """Add some characters."""
        self._pieces.append(text)
        self.length += len(text)

    def tail(self) -> str:
        """The last words."""
        return "".join(self._pieces[-4:])[-_TAIL:]

    def trim(self) -> None:
        """Take back the line ends of the last piece."""
        if self._pieces:
            last = self._pieces.pop()
            self._pieces.append(last.rstrip("\n"))
            self.length -= len(last) - len(self._pieces[-1])

    def add_part(self, start: int, kind: PartKind, mark: str = "", at: int = -1) -> None:
        """Say that what was written from ``start`` on is no running text; nothing where nothing was."""
        if 0 <= start < self.length and not (self._parts and self._parts[-1].end > start):
            self._parts.append(Part(start, self.length, kind, mark, at))

    @contextmanager
    def part(self, kind: PartKind, mark: str = "", at: int = -1) -> Iterator[None]:
        """Say that what is written in the block is no running text."""
        start = self.length
        yield
        self.add_part(start, kind, mark, at)

    def text(self) -> str:
        """What was written."""
        return "".join(self._pieces)

    def parts(self) -> tuple[Part, ...]:
        """The parts, sorted."""
        return tuple(self._parts)
