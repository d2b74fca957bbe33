"""PDF -> text."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PdfReader
from rag.documents.formats.shared import (
    EXPANSION,
    PAGE_BREAK,
    Extract,
    brief,
    has_visible,
    sensible_title,
    tidy,
)
from rag.errors import NotReadable


def read_pdf(data: bytes, max_bytes: int) -> Extract:
    """Text layer of a PDF, its pages joined by :data:`PAGE_BREAK`.

    Args:
        data: the file; an encrypted one is read when its user password is empty.
        max_bytes: size limit of the file, which bounds what it may unpack to.

    Raises:
        NotReadable: no PDF, damaged, protected by a password, or without text layer.
    """
    if b"%PDF" not in data[:1024]:
        raise NotReadable("pdf_not")
    with _quiet_pypdf():
        pages, title = _pdf_pages(data, EXPANSION * max_bytes)
    if not any(map(has_visible, pages)):
        raise NotReadable("pdf_textless")
    return Extract(PAGE_BREAK.join(pages), title)


def _pdf_pages(data: bytes, limit: int) -> tuple[list[str], str]:
    try:
        pages, size = [], 0
        reader = _open_pdf(data)
        for page in reader.pages:
            pages.append(tidy(page.extract_text()).strip())
            size += len(pages[-1])
            if size > limit:
                raise NotReadable("pdf_large", most=limit)
        return pages, _pdf_title(reader)
    except NotReadable:
        raise
    except Exception as error:  # pypdf raises anything at all on damaged files
        raise NotReadable("pdf_damaged", problem=brief(error)) from None


def _open_pdf(data: bytes) -> PdfReader:
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise NotReadable("pdf_password")
    return reader


def _pdf_title(reader: PdfReader) -> str:
    try:
        return sensible_title(str((reader.metadata and reader.metadata.title) or ""))
    except Exception:  # pypdf raises anything at all; the text is worth having without its title
        return ""


@contextmanager
def _quiet_pypdf() -> Iterator[None]:
    """What pypdf logs and warns of a damaged file is not for the user: the outcome says it."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
