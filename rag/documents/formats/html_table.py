"""Tables of web pages: rows of data, each a line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rag.documents.formats.shared import has_visible

_SPACES = re.compile(r"[ \t\n\r\f]+")
_MOST_SPAN = 50
_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells, and whether they head the columns."""

    cells: list[str]
    is_heading: bool


def is_data_table(table: Any) -> bool:
    """Whether a table holds data; old pages use tables to lay out their paragraphs."""
    if table.get("role") == "presentation" or table.find(["table", *_HEADINGS]):
        return False
    cells = table.find_all(["td", "th"])
    return len(cells) > 1 and all(len(cell.find_all("p", limit=3)) < 3 for cell in cells)


def rows_of(table: Any, read_cell: Callable[[Any], str]) -> dict[int, Row]:
    """The rows of a table by the ``id()`` of their elements, those without words left empty.

    A cell that spans rows is said in each of them, so that every row is whole by itself; one that spans
    columns is said once, but over columns in each of them.
    """
    rows: dict[int, Row] = {}
    spanning: dict[int, tuple[int, str]] = {}  # by column: rows still to come, words
    is_head = True
    for tr in table.find_all("tr"):
        elements = tr.find_all(["td", "th"], recursive=False)
        is_head = is_head and _is_head(tr, elements)
        cells = _cells(elements, spanning, read_cell, is_head)
        rows[id(tr)] = Row(cells if has_visible("".join(cells)) else [], is_head and len(cells) > 1)
    return rows


def _is_head(tr: Any, elements: list[Any]) -> bool:
    if tr.parent.name == "thead":
        return True
    said = [element for element in elements if has_visible(element.get_text())]
    return len(said) > 1 and all(element.name == "th" or _is_bold(element) for element in said)


def _is_bold(cell: Any) -> bool:
    bold = cell.find(["b", "strong"])
    return bold is not None and bold.get_text().strip() == cell.get_text().strip()


def _cells(
    elements: list[Any], spanning: dict[int, tuple[int, str]], read_cell: Callable[[Any], str], is_head: bool
) -> list[str]:
    cells: list[str] = []

    def carry() -> None:
        while len(cells) in spanning:
            left, words = spanning.pop(len(cells))
            if left > 1:
                spanning[len(cells)] = (left - 1, words)
            cells.append(words)

    for element in elements:
        carry()
        words = _SPACES.sub(" ", read_cell(element)).strip(" ")
        wide, high = _span(element, "colspan"), _span(element, "rowspan")
        for number in range(wide):
            said = words if is_head or number == 0 else ""
            if high > 1:
                spanning[len(cells)] = (high - 1, said)
            cells.append(said)
    carry()
    return cells


def _span(element: Any, attribute: str) -> int:
    value = str(element.get(attribute) or "1")
    return min(int(value), _MOST_SPAN) if re.fullmatch("[1-9][0-9]{0,3}", value) else 1
