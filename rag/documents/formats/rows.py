"""Rows of cells -> lines; CSV and TSV -> text."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence

from rag.documents.formats.characters import decode
from rag.documents.formats.shared import Extract, has_visible, one_line, tidy
from rag.documents.formats.writing import Writer
from rag.types import Layout

_DELIMITERS = ("\t", ";", "|", ",")  # the comma last: it stands in French numbers as well
_SAMPLE = 200
_SAID = re.compile(r"sep=(.)[ \t]*(?:\n|\Z)", re.IGNORECASE)
_NUMBER = re.compile(r"[-+−(]?[\d\s.,’']*\d[\d\s.,]*(?:%|€|\$|£|k€|M€|Md€)?\)?")
_YEAR = re.compile(r"(?:1[89]|20|21)\d\d")
_FIELD_MOST = 1_000_000


def read_rows(data: bytes) -> Extract:
    """A file of rows: each is a line with `` | `` between its cells, under the heads of the columns.

    Raises:
        NotReadable: for binary data.
    """
    text = tidy(decode(data))
    said = _SAID.match(text)
    rows = _parsed(text[said.end() :] if said else text, said.group(1) if said else "")
    writer = Writer()
    write_rows(writer, rows)
    return Extract(writer.text(), layout=Layout(parts=writer.parts()))


def _parsed(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(_FIELD_MOST)
    lines = text.split("\n")
    delimiter = delimiter or _delimiter(lines[:_SAMPLE])
    try:
        return [[one_line(cell) for cell in row] for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:  # a quote that is never closed
        return [[one_line(cell) for cell in line.split(delimiter)] for line in lines]


def _delimiter(lines: Sequence[str]) -> str:
    """What stands between cells: what cuts most lines into the same number of them."""

    def evenness(delimiter: str) -> float:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
        except csv.Error:
            return 0.0
        width, count = widths.most_common(1)[0] if widths else (1, 0)
        return count / sum(widths.values()) if width > 1 else 0.0

    # in « 2025;12,5 » both cut every line in two: the first named is meant
    return max(
        _DELIMITERS, key=lambda delimiter: (round(evenness(delimiter), 1), -_DELIMITERS.index(delimiter))
    )


def write_rows(writer: Writer, rows: Sequence[Sequence[str]]) -> None:
    """Write a table: what stands alone above it as lines, the heads of its columns, its rows."""
    said = [list(row) for row in rows]
    width = max((len(_cut(row)) for row in said), default=0)
    head: int | None = None
    started = False
    for number, row in enumerate(said):
        cells = _cut(row)
        if not cells:
            head, started = None, False
            continue
        alone = width > 1 and sum(map(has_visible, cells)) == 1 and not started
        if writer.length:
            writer.write("\n" if started and not alone else "\n\n")
        start = writer.length
        writer.write(
            cells[-1]
            if alone
            else re.sub(" +", " ", " | ".join([*cells, *[""] * (width - len(cells))])).strip()
        )
        if alone:
            writer.add_part(start, "heading")
            continue
        if head is None and not started and _is_head(cells, said[number + 1 :]):
            head = number
            writer.add_part(start, "columns")
        started = True


def _cut(row: Sequence[str]) -> list[str]:
    """A row without the empty cells at its end."""
    last = max((number for number, cell in enumerate(row) if has_visible(cell)), default=-1)
    return list(row[: last + 1])


def _is_head(cells: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a first row names the columns: it has no figures but years, and rows stand below."""
    figures = [cell for cell in cells if _NUMBER.fullmatch(cell) and not _YEAR.fullmatch(cell)]
    named = any(has_visible(cell) and not _NUMBER.fullmatch(cell) for cell in cells)
    return len(cells) > 1 and named and not figures and any(map(_cut, below))
