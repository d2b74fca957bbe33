"""Documents -> Sources: front matter, title, side, language, text and hash."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path, PurePosixPath

from rag.documents.folder import SIDECAR, SUFFIXES, read_bytes, sidecar_of
from rag.documents.formats.characters import decode, refuse_disguised
from rag.documents.formats.docx import read_docx
from rag.documents.formats.html import read_html
from rag.documents.formats.pdf import read_pdf
from rag.documents.formats.shared import Extract, has_visible, one_line
from rag.documents.frontmatter import FrontMatter, read_sidecar, split_front_matter
from rag.documents.ids import clean_name, printable
from rag.documents.language import detect_language, language_code
from rag.errors import NotReadable, UnreadableFile
from rag.types import Source, SourceInfo, text_hash

READER_VERSION = 1
"""Raised whenever the text extracted from an unchanged file would change."""


def read_source(folder: Path, path: str, source_id: str, max_bytes: int) -> Source:
    """Read one document.

    Args:
        folder: the corpus folder.
        path: the file, relative to it, with ``/``.
        source_id: its id, from :func:`rag.documents.ids.assign_ids`.
        max_bytes: larger files are refused, as are those that unpack to far more.

    Returns:
        See :func:`make_source`.

    Raises:
        UnreadableFile: why the file cannot be read and what to do; nothing else is raised,
            whatever the file contains.
    """
    beside = sidecar_of(folder, path)
    try:
        data = read_bytes(folder, path, max_bytes)
        fields = read_bytes(folder, beside, max_bytes) if beside else None
    except NotReadable as error:
        raise UnreadableFile(printable(path), error) from None
    return make_source(path, source_id, data, fields, max_bytes)


def make_source(path: str, source_id: str, data: bytes, fields: bytes | None, max_bytes: int) -> Source:
    """The document that some bytes are. Pure: nothing is read from the disk.

    Args:
        path: the file's name, whose suffix says its kind, relative to the corpus folder.
        source_id: its id, from :func:`rag.documents.ids.assign_ids`.
        data: what is in the file.
        fields: what is in its sidecar, if it has one.
        max_bytes: what ``data`` unpacks to may be some times larger, no more.

    Returns:
        The document. Of markdown and plain text, the text is everything after the front matter,
        untouched; of other formats it is what :mod:`rag.documents.formats` extracts.

    Raises:
        UnreadableFile: why it cannot be read and what to do.
    """
    try:
        front, extract = _extract(data, PurePosixPath(path).suffix.lower(), max_bytes)
        if not has_visible(extract.text):
            raise NotReadable("file_textless")
        if fields is not None:
            front = _read_sidecar(PurePosixPath(path).name + SIDECAR, fields)
    except NotReadable as error:
        raise UnreadableFile(printable(path), error) from None
    return Source(_describe(path, source_id, front, extract), extract.text)


def _read_sidecar(name: str, data: bytes) -> FrontMatter:
    try:
        return read_sidecar(decode(data))
    except NotReadable as error:
        raise NotReadable("beside", name=printable(name), reason=error) from None


def _extract(data: bytes, suffix: str, max_bytes: int) -> tuple[FrontMatter, Extract]:
    if suffix not in SUFFIXES:
        kinds = " ".join(sorted(SUFFIXES))
        raise NotReadable("file_kind", kinds=kinds)
    if not data:
        raise NotReadable("file_empty")
    if suffix == ".pdf":
        return FrontMatter(), read_pdf(data, max_bytes)
    if suffix == ".docx":
        return FrontMatter(), read_docx(data, max_bytes)
    if suffix in (".html", ".htm"):
        return FrontMatter(), read_html(data)
    refuse_disguised(data)
    front, text = split_front_matter(decode(data))
    return front, Extract(text, "" if suffix == ".txt" else _first_heading(text))


def _describe(path: str, source_id: str, front: FrontMatter, extract: Extract) -> SourceInfo:
    file = PurePosixPath(clean_name(path))
    folder = file.parts[0] if len(file.parts) > 1 else ""
    return SourceInfo(
        id=source_id,
        path=path,
        title=front.title or extract.title or one_line(re.sub("[_-]", " ", file.stem)) or file.stem,
        side=unicodedata.normalize("NFC", front.side or one_line(folder)) or None,
        date=front.date,
        language=language_code(front.language) or detect_language(extract.text),
        note=front.note,
        kind=front.kind,
        editorial=front.editorial,
        sha256=text_hash(extract.text),
        characters=len(extract.text),
    )


_HEADING = re.compile(r" {0,3}#[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_TITLE_LINES = 10


def _first_heading(text: str) -> str:
    """The first ``# `` heading, when it is near the start."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()]
    for line in lines[:_TITLE_LINES]:
        if line.startswith(("```", "~~~")):  # a # in there is code
            return ""
        if found := _HEADING.fullmatch(line):
            return one_line(found.group(1))
    return ""
