"""A page of the web -> a document to be added: what kind of file it is, what it is called."""

from __future__ import annotations

import codecs
import mimetypes
import re
from datetime import date
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from rag.documents import SUFFIXES, decode_labelled, make_source, refusal_of
from rag.errors import FetchError
from rag.settings import Settings
from rag.upkeep.details import Details
from rag.upkeep.fetching import Fetched, fetch
from rag.upkeep.names import titled_name
from rag.upkeep.upload import Upload

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "text/vtt": ".vtt",
    "application/x-subrip": ".srt",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/epub+zip": ".epub",
    "message/rfc822": ".eml",
    "multipart/related": ".mht",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
_SAYS_LITTLE = frozenset(
    {"", "text/plain", "application/octet-stream", "binary/octet-stream", "application/zip"}
)
"""Types that servers give to files of any kind."""
_PAGES = frozenset({".html", ".htm", ".xhtml"})
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL
)
_HARDLY_ANY = 150
"""An article shorter than so many characters is what is left of one that a script or an account shows."""


def page_upload(address: str, settings: Settings) -> Upload:
    """Ask for a page; it is given as a file to be added, with its address and today's date.

    Raises:
        InputError, FetchError: see :func:`rag.upkeep.fetching.fetch`; or it has hardly any text.
        CorpusError: it is of a kind that is not read, or cannot be read.
    """
    return as_upload(fetch(address, settings), settings)


def as_upload(found: Fetched, settings: Settings) -> Upload:
    """What was fetched as a file to be added.

    Raises:
        FetchError: it has hardly any text.
        CorpusError: it is of a kind that is not read, or cannot be read.
    """
    suffix, data = _suffix(found), _with_mark(found)
    if suffix not in SUFFIXES:
        raise refusal_of(f"page{suffix}")
    source = make_source(
        f"page{suffix}", "page", data, None, settings.max_file_bytes, settings.reading_limits
    )
    if suffix in _PAGES and len(source.text.strip()) < _HARDLY_ANY:
        raise FetchError("web_textless")
    title = (
        source.info.title
        if source.info.title != "page"
        else _file_of(found.address).stem or str(urlsplit(found.address).hostname)
    )
    details = Details(address=found.address, retrieved=date.today().isoformat())
    return Upload(data, titled_name(title, suffix), details)


def _type(found: Fetched) -> tuple[str, str]:
    """The type that the site gives, and the encoding that goes with it."""
    told = Message()
    told["content-type"] = found.content_type or "application/octet-stream"
    return told.get_content_type(), str(told.get_param("charset") or "").strip("'\" ")


def _suffix(found: Fetched) -> str:
    """The kind of a file: by its first bytes, by what the site says, by the end of its address."""
    if found.data.lstrip()[:5] == b"%PDF-":
        return ".pdf"
    kind, _ = _type(found)
    named = _file_of(found.address).suffix.lower()
    if kind in _SAYS_LITTLE and named in SUFFIXES:
        return named
    if kind in _SAYS_LITTLE and _HTML.match(found.data[:2000]):
        return ".html"
    return _SUFFIXES.get(kind) or mimetypes.guess_extension(kind) or ".bin"


def _with_mark(found: Fetched) -> bytes:
    """Text with a byte order mark where the site says its encoding: that goes before what the page says."""
    kind, encoding = _type(found)
    is_text = kind.startswith("text/") or kind == "application/xhtml+xml"
    is_marked = found.data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = decode_labelled(found.data, encoding) if is_text and not is_marked else None
    return found.data if text is None else codecs.BOM_UTF8 + text.encode()


def _file_of(address: str) -> PurePosixPath:
    """The end of an address, as the name of a file."""
    return PurePosixPath(unquote(PurePosixPath(urlsplit(address).path).name))
