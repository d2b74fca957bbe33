"""What is drawn on a page of PDFium: texts with what they look like, rules, rectangles, pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from rag.documents.formats.pdf.geometry import Frame
from rag.documents.formats.pdf.shapes import Rect, Rule

_DEPTH = 8  # of forms in forms
_MOST = 200_000  # objects of one page that are looked at
_THIN = 2.5  # points: a thinner box is a rule
_LIGHT = 190  # of 255: from there on a colour may not be seen


@dataclass(slots=True)
class Drawn:
    """How a text object is drawn."""

    object: Any
    mode: int
    suspect: bool
    """It may not be seen: light, faint, or of a layer."""
    furniture: bool
    box: Rect
    order: int


@dataclass(slots=True)
class DrawList:
    """The objects of a page, in the order they are drawn in."""

    texts: dict[int, Drawn] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    rects: list[Rect] = field(default_factory=list)
    images: list[Rect] = field(default_factory=list)
    covers: list[tuple[int, Rect]] = field(default_factory=list)


def draw_list(page: Any, frame: Frame) -> DrawList:
    """Everything drawn on an open page."""
    found = DrawList()
    for order, (item, matrix) in enumerate(_objects(page)):
        if order > _MOST:
            break
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            box = _bounds(item, matrix, frame)
            found.texts[ctypes.addressof(item.contents)] = _text(item, box, order)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _path(item, matrix, frame, order, found)
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            box = _bounds(item, matrix, frame)
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                found.images.append(box)
            found.covers.append((order, box))
    _suspect_the_covered(found)
    return found


Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1, 0, 0, 1, 0, 0)


def _objects(page: Any) -> Iterator[tuple[Any, Matrix]]:
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        item = pdfium.FPDFPage_GetObject(page.raw, index)
        if item:
            yield from _with_inner(item, _PLAIN, 0)


def _with_inner(item: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM:
        yield item, matrix
        return
    if depth >= _DEPTH:
        return
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, own)
    inner = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    for index in range(pdfium.FPDFFormObj_CountObjects(item)):
        part = pdfium.FPDFFormObj_GetObject(item, index)
        if part:
            yield from _with_inner(part, inner, depth + 1)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _bounds(item: Any, matrix: Matrix, frame: Frame) -> Rect:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return (0, 0, 0, 0)
    corners = ((left.value, bottom.value), (right.value, top.value))
    if matrix is not _PLAIN:
        a, b, c, d, e, f = matrix
        corners = tuple((a * x + c * y + e, b * x + d * y + f) for x, y in corners)  # type: ignore[assignment]
    (x0, y0), (x1, y1) = corners
    return frame.rect(x0, y0, x1, y1)


def _text(item: Any, box: Rect, order: int) -> Drawn:
    mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
    light = False
    rgba = [ctypes.c_uint() for _ in range(4)]
    if pdfium.FPDFPageObj_GetFillColor(item, *rgba):
        red, green, blue, alpha = (part.value for part in rgba)
        light = min(red, green, blue) >= _LIGHT or alpha < 64
    names = _mark_names(item)
    return Drawn(item, mode, light or "OC" in names, "Artifact" in names, box, order)


def _mark_names(item: Any) -> set[str]:
    names = set()
    for index in range(max(0, min(pdfium.FPDFPageObj_CountMarks(item), 20))):
        mark = pdfium.FPDFPageObj_GetMark(item, index)
        buffer, used = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
        if mark and pdfium.FPDFPageObjMark_GetName(mark, buffer, 64, used):
            names.add(bytes(buffer)[: max(0, used.value - 2)].decode("utf-16-le", "replace"))
    return names


def _path(item: Any, matrix: Matrix, frame: Frame, order: int, found: DrawList) -> None:
    left, top, right, bottom = box = _bounds(item, matrix, frame)
    width, height = right - left, bottom - top
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, filled, stroked)
    if filled.value:
        found.covers.append((order, box))
    if not (filled.value or stroked.value):
        return
    if min(width, height) <= _THIN < max(width, height):
        found.rules.append(Rule(*box))
    elif width > _THIN and height > _THIN:
        segments = pdfium.FPDFPath_CountSegments(item)
        if segments <= 8:
            found.rects.append(box)
        elif stroked.value and segments <= 4000:
            _lines_of(item, matrix, frame, segments, found)


def _lines_of(item: Any, matrix: Matrix, frame: Frame, segments: int, found: DrawList) -> None:
    """The straight level and upright lines of a path that draws many at once, as a grid."""
    x, y = ctypes.c_float(), ctypes.c_float()
    a, b, c, d, e, f = matrix
    last: tuple[float, float] | None = None
    for index in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        if not segment or not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            last = None
            continue
        here = frame.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if last and pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO:
            (x0, x1), (y0, y1) = sorted((last[0], here[0])), sorted((last[1], here[1]))
            if min(x1 - x0, y1 - y0) <= _THIN < max(x1 - x0, y1 - y0):
                found.rules.append(Rule(x0, y0, x1, y1))
        last = here


def _suspect_the_covered(found: DrawList) -> None:
    """Text may not be seen when something was drawn over it later."""
    covers = [(order, box) for order, box in found.covers if (box[2] - box[0]) * (box[3] - box[1]) > 20]
    if not covers:
        return
    latest = covers[-1][0]
    for text in found.texts.values():
        if text.suspect or text.order > latest:
            continue
        x, y = (text.box[0] + text.box[2]) / 2, (text.box[1] + text.box[3]) / 2
        text.suspect = any(
            order > text.order and box[0] <= x <= box[2] and box[1] <= y <= box[3] for order, box in covers
        )
