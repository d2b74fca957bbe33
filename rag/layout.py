"""What the format of a document tells of its text besides its words. Frozen data, as in rag/types.py."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

PartKind = Literal["heading", "contents", "caption", "columns", "note", "aside"]
"""What a slice of a text is besides running text: a heading, a line of a table of contents, a caption, the
heads of a table's columns, a foot- or endnote, a stage direction or interruption."""


@dataclass(frozen=True, slots=True)
class Part:
    """Whole lines of a text that are not its running text, as the document's format tells.

    Attributes:
        start, end: slice of the text, in code points.
        kind: what they are.
        mark: of a note, what calls it, as printed (``3``, ``*``); empty where nothing does.
        at: of a note, where in the text its mark stands on the page; the mark itself is not in the text. -1
            where nothing calls it.
    """

    start: int
    end: int
    kind: PartKind
    mark: str = ""
    at: int = -1


LeftOutKind = Literal["header", "footer", "page_number", "hidden", "struck", "deleted", "comment", "menu"]
"""What a file may hold that is no part of its text."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a file holds and its text leaves out, verbatim; ``page`` is 0 where there are none."""

    kind: LeftOutKind
    text: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader of a text must know of how it was read; worded by the catalogue as ``remark_KEY``.

    Attributes:
        key: what there is to say, such as ``changes``.
        count: of how many things, where that is said.
        detail: what else is said, verbatim.
    """

    key: str
    count: int = 0
    detail: str = ""


Paging = Literal["page", "slide", "sheet"]
"""What the pages of a document are."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What the format of a document tells of its text, and what the text leaves out.

    Attributes:
        paging: what its pages are.
        pages: where the text goes on to another page: offset, and number of the page from 1; sorted by
            offset. Numbers need not rise, since notes stand at the end. Empty for a text without pages.
        parts: what is not running text; sorted, apart from each other.
        left_out: what is not in the text.
        remarks: what must be said of the text as a whole.
        ocr: numbers of the pages that were read by OCR.
    """

    paging: Paging = "page"
    pages: tuple[tuple[int, int], ...] = ()
    parts: tuple[Part, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[Remark, ...] = ()
    ocr: tuple[int, ...] = ()

    def page_at(self, position: int) -> int:
        """The page on which a character stands; 0 in a text without pages."""
        number = bisect_right(self.pages, position, key=lambda page: page[0])
        return self.pages[max(number - 1, 0)][1] if self.pages else 0


def layout_from(data: Mapping[str, Any]) -> Layout:
    """The layout whose fields, as JSON has them, are these.

    Raises:
        KeyError, TypeError: they are those of something else.
    """
    return Layout(
        paging=data["paging"],
        pages=tuple((offset, page) for offset, page in data["pages"]),
        parts=tuple(Part(**part) for part in data["parts"]),
        left_out=tuple(LeftOut(**left_out) for left_out in data["left_out"]),
        remarks=tuple(Remark(**remark) for remark in data["remarks"]),
        ocr=tuple(data["ocr"]),
    )


PLAIN = Layout()
"""The layout of a text that is nothing but its lines."""
