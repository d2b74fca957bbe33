"""Running headers, footers and page numbers: found by what comes again, at the same place, over pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from rag.documents.formats.pdf.heads import heads_that_come_once
from rag.documents.formats.pdf.line_numbers import without_line_numbers, without_side_numbers
from rag.documents.formats.pdf.shapes import Page, Word, apart, span
from rag.documents.formats.pdf.tables import table_boxes
from rag.types import LeftOut

_ROWS = 5
"""Rows from an edge of the page that may be furniture."""
_EDGE = 0.16
"""Of the page's height: furniture stands no further from the edge."""
_NUMBER = re.compile(
    r"[-–—|•·\s]{0,4}(?:(?:page|p\.?|seite|pág(?:ina)?\.?|folio)\s*)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:/|sur|of|de|von)\s*\d{1,4})?[-–—|•·\s.]{0,4}",
    re.IGNORECASE,
)
_SAID = re.compile(r"page|p\.\s*\d|/|\bsur\b|\bof\b|[-–—|]", re.IGNORECASE)
_VARYING = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class _Piece:
    """Words of one row that stand close."""

    words: list[Word]
    page: int
    row: int
    top: bool
    place: float
    left: float
    text: str

    @property
    def shape(self) -> str:
        return " ".join(_VARYING.sub("#", self.text.casefold()).split())

    @property
    def marked(self) -> bool:
        return all(char.furniture for word in self.words for char in word.chars)


def without_furniture(
    pages: Sequence[Page], words: list[list[Word]]
) -> tuple[list[list[Word]], list[LeftOut]]:
    """The words of each page that are its text, and the headers, footers and numbers left out."""
    words, left_out = without_line_numbers(words)
    words, numbers = without_side_numbers(pages, words)
    left_out += numbers
    pieces = [_edges(page, own) for page, own in zip(pages, words, strict=True)]
    sizes = [word.size for own in words for word in own]
    usual = median(sizes) if sizes else 0
    again = _repeated([piece for own in pieces for piece in own], len(pages), usual)
    once = heads_that_come_once(pieces, [_in_larger_letters(own, usual) for own in words], usual)
    kept: list[list[Word]] = []
    for page, own, edges in zip(pages, words, pieces, strict=True):
        out = _peeled(edges, again, once)
        left_out += [_left_out(piece, page) for piece in out]
        gone = {id(word) for piece in out for word in piece.words}
        kept.append([word for word in own if id(word) not in gone])
    return kept, left_out


def _edges(page: Page, words: Sequence[Word]) -> list[_Piece]:
    """The pieces near the top and the bottom of a page, by rows counted from the edge."""
    inside = {id(word) for word in words if _in_table(word, page)}
    rows = _rows(words)
    pieces: list[_Piece] = []
    for top, ordered in ((True, rows[:_ROWS]), (False, rows[::-1][:_ROWS])):
        for number, row in enumerate(ordered):
            _, high, _, low = span(row)
            row = [word for word in row if id(word) not in inside]
            if not row:
                break
            far = low > _EDGE * page.height if top else high < (1 - _EDGE) * page.height
            if far:
                break
            for part in _parts(row):
                place = part[0].base if top else page.height - part[0].base
                text = _text(part)
                pieces.append(_Piece(part, page.number, number, top, place, part[0].left, text))
    return pieces


def _in_table(word: Word, page: Page) -> bool:
    """Whether a word stands in a ruled table."""
    return any(
        left - 2 < word.left and word.right < right + 2 and top - 2 < word.base < bottom + 2
        for left, top, right, bottom in table_boxes(page)
    )


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.base):
        if rows and word.base - rows[-1][-1].base < 0.5 * word.size:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def _parts(row: list[Word]) -> Iterator[list[Word]]:
    part: list[Word] = []
    for word in sorted(row, key=lambda word: word.left):
        if part and word.left - part[-1].right > 1.6 * word.size:
            yield part
            part = []
        part.append(word)
    yield part


def _text(words: Sequence[Word]) -> str:
    text = words[0].text
    for before, word in pairwise(words):
        text += (" " if apart(before, word) else "") + word.text
    return text


def _repeated(pieces: list[_Piece], pages: int, usual: float) -> set[int]:
    """The ids of pieces that come again at the same height, or whose numbers rise with the pages."""
    groups: dict[tuple[bool, str], list[_Piece]] = defaultdict(list)
    for piece in pieces:
        groups[piece.top, piece.shape].append(piece)
    found: set[int] = set()
    for group in groups.values():
        for piece in group:
            near = [
                other for other in group if abs(other.place - piece.place) < 4 and other.page != piece.page
            ]
            numbered = bool(_NUMBER.fullmatch(piece.text))
            if not numbered and sum(map(str.isalnum, piece.text)) < 2:
                continue  # a bullet
            near = [
                other for other in near
                if _rise_together(piece, other) or (other.text == piece.text and not numbered)
            ]  # fmt: skip
            needed = _needed(pages)
            if not numbered and any(other.text != piece.text for other in near):
                needed = max(needed, 2, int(0.4 * pages))
                if _like_heading(piece, usual):
                    continue  # headings that are numbered
            if len({other.page for other in near}) >= needed:
                found.add(id(piece))
    return found


def _like_heading(piece: _Piece, usual: float) -> bool:
    size = max(word.size for word in piece.words)
    return size > 1.05 * usual or (size >= 0.98 * usual and all(word.bold for word in piece.words))


def _stands_off(own: list[_Piece], again: set[int]) -> bool:
    """Whether what comes again at an edge is set apart from the text: by white, or by its size."""
    outer = [piece for piece in own if id(piece) in again]
    inner = [piece for piece in own if id(piece) not in again and piece.row >= min(p.row for p in outer)]
    if not inner:
        return True
    last = max(
        (p for p in outer if p.place < min(q.place for q in inner)), key=lambda p: p.place, default=None
    )
    if last is None:
        return True
    first = min(inner, key=lambda piece: piece.place)
    size, other = last.words[0].size, first.words[0].size
    next_row = min((p.place for p in inner if p.place > first.place + 0.5 * other), default=0.0)
    leading = max(1.55 * other, 1.2 * (next_row - first.place))
    return first.place - last.place > min(leading, 3 * other) or abs(size - other) > 0.06 * other


def _ends_text(piece: _Piece, own: list[_Piece], again: set[int]) -> bool:
    """Whether a row is a line of a paragraph: the next one inwards is close, and alike."""
    size, font = max(word.size for word in piece.words), piece.words[-1].chars[0].font
    if _NUMBER.fullmatch(piece.text):
        return False
    return any(
        id(other) not in again
        and 0 < other.place - piece.place < 1.6 * size
        and abs(max(word.size for word in other.words) - size) < 0.03 * size
        and font in {word.chars[0].font for word in other.words}
        and _over_each_other(piece, other)
        for other in own
    )


def _needed(pages: int) -> int:
    """On how many other pages a thing must stand."""
    return 1 if pages < 8 else 2


def _rise_together(piece: _Piece, other: _Piece) -> bool:
    """Whether a number in both counts the pages."""
    ones, twos = _counts(piece.text), _counts(other.text)
    steps = {two - one for one, two in zip(ones, twos, strict=False)}
    return steps in ({other.page - piece.page}, {0, other.page - piece.page})


def _counts(text: str) -> list[int]:
    """The numbers in a text."""
    return [int(found) if found.isdigit() else _roman(found.lower()) for found in _VARYING.findall(text)]


def _roman(letters: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in letters]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def _peeled(edges: list[_Piece], again: set[int], once: set[int]) -> list[_Piece]:
    """From each edge inwards what is furniture, as far as nothing else stands between it and the edge."""
    out: list[_Piece] = []
    for top in (True, False):
        own = [piece for piece in edges if piece.top is top]
        known = again if any(id(p) in again for p in own) and _stands_off(own, again) else set()
        known = {id(piece) for piece in own if id(piece) in known and not _ends_text(piece, own, again)}
        walls: list[_Piece] = []
        for piece in sorted(own, key=lambda piece: piece.row):
            parts = [other for other in own if other.row == piece.row]
            free = not any(wall.row < piece.row and _over_each_other(wall, piece) for wall in walls)
            sure = id(piece) in known or id(piece) in once or piece.marked
            if free and (sure or _alone(piece, parts, own, again, once)):
                out.append(piece)
            else:
                walls.append(piece)
    return [piece for i, piece in enumerate(out) if not any(piece.words == other.words for other in out[:i])]


def _over_each_other(one: _Piece, two: _Piece) -> bool:
    return one.left < two.words[-1].right and two.left < one.words[-1].right


def _alone(piece: _Piece, parts: list[_Piece], own: list[_Piece], again: set[int], once: set[int]) -> bool:
    """A page number that nothing but its place and its wording tell."""
    if not _NUMBER.fullmatch(piece.text) or piece.row > 1:
        return False
    if len(parts) > 1:
        return all(other is piece or id(other) in once for other in parts)
    said, counted = bool(_SAID.search(piece.text)), piece.page in _counts(piece.text)
    if piece.row == 0 and counted and (said or id(piece) in again):
        return True
    inner = [p for p in own if p.row == piece.row + 1]
    size = piece.words[0].size
    stands_off = not inner or abs(inner[0].place - piece.place) > 1.7 * size
    return stands_off and (said or counted)


def _in_larger_letters(words: Sequence[Word], usual: float) -> str:
    return " ".join(word.text for word in words if word.size > 1.1 * usual)


def _left_out(piece: _Piece, page: Page) -> LeftOut:
    if _NUMBER.fullmatch(piece.text):
        return LeftOut("page_number", piece.text, page.number)
    return LeftOut("header" if piece.top else "footer", piece.text, page.number)
