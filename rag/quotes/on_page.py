"""A slice of a source on the pages of its file: where its words stand, and the pages as pictures.

Nothing is searched for: the file is read again, which gives its text with the place of every character, and
counts only if that text has the hash of the one that was indexed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from rag.documents import Box, Pages, draw_page, open_pages, read_bytes
from rag.errors import CorpusError, InputError, NotReadable, UnknownSource
from rag.quotes.kept import Kept
from rag.quotes.quote import excerpt
from rag.store import Index, Snapshot
from rag.types import Quote, SourceInfo, text_hash

WIDTHS = (700, 1100, 1700, 2400)
"""Widths in which a page is drawn, in pixels."""
PIXELS_MOST = 12_000_000
"""Of a picture: a page that is far higher than wide is drawn narrower."""
PATIENCE = 60.0
"""How long a file may take to be read, in seconds, before its reader is told to come back."""
_CHARACTERS_KEPT = 1_500_000
_BYTES_KEPT = 48_000_000


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page on which words of a slice stand.

    Attributes:
        number: from 1.
        width, height: as it is shown, in points.
        boxes: where the words stand, in their order; parts of the page, from its top left.
    """

    number: int
    width: float
    height: float
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class OnPage:
    """A quote with the pages that it stands on, in the order of its words."""

    quote: Quote
    pages: tuple[MarkedPage, ...]


@dataclass(frozen=True, slots=True)
class _Opened:
    """The file of a source: its hash, what is in it, its pages."""

    file: str
    data: bytes
    pages: Pages


def has_pages(info: SourceInfo) -> bool:
    """Whether the pages of a source can be shown as pictures."""
    return PurePosixPath(info.path).suffix.lower() == ".pdf"


def is_uncertain(quote: Quote) -> bool:
    """Whether a quote stands on a page whose layout could not be read for sure."""
    place = quote.place
    mine = range(place.page, (place.last_page or place.page) + 1)
    told = (remark.detail for remark in quote.source.remarks if remark.key == "layout")
    return any(page in mine for detail in told for page in _numbers(detail))


def _numbers(detail: str) -> Iterable[int]:
    """The pages that ``3, 5-7`` names."""
    for first, last in re.findall(r"(\d{1,6})(?:-(\d{1,6}))?", detail):
        yield from range(int(first), int(last or first) + 1)


class PageEvidence:
    """The pages behind the quotes of one index. Safe to share between threads.

    A long file takes a while to be read: whoever asks waits for so long, no longer.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._pages: Kept[str, Pages] = Kept(lambda pages: len(pages.text), _CHARACTERS_KEPT)
        self._pictures: Kept[tuple[str, int, int], bytes] = Kept(len, _BYTES_KEPT)

    def find(
        self, source: str, start: int, end: int, sha256: str = "", patience: float | None = PATIENCE
    ) -> OnPage:
        """The pages that a slice of a source stands on.

        Args:
            source: its id.
            start, end: the slice, in code points.
            sha256: hash of the text of the source when the slice was found; empty: as it is.
            patience: how long to wait for the file to be read, in seconds; ``None``: as long as it takes.

        Raises:
            UnknownSource: there is no such source.
            InputError: it has no pages, no such slice, or has changed since.
            CorpusError: its file is not the one that was indexed, cannot be read, or not yet.
        """

        def slice_of(snapshot: Snapshot) -> Quote:
            number = snapshot.number_of(source)
            if number is None:
                raise UnknownSource("source_unknown", source=source)
            info = snapshot.infos[number]
            if not has_pages(info):
                raise InputError("page_none", source=source)
            if sha256 not in ("", info.sha256):
                raise InputError("card_outdated", source=source)
            if not 0 <= start < end <= info.characters:
                raise InputError("slice_outside", source=source, length=info.characters, start=start, end=end)
            return excerpt(snapshot, number, start, end)

        quote = self._index.read(slice_of)
        pages = self._opened(quote.source, patience).pages
        marked = tuple(_marked(pages, start, end))
        if not marked:
            raise InputError("page_placeless", source=source, start=start, end=end)
        return OnPage(quote, marked)

    def picture(
        self, source: str, page: int, width: int, sha256: str = "", patience: float | None = PATIENCE
    ) -> bytes:
        """A page of a source as a PNG.

        Args:
            source: its id.
            page: its number, from 1.
            width: in pixels; the next of :data:`WIDTHS` is drawn.
            sha256, patience: see :meth:`find`.

        Raises:
            UnknownSource, InputError, CorpusError: as :meth:`find` does, and where there is no such page.
        """

        def info_of(snapshot: Snapshot) -> SourceInfo:
            number = snapshot.number_of(source)
            if number is None:
                raise UnknownSource("source_unknown", source=source)
            return snapshot.infos[number]

        info = self._index.read(info_of)
        if not has_pages(info):
            raise InputError("page_none", source=source)
        if sha256 not in ("", info.sha256):
            raise InputError("card_outdated", source=source)
        opened = self._opened(info, patience)
        if not 1 <= page <= opened.pages.count:
            raise InputError("page_outside", source=source, page=page, count=opened.pages.count)
        drawn = _width(opened.pages, page, width)
        limits = self._index.settings.reading_limits
        try:
            return self._pictures.get(
                (opened.file, page, drawn), lambda: draw_page(opened.data, page, drawn, limits), patience
            )
        except TimeoutError:
            raise CorpusError("page_slow", file=info.path) from None
        except NotReadable as error:
            raise CorpusError("page_unread", file=info.path, reason=error) from None

    def _opened(self, info: SourceInfo, patience: float | None) -> _Opened:
        settings = self._index.settings
        most = settings.max_file_bytes
        try:
            data = read_bytes(settings.corpus_dir(), info.path, most)
            file = hashlib.sha256(data).hexdigest()
            limits = settings.reading_limits
            pages = self._pages.get(file, lambda: open_pages(data, most, limits), patience)
        except TimeoutError:
            raise CorpusError("page_slow", file=info.path) from None
        except NotReadable as error:
            key = "page_gone" if error.key == "file_vanished" else "page_unread"
            raise CorpusError(key, file=info.path, reason=error) from None
        if text_hash(pages.text) != info.sha256:
            raise CorpusError("page_changed", file=info.path)
        return _Opened(file, data, pages)


def _marked(pages: Pages, start: int, end: int) -> Iterable[MarkedPage]:
    by_page: dict[int, list[Box]] = {}
    for box in pages.boxes(start, end):
        by_page.setdefault(box.page, []).append(box)
    for number, boxes in by_page.items():
        yield MarkedPage(number, *pages.size(number), tuple(boxes))


def _width(pages: Pages, page: int, wanted: int) -> int:
    """The width in which a page is drawn."""
    width, height = pages.size(page)
    most = int((PIXELS_MOST * max(width, 1) / max(height, 1)) ** 0.5)
    return max(1, min(next((each for each in WIDTHS if each >= wanted), WIDTHS[-1]), most))
