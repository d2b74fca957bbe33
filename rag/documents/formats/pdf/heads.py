"""Heads and feet that come once: place, face and white tell them in short documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from rag.documents.formats.pdf.shapes import Word

_LONGEST = 120
_ENDED = re.compile(r"[.!?…:;,][»”\"’')\]\s]*$")
_HYPHENS = str.maketrans("", "", "-\u2010\u00ad \u00a0\u202f")


class Piece(Protocol):
    """Words of one row at an edge of a page."""

    words: list[Word]
    page: int
    row: int
    top: bool
    place: float
    text: str


def heads_that_come_once(pages: Sequence[Sequence[Piece]], titles: Sequence[str], usual: float) -> set[int]:
    """The ids of outermost pieces that are heads or feet though they do not come again.

    They stand apart from the text, and either say what a title of larger letters says, or stand at
    the same place and in the same face as those of other pages.

    Args:
        pages: of each page the pieces near its edges.
        titles: of each page what it says in larger letters.
        usual: the size of most letters.
    """
    maybe = [piece for own in pages for piece in _outermost(own, usual)]
    said = [_folded(title) for title in titles]
    found: set[int] = set()
    for piece in maybe:
        group = [other for other in maybe if _alike(piece, other)]
        alike = {other.page for other in group}
        if not any(_cannot_head(other, pages[other.page - 1], usual) for other in group):
            alike = set()
        titled = len(piece.text) > 8 and _folded(piece.text) in said[piece.page - 1]
        if titled or (len(alike) > 1 and 2 * len(alike) > len(pages)):
            found.add(id(piece))
    return found


def _cannot_head(piece: Piece, own: Sequence[Piece], usual: float) -> bool:
    """Whether a piece is no heading for sure: it is small, or stands over a title or amid a sentence."""
    if max(word.size for word in piece.words) < 0.94 * usual:
        return True
    inner = [other for other in own if other.top is piece.top and other.row == 1]
    return any(other.text[:1].islower() or other.words[0].size > 1.1 * usual for other in inner)


def _folded(text: str) -> str:
    return text.casefold().translate(_HYPHENS)


def _outermost(own: Sequence[Piece], usual: float) -> Iterator[Piece]:
    """The pieces of the first and the last row that stand apart and are no headings."""
    for top in (True, False):
        row = [piece for piece in own if piece.top is top and piece.row == 0]
        inner = [piece for piece in own if piece.top is top and piece.row == 1]
        if not row or not inner:
            continue
        size = max(word.size for piece in row for word in piece.words)
        smaller = size < 0.94 * usual
        white = min(piece.place for piece in inner) - max(piece.place for piece in row)
        if white < (1.6 if smaller else 2.2) * max(size, 0.9 * usual) or size > 1.05 * usual:
            continue
        for piece in row:
            bold = all(word.bold for word in piece.words) and not smaller
            title = _ENDED.search(piece.text.rstrip("?!…")) is None
            if not bold and title and len(piece.text) < _LONGEST and not piece.text[:1].islower():
                yield piece


def _alike(one: Piece, other: Piece) -> bool:
    """Whether two pieces stand at the same height, in the same face."""
    a, b = one.words[0], other.words[0]
    same = abs(a.size - b.size) < 0.05 * a.size and a.chars[0].font == b.chars[0].font and a.bold is b.bold
    return one.top is other.top and abs(one.place - other.place) < 2 and same
