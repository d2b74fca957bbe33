"""The kinds of files: what reads each, and what to do with those that nothing reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from rag.documents.formats.characters import decode_counting, refuse_disguised
from rag.documents.formats.epub import read_epub
from rag.documents.formats.html import read_html
from rag.documents.formats.letter import read_letter
from rag.documents.formats.markdown import read_markdown
from rag.documents.formats.odt import read_odt
from rag.documents.formats.pdf.reader import read_pdf
from rag.documents.formats.rows import read_rows
from rag.documents.formats.rtf import read_rtf
from rag.documents.formats.shared import Extract, text_most
from rag.documents.formats.slides import read_pptx
from rag.documents.formats.subtitles import read_subtitles
from rag.documents.formats.web_archive import read_web_archive
from rag.documents.formats.word import read_docx
from rag.documents.formats.workbook import read_workbook
from rag.errors import NotReadable

Reader = Callable[[bytes, int], Extract]
"""Reads the bytes of a file; the second is the size limit, which bounds what they may unpack to."""

READERS: dict[str, Reader] = {
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".docm": read_docx,
    ".dotx": read_docx,
    ".odt": read_odt,
    ".ott": read_odt,
    ".rtf": read_rtf,
    ".epub": read_epub,
    ".pptx": read_pptx,
    ".html": lambda data, _: read_html(data),
    ".htm": lambda data, _: read_html(data),
    ".xhtml": lambda data, _: read_html(data),
    ".mht": lambda data, _: read_web_archive(data),
    ".mhtml": lambda data, _: read_web_archive(data),
    ".eml": lambda data, _: read_letter(data),
    ".srt": lambda data, _: read_subtitles(data),
    ".vtt": lambda data, _: read_subtitles(data),
    ".csv": lambda data, _: read_rows(data),
    ".tsv": lambda data, _: read_rows(data),
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
}
"""By suffix, what reads the kinds that say nothing of themselves in front matter."""

TEXT_READERS: dict[str, Callable[[str], Extract]] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": Extract,
    ".text": Extract,
    "": Extract,
}
"""Those of the kinds that hold their own front matter; that of the others is in a file beside them."""

TEXT_SUFFIXES = frozenset(TEXT_READERS)
PARSED_SUFFIXES = frozenset(suffix for suffix, reader in TEXT_READERS.items() if reader is not Extract)
"""Those of them that a parser reads; the text of the others is what is in the file."""
SUFFIXES = frozenset({*READERS, *TEXT_READERS} - {""})
"""Kinds of files that are read, in any case; so is one without suffix, if it is text."""

_ADVICE = {
    "kind_word": ".doc .dot .fodt .wps .wpd .pages .hwp .abw .sxw",
    "kind_slides": ".ppt .pps .ppsx .pptm .key .odp .sxi",
    "kind_sheet": ".xls .xlsb .xlt .ods .numbers .sxc",
    "kind_book": ".mobi .azw .azw3 .kfx .fb2 .djvu .xps .ps .eps .ai .indd .pub .odg .vsdx",
    "kind_mail": ".msg .mbox .pst .emlx .ost",
    "kind_image": ".png .jpg .jpeg .jfif .gif .tif .tiff .bmp .webp .heic .heif .avif .svg .ico .psd .raw",
    "kind_media": (
        ".mp3 .wav .m4a .ogg .oga .opus .flac .aac .wma .aiff .mp4 .m4v .mov .avi .mkv .webm .wmv .mpg "
        ".mpeg .flv"
    ),
    "kind_archive": ".zip .rar .7z .tar .gz .tgz .bz2 .xz .zst .iso .dmg .cab .maff .webarchive .warc",
}
_KEYS = {suffix: key for key, suffixes in _ADVICE.items() for suffix in suffixes.split()}


def suffix_of(path: str) -> str:
    """The suffix of a file in lower case, with its dot; empty where there is none."""
    return PurePosixPath(path).suffix.lower()


def is_read(path: str) -> bool:
    """Whether files of this kind are read."""
    return suffix_of(path) in READERS or suffix_of(path) in TEXT_READERS


def refusal_of(path: str) -> NotReadable:
    """Why a file of a kind that is not read is not, with what to do about it."""
    key = _KEYS.get(suffix_of(path))
    return NotReadable(key) if key else NotReadable("file_kind", kinds=" ".join(sorted(SUFFIXES)))


def read_kind(suffix: str, data: bytes, max_bytes: int) -> Extract:
    """What a file of a kind says; what a hostile one does to a parser is done to this process.

    Args:
        suffix: its kind; of one that holds its own front matter, ``data`` is the text without it in UTF-8.
        data: what is in the file.
        max_bytes: size limit of the file, which bounds what it may unpack to.

    Raises:
        NotReadable: why it is not read.
    """
    reader = READERS.get(suffix)
    found = reader(data, max_bytes) if reader else TEXT_READERS[suffix](data.decode("utf-8", "surrogatepass"))
    size, most = len(found.text) + sum(len(one.text) for one in found.layout.left_out), text_most(max_bytes)
    if size > most:
        raise NotReadable("text_large", size=size, most=most)
    return found


def read_text_kind(data: bytes) -> tuple[str, int]:
    """The characters of a text file, and how many control characters were left out of them.

    Raises:
        NotReadable: it is no text, or of another kind than its name says.
    """
    refuse_disguised(data)
    return decode_counting(data)
