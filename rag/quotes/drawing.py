"""Pictures of pages with the words of a quote marked on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from PIL import Image, ImageDraw

from rag.documents import Box

_FILL, _OUTLINE = (255, 213, 0, 70), (20, 40, 90, 255)
_MARGIN = 2
"""Between the words and the line around them, in pixels."""
_GAP = 12


def with_marks(picture: bytes, boxes: Iterable[Box]) -> bytes:
    """A page as a PNG, the boxes drawn over it: a tint, and a line around that tells it without colour."""
    page = Image.open(BytesIO(picture)).convert("RGBA")
    marks = Image.new("RGBA", page.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(marks)
    for box in boxes:
        left, right = box.left * page.width - _MARGIN, box.right * page.width + _MARGIN
        top, bottom = box.top * page.height - _MARGIN, box.bottom * page.height + _MARGIN
        pen.rectangle((left, top, right, bottom), _FILL, _OUTLINE, 2)
    return _png(Image.alpha_composite(page, marks).convert("RGB"))


def stacked(pictures: Sequence[bytes]) -> bytes:
    """Pictures one above the other as one PNG."""
    pages = [Image.open(BytesIO(picture)).convert("RGB") for picture in pictures]
    height = sum(page.height for page in pages) + _GAP * (len(pages) - 1)
    whole = Image.new("RGB", (max(page.width for page in pages), height), (120, 120, 120))
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height + _GAP
    return _png(whole)


def _png(picture: Image.Image) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()
