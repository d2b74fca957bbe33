"""The text of a web page's tree, as a browser shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rag.documents.formats.html_notes import Note
from rag.documents.formats.html_table import Row, is_data_table, rows_of
from rag.documents.formats.html_tree import DROPPED, HEADINGS, is_block, text_after, text_of
from rag.documents.formats.shared import tidy
from rag.documents.formats.superscripts import lowered, raised_in_line
from rag.documents.formats.writing import Writer
from rag.types import PartKind

_LISTS = ("ul", "ol", "menu")
_HTML_SPACES = re.compile(r"[ \t\n\r\f]+")
_QUOTES = {"fr": (("«\u00a0", "\u00a0»"), ("“", "”")), "en": (("“", "”"), ("‘", "’"))}
_TABLE_PARTS = ("tr", "tbody", "thead", "tfoot")
_CAPTIONS = ("figcaption", "caption")
_BETWEEN_MARKS = re.compile(r"[\s,;–-]*")


class HtmlText:
    """Writes the text of a tree, block by block; iterative, for trees of any depth."""

    def __init__(self, soup: Any, notes: Mapping[int, Note], language: str, in_cell: bool = False) -> None:
        self._soup, self._notes, self._language, self._in_cell = soup, notes, language, in_cell
        self.writer = Writer()
        self.called: list[tuple[Note, int]] = []  # the notes whose marks were met, and where
        self._gap = 0  # newlines owed before the next text
        self._space = False  # a space owed before the next text
        self._glued = False  # no space before the next text, whatever it begins with
        self._marker = ""  # of the list item that the next text begins
        self._counters: list[tuple[int | None, str]] = []  # of the open lists; None for bullets
        self._items = 0  # open list items
        self._preformatted = 0  # open <pre>
        self._tables: list[dict[int, Row]] = []  # open tables: their rows; none in those used as layout
        self._quotes = 0  # open <q>
        self._open: tuple[int, PartKind, int] | None = None  # the element that is no running text: its start

    def write(self) -> Writer:
        """Write the whole text, notes last."""
        from bs4.element import NavigableString, PreformattedString, Tag

        stack: list[tuple[Any, bool]] = [(self._soup, True)]
        while stack:
            node, entering = stack.pop()
            if isinstance(node, Tag):
                if not entering:
                    self._leave(node)
                elif self._enter(node):
                    stack.append((node, False))
                    stack.extend((child, True) for child in reversed(node.contents))
            elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                self._say(str(node))
        self._write_notes()
        return self.writer

    def _enter(self, tag: Any) -> bool:
        """Begin an element; whether what is in it is still to be written."""
        name = tag.name
        if DROPPED.fullmatch(name):
            return False
        if self._is_apart(tag):
            self._break(2)
        if id(tag) in self._notes:
            self._call(self._notes[id(tag)])
            return False
        if name in ("sup", "sub"):
            return self._enter_script(tag)
        if name == "tr" and self._tables and id(tag) in self._tables[-1]:
            self._write_row(self._tables[-1][id(tag)])
            return False
        self._open_part(tag)
        if name == "br":
            self._break(self._gap + 1)
        elif name == "q":
            self._enter_quote(tag)
        elif name == "table":
            self._tables.append(rows_of(tag, self._cell) if is_data_table(tag) else {})
        elif name in _LISTS:
            self._counters.append(
                (_number(tag, "start", 1) if name == "ol" else None, str(tag.get("type") or "1"))
            )
        elif name == "li":
            self._enter_item(tag)
        elif name == "pre":
            self._preformatted += 1
        return True

    def _leave(self, tag: Any) -> None:
        name = tag.name
        if name == "q":
            self._quotes -= 1
            self._space = False
            self._say(self._marks(tag)[1])
        elif name == "table":
            self._tables.pop()
        elif name in _LISTS:
            self._counters.pop()
        elif name == "li":
            self._items -= 1
            self._marker = ""
            self._break(1)
        elif name == "pre":
            self._preformatted -= 1
            if not self._gap:
                self.writer.trim()
        if self._open and self._open[0] == id(tag):
            self.writer.add_part(self._open[2], self._open[1])
            self._open = None
        if self._is_apart(tag):
            self._break(2)

    def _is_apart(self, tag: Any) -> bool:
        """Whether blank lines stand around an element: not around items, nor around the rows of data."""
        is_row = tag.name in _TABLE_PARTS and bool(self._tables and self._tables[-1])
        return is_block(tag) and tag.name != "li" and not is_row

    def _open_part(self, tag: Any) -> None:
        if self._open is None and (HEADINGS.fullmatch(tag.name) or tag.get("role") == "heading"):
            self._open = (id(tag), "heading", -1)
        elif self._open is None and tag.name in _CAPTIONS:
            self._open = (id(tag), "caption", -1)

    def _enter_script(self, tag: Any) -> bool:
        marks = [inner for inner in tag.find_all(True) if id(inner) in self._notes]
        if marks:  # several in one, with commas between
            for string in list(tag.find_all(string=_BETWEEN_MARKS.fullmatch)):
                string.extract()
            return True
        text = text_of(tag)
        if tag.name == "sub":
            self._space &= not text
            self._say(lowered(text))
        elif text:
            self._raise(text, text_after(tag))
        return False

    def _raise(self, text: str, after: str) -> None:
        before = "" if self._gap or self._marker else self.writer.tail().rpartition("\n")[2]
        high, is_near = raised_in_line(text, before + " " * self._space, after)
        self._space &= not is_near
        self._say(high)

    def _call(self, note: Note) -> None:
        if note.text:
            self.called.append((note, self.writer.length))

    def _enter_quote(self, tag: Any) -> None:
        self._say(self._marks(tag)[0])
        self._glued = bool(self._marks(tag)[0])
        self._quotes += 1

    def _marks(self, tag: Any) -> tuple[str, str]:
        if text_of(tag)[:1] in tuple('«“"„'):
            return "", ""
        pairs = _QUOTES.get(self._language, _QUOTES["en"])
        return pairs[self._quotes % 2]

    def _cell(self, cell: Any) -> str:
        """A cell on one line, its notes called from where its table stands."""
        for note in [self._notes[id(mark)] for mark in cell.find_all(True) if id(mark) in self._notes]:
            self._call(note)
        marks = {key: Note(note.mark, "") for key, note in self._notes.items()}
        return HtmlText(cell, marks, self._language, in_cell=True).write().text()

    def _write_row(self, row: Row) -> None:
        self._break(1)
        start = self.writer.length + self._gap if self.writer.length else 0
        self._emit(re.sub(" +", " ", " | ".join(row.cells)).strip(" "))
        if row.is_heading:
            self.writer.add_part(start, "columns")
        self._break(1)

    def _enter_item(self, tag: Any) -> None:
        self._break(1)
        self._items += 1
        number, form = self._counters[-1] if self._counters else (None, "1")
        indent = "  " * (self._items - 1)
        if number is None:
            self._marker = "" if self._in_cell else f"{indent}- "
            return
        number = _number(tag, "value", number)
        self._counters[-1] = (number + 1, form)
        self._marker = f"{indent}{_numeral(number, form)}. "

    def _break(self, newlines: int) -> None:
        """Start a new line, or a new paragraph; inside a list item a line is the most."""
        self._space = self._glued = False
        self._gap = max(self._gap, min(newlines, 1 if self._items else 2))

    def _say(self, string: str) -> None:
        string = tidy(string).replace("\u00ad", "")
        if self._preformatted:
            self._emit(string.lstrip("\n") if self._gap or not self.writer.length else string)
            return
        line = _HTML_SPACES.sub(" ", string)
        self._space |= line.startswith(" ") and not self._glued
        self._emit(line.strip(" "))
        self._space |= line.endswith(" ") and not self._glued

    def _emit(self, string: str) -> None:
        if not string:
            return
        starts_line = self._gap or self._marker or not self.writer.length
        if self.writer.length:
            self.writer.write("\n" * self._gap)
        if self._open and self._open[2] < 0:
            self._open = (*self._open[:2], self.writer.length)
        self.writer.write(self._marker)
        self.writer.write(string if starts_line or not self._space else f" {string}")
        self._gap, self._space, self._glued, self._marker = 0, False, False, ""

    def _write_notes(self) -> None:
        for note, at in self.called:
            if self.writer.length:
                self.writer.write("\n\n")
            with self.writer.part("note", note.mark, at):
                self.writer.write(note.text)


def _number(tag: Any, attribute: str, default: int) -> int:
    value = str(tag.get(attribute) or "").strip()
    return int(value) if re.fullmatch(r"-?[0-9]{1,9}", value) else default


def _numeral(number: int, form: str) -> str:
    """The number of an item as a browser prints it: ``c`` or ``iii`` of 3."""
    if form in ("a", "A") and 1 <= number <= 26:
        return chr(ord(form) + number - 1)
    if form in ("i", "I") and 1 <= number < 40:
        tens, ones = divmod(number, 10)
        roman = "x" * tens + ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][ones]
        return roman if form == "i" else roman.upper()
    return str(number)
