"""Documents -> Sources: front matter, title, side, language, text and hash."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path, PurePosixPath

from rag.documents.apart import read_apart
from rag.documents.folder import SIDECAR, read_bytes, sidecar_of
from rag.documents.formats.characters import decode
from rag.documents.formats.shared import Extract, has_visible, one_line
from rag.documents.frontmatter import FrontMatter, read_sidecar, split_front_matter
from rag.documents.ids import clean_name, printable
from rag.documents.kinds import (
    PARSED_SUFFIXES,
    READERS,
    TEXT_READERS,
    is_read,
    read_text_kind,
    refusal_of,
    suffix_of,
)
from rag.documents.language import detect_language, language_code
from rag.errors import NotReadable, UnreadableFile
from rag.settings import USUAL_LIMITS, ReadingLimits
from rag.types import Remark, Source, SourceInfo, text_hash

READER_VERSION = 2
"""Raised whenever the text extracted from an unchanged file would change."""
SHORT = 20_000
"""Characters of Markdown up to which it is read here: of no text so short the parser takes a second."""


def read_source(
    folder: Path, path: str, source_id: str, max_bytes: int, limits: ReadingLimits = USUAL_LIMITS
) -> Source:
    """Read one document.

    Args:
        folder: the corpus folder.
        path: the file, relative to it, with ``/``.
        source_id: its id, from :func:`rag.documents.ids.assign_ids`.
        max_bytes: larger files are refused, as are those that unpack to far more.
        limits: what else its reading may take.

    Returns:
        See :func:`make_source`.

    Raises:
        UnreadableFile: why the file cannot be read and what to do; nothing else is raised,
            whatever the file contains.
    """
    beside = sidecar_of(folder, path)
    try:
        if not is_read(path):  # however large it is
            raise refusal_of(path)
        data = read_bytes(folder, path, max_bytes)
        fields = read_bytes(folder, beside, max_bytes) if beside else None
    except NotReadable as error:
        raise UnreadableFile(printable(path), error) from None
    return make_source(path, source_id, data, fields, max_bytes, limits)


def make_source(
    path: str,
    source_id: str,
    data: bytes,
    fields: bytes | None,
    max_bytes: int,
    limits: ReadingLimits = USUAL_LIMITS,
) -> Source:
    """The document that some bytes are. Nothing is read from the disk.

    Args:
        path: the file's name, whose suffix says its kind, relative to the corpus folder.
        source_id: its id, from :func:`rag.documents.ids.assign_ids`.
        data: what is in the file.
        fields: what is in its sidecar, if it has one.
        max_bytes: what ``data`` unpacks to may be some times larger, no more.
        limits: what else its reading may take.

    Returns:
        The document. Of plain text, the text is everything after the front matter, untouched; of other
        formats, and of markdown after its front matter, it is what :mod:`rag.documents.formats` extracts.

    Raises:
        UnreadableFile: why it cannot be read and what to do.
    """
    try:
        front, extract = _extract(data, path, max_bytes, limits)
        if not has_visible(extract.text):
            raise NotReadable("file_textless")
        if fields is not None:
            front = _read_sidecar(PurePosixPath(path).name + SIDECAR, fields)
    except NotReadable as error:
        raise UnreadableFile(printable(path), error) from None
    return Source(_describe(path, source_id, front, extract), extract.text, extract.layout)


def _read_sidecar(name: str, data: bytes) -> FrontMatter:
    try:
        return read_sidecar(decode(data))
    except NotReadable as error:
        raise NotReadable("beside", name=printable(name), reason=error) from None


def _extract(data: bytes, path: str, max_bytes: int, limits: ReadingLimits) -> tuple[FrontMatter, Extract]:
    suffix = suffix_of(path)
    if not is_read(path):
        raise refusal_of(path)
    if not data:
        raise NotReadable("file_empty")
    if suffix in READERS:
        return FrontMatter(), read_apart(suffix, data, max_bytes, limits)
    decoded, left_out = read_text_kind(data)
    front, text = split_front_matter(decoded)
    if suffix in PARSED_SUFFIXES and len(text) > SHORT:
        extract = read_apart(suffix, text.encode("utf-8", "surrogatepass"), max_bytes, limits)
    else:
        extract = TEXT_READERS[suffix](text)
    if left_out:
        remarks = (*extract.layout.remarks, Remark("control", left_out))
        extract = replace(extract, layout=replace(extract.layout, remarks=remarks))
    return front, extract


def _describe(path: str, source_id: str, front: FrontMatter, extract: Extract) -> SourceInfo:
    file = PurePosixPath(clean_name(path))
    folder = file.parts[0] if len(file.parts) > 1 else ""
    return SourceInfo(
        id=source_id,
        path=path,
        title=front.title or extract.title or one_line(re.sub("[_-]", " ", file.stem)) or file.stem,
        side=unicodedata.normalize("NFC", front.side or one_line(folder)) or None,
        date=front.date or extract.date,
        language=language_code(front.language or extract.language) or detect_language(extract.text),
        note=front.note,
        kind=front.kind,
        editorial=front.editorial,
        sha256=text_hash(extract.text),
        characters=len(extract.text),
        author=front.author or extract.author,
        address=front.address or extract.address,
        speakers=front.speakers,
        paging=extract.layout.paging,
        ocr=extract.layout.ocr,
        remarks=extract.layout.remarks,
        cut=_cut_name(extract),
        retrieved=front.retrieved,
        editor=front.editor,
    )


def _cut_name(extract: Extract) -> str:
    """Name of a text with what its format tells of how it is cut; empty where that is nothing."""
    layout = extract.layout
    told = (layout.paging, layout.pages, layout.parts)
    return "" if told == ("page", (), ()) else text_hash(f"{extract.text}{told!r}")
