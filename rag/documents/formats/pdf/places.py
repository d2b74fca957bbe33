"""An open PDF -> where each character of its text stands, and its pages as pictures."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from io import BytesIO

from rag.documents.formats.pdf.document import opened
from rag.documents.formats.pdf.geometry import Frame
from rag.documents.formats.pdf.pages import Pages
from rag.documents.formats.pdf.reading import read_document
from rag.documents.formats.pdf.shapes import Char
from rag.documents.formats.shared import text_most

_WIDEST = 4000
_PIXELS_MOST = 16_000_000
"""Of a picture, whatever its page's shape."""


def read_places(data: bytes, max_bytes: int) -> Pages:
    """The pages of a PDF; ``text`` is what :func:`read_pdf` gives for the same file.

    Raises:
        NotReadable: as :func:`read_pdf` does.
    """
    with opened(data) as document:
        reading = read_document(document, text_most(max_bytes))
        sizes = tuple(_sizes(document))
    places = reading.places
    return Pages(
        reading.text,
        sizes,
        array("i", (char.page for char in places)),
        array("f", (edge for char in places for edge in char.box)),
        bytes(_runs(places)),
    )


def draw(data: bytes, page: int, width: int) -> bytes:
    """A page as a PNG of some width in pixels; ``page`` counts from 1.

    Raises:
        NotReadable: the file or the page is damaged.
    """
    with opened(data) as document:
        opened_page = document[page - 1]
        try:
            shown, high = opened_page.get_size()
            fits = (_PIXELS_MOST / max(shown * high, 1)) ** 0.5
            scale = min(max(1, min(width, _WIDEST)) / max(shown, 1), fits)
            picture = opened_page.render(scale=scale).to_pil()
        finally:
            opened_page.close()
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _sizes(document: Iterable[object]) -> Iterable[tuple[float, float]]:
    for page in document:
        frame = Frame.of(page)
        yield frame.width, frame.height


def _runs(places: Sequence[Char]) -> Iterable[bool]:
    """Of each character, whether it goes on with the run of the last one that stands on a page."""
    before: Char | None = None
    for char in places:
        yield before is not None and char.page >= 1 and _on_one_line(before, char)
        before = char if char.page >= 1 else before


def _on_one_line(before: Char, char: Char) -> bool:
    if before.page != char.page:
        return False
    size = max(before.size, char.size)
    if before.shown or char.shown:  # text that runs another way
        gap = max(abs(before.box[i] - char.box[j]) for i, j in ((0, 2), (1, 3)))
        return abs(before.base - char.base) < 0.4 * size and gap < 6 * size
    level = abs(before.base - char.base) < 0.6 * size
    return level and -0.5 * size < char.left - before.right < 3 * size
