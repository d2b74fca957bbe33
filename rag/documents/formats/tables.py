"""Tables: which row has the heads of the columns, and what is only laid out as a table."""

from __future__ import annotations

import re
from itertools import pairwise

from rag.documents.formats.blocks import Cell, Paragraph, Row, Table
from rag.documents.formats.shared import has_visible

_NUMBER = re.compile(r"[-−–+]?[\d\s.,’']*\d[\s.,]*(?:%|‰|[kM]?[€$£]|[A-Za-zµ]{1,3}|pts?|pp)?")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–/]\s*\d{2,4})?")
_HEAD_MOST = 80
_PROSE = 300
_REPEATED_MOST = 200
_COLUMNS_MOST = 60


def spread(table: Table) -> list[list[Cell | None]]:
    """The rows with one entry a column: a cell over several stands in the first, ``None`` after it.

    A cell spanning rows stands in each of them, a long one in the first alone.
    """
    rows: list[list[Cell | None]] = []
    above: list[Cell | None] = []
    for row in table.rows:
        out: list[Cell | None] = []
        for cell in row.cells:
            here: Cell | None = cell
            if cell.above:
                here = above[len(out)] if len(out) < len(above) else None
                if here is not None and len(plain(here)) > _REPEATED_MOST:
                    here = None
            out += [here, *[None] * min(cell.columns - 1, _COLUMNS_MOST)]
        rows.append(out)
        above = out
    return rows


def head_rows(table: Table) -> int:
    """How many rows at the start hold the heads of the columns."""
    rows = table.rows
    said = next((number for number, row in enumerate(rows) if not row.head), len(rows))
    if said:
        return said if said < len(rows) else 0
    if len(rows) < 2 or max(len(row.cells) for row in rows) < 2:
        return 0
    first = [plain(cell) for cell in rows[0].cells]
    if not any(first[1:]) or any(len(text) > _HEAD_MOST or _is_figure(text) for text in first):
        return 0
    bold = _is_bold(rows[0]) and not all(map(_is_bold, rows))
    below = any(_NUMBER.fullmatch(plain(cell)) for row in rows[1:] for cell in row.cells[1:])
    return int(table.headed or bold or below)


def is_layout(table: Table, row: list[Cell | None]) -> bool:
    """Whether a row only places what stands in it: boxes, columns of prose, tables in tables."""
    cells = [cell for cell in row if cell is not None]
    if any(isinstance(block, Table) for cell in cells for block in cell.blocks):
        return True
    if all(len(each.cells) == 1 and each.cells[0].columns == 1 for each in table.rows):
        return True
    return any(len(cell.blocks) > 1 and len(plain(cell)) > _PROSE for cell in cells)


def joined(texts: list[str]) -> str:
    """Lines as one; two figures stay apart: ``1`` and ``200`` must not read as a thousand two hundred."""
    written = "".join(texts[:1])
    for before, after in pairwise(texts):
        apart = before[-1:].isdigit() and after[:1].isdigit()
        written += (" / " if apart else " ") + after
    return written


def plain(cell: Cell) -> str:
    """The words of a cell, roughly."""
    paragraphs = (block for block in cell.blocks if isinstance(block, Paragraph))
    return " ".join("".join(run.text for run in p.runs if not run.out) for p in paragraphs).strip()


def _is_figure(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) and not _YEAR.fullmatch(text)


def _is_bold(row: Row) -> bool:
    paragraphs = [block for cell in row.cells for block in cell.blocks if isinstance(block, Paragraph)]
    runs = [run for p in paragraphs for run in p.runs if has_visible(run.text)]
    return bool(runs) and all(run.bold for run in runs)
