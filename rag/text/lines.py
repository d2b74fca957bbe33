"""The lines of a text, and what each looks like: a paragraph, an item, a row or a heading."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rag.types import PLAIN, Layout, Part, PartKind

_BREAKS = r"\n\r\f\v\x1c-\x1e\x85\u2028\u2029"
_LINE = re.compile(rf"[^{_BREAKS}]+")
_BREAK = re.compile(rf"\r\n|[{_BREAKS}]")
_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_MARKER = re.compile(
    r"(?:[-–—•‣▪◦·●○■□➢✓\uf0b7\uf0a7*>]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]|\d{1,3}°)\s+(?=\S)"
)
_LEADER = re.compile(r"(?:(?:[.·_]\s?){4,}|…{2,}\s?)\d{1,4}$")
"""How a line of a table of contents ends: dots lead to the number of a page."""
_LEADER_MAX = 100
"""It is looked for in so many characters at the end of a line."""
_ROW = re.compile(r"(?:^|\s)\|(?:\s|$)")

Kind = Literal["paragraph", "item", "row", PartKind]


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the white space around it."""

    start: int
    end: int
    indent: int
    kind: Kind
    page: int
    gap: bool  # a blank line stands before it, or it is of another part
    new_page: bool  # a form feed stands before it


def lines_in(text: str, layout: Layout = PLAIN) -> Iterator[Line]:
    """The lines that are not blank, in order."""
    page, previous_end, has_pages = 1, 0, "\f" in text
    before: Part | None = None
    for match in _LINE.finditer(text):
        raw = match.group()
        stripped = raw.strip()
        if not stripped:
            continue
        margin = raw[: len(raw) - len(raw.lstrip())]
        start = match.start() + len(margin)
        between = text[previous_end:start]
        feeds = between.count("\f")
        page += feeds
        part = part_at(layout, start)
        yield Line(
            start=start,
            end=start + len(stripped),
            indent=len(margin.expandtabs()),
            kind=part.kind if part else _kind(stripped),
            page=layout.page_at(start) or (page if has_pages else 0),
            gap=part is not before or (len(_BREAK.findall(between)) > 1 and not feeds),
            new_page=feeds > 0,
        )
        previous_end, before = start + len(stripped), part


def part_at(layout: Layout, position: int) -> Part | None:
    """The part that holds a character; ``None`` in running text."""
    number = bisect_right(layout.parts, position, key=lambda part: part.start)
    part = layout.parts[number - 1] if number else None
    return part if part and position < part.end else None


def _kind(line: str) -> Kind:
    if _HEADING.match(line):
        return "heading"
    if line[-1].isdigit() and line[0].isalnum() and _LEADER.search(line[-_LEADER_MAX:]):
        return "contents"
    if _MARKER.match(line):
        return "item"
    return "row" if _ROW.search(line) else "paragraph"


def content_start(text: str, start: int, end: int) -> int:
    """Where the words of a unit begin: after its list marker, heading marks or quoting marks."""
    mark = _HEADING.match(text, start, end) or _MARKER.match(text, start, end)
    return mark.end() if mark else start
