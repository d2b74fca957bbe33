"""Word -> text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from rag.documents.formats.shared import (
    EXPANSION,
    Extract,
    brief,
    has_visible,
    one_line,
    sensible_title,
    tidy,
)
from rag.errors import NotReadable

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_P, _TABLE, _ROW, _CELL = f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc"
_NOT_TEXT = {f"{_W}{name}" for name in ("pPr", "rPr", "del", "moveFrom", "txbxContent")} | {_FALLBACK}
_GLYPHS = {f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read_docx(data: bytes, max_bytes: int) -> Extract:
    """Body of a Word document: paragraphs and tables in order, as for :func:`read_html`.

    Args:
        data: the file.
        max_bytes: size limit of the file, which bounds what it may unpack to.

    Raises:
        NotReadable: no DOCX, damaged, protected, empty, or a zip bomb.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotReadable("docx_old")
    if not data.startswith(b"PK"):
        raise NotReadable("docx_not")
    body, styles, title = _open_docx(data, EXPANSION * max_bytes)
    blocks: list[tuple[bool, str]] = []
    for element in _inner(body, {_TABLE, _FALLBACK}):  # into paragraphs too: text boxes
        if element.tag == _TABLE:
            blocks.append((False, _docx_table(element)))
        elif element.tag == _P:
            style, in_list = _docx_style(element, styles)
            text = _docx_paragraph(element)
            blocks.append((in_list, f"- {text}" if in_list and text else text))
            if style == "Title":
                title = title or one_line(text)
    return Extract(_join_blocks([block for block in blocks if has_visible(block[1])]), title)


def _open_docx(data: bytes, limit: int) -> tuple[Any, dict[str, str], str]:
    """The body element, names of styles by id, and the title in the properties."""
    import docx

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > limit:
            raise NotReadable("docx_large", size=size, most=limit)
        document = docx.Document(BytesIO(data))
        styles = {style.style_id: style.name or "" for style in document.styles}
        title = sensible_title(document.core_properties.title)
        if document.element.body is None:
            raise NotReadable("docx_bodiless")
        return document.element.body, styles, title
    except NotReadable:
        raise
    except Exception as error:  # zipfile, lxml and python-docx raise anything at all
        raise NotReadable("docx_damaged", problem=brief(error)) from None


def _inner(root: Any, closed: set[str]) -> Iterator[Any]:
    """Descendants in document order, without those of elements whose tag is ``closed``."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element is not root:
            yield element
        if element is root or element.tag not in closed:
            stack.extend(reversed(element))


def _docx_style(paragraph: Any, styles: dict[str, str]) -> tuple[str, bool]:
    """Name of the paragraph's style, and whether it is a list item."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = styles.get(style.get(f"{_W}val"), "") if style is not None else ""
    number = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
    numbered = number is not None and number.get(f"{_W}val") != "0"
    is_heading = name.startswith(("Heading", "Title"))
    return name, name.startswith("List") or (numbered and not is_heading)


def _docx_paragraph(paragraph: Any) -> str:
    pieces = []
    for element in _inner(paragraph, _NOT_TEXT):
        if element.tag in (f"{_W}t", _MATH_TEXT):
            pieces.append(element.text or "")
        elif element.tag == f"{_W}br" and element.get(f"{_W}type") in (None, "textWrapping"):
            pieces.append("\n")
        else:
            pieces.append(_GLYPHS.get(element.tag, ""))
    return tidy("".join(pieces)).strip(" \t\n")


def _docx_table(table: Any) -> str:
    rows = []
    for row in (e for e in _inner(table, {_ROW}) if e.tag == _ROW):
        cells = [one_line(_docx_cell(e)) for e in _inner(row, {_CELL}) if e.tag == _CELL]
        if has_visible("".join(cells)):
            rows.append(one_line(" | ".join(cells)))
    return "\n".join(rows)


def _docx_cell(cell: Any) -> str:
    paragraphs = (e for e in _inner(cell, {_P, _FALLBACK}) if e.tag == _P)
    return " ".join(map(_docx_paragraph, paragraphs))


def _join_blocks(blocks: list[tuple[bool, str]]) -> str:
    """Paragraphs apart by a blank line, the items of a list by a newline."""
    was_item = False
    parts: list[str] = []
    for is_item, text in blocks:
        if parts:
            parts.append("\n" if is_item and was_item else "\n\n")
        parts.append(text)
        was_item = is_item
    return "".join(parts)
