"""Opening a PDF with PDFium: damaged files and passwords said plainly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rag.documents.formats.shared import brief, sensible_title
from rag.errors import NotReadable

PAGES_MOST = 20_000


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The document of a file, closed afterwards. PDFium is not made for threads: one a process calls it.

    Raises:
        NotReadable: no PDF, damaged, protected by a password, or with too many pages.
    """
    if b"%PDF" not in data[:1024]:
        raise NotReadable("pdf_not")
    document = _open(data)
    try:
        if len(document) > PAGES_MOST:
            raise NotReadable("pdf_pages", count=len(document), most=PAGES_MOST)
        yield document
    except (NotReadable, MemoryError):
        raise
    except Exception as error:  # whatever a damaged file leads to
        raise NotReadable("pdf_damaged", problem=brief(error)) from None
    finally:
        document.close()


def _open(data: bytes) -> Any:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        return pypdfium2.PdfDocument(data)
    except MemoryError:
        raise
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
