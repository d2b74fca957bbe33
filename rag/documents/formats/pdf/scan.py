"""Pages that are pictures, read by Tesseract where it is installed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from rag.documents.formats.alive import sign
from rag.documents.formats.pdf.characters import covered_share
from rag.documents.formats.pdf.fonts import UNKNOWN
from rag.documents.formats.pdf.geometry import Frame
from rag.documents.formats.pdf.shapes import Char, Page

_DPI = 300
_MOST = 5000
"""Pixels of a page's longer side."""
_SECONDS = 120
_SURE = 20
"""Of 100: words that Tesseract is less sure of are unknown."""
_UNREADABLE = 0.3
"""Share of a page's characters that are unknown, from which the page is read as a picture."""


def read_pictures(document: Any, pages: Sequence[Page]) -> list[int]:
    """Read the pages that hold a picture and no text.

    Returns:
        The numbers of those that could not be read, for want of Tesseract.
    """
    left: list[int] = []
    for page in pages:
        if not _is_picture(page):
            continue
        found = list(_read(document, page)) if is_installed() else []
        if found:
            page.chars, page.turned, page.ocr, page.unsure = found, [], True, 0
        elif not is_installed():
            left.append(page.number)
    return left


def is_installed() -> bool:
    """Whether Tesseract and its binding are there."""
    try:
        import pytesseract  # noqa: F401
    except ImportError:
        return False
    return shutil.which("tesseract") is not None


def _is_picture(page: Page) -> bool:
    seen = sum(not char.text.isspace() for char in page.chars)
    if not seen:
        return covered_share(page) > 0.1
    return page.unsure > _UNREADABLE * seen


def _read(document: Any, page: Page) -> Iterator[Char]:
    import pytesseract

    scale = min(_DPI / 72, _MOST / max(page.width, page.height, 1))
    opened = document[page.number - 1]
    try:
        frame = Frame.of(opened)
        picture = opened.render(scale=scale, grayscale=True).to_pil()
    finally:
        opened.close()
    try:
        sign(_SECONDS)
        known = set(pytesseract.get_languages()) & {"fra", "eng"}
        data = pytesseract.image_to_data(
            picture, lang="+".join(sorted(known, reverse=True)) or None, timeout=_SECONDS,
            output_type=pytesseract.Output.DICT,
        )  # fmt: skip
    except (RuntimeError, pytesseract.TesseractError):  # it took too long, or gave up
        return
    yield from _even(list(_characters(data, scale, page.number, frame)))


def _even(chars: list[Char]) -> list[Char]:
    """The characters with one size where theirs differ as those of a scan do."""
    usual = median(char.size for char in chars) if chars else 0.0
    for char in chars:
        if abs(char.size - usual) < 0.3 * usual:
            char.size = usual
    return chars


def _characters(data: dict[str, list[Any]], scale: float, page: int, frame: Frame) -> Iterator[Char]:
    """The characters of the words that were read; a word's width is shared out among them."""
    base = size = 0.0
    for index, text in enumerate(data["text"]):
        left, top = data["left"][index] / scale, data["top"][index] / scale
        width, height = data["width"][index] / scale, data["height"][index] / scale
        if data["level"][index] == 4:
            base, size = top + 0.78 * height, 0.95 * height
        if not text.strip() or width > frame.width:
            continue
        if float(data["conf"][index]) < _SURE:
            text = UNKNOWN
        step = width / len(text)
        for number, letter in enumerate(text):
            x = left + number * step
            yield Char(letter, page, x, top, x + step, top + height, base, size)
        yield Char(" ", page, left + width, top, left + width, top + height, base, size)
