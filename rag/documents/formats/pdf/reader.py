"""A PDF's bytes -> text, title and layout."""

from __future__ import annotations

from rag.documents.formats.pdf.document import opened, title_of
from rag.documents.formats.shared import Extract, has_visible, text_most
from rag.errors import NotReadable


def read_pdf(data: bytes, max_bytes: int) -> Extract:
    """Text of a PDF as a reader of its pages reads it.

    Args:
        data: the file; an encrypted one is read when its user password is empty.
        max_bytes: size limit of the file, which bounds what it may unpack to.

    Raises:
        NotReadable: no PDF, damaged, protected by a password, or without text.
    """
    from rag.documents.formats.pdf.reading import read_document  # PDFium and NumPy take their time

    with opened(data) as document:
        reading = read_document(document, text_most(max_bytes))
        title = title_of(document)
    if not has_visible(reading.text):
        raise NotReadable("pdf_textless")
    return Extract(reading.text, title, reading.layout)
