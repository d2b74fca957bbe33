"""E-books -> text: their chapters, in the order of the spine."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from rag.documents.formats.epub_notes import with_notes
from rag.documents.formats.epub_styles import meant_by_classes, with_elements
from rag.documents.formats.html import read_html
from rag.documents.formats.joining import join
from rag.documents.formats.package import Package, dublin, reading, sensible_author
from rag.documents.formats.shared import Extract, one_line, sensible_title
from rag.errors import NotReadable

_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")  # only hide fonts
_UNKNOWN = re.compile(r"unknown( title| book)?|inconnu|titre inconnu", re.IGNORECASE)
_DATE = re.compile(r"(?:1[4-9]|20)\d\d(?:-\d\d(?:-\d\d)?)?")


@reading("EPUB")
def read_epub(data: bytes, max_bytes: int) -> Extract:
    """An e-book: its chapters in reading order, without its table of contents; the notes of all at the end.

    Args:
        data: the file.
        max_bytes: size limit of the file, which bounds what it may unpack to.

    Raises:
        NotReadable: no EPUB, damaged, locked, or a zip bomb.
    """
    package = Package(data, max_bytes, ".epub")
    container = package.xml("META-INF/container.xml")
    roots = (e.get("full-path", "") for e in container.iter("{*}rootfile")) if container is not None else ()
    name = next((root for root in roots if root in package.names), "")
    book = package.xml(name) if name else None
    if book is None:
        raise package.bodiless()
    _refuse_locked(package)
    sheets = (package.read(sheet) for sheet in sorted(package.names) if sheet.endswith(".css"))
    classes = meant_by_classes(sheet.decode("utf-8", "replace") for sheet in sheets)
    chapters = {c: with_elements(package.read(c), classes) for c in _chapters(package, book, name)}
    extract = join(map(read_html, with_notes(chapters).values()))
    title = dublin(book, "title")
    return replace(
        extract,
        title="" if _UNKNOWN.fullmatch(title) else sensible_title(title),
        author=", ".join(filter(None, map(sensible_author, _creators(book)))),
        date=_date(book),  # its language is a mandatory field, which programs fill with their own
    )


def _chapters(package: Package, book: Any, name: str) -> Iterator[str]:
    """Names of the members that hold the chapters."""
    folder = posixpath.dirname(name)
    items = {item.get("id", ""): item for item in book.iter(f"{_OPF}item")}
    for reference in book.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref", ""))
        if item is None or item.get("media-type") not in _PAGES:
            continue
        is_contents = "nav" in item.get("properties", "").split()
        chapter = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        if not is_contents and chapter in package.names and chapter not in _guided(book, folder):
            yield chapter


def _guided(book: Any, folder: str) -> set[str]:
    """Members that the older guide says are tables of contents or covers."""
    return {
        posixpath.normpath(posixpath.join(folder, unquote(found.get("href", "").partition("#")[0])))
        for found in book.iter(f"{_OPF}reference")
        if found.get("type") in ("toc", "cover", "index", "loi", "lot") and "#" not in found.get("href", "")
    }


def _refuse_locked(package: Package) -> None:
    locks = package.xml("META-INF/encryption.xml")
    for method in locks.iter("{*}EncryptionMethod") if locks is not None else ():
        if method.get("Algorithm") not in _FONTS:
            raise NotReadable("office_protected")


def _creators(book: Any) -> list[str]:
    return [one_line("".join(found.itertext())) for found in book.iter(f"{_DC}creator")][:5]


def _date(book: Any) -> str:
    """The day of publication; not that of a conversion."""
    for found in book.iter(f"{_DC}date"):
        event = found.get(f"{_OPF}event", "publication")
        day = _DATE.match((found.text or "").strip())
        if day and event in ("publication", "original-publication"):
            return day[0]
    return ""
