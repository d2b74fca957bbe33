"""Bytes of one file -> its text and title, one reader per format. Pure: no path, no disk.

Each reader raises :class:`NotReadable` for whatever it cannot read, and nothing else.
"""

from __future__ import annotations

import codecs
import logging
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from pypdf import PdfReader

PAGE_BREAK = "\n\f\n"
"""Between the pages of a text; page n comes after n - 1 form feeds."""

EXPANSION = 20
"""How many times its size limit a compressed file may hold."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_UNSAFE = {code: None for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")


class NotReadable(ValueError):
    """The bytes cannot be read; the message says why and what to do, in a few words."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader finds: the text, and the document's own title (empty when it has none)."""

    text: str
    title: str


def one_line(text: str) -> str:
    """``text`` on one line: white space collapsed, no-break spaces kept, unprintables out."""
    collapsed = _SPACES.sub(" ", tidy(text)).strip(" ")
    return collapsed if collapsed.strip() else ""


def tidy(text: str) -> str:
    r"""``text`` with ``\n`` line ends, without control characters or lone surrogates."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", unified.translate(_UNSAFE))


def has_visible(text: str) -> bool:
    """Whether a reader would see anything of ``text``."""
    return any(c.isprintable() and not c.isspace() for c in text)


def _brief(error: Exception) -> str:
    """What a third-party parser says, short enough for one line of a report."""
    told = one_line(f"{type(error).__name__}: {error}").rstrip(": ")
    return told if len(told) <= 100 else f"{told[:99]}…"


# -- characters -------------------------------------------------------------------------------

_BOMS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN = ("cp1252", "iso8859_15", "mac_roman", "cp850")
_ALL = (
    "cp1252 cp1250 iso8859_2 cp1251 koi8_r koi8_u cp866 iso8859_5 mac_cyrillic cp1253 cp1254 "
    "cp1255 cp1256 shift_jis euc_jp gb18030 big5 euc_kr"
).split()
_NON_ASCII = re.compile(r"[^\x00-\x7f]")
_JOINERS = frozenset("’‘“”„«»–—…·•\u00a0\u00ad\u202f")  # may stand anywhere
_SYMBOLS = frozenset("°©®™±×÷€£")  # may stand between words
_UNUSUAL = frozenset("ŠšŽžÝýÐðÞþƒˆ†‡‰¶")  # in Western text, most often another encoding's
_SAMPLE = 100_000
_ODD = 0.1  # share of odd characters from which a text is not taken for Western
_ENOUGH = 12  # non-ASCII bytes, to say that an encoding is not recognised
_BINARY = "binary data, not text; remove it or give it its right suffix"
_OTHER_KINDS = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP or Word document",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"{\\rtf": "an RTF document",
}


def decode(data: bytes) -> str:
    """The characters of a text file, its byte order mark removed.

    Args:
        data: UTF-8, UTF-16 or UTF-32 with or without a mark, or an 8-bit encoding. Of those,
            Windows-1252 is preferred unless it clearly makes no sense.

    Raises:
        NotReadable: for binary data, and for encodings that cannot be told.
    """
    text = _decode_marked(data)
    return _refuse_binary(_decode_unmarked(data) if text is None else text)


def refuse_disguised(data: bytes) -> None:
    """Refuse what is no plain text although it may decode as one.

    Raises:
        NotReadable: the data begin as files of another kind do.
    """
    for start, kind in _OTHER_KINDS.items():
        if data.removeprefix(codecs.BOM_UTF8).lstrip().startswith(start):
            raise NotReadable(f"{kind}, whatever its name says; give it its right suffix")


def _refuse_binary(text: str) -> str:
    if "\0" in text or len(_CONTROL.findall(text)) * 20 > len(text):
        raise NotReadable(_BINARY)
    return text


def _decode_marked(data: bytes) -> str | None:
    for mark, encoding in _BOMS:
        if not data.startswith(mark):
            continue
        try:
            return data[len(mark) :].decode(encoding)
        except UnicodeDecodeError:
            if encoding == "utf-8":  # something else was appended to it
                return _decode_unmarked(data[len(mark) :])
            raise NotReadable(f"damaged {encoding[:6].upper()} text; save it as UTF-8") from None
    return None


def _decode_unmarked(data: bytes) -> str:
    try:
        return data.decode(_utf16_order(data) if b"\0" in data else "utf-8")
    except UnicodeDecodeError:
        if b"\0" in data:
            raise NotReadable(_BINARY) from None
        return _decode_8bit(data)


def _utf16_order(data: bytes) -> str:
    """The byte order of UTF-16 without a mark: every other byte of most texts is then zero."""
    even, odd, half = data[::2].count(0), data[1::2].count(0), len(data) // 2
    if odd > 0.4 * half and even <= 0.01 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd <= 0.01 * half:
        return "utf-16-be"
    return "utf-8"  # whose zeros then show that it is binary


def _decode_8bit(data: bytes) -> str:
    readings = dict(_western_readings(data))
    oddities = {encoding: _odd_share(text) for encoding, text in readings.items()}
    best = min(oddities, key=lambda encoding: oddities[encoding])  # the first, among equals
    if oddities[best] <= _ODD:
        return readings[best]
    other = _decode_by_language(data)
    if other is None and sum(byte > 127 for byte in data[:_SAMPLE]) >= _ENOUGH:
        raise NotReadable("its encoding is not recognised; save it as UTF-8")
    return other or readings[best]


def _western_readings(data: bytes) -> Iterator[tuple[str, str]]:
    for encoding in _WESTERN:
        try:
            yield encoding, data.decode(encoding)
        except UnicodeDecodeError:
            continue


def _odd_share(text: str) -> float:
    """Share of the non-ASCII characters that make no sense in Western text where they stand."""
    odd = total = 0
    for found in islice(_NON_ASCII.finditer(text), 5_000):
        at = found.start()
        odd += _is_odd(found.group(), text[at - 1 : at], text[at + 1 : at + 2])
        total += 1
    return odd / total if total else 0.0


def _is_odd(char: str, before: str, after: str) -> bool:
    if char in _JOINERS:
        return False
    if char in _UNUSUAL or (unicodedata.category(char)[0] in "CS" and char not in _SYMBOLS):
        return True
    if not char.isalpha() and before.isalpha() and after.isalpha():
        return True
    in_run = all(c > "\x7f" and c not in _JOINERS for c in (before, after))
    return in_run or (char.isupper() and before.islower())


def _decode_by_language(data: bytes) -> str | None:
    """Text of any language, as charset-normalizer reads it; ``None`` where none shows in it."""
    from charset_normalizer import from_bytes

    match = from_bytes(data[:_SAMPLE], cp_isolation=_ALL, enable_fallback=False).best()
    if match is None or match.coherence <= 0:
        return None
    try:
        return data.decode(match.encoding)
    except UnicodeDecodeError:
        return None


# -- HTML -------------------------------------------------------------------------------------

_DECLARED = re.compile(
    rb"<meta\b[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]+)"
    rb"|<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_SINGLE_BYTE = re.compile(r"ascii|iso8859-\d+|cp(125\d|437|8[56]\d|874)|koi8-[rut]|mac-\w+|tis-620")
_MULTI_BYTE = re.compile(r"gb\w+|big5\w*|euc_\w+|shift_jis\w*|cp9\d\d")
_LABELS = {  # what browsers take these to mean
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}

_DROPPED = re.compile(
    "script|style|noscript|template|head|title|svg|nav|iframe|object|canvas|audio|video|select"
    "|datalist|annotation"
)
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|details|dialog|div|dl|dt|fieldset"
    "|figcaption|figure|footer|form|h[1-6r]|header|hgroup|legend|main|menu|ol|p|pre|search|section"
    "|summary|table|ul"
)
_LISTS = ("ul", "ol", "menu")
_TABLE_PARTS = ("tr", "td", "th")
_HTML_SPACES = re.compile(r"[ \t\n\r\f]+")
_UNDISPLAYED = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def read_html(data: bytes) -> Extract:
    """Text of a web page as a browser shows it, without navigation and other boilerplate.

    Args:
        data: the page; its own byte order mark, then its declared encoding, are believed first.

    Returns:
        Blocks separated by a blank line, list items as ``- `` or ``1. `` lines, rows of tables
        as lines with `` | `` between cells.

    Raises:
        NotReadable: for binary data.
    """
    soup = _parse_html(_decode_html(data))
    title = next((t for t in soup.find_all("title") if t.find_parent("svg") is None), None)
    heading = one_line(title.get_text()) if title else ""
    if not heading and (first := soup.find("h1")):
        heading = one_line(first.get_text(" "))
    return Extract(_HtmlText(soup).text(), heading)


def _decode_html(data: bytes) -> str:
    for encoding in [] if b"\0" in data else _declared_encodings(data[:4096]):
        try:
            return _refuse_binary(data.decode(encoding))
        except UnicodeDecodeError:
            continue  # a wrong declaration: the bytes decide
    return decode(data)


def _declared_encodings(start: bytes) -> list[str]:
    declared = _DECLARED.search(start)
    label = (declared.group(1) or declared.group(2)).decode("ascii", "replace") if declared else ""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return []
    encoding = _LABELS.get(name, name)
    if _MULTI_BYTE.fullmatch(name):
        return [encoding]
    # bytes that are valid UTF-8 are UTF-8, whatever a page fetched from a server says of itself
    return ["utf-8", encoding] if _SINGLE_BYTE.fullmatch(name) else []


def _parse_html(markup: str) -> BeautifulSoup:
    from bs4 import BeautifulSoup
    from bs4.exceptions import ParserRejectedMarkup

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # bs4 advises on markup that looks like XML or a file name
        try:
            # lxml closes <p>, <li>, <td> where HTML lets authors leave them open; html.parser
            # nests them, and takes quadratic time on unclosed markup
            return BeautifulSoup(tidy(markup.replace("\f", " ")), "lxml")
        except (ParserRejectedMarkup, RecursionError) as error:
            raise NotReadable(f"damaged HTML ({_brief(error)})") from None


class _HtmlText:
    """Writes the text of a tree, block by block; iterative, for trees of any depth."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._soup = soup
        self._has_main = soup.find(["main", "article"]) is not None
        self._parts: list[str] = []
        self._gap = 0  # newlines owed before the next text
        self._space = False  # a space owed before the next text
        self._marker = ""  # of the list item that the next text begins
        self._counters: list[int | None] = []  # of the open lists; None for bullets
        self._items = 0  # open list items
        self._preformatted = 0  # open <pre>
        self._data_tables: list[bool] = []  # open tables; False for those used as layout
        self._cells: list[str] | None = None  # of the row being read

    def text(self) -> str:
        """The whole text."""
        from bs4.element import NavigableString, PreformattedString, Tag

        stack: list[tuple[Any, bool]] = [(self._soup, True)]
        while stack:
            node, entering = stack.pop()
            if isinstance(node, Tag):
                if not entering:
                    self._leave(node)
                elif not self._is_dropped(node):
                    self._enter(node)
                    stack.append((node, False))
                    stack.extend((child, True) for child in reversed(node.contents))
            elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                self._write(str(node))
        return tidy("".join(self._parts)).rstrip()

    def _is_dropped(self, tag: Tag) -> bool:
        name = tag.name
        if _DROPPED.fullmatch(name) or tag.has_attr("hidden") or tag.get("role") == "navigation":
            return True
        if _UNDISPLAYED.search(str(tag.get("style") or "")):
            return True
        if name == "header":
            return tag.find("nav") is not None
        if name == "aside":
            return self._has_main
        # the footer of a quotation says whose it is
        return name == "footer" and tag.find_parent("blockquote") is None

    def _enter(self, tag: Tag) -> None:
        name = tag.name
        if _BLOCKS.fullmatch(name):
            self._break(2)
        if name == "br":
            self._break(self._gap + 1)
        elif name == "table":
            self._data_tables.append(_is_data_table(tag))
        elif name in _TABLE_PARTS:
            self._enter_table_part(name)
        elif name in _LISTS:
            self._counters.append(_number(tag, "start", 1) if name == "ol" else None)
        elif name == "li":
            self._enter_item(tag)
        elif name == "pre":
            self._preformatted += 1

    def _leave(self, tag: Tag) -> None:
        name = tag.name
        if name in ("tr", "table"):
            self._write_row()
        if name == "table":
            self._data_tables.pop()
        elif name in _LISTS:
            self._counters.pop()
        elif name == "li":
            self._items -= 1
            self._marker = ""
            self._break(1)
        elif name == "pre":
            self._preformatted -= 1
            if self._parts and not self._gap:
                self._parts[-1] = self._parts[-1].rstrip("\n")
        if _BLOCKS.fullmatch(name):
            self._break(2)

    def _enter_table_part(self, name: str) -> None:
        if not (self._data_tables and self._data_tables[-1]):
            self._break(2)
        elif name == "tr":
            self._write_row()
            self._cells = []
        elif self._cells is not None:
            self._cells.append("")

    def _write_row(self) -> None:
        cells, self._cells = self._cells, None
        if cells and has_visible("".join(cells)):
            self._break(1)
            self._write(" | ".join(_HTML_SPACES.sub(" ", cell).strip(" ") for cell in cells))
            self._break(1)

    def _enter_item(self, tag: Tag) -> None:
        self._break(1)
        self._items += 1
        number = self._counters[-1] if self._counters else None
        if number is None:
            self._marker = "- "
        else:
            number = _number(tag, "value", number)
            self._counters[-1] = number + 1
            self._marker = f"{number}. "

    def _break(self, newlines: int) -> None:
        """Start a new line, or a new paragraph; inside a list item a line is the most."""
        self._space = False
        if self._cells is None:
            self._gap = max(self._gap, min(newlines, 1 if self._items else 2))
        elif self._cells:
            self._cells[-1] += " "

    def _write(self, string: str) -> None:
        if self._cells is not None:
            if not self._cells:
                self._cells.append("")
            self._cells[-1] += string
        elif self._preformatted:
            self._emit(string.lstrip("\n") if self._gap or not self._parts else string)
        else:
            line = _HTML_SPACES.sub(" ", string)
            self._space |= line.startswith(" ")
            self._emit(line.strip(" "))
            self._space |= line.endswith(" ")

    def _emit(self, string: str) -> None:
        if not string:
            return
        starts_line = self._gap or self._marker or not self._parts
        if self._parts:
            self._parts.append("\n" * self._gap)
        self._parts += [self._marker, string if starts_line or not self._space else f" {string}"]
        self._gap, self._space, self._marker = 0, False, ""


def _is_data_table(table: Tag) -> bool:
    """Whether a table holds data; old pages use tables to lay out their paragraphs."""
    if table.find(["table", "h1", "h2", "h3", "h4", "h5", "h6"]):
        return False
    cells = table.find_all(["td", "th"])
    return len(cells) > 1 and all(len(cell.find_all("p", limit=3)) < 3 for cell in cells)


def _number(tag: Tag, attribute: str, default: int) -> int:
    value = str(tag.get(attribute) or "").strip()
    return int(value) if re.fullmatch(r"-?[0-9]{1,9}", value) else default


# -- PDF --------------------------------------------------------------------------------------

_NO_TITLE = re.compile(  # « Word Document » is what python-docx invents where there is none
    r"microsoft (word|powerpoint|excel)\b.*|powerpoint presentation|word document"
    r"|\W*(untitled|sans titre|ohne titel|sin título|unspecified|anonymous)\b( document)?[\W\d]*"
    r"|(document|dokument|presentation|présentation|book|classeur|title|titre)[\W\d]*"
    r"|.*\.(docx?|dotx?|odt|rtf|pdf|ps|eps|dvi|tex|indd|qxd|pptx?|xlsx?|html?|md|txt|pages|wpd)",
    re.IGNORECASE,
)


def read_pdf(data: bytes, max_bytes: int) -> Extract:
    """Text layer of a PDF, its pages joined by :data:`PAGE_BREAK`.

    Args:
        data: the file; an encrypted one is read when its user password is empty.
        max_bytes: size limit of the file, which bounds what it may unpack to.

    Raises:
        NotReadable: no PDF, damaged, protected by a password, or without text layer.
    """
    if b"%PDF" not in data[:1024]:
        raise NotReadable("not a PDF, whatever its name says; give it its right suffix")
    with _quiet_pypdf():
        pages, title = _pdf_pages(data, EXPANSION * max_bytes)
    if not any(map(has_visible, pages)):
        raise NotReadable("PDF without text layer, perhaps a scan; run OCR on it (e.g. ocrmypdf)")
    return Extract(PAGE_BREAK.join(pages), title)


def _pdf_pages(data: bytes, limit: int) -> tuple[list[str], str]:
    try:
        pages, size = [], 0
        reader = _open_pdf(data)
        for page in reader.pages:
            pages.append(tidy(page.extract_text()).strip())
            size += len(pages[-1])
            if size > limit:
                raise NotReadable(f"PDF that unpacks to more than {limit:,} characters; split it")
        return pages, _pdf_title(reader)
    except NotReadable:
        raise
    except Exception as error:  # pypdf raises anything at all on damaged files
        raise NotReadable(f"damaged PDF ({_brief(error)}); open it and save it again") from None


def _open_pdf(data: bytes) -> PdfReader:
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise NotReadable("PDF protected by a password; save it without one")
    return reader


def _pdf_title(reader: PdfReader) -> str:
    try:
        return sensible_title(str((reader.metadata and reader.metadata.title) or ""))
    except Exception:  # pypdf raises anything at all; the text is worth having without its title
        return ""


def sensible_title(recorded: str) -> str:
    """The title in a document's properties, or nothing where a program only filled the field."""
    title = one_line(recorded)
    is_title = any(map(str.isalpha, title)) and not _NO_TITLE.fullmatch(title)
    return title if is_title else ""


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


# -- DOCX -------------------------------------------------------------------------------------

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_P, _TABLE, _ROW, _CELL = f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc"
_NOT_TEXT = {f"{_W}{name}" for name in ("pPr", "rPr", "del", "moveFrom", "txbxContent")} | {_FALLBACK}
_GLYPHS = {f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read_docx(data: bytes, max_bytes: int) -> Extract:
    """Body of a Word document: paragraphs and tables in order, as for :func:`read_html`.

    Args:
        data: the file.
        max_bytes: size limit of the file, which bounds what it may unpack to.

    Raises:
        NotReadable: no DOCX, damaged, protected, empty, or a zip bomb.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotReadable("an old .doc, or protected by a password; save it as .docx without one")
    if not data.startswith(b"PK"):
        raise NotReadable("not a DOCX, whatever its name says; give it its right suffix")
    body, styles, title = _open_docx(data, EXPANSION * max_bytes)
    blocks: list[tuple[bool, str]] = []
    for element in _inner(body, {_TABLE, _FALLBACK}):  # into paragraphs too: text boxes
        if element.tag == _TABLE:
            blocks.append((False, _docx_table(element)))
        elif element.tag == _P:
            style, in_list = _docx_style(element, styles)
            text = _docx_paragraph(element)
            blocks.append((in_list, f"- {text}" if in_list and text else text))
            if style == "Title":
                title = title or one_line(text)
    return Extract(_join_blocks([block for block in blocks if has_visible(block[1])]), title)


def _open_docx(data: bytes, limit: int) -> tuple[Any, dict[str, str], str]:
    """The body element, names of styles by id, and the title in the properties."""
    import docx

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > limit:
            raise NotReadable(f"DOCX that unpacks to {size:,} bytes, over {limit:,}; split it")
        document = docx.Document(BytesIO(data))
        styles = {style.style_id: style.name or "" for style in document.styles}
        title = sensible_title(document.core_properties.title)
        if document.element.body is None:
            raise NotReadable("DOCX without a body; save it again")
        return document.element.body, styles, title
    except NotReadable:
        raise
    except Exception as error:  # zipfile, lxml and python-docx raise anything at all
        raise NotReadable(f"damaged, or not a usual DOCX ({_brief(error)}); save it again") from None


def _inner(root: Any, closed: set[str]) -> Iterator[Any]:
    """Descendants in document order, without those of elements whose tag is ``closed``."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element is not root:
            yield element
        if element is root or element.tag not in closed:
            stack.extend(reversed(element))


def _docx_style(paragraph: Any, styles: dict[str, str]) -> tuple[str, bool]:
    """Name of the paragraph's style, and whether it is a list item."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = styles.get(style.get(f"{_W}val"), "") if style is not None else ""
    number = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
    numbered = number is not None and number.get(f"{_W}val") != "0"
    is_heading = name.startswith(("Heading", "Title"))
    return name, name.startswith("List") or (numbered and not is_heading)


def _docx_paragraph(paragraph: Any) -> str:
    pieces = []
    for element in _inner(paragraph, _NOT_TEXT):
        if element.tag in (f"{_W}t", _MATH_TEXT):
            pieces.append(element.text or "")
        elif element.tag == f"{_W}br" and element.get(f"{_W}type") in (None, "textWrapping"):
            pieces.append("\n")
        else:
            pieces.append(_GLYPHS.get(element.tag, ""))
    return tidy("".join(pieces)).strip(" \t\n")


def _docx_table(table: Any) -> str:
    rows = []
    for row in (e for e in _inner(table, {_ROW}) if e.tag == _ROW):
        cells = [one_line(_docx_cell(e)) for e in _inner(row, {_CELL}) if e.tag == _CELL]
        if has_visible("".join(cells)):
            rows.append(one_line(" | ".join(cells)))
    return "\n".join(rows)


def _docx_cell(cell: Any) -> str:
    paragraphs = (e for e in _inner(cell, {_P, _FALLBACK}) if e.tag == _P)
    return " ".join(map(_docx_paragraph, paragraphs))


def _join_blocks(blocks: list[tuple[bool, str]]) -> str:
    """Paragraphs apart by a blank line, the items of a list by a newline."""
    was_item = False
    parts: list[str] = []
    for is_item, text in blocks:
        if parts:
            parts.append("\n" if is_item and was_item else "\n\n")
        parts.append(text)
        was_item = is_item
    return "".join(parts)
