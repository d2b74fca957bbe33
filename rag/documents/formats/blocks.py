"""What Word, Writer, RTF and slides have in common: paragraphs, tables, notes, before they are text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from rag.types import LeftOutKind, PartKind

MOST_ANCHORS = 60_000
Script = Literal["", "super", "sub"]
Out = LeftOutKind | Literal[""]

FIRST_ANCHOR = 0xF0000
"""Characters from here on (a private plane) stand for the notes of a document until its text is written."""


@dataclass(slots=True)
class Run:
    """Words of one look.

    Attributes:
        text: as typed.
        script: raised or lowered.
        out: why they are not in the text; empty where they are.
        bold: whether they are bold.
    """

    text: str
    script: Script = ""
    out: Out = ""
    bold: bool = False


@dataclass(slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        runs: what is in it.
        kind: of the part that it is; empty for running text.
        label: the number that stands before it, as printed; ``-`` for a bullet.
        item: whether it is an item of a list.
        depth: of the list, from 0.
    """

    runs: list[Run]
    kind: PartKind | Literal[""] = ""
    label: str = ""
    item: bool = False
    depth: int = 0


@dataclass(slots=True)
class Cell:
    """A cell: what is in it, how many columns it spans, and whether it goes on from the row above."""

    blocks: list[Block]
    columns: int = 1
    above: bool = False


@dataclass(slots=True)
class Row:
    """A row of a table; ``head`` where the file says that it holds the heads of the columns."""

    cells: list[Cell]
    head: bool = False


@dataclass(slots=True)
class Table:
    """A table; ``headed`` where its style sets the first row apart."""

    rows: list[Row]
    headed: bool = False


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page or slide begins."""

    number: int


Block = Paragraph | Table | PageStart


@dataclass(slots=True)
class Note:
    """A note: what calls it, as printed, and what it says."""

    mark: str
    blocks: list[Block]

    def strip_mark(self) -> None:
        """Take the mark from the start of the note's own words."""
        first = self.blocks[0] if self.blocks else None
        if not self.mark or not isinstance(first, Paragraph):
            return
        seen = next((run for run in first.runs if run.text.strip() and not run.out), Run(""))
        if seen.script == "super" and seen.text.strip(" .)") == self.mark:
            seen.text = ""
        elif not self.mark.isalnum() and seen.text.lstrip().startswith(self.mark):
            seen.text = seen.text.lstrip().removeprefix(self.mark)


@dataclass(slots=True)
class Tree:
    """A document as read.

    Attributes:
        blocks: in reading order.
        notes: in the order in which their marks were met.
        left_out: what is no part of the body: headers, comments.
        changes: tracked changes that were taken as accepted.
        hidden_pages: slides that are not shown.
        drawings: diagrams and charts, whose words are not read.
    """

    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    left_out: list[tuple[LeftOutKind, list[Block]]] = field(default_factory=list)
    changes: int = 0
    hidden_pages: int = 0
    drawings: int = 0

    def anchor(self, note: Note) -> str:
        """The character that stands for a note's mark; nothing where there are more notes than characters."""
        self.notes.append(note)
        return chr(FIRST_ANCHOR + len(self.notes) - 1) if len(self.notes) <= MOST_ANCHORS else ""
