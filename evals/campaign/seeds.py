"""Good files of every kind that is read, to be damaged."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import cache

from evals.sets.made import office
from evals.sets.made.articles import BY_HAND
from evals.sets.made.shelf import all_documents
from rag.documents import SUFFIXES

_EACH = 2
LIKE = {".docm": ".docx", ".dotx": ".docx", ".ott": ".odt", ".htm": ".html", ".mhtml": ".mht"}
LIKE |= {".markdown": ".md", ".text": ".txt", ".xlsm": ".xlsx"}
"""Kinds that the same reader reads as others."""
NEED_OFFICE = frozenset({".odt", ".rtf"})
"""Kinds of which LibreOffice makes the seeds that are like those of an office program."""

_ODT_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/'
    'vnd.oasis.opendocument.text"/></manifest:manifest>'
)
_RTF = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman Times;}{\f1\fswiss Arial;}}"
    rb"{\stylesheet{\s1 heading 1;}}{\info{\title Rapport}{\author Jeanne Roux}}\pard\s1 Titre\par\pard Le "
    rb"conseil a d\'e9cid\'e9 de r\u233?parer la digue.{\footnote \pard D\'e9lib\'e9ration du 12 mai.}\par"
    rb"{\trowd\cellx3000\cellx6000\intbl Nord\cell 12\cell\row}{\*\bkmkstart a}{\field{\*\fldinst PAGE}"
    rb"{\fldrslt 3}}{\listtext 1.}\bin4 abcd{\v cach\'e9}{\strike ray\'e9}\par}"
)
_MHT = (
    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; "
    "charset=utf-8\r\nContent-Location: https://example.org/a\r\n\r\n<html><body><h1>Titre</h1><p>Le conseil "
    "a décidé de réparer la digue, et la région paie la moitié des travaux.</p></body></html>\r\n--x--\r\n"
).encode()
_TEXT = "---\ntitle: Rapport\nside: Pour\nspeakers: {M. Costa: Contre}\n---\n" + "".join(
    f"M. Costa : le conseil a décidé {number} fois de réparer la digue. Elle coûte douze millions.\n\n"
    for number in range(20)
)


def suffixes() -> list[str]:
    """The kinds that are read."""
    return sorted(SUFFIXES)


def lacking() -> list[str]:
    """Kinds of which there are fewer seeds here, for want of LibreOffice."""
    return [] if office.is_there() else sorted(NEED_OFFICE)


@cache
def seeds(suffix: str, with_office: bool = True) -> tuple[bytes, ...]:
    """Good files of a kind; fewer without LibreOffice."""
    return tuple(_seeds(LIKE.get(suffix, suffix), with_office and office.is_there()))


def _seeds(suffix: str, with_office: bool) -> Iterator[bytes]:
    if suffix == ".odt":
        yield _odt()
    elif suffix == ".rtf":
        yield _RTF
    elif suffix == ".mht":
        yield _MHT
    elif suffix == ".txt":
        yield from (_TEXT.encode(), _TEXT.encode("utf-16"), _TEXT.encode("cp1252"))
    kind = {
        ".pdf": "PDF", ".docx": "Word", ".epub": "EPUB", ".pptx": "Slides", ".html": "HTML", ".xhtml": "HTML",
        ".md": "Markdown", ".eml": "E-mail", ".csv": "Sheets", ".xlsx": "Sheets", ".srt": "Subtitles",
        ".vtt": "Subtitles", ".tsv": "Sheets", ".odt": "ODT", ".rtf": "RTF",
    }.get(suffix)  # fmt: skip
    if kind is None:
        return
    wanted = {".xhtml": ".html", ".tsv": ".csv"}.get(suffix, suffix)
    with_office = with_office and suffix in NEED_OFFICE
    found = (d for d in all_documents(kind, 4, with_office) if d.name.endswith(wanted))
    for number, document in enumerate(found):
        if number < _EACH:
            yield document.data.replace(b";", b"\t") if suffix == ".tsv" else document.data


def _odt() -> bytes:
    """What is in a flat file, as a package."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _ODT_MANIFEST)
        archive.writestr("content.xml", office.flat(BY_HAND))
        archive.writestr("styles.xml", office.flat(BY_HAND))
    return buffer.getvalue()
