"""What the stages of reading a PDF hand on: characters, words, lines, blocks, pages.

Everything is measured in points on the page as it is shown: from its left edge, from its top edge.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(slots=True)
class Char:
    """One character as it is printed; ``text`` may hold more, or less, than the file's own code."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    bold: bool = False
    font: str = ""
    sure: bool = True
    hinted: bool = False
    """PDFium takes it that a space stands before it."""
    raised: int = 0
    """1 above the line, -1 below it."""
    note: int = -1
    """Of the first character of a note mark: the note's number among all."""
    furniture: bool = False
    """The file itself marks it as no part of the text."""
    shown: Rect | None = None
    """Where it stands on the page, when the text was turned upright to be read."""

    @property
    def box(self) -> Rect:
        """Where it stands on the page."""
        return self.shown or (self.left, self.top, self.right, self.bottom)


SPACE = Char(" ", -1, 0, 0, 0, 0, 0, 0)
"""A space that nothing on the page stands for."""


BAR = (SPACE, Char("|", -1, 0, 0, 0, 0, 0, 0), SPACE)
"""What stands between two cells of a row."""


@dataclass(slots=True, eq=False)
class Word:
    """Characters that belong together; or what stands in the text as one thing (a table, a side box)."""

    chars: list[Char]
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    led: bool = False
    """The file has a space before it."""
    reach: float = 0.0
    """How far to the right the line goes on for sure: a bullet's is that of its item."""
    thing: Block | None = None
    height: float = 0.0

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.base - (self.height or 0.72 * self.size)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.base if self.height else self.base + 0.2 * self.size

    @property
    def text(self) -> str:
        """Its characters, as a string."""
        return "".join(char.text for char in self.chars)


@dataclass(slots=True, eq=False)
class Line:
    """Words on one base line of one column."""

    words: list[Word]
    page: int
    left: float = 0.0
    right: float = 0.0
    base: float = 0.0
    size: float = 0.0
    bold: bool = False
    stretched: bool = False
    """Its spaces are wide to fill the column: they part no cells."""

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(word.bottom for word in self.words)

    @property
    def text(self) -> str:
        """Its characters, as a string."""
        return "".join(char.text for char in self.chars())

    def overprints(self) -> int:
        """How many of its words stand on the word before."""
        narrow = [min(b.right - b.left, a.right - a.left) for a, b in pairwise(self.words)]
        return sum(a.right - b.left > 0.5 * w for (a, b), w in zip(pairwise(self.words), narrow, strict=True))

    def chars(self) -> list[Char]:
        """Its characters, with a space between its words, and a bar where they stand far apart."""
        joined: list[Char] = []
        for number, word in enumerate(self.words):
            if number:
                before = self.words[number - 1]
                if not self.stretched and far(before, word):
                    joined += BAR
                elif apart(before, word):
                    joined.append(SPACE)
            joined += word.chars
        return joined


BlockKind = Literal["text", "table", "aside", "notes", "turned"]


@dataclass(slots=True, eq=False)
class Block:
    """A stretch of a column, or a table, or a box beside the text."""

    kind: BlockKind
    page: int
    left: float
    top: float
    right: float
    bottom: float
    lines: list[Line] = field(default_factory=list)
    rows: list[list[list[Line]]] = field(default_factory=list)
    """Of a table: the lines of its rows' cells."""
    headed: bool = False
    """Of a table: whether its first row names the columns."""
    inner: list[Block] = field(default_factory=list)
    """Of a box: what stands in it."""
    beside: list[Rect] = field(default_factory=list)
    """Boxes of the page, which shorten the lines next to them."""


@dataclass(slots=True)
class Rule:
    """A straight line or a thin bar, drawn."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether it runs from left to right."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(slots=True)
class Page:
    """A page and what is drawn on it."""

    number: int
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    rects: list[Rect] = field(default_factory=list)
    images: list[Rect] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    stamps: list[str] = field(default_factory=list)
    """What is drawn aslant: watermarks."""
    unsure: int = 0
    """Characters whose meaning the file does not give."""
    ocr: bool = False
    grids: list[tuple[list[float], list[float]]] | None = None
    """Of each ruled table, once looked for, the places of its level and of its upright rules."""
    turned: list[list[Char]] = field(default_factory=list)
    """Text that runs another way than most of the page."""


def apart(before: Word, after: Word) -> bool:
    """Whether a space stands between two neighbours of a line."""
    gap = after.left - before.right
    size = max(before.size, after.size)
    if after.led or (after.chars and after.chars[0].hinted):
        return gap > (-0.1 if after.led else 0.06) * size
    return gap > 0.16 * size


_FAR = 2.2
"""Of the letters' size: no text is set with such spaces, not even to fill its lines."""


def far(before: Word, after: Word) -> bool:
    """Whether two neighbours of a line stand as cells of a row do."""
    gap = after.left - max(before.right, before.reach)
    return gap > _FAR * max(before.size, after.size) and _is_text(before) and _is_text(after)


def _is_text(word: Word) -> bool:
    return any(char.text.isalnum() for char in word.chars)


def span(words: Iterable[Word]) -> Rect:
    """What some words cover."""
    listed = list(words)
    return (
        min(word.left for word in listed),
        min(word.top for word in listed),
        max(word.right for word in listed),
        max(word.bottom for word in listed),
    )


ParagraphKind = Literal["text", "heading", "caption", "contents", "item", "row", "columns", "note"]


@dataclass(slots=True, eq=False)
class Paragraph:
    """What stands on one line of the text."""

    kind: ParagraphKind
    lines: list[Line] = field(default_factory=list)
    chars: list[Char] = field(default_factory=list)
    cells: list[list[Line]] = field(default_factory=list)
    """Of a row: the lines of its cells."""
    block: int = 0
    """The number of its block; paragraphs of one block stand in one column."""
    page: int = 0
    left: float = 0.0
    size: float = 0.0
    bold: bool = False
    label: str = ""
    """Of an item: its bullet or number; of a note: its mark."""
    full: bool = False
    """Whether its last line goes to the column's right edge."""
    to_the_edge: bool = False
    """Whether it ends exactly there, as the lines within a paragraph do."""
    indented: bool = False
    aside: bool = False
    level: int = 0
    gathered: bool = False
    """Of a note: it stands with the others at the document's end, not at the foot of its page."""

    @property
    def text(self) -> str:
        """Its characters, as a string."""
        return "".join(char.text for char in self.chars)
