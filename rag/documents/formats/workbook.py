"""XLSX -> text: each sheet a page, its rows as lines."""

from __future__ import annotations

import warnings
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from rag.documents.formats.cells import displayed
from rag.documents.formats.rows import write_rows
from rag.documents.formats.shared import EXPANSION, Extract, brief, has_visible, one_line, sensible_title
from rag.documents.formats.writing import Writer
from rag.documents.language import detect_language
from rag.errors import NotReadable
from rag.types import Layout, LeftOut, LeftOutKind, Remark

_MOST = 150_000_000
"""Bytes that a workbook may unpack to, whatever its size limit: openpyxl holds some times as much."""
_SAMPLE = 5_000


def read_workbook(data: bytes, max_bytes: int) -> Extract:
    """The cells of a workbook as they are displayed, a sheet after the other.

    Raises:
        NotReadable: no workbook, damaged, protected, or a zip bomb.
    """
    if not data.startswith(b"PK"):
        raise NotReadable("workbook_not")
    book = _opened(data, min(EXPANSION * max_bytes, _MOST))
    try:
        return _Workbook(book).extract()
    except MemoryError:
        raise
    except Exception as error:  # of openpyxl on damaged files
        raise NotReadable("workbook_damaged", problem=brief(error)) from None


def _opened(data: bytes, limit: int) -> Any:
    import openpyxl

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > limit:
            raise NotReadable("workbook_large", size=size, most=limit)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of charts and the like, which have no text
            return openpyxl.load_workbook(BytesIO(data), data_only=True)
    except (NotReadable, MemoryError):
        raise
    except Exception as error:  # zipfile, XML parsers and openpyxl raise anything at all
        raise NotReadable("workbook_damaged", problem=brief(error)) from None


@dataclass(slots=True)
class _Workbook:
    book: Any
    writer: Writer = field(default_factory=Writer)
    left_out: list[LeftOut] = field(default_factory=list)
    pages: list[tuple[int, int]] = field(default_factory=list)

    def extract(self) -> Extract:
        """The text, its sheets as pages."""
        sheets = self.book.worksheets
        shown = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
        language = self._language(shown)
        for number, sheet in enumerate(sheets, 1):
            if sheet.sheet_state == "visible":
                self._write(sheet, number, language, named=len(shown) > 1)
        hidden = len(sheets) - len(shown)
        remarks = [Remark("hidden_pages", hidden)] if hidden else []
        names: tuple[tuple[LeftOutKind, str], ...] = (
            ("hidden", "hidden"),
            ("struck", "struck"),
            ("comment", "comments"),
        )
        for kind, key in names:
            if count := sum(one.kind == kind for one in self.left_out):
                remarks.append(Remark(key, count))
        layout = Layout("sheet", tuple(self.pages), self.writer.parts(), tuple(self.left_out), tuple(remarks))
        properties = self.book.properties
        return Extract(self.writer.text(), sensible_title(str(properties.title or "")), layout)

    @staticmethod
    def _language(sheets: list[Any]) -> str:
        words = (
            str(cell.value)
            for sheet in sheets
            for cell in sheet._cells.values()
            if isinstance(cell.value, str)
        )
        return detect_language(" ".join(word for word, _ in zip(words, range(_SAMPLE), strict=False)))

    def _write(self, sheet: Any, number: int, language: str, named: bool) -> None:
        rows = self._rows(sheet, number, language)
        if not any(has_visible(cell) for row in rows for cell in row):
            return
        self.pages.append((self.writer.length + (2 if self.writer.length else 0), number))
        if named:
            if self.writer.length:
                self.writer.write("\n\n")
            with self.writer.part("heading"):
                self.writer.write(one_line(sheet.title))
        write_rows(self.writer, rows)

    def _rows(self, sheet: Any, number: int, language: str) -> list[list[str]]:
        """The rows that are shown; of a sheet with few cells far apart, without what is between them."""
        hidden_rows = {row for row, shape in sheet.row_dimensions.items() if shape.hidden}
        hidden_columns = {
            column
            for shape in sheet.column_dimensions.values()
            if shape.hidden
            for column in range(shape.min or 0, min((shape.max or 0), 16_384) + 1)
        }
        said: dict[int, dict[int, str]] = {}
        for (row, column), cell in sorted(sheet._cells.items()):  # only those there are
            words = one_line(displayed(cell, language))
            if cell.comment is not None:
                self.left_out.append(LeftOut("comment", one_line(str(cell.comment.text)), number))
            if not has_visible(words):
                continue
            kind = self._kind(cell, row in hidden_rows or column in hidden_columns)
            if kind is None:
                said.setdefault(row, {})[column] = words
            else:
                self.left_out.append(LeftOut(kind, words, number))
        columns = sorted({column for cells in said.values() for column in cells})
        rows: list[list[str]] = []
        last = None
        for row, cells in said.items():
            if last is not None and any(
                between not in hidden_rows for between in range(last + 1, min(row, last + 50))
            ):
                rows.append([])
            rows.append([cells.get(column, "") for column in columns])
            last = row
        return rows

    @staticmethod
    def _kind(cell: Any, is_hidden: bool) -> LeftOutKind | None:
        if is_hidden or cell.number_format == ";;;":
            return "hidden"
        return "struck" if cell.font is not None and cell.font.strike else None
