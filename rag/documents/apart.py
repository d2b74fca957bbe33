"""Files that parsers read, read apart from the program: by a process that may be lost with them."""

from __future__ import annotations

from rag.documents.border import unpacked
from rag.documents.formats.pdf.pages import Pages, pages_of
from rag.documents.formats.shared import Extract, text_most
from rag.documents.workers import WORKERS
from rag.settings import USUAL_LIMITS, ReadingLimits

_ROOM = 1_000_000
"""Bytes that an answer may have besides those for its characters."""
_PER_CHARACTER = 12
"""Bytes of an answer for a character, and what is told of where it stands in a text."""
_PER_PLACE = 40
"""Bytes of an answer for a character and its place on a page."""
_PNG = b"\x89PNG\r\n\x1a\n"
_PICTURE_MOST = 100_000_000


def read_apart(suffix: str, data: bytes, max_bytes: int, limits: ReadingLimits = USUAL_LIMITS) -> Extract:
    """What a file of a kind says; see :func:`rag.documents.kinds.read_kind`.

    Raises:
        NotReadable: why it is not read.
    """
    most = _PER_CHARACTER * text_most(max_bytes) + _ROOM
    head = {"job": "read", "suffix": suffix, "most": max_bytes}
    return WORKERS.ask(head, data, limits, most, lambda blobs: unpacked(*blobs))


def open_pages(data: bytes, max_bytes: int, limits: ReadingLimits = USUAL_LIMITS) -> Pages:
    """The pages of a PDF; their text is what :func:`read_apart` gives for the same file.

    Args:
        data: the file.
        max_bytes: size limit of the file, which bounds what it may unpack to.
        limits: what else the reading may take.

    Raises:
        NotReadable: as :func:`read_apart` does.
    """
    most = _PER_PLACE * text_most(max_bytes) + _ROOM
    return WORKERS.ask({"job": "places", "most": max_bytes}, data, limits, most, pages_of)


def draw_page(data: bytes, page: int, width: int, limits: ReadingLimits = USUAL_LIMITS) -> bytes:
    """A page of a PDF as a PNG of some width in pixels; ``page`` counts from 1.

    Raises:
        NotReadable: the file or the page cannot be read.
    """
    head = {"job": "picture", "page": page, "width": width}
    return WORKERS.ask(head, data, limits, _PICTURE_MOST, _png)


def _png(blobs: list[bytes]) -> bytes:
    (picture,) = blobs
    if not picture.startswith(_PNG):
        raise ValueError("no picture")
    return picture
