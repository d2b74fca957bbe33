"""Opening a PDF with PDFium: one at a time, damaged files and passwords said plainly."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rag.documents.formats.shared import brief, sensible_title
from rag.errors import NotReadable

LOCK = threading.RLock()
"""PDFium is not made for threads: whoever calls it holds this."""


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The document of a file, closed afterwards; the lock is held meanwhile.

    Raises:
        NotReadable: no PDF, damaged, or protected by a password.
    """
    if b"%PDF" not in data[:1024]:
        raise NotReadable("pdf_not")
    with LOCK:
        document = _open(data)
        try:
            yield document
        except NotReadable:
            raise
        except Exception as error:  # whatever a damaged file leads to
            raise NotReadable("pdf_damaged", problem=brief(error)) from None
        finally:
            document.close()


@contextmanager
def unlocked() -> Iterator[None]:
    """Let others use PDFium while something else takes long."""
    LOCK.release()
    try:
        yield
    finally:
        LOCK.acquire()


def _open(data: bytes) -> Any:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        return pypdfium2.PdfDocument(data)
    except Exception as error:  # whatever a damaged file leads to
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise NotReadable("pdf_password") from None
        raise NotReadable("pdf_damaged", problem=brief(error)) from None


def title_of(document: Any) -> str:
    """The title in the document's properties, when it is one."""
    try:
        return sensible_title(str(document.get_metadata_value("Title") or ""))
    except Exception:  # the text is worth having without its title
        return ""
