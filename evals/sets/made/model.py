"""What a document is described with: blocks of text with a little mark-up, and what is read of them.

Mark-up: ``10{^6}`` ``CO{_2}`` ``{*bold*}`` ``{/italic/}`` ``{c:SMALL CAPITALS}`` ``{n:a note}``
``{h:hidden}`` ``{s:struck}`` ``{-deleted}`` ``{+inserted}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

RunKind = Literal[
    "plain", "sup", "sub", "bold", "italic", "capitals", "note", "hidden", "struck", "deleted", "inserted"
]
BlockKind = Literal[
    "heading", "paragraph", "item", "table", "caption", "aside", "contents", "quote", "page", "drop"
]
_KINDS: dict[str, RunKind] = {
    "^": "sup",
    "_": "sub",
    "*": "bold",
    "/": "italic",
    "c:": "capitals",
    "n:": "note",
    "h:": "hidden",
    "s:": "struck",
    "-": "deleted",
    "+": "inserted",
}
_MARKUP = re.compile(r"\{(\^|_|\*|/|c:|n:|h:|s:|-|\+)([^{}]*?)[*/]?\}")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
MOST_PAGES = 12
UNSEEN = ("hidden", "struck", "deleted")
"""Runs that a reader of the final document does not read."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is set alike."""

    kind: RunKind
    text: str

    @property
    def read(self) -> str:
        """What stands in the text for it."""
        if self.kind == "sup":
            return self.text.translate(_RAISED)
        if self.kind == "sub":
            return self.text.translate(_LOWERED)
        return "" if self.kind == "note" or self.kind in UNSEEN else self.text


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, an item of a list, a table and so on.

    Attributes:
        text: with mark-up; of ``contents``, an entry and its page with a tab between.
        mark: what is printed before: "2.1" of a heading, "-", "1." or "a)" of an item.
        level: of a heading, from 1; of an item, from 0.
        rows: of a table; the first has the heads of the columns.
    """

    kind: BlockKind
    text: str = ""
    mark: str = ""
    level: int = 1
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A document.

    Attributes:
        heads: running heads of left and right pages.
        foot: running foot; ``#`` is the page's number, ``##`` the number of pages.
        beside: what a page has around it: menus, banners. Must not be read.
    """

    name: str
    language: Literal["fr", "en"]
    title: str
    blocks: tuple[Block, ...]
    heads: tuple[str, str] = ("", "")
    foot: str = ""
    beside: tuple[str, ...] = ()

    def without(self, *kinds: BlockKind) -> Made:
        """The document without some blocks, for a printer that has no way to print them."""
        return replace(self, blocks=tuple(block for block in self.blocks if block.kind not in kinds))


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of the text that is right. ``floats``: it may stand anywhere between others."""

    text: str
    floats: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """A note, and the words before what calls it."""

    note: str
    before: str


@dataclass(frozen=True, slots=True)
class Expected:
    """What is right.

    Attributes:
        absent: what must not be in the text.
        printed: what is printed but not read, whose numbers are no false ones: heads, feet.
        free: lines that may be in the text or not.
        foot: as in :class:`Made`; no line of the text may be one.
        headings: as lines.
        calls: where notes are called.
    """

    pieces: tuple[Piece, ...]
    absent: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    foot: str = ""
    headings: tuple[str, ...] = ()
    calls: tuple[Called, ...] = ()

    def is_page_number(self, figure: str) -> bool:
        """Whether a figure may be the number of a page: then it is a leak, not a false figure."""
        return bool(self.foot) and figure.isdecimal() and int(figure) <= MOST_PAGES


def runs(text: str) -> list[Run]:
    """Text with mark-up as runs."""
    found: list[Run] = []
    last = 0
    for one in _MARKUP.finditer(text):
        if one.start() > last:
            found.append(Run("plain", text[last : one.start()]))
        found.append(Run(_KINDS[one[1]], one[2]))
        last = one.end()
    if last < len(text):
        found.append(Run("plain", text[last:]))
    return found


def read(text: str) -> str:
    """What is read of text with mark-up."""
    return re.sub(" {2,}", " ", "".join(run.read for run in runs(text))).strip()


def notes(made: Made) -> list[str]:
    """The notes, in the order of their marks; those of tables too."""
    texts = (text for block in made.blocks for text in (block.text, *(c for row in block.rows for c in row)))
    return [run.text for text in texts for run in runs(text) if run.kind == "note"]


def expected(made: Made) -> Expected:
    """What is right of a document that is printed whole."""
    pieces = [piece for block in made.blocks for piece in _pieces(block)]
    around = tuple(text for text in (*made.heads, *made.beside) if text)
    return Expected(
        (*pieces, *(Piece(note) for note in notes(made))),
        (*(r.text for block in made.blocks for r in runs(block.text) if r.kind in UNSEEN), *around),
        around,
        foot=made.foot,
        headings=tuple(p.text for b in made.blocks if b.kind == "heading" for p in _pieces(b)),
        calls=tuple(call for block in made.blocks for call in _calls(block.text)),
    )


def _calls(text: str) -> Iterator[Called]:
    before = ""
    for run in runs(text):
        if run.kind == "note":
            yield Called(run.text, before[-16:])
        before += run.read


def _pieces(block: Block) -> Iterator[Piece]:
    if block.kind == "table":
        for row in block.rows:
            yield Piece(" | ".join(map(read, row)))
    elif block.kind != "page":
        text = f"{block.mark} {read(block.text)}" if block.mark.strip("-") else read(block.text)
        yield Piece(text.replace("\t", " "), block.kind in ("aside", "caption"))
