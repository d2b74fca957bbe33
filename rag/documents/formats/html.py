"""HTML -> text."""

from __future__ import annotations

import codecs
import re
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
from rag.documents.formats.characters import decode, refuse_binary
from rag.documents.formats.shared import Extract, brief, has_visible, one_line, tidy
from rag.errors import NotReadable

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
            return refuse_binary(data.decode(encoding))
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
            raise NotReadable("html_damaged", problem=brief(error)) from None


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
