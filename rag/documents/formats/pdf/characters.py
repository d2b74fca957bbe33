"""A page of PDFium -> characters with their places, and what is drawn around them."""

from __future__ import annotations

import ctypes
import math
import sys
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from rag.documents.formats.pdf.geometry import Frame
from rag.documents.formats.pdf.objects import Drawn, draw_list
from rag.documents.formats.pdf.shapes import Char, Page, Rect, Rule
from rag.documents.formats.pdf.visible import unseen

TINY = 1.5
"""Points: nobody reads smaller letters."""
_SLANT = 6
"""Degrees that a scan may be askew; what is drawn at another slant is a stamp or a watermark."""
_BULLETS = frozenset({0xF0B7, 0xF0A7, 0xF0D8, 0xF076, 0xF0FC, 0xF0E0, 0xF06C, 0xF06E, 0xF071, 0xF0E8})
"""What Symbol and Wingdings have there."""
_HYPHENS = {0x02: "-", 0xAD: "\u00ad", 0xFFFE: "-"}


@dataclass(slots=True)
class _Style:
    """What the characters of one text object have in common."""

    size: float
    angle: float
    upright: bool
    """It runs up or down the page."""
    bold: bool
    font: str
    drawn: Drawn | None


@dataclass(slots=True)
class _Seen:
    char: Char
    style: _Style
    key: int
    tight: tuple[float, float, float, float]


def read_characters(document: Any, index: int) -> Page:
    """What one page holds, each character with its place on the page as it is shown.

    Args:
        document: an open ``pypdfium2.PdfDocument``; the caller holds the lock.
        index: the page, from 0.
    """
    page = document[index]
    try:
        frame = Frame.of(page)
        drawn = draw_list(page, frame)
        read = Page(index + 1, frame.width, frame.height)
        read.rules, read.rects, read.images = drawn.rules, drawn.rects, drawn.images
        seen = _characters(page, frame, drawn.texts, index + 1)
        _keep_visible(page, frame, read, seen)
        return read
    finally:
        page.close()


def _characters(page: Any, frame: Frame, texts: dict[int, Drawn], number: int) -> list[_Seen]:
    text_page = pdfium.FPDFText_LoadPage(page.raw)
    if not text_page:
        return []
    try:
        return _Reader(text_page, frame, texts, number).read()
    finally:
        pdfium.FPDFText_ClosePage(text_page)


class _Reader:
    def __init__(self, text_page: Any, frame: Frame, texts: dict[int, Drawn], number: int) -> None:
        self.text_page, self.frame, self.texts, self.number = text_page, frame, texts, number
        self.styles: dict[int, _Style] = {}
        self.loose = pdfium.FS_RECTF()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()

    def read(self) -> list[_Seen]:
        seen: list[_Seen] = []
        hinted = False
        for index in range(max(0, pdfium.FPDFText_CountChars(self.text_page))):
            if pdfium.FPDFText_IsGenerated(self.text_page, index) == 1:
                hinted = True
                continue
            found = self._char(index)
            found.char.hinted = hinted
            hinted = False
            seen.append(found)
        return seen

    def _char(self, index: int) -> _Seen:
        page, loose, x, y = self.text_page, self.loose, self.x, self.y
        code = pdfium.FPDFText_GetUnicode(page, index)
        text = _text_of(code)
        pdfium.FPDFText_GetLooseCharBox(page, index, loose)
        pdfium.FPDFText_GetCharOrigin(page, index, x, y)
        pointer = pdfium.FPDFText_GetTextObject(page, index)
        key = ctypes.addressof(pointer.contents) if pointer else 0
        style = self.styles.get(key)
        if style is None:
            style = self.styles[key] = self._style(index, key)
        left, top, right, bottom = box = self.frame.rect(loose.left, loose.bottom, loose.right, loose.top)
        across, down = self.frame.point(x.value, y.value)
        sure = text != "\ufffd" and pdfium.FPDFText_HasUnicodeMapError(page, index) != 1
        char = Char(
            text, self.number, left, top, right, bottom, across if style.upright else down,
            style.size, style.bold, style.font, sure or text.isspace(),
        )  # fmt: skip
        return _Seen(char, style, key, box)

    def _style(self, index: int, key: int) -> _Style:
        page, matrix = self.text_page, pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(page, index, matrix)
        size = pdfium.FPDFText_GetFontSize(page, index) * math.hypot(matrix.c, matrix.d)
        flags, name = ctypes.c_int(), ctypes.create_string_buffer(128)
        pdfium.FPDFText_GetFontInfo(page, index, name, 128, flags)
        font = sys.intern(name.value.decode("latin-1"))
        weight = pdfium.FPDFText_GetFontWeight(page, index)
        lowered = name.value.lower()
        bold = weight >= 600 or any(part in lowered for part in (b"bold", b"black", b"heavy"))
        angle = self.frame.angle(matrix.a, matrix.b)
        upright = abs(math.sin(math.radians(angle))) > 0.7
        return _Style(abs(size), angle, upright, bold, font, self.texts.get(key))


@lru_cache(4096)
def _text_of(code: int) -> str:
    """The character of a code; no control characters, and nothing that only a font knows."""
    if code in _HYPHENS:
        return _HYPHENS[code]
    if code < 32 or 0xD800 <= code < 0xE000 or 0xFDD0 <= code < 0xFDF0 or code & 0xFFFE == 0xFFFE:
        return " " if code in (9, 10, 13) else "\ufffd"
    char = chr(code)
    kind = unicodedata.category(char)
    if kind == "Co":
        return "•" if code in _BULLETS else "\ufffd"
    if kind in ("Cc", "Cn"):
        return "\ufffd"
    return "" if code in (0x200B, 0xFEFF) else char


def _keep_visible(page: Any, frame: Frame, read: Page, seen: list[_Seen]) -> None:
    """Put into the page what a reader sees of it, and apart what is hidden."""
    hidden = unseen(page, frame, [(s.key, s.style.drawn, s.tight) for s in seen if s.style.drawn])
    read.ocr = _is_scan(read, seen, hidden)
    runs: list[tuple[int, list[str]]] = []
    for item in seen:
        drawn = item.style.drawn
        invisible = drawn is not None and (drawn.mode == 3 or item.key in hidden)
        if (invisible and not read.ocr) or _out_of_sight(item, frame):
            if not runs or runs[-1][0] != item.key:
                runs.append((item.key, []))
            runs[-1][1].append(item.char.text)
            continue
        item.char.furniture = drawn is not None and drawn.furniture
        read.chars.append(item.char)
    read.hidden = [text for _, chars in runs if (text := "".join(chars).strip())]
    _turn(read, {id(item.char): item.style.angle for item in seen})


def _is_scan(read: Page, seen: list[_Seen], hidden: set[int]) -> bool:
    """Whether the page is a picture, and its text what a machine read in it."""
    if not read.images or not seen:
        return False
    unseen_ones = sum(
        item.style.drawn is not None and (item.style.drawn.mode == 3 or item.key in hidden) for item in seen
    )
    return 2 * unseen_ones > len(seen) and covered_share(read) > 0.5


def covered_share(read: Page, steps: int = 40) -> float:
    """How much of a page its pictures cover, about."""
    grid = np.zeros((steps, steps), dtype=np.bool_)
    across, down = steps / max(read.width, 1), steps / max(read.height, 1)
    for left, top, right, bottom in read.images:
        grid[
            max(0, round(top * down)) : max(0, round(bottom * down)),
            max(0, round(left * across)) : max(0, round(right * across)),
        ] = True
    return float(grid.mean())


def _out_of_sight(item: _Seen, frame: Frame) -> bool:
    char = item.char
    if item.style.size < TINY and not char.text.isspace():
        return True
    x, y = (char.left + char.right) / 2, (char.top + char.bottom) / 2
    return not (-1 <= x <= frame.width + 1 and -1 <= y <= frame.height + 1)


def _turn(read: Page, angles: dict[int, float]) -> None:
    """Set each character upright; those that run another way than most are kept apart."""
    ways: dict[int, list[Char]] = {}
    stamps: dict[float, list[str]] = {}
    for char in read.chars:
        angle = angles[id(char)]
        way = round(angle / 90) * 90 % 360
        if abs((angle - way + 180) % 360 - 180) > _SLANT:
            stamps.setdefault(round(angle), []).append(char.text)
            continue
        ways.setdefault(way, []).append(char if way == 0 else _upright(char, way, read))
    order = sorted(ways, key=lambda way: -len(ways[way]))
    read.chars, read.turned = (ways[order[0]] if order else []), [ways[way] for way in order[1:]]
    if order and order[0]:  # what is drawn goes along with most of the text
        _turn_drawings(read, order[0])
    read.stamps = ["".join(texts).strip() for texts in stamps.values()]


def _turn_drawings(read: Page, way: int) -> None:
    size = read.width, read.height
    read.rects = [_turned(rect, way, *size) for rect in read.rects]
    read.images = [_turned(rect, way, *size) for rect in read.images]
    rules = [_turned((r.left, r.top, r.right, r.bottom), way, *size) for r in read.rules]
    read.rules = [Rule(*rect) for rect in rules]
    if way in (90, 270):
        read.width, read.height = read.height, read.width


def _turned(rect: Rect, way: int, width: float, height: float) -> Rect:
    left, top, right, bottom = rect
    if way == 180:
        return width - right, height - bottom, width - left, height - top
    if way == 90:  # read from the bottom of the page to its top
        return height - bottom, left, height - top, right
    return top, width - right, bottom, width - left


def _upright(char: Char, way: int, read: Page) -> Char:
    shown = (char.left, char.top, char.right, char.bottom)
    left, top, right, bottom = _turned(shown, way, read.width, read.height)
    base = {180: read.height - char.base, 90: char.base, 270: read.width - char.base}[way]
    return replace(char, left=left, top=top, right=right, bottom=bottom, base=base, shown=shown)
