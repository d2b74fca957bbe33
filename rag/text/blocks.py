"""Lines -> blocks: what a reader sees as one paragraph, item, row or heading.

Whether a line break ends a paragraph or only wraps a line is decided from the text itself: it wraps one
when the next line goes on in lower case with what the line did not finish. A text is wrapped when many
of its lines do so; there, a break is a real one when the next word would still have fitted on the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rag.text.lines import Kind, Line, content_start, lines_in
from rag.text.values import values_in
from rag.types import PLAIN, Layout

CLOSERS = r"(?:\s*»|[”’\"')\]\u00b9\u00b2\u00b3\u2070-\u2079]|\[\d{1,3}\])*"
"""What may stand between the end of a sentence and the next: closing marks, calls of notes."""
_ENDS_CLAUSE = re.compile(rf"[.!?…:;]{CLOSERS}$")
_CAPTION = re.compile(
    r"(?:figures?|fig\.|tableaux?|tab\.|graphiques?|cartes?|photos?|photographies?|schémas?|illustrations?"
    r"|tables?|charts?|graphs?|maps?|exhibits?)\s+(?:n°\s?)?(?:\d+(?:\.\d+)*|[IVX]+)[a-z]?\s*[.:–—-](?=\s)",
    re.IGNORECASE,
)
_CAPTION_MAX = 300
"""A longer one is no caption, in characters."""
_WRAP_MAX = 160
"""Lines longer than this are never the work of a line wrapper, in characters."""
_WRAPPED_SHARE = 0.2
"""Share of line breaks in mid-sentence above which a text counts as wrapped."""
_RAGGED = 0.9
"""Lines measured in points (PDF) differ in length: this share of the usual length is a full line."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together; ``page`` is 0 in a text without pages."""

    start: int
    end: int
    kind: Kind
    page: int
    indent: int


def blocks_in(text: str, layout: Layout = PLAIN) -> list[Block]:
    """The blocks of a text, in order."""
    return _with_headings(text, list(_blocks(text, layout)))


def _blocks(text: str, layout: Layout) -> Iterator[Block]:
    lines = list(lines_in(text, layout))
    full_from = _full_from(text, lines)
    group: list[Line] = []
    for line in lines:
        if group and not _continues(text, group, line, full_from):
            yield _block(group)
            group = []
        group.append(line)
    if group:
        yield _block(group)


def _block(lines: Sequence[Line]) -> Block:
    first = lines[0]
    return Block(first.start, lines[-1].end, first.kind, first.page, first.indent)


def _ends_clause(text: str, line: Line) -> bool:
    return _ENDS_CLAUSE.search(text, line.start, line.end) is not None


def _stops_mid_sentence(text: str, line: Line, following: Line) -> bool:
    """Whether ``following`` goes on in lower case with what ``line`` did not finish."""
    return following.kind == "paragraph" and text[following.start].islower() and not _ends_clause(text, line)


def _length(line: Line) -> int:
    return line.indent + line.end - line.start


def _room_needed(text: str, line: Line, following: Line) -> int:
    """Columns the line would have had with the next line's first word on it.

    A word ends at a plain space: no line is wrapped at a no-break space.
    """
    space = text.find(" ", following.start, following.end)
    return _length(line) + 1 + (space if space >= 0 else following.end) - following.start


def _full_from(text: str, lines: Sequence[Line]) -> float:
    """Columns that a line and the next word must need for the line to be full; 0 in a text not wrapped."""
    pairs = [(a, b) for a, b in pairwise(lines) if not b.gap and not b.new_page]
    wrapped = [(a, b) for a, b in pairs if _stops_mid_sentence(text, a, b)]
    if not wrapped or len(wrapped) < _WRAPPED_SHARE * len(pairs):
        return 0
    lengths = sorted(_length(a) for a, _ in wrapped)
    rooms = sorted(_room_needed(text, a, b) for a, b in wrapped)
    few = len(wrapped) // 20  # lines that may be out of the ordinary
    usual, least = lengths[-1 - few], rooms[few]
    if usual > _WRAP_MAX:
        return 0
    return usual + 1 if least > usual else _RAGGED * usual


def _continues(text: str, block: Sequence[Line], line: Line, full_from: float) -> bool:
    """Whether ``line`` goes on with the paragraph whose lines so far are ``block``."""
    first, last = block[0], block[-1]
    if line.gap or {line.kind, first.kind} - {"paragraph", "item"}:
        return False
    ended = _ends_clause(text, last)
    enough = full_from if ended else _RAGGED * full_from  # a paragraph seldom ends without a stop
    full = full_from > 0 and _room_needed(text, last, line) >= enough
    if line.kind == "item":  # a dash between two words, or a number, may open a wrapped line
        lower = text[content_start(text, line.start, line.end)].islower()
        return full and not ended and (lower or first.kind != "item")
    if text[line.start].islower() and not ended:
        return True
    if line.new_page:
        return full and not ended
    if first.kind == "item" and max(line.indent, last.indent) > first.indent:
        return line.indent > first.indent  # hanging indent of a list item
    return full and line.indent < last.indent + 2  # unless it is the indented start of a paragraph


def _with_headings(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, headings and captions said to be some."""
    told = [replace(b, kind="caption") if _is_caption(text, b) else b for b in blocks]
    around = zip([None, *told], told, [*told[1:], None], strict=False)
    return [replace(b, kind="heading") if _is_heading(text, a, b, c) else b for a, b, c in around]


def _is_caption(text: str, block: Block) -> bool:
    """« Tableau 3 : … », “Fig. 2. …”: what is written at a picture or a table."""
    short = block.end - block.start <= _CAPTION_MAX
    return block.kind == "paragraph" and short and _CAPTION.match(text, block.start, block.end) is not None


def _is_heading(text: str, previous: Block | None, block: Block, following: Block | None) -> bool:
    """A markdown heading, or a short line without end punctuation above a longer paragraph.

    The line may bear a number, unless it is one of a numbered list, or is mostly figures: a row of a table.
    """
    if block.kind == "heading" or following is None or following.kind != "paragraph":
        return block.kind == "heading"
    numbered = _is_numbered(text, block) and not _is_numbered(text, previous)
    length = block.end - block.start
    return (
        (numbered or (block.kind == "paragraph" and not text[block.start].islower()))
        and length <= 90
        and following.end - following.start > 2 * length
        and not _is_of_figures(text[block.start : block.end])
        and text[block.end - 1] not in '.!?…:;,»”")'
    )


def _is_of_figures(line: str) -> bool:
    """Whether a line is mostly numbers, two at least; « 12 mai 2026 » is one date."""
    numbers = [value for *_, value in values_in(line) if "-" not in value]
    return len(numbers) > 1 and 3 * sum(map(str.isdigit, line)) >= len(line)


def _is_numbered(text: str, block: Block | None) -> bool:
    return block is not None and block.kind == "item" and text[block.start].isalnum()
