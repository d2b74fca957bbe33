"""A web page saved as one file (.mht, .mhtml) -> text."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes

from rag.documents.formats.html import extract_html
from rag.documents.formats.letter import decode_part
from rag.documents.formats.shared import Extract, brief, one_line
from rag.errors import NotReadable


def read_web_archive(data: bytes) -> Extract:
    """The article of the page that was saved, with the address that it came from.

    Raises:
        NotReadable: there is no page in it, or it is damaged.
    """
    try:
        return _read(data)
    except (NotReadable, MemoryError):
        raise
    except Exception as error:  # the parser lets anything through on damaged headers
        raise NotReadable("html_damaged", problem=brief(error)) from None


def _read(data: bytes) -> Extract:
    message = message_from_bytes(data)
    page = next((part for part in message.walk() if part.get_content_type() in _PAGES), None)
    if page is None:
        raise NotReadable("web_archive_pageless")
    extract = extract_html(decode_part(page))
    said = [extract.address, message["Snapshot-Content-Location"], page["Content-Location"]]
    address = next((one for one in map(one_line, map(str, filter(None, said))) if one.startswith("http")), "")
    return replace(extract, address=address)


_PAGES = ("text/html", "application/xhtml+xml")
