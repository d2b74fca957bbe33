"""Lines -> paragraphs, headings, items, captions, lines of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from rag.documents.formats.pdf.labels import BULLETS, label_length
from rag.documents.formats.pdf.shapes import Block, Line, Paragraph, ParagraphKind, Rect

_ENDED = re.compile(r"(?<!\bM)(?<!\bMM)(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bPr)(?<!\bSt)[.!?…:;][»”\"’')\]\s]*$")
_STOPPED = re.compile(r"[.!?…][»”\"’')\]\s]*$")
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}")
_CAPTION = re.compile(
    r"(?:figure|fig\.|tableau|table|graphique|graph|carte|schéma|photo|illustration|encadré|chart|map|box)"
    r"\s*(?:n[°o]\s*)?\d+(?:[.-]\d+)*\s*[.:–—-]|(?:sources?|crédits?(?: photo)?|lecture|note de lecture)\s*:",
    re.IGNORECASE,
)


def paragraphs_of(block: Block, number: int, usual: float) -> list[Paragraph]:
    """The paragraphs of a block of text.

    Args:
        block: its lines are those of one column.
        number: the block's own.
        usual: the size of most letters of the document.
    """
    lines = block.lines
    pitch = _pitch(lines)
    right = _edge(lines)
    edges = _edges(lines, right)
    for rect in block.beside:
        _shorten(lines, rect, edges)
    made: list[list[Line]] = []
    for line, edge in zip(lines, edges, strict=True):
        if made and not _breaks(made[-1], line, pitch, edge):
            made[-1].append(line)
        else:
            made.append([line])
    margin = min(line.left for line in lines)
    return [_paragraph(part, number, usual, margin, right) for part in made]


_LEADING = 1.2
"""Of the letters' size: the lines of a heading are no closer than those of text for its larger letters."""


def _pitch(lines: Sequence[Line]) -> float:
    gaps = [b.base - a.base for a, b in pairwise(lines) if abs(a.size - b.size) < 0.1 * a.size]
    size = median(line.size for line in lines)
    near = Counter(round(2 * gap) / 2 for gap in gaps if 0.8 * size < gap < 2.6 * size)
    if not near:
        return 1.25 * size
    most = max(near.values())
    return min(gap for gap, count in near.items() if count >= 0.5 * most)


def _edge(lines: Sequence[Line]) -> float:
    """Where the lines of a column end, but for a few that stick out."""
    ends = sorted(line.right for line in lines)
    return ends[-1] if len(ends) < 12 else ends[-1 - len(ends) // 25]


def _edges(lines: Sequence[Line], right: float) -> list[float]:
    """Where the lines around each one end: those of a quotation that is moved in end earlier."""
    margin = min(line.left for line in lines)
    edges: list[float] = []
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and abs(lines[end].left - lines[start].left) < 2:
            end += 1
        run = lines[start:end]
        moved, own = run[0].left - margin, max(line.right for line in run)
        inset = len(run) > 2 and moved > 0.7 * run[0].size and right - own < 1.6 * moved + run[0].size
        edges += [own if inset else right] * len(run)
        start = end
    return edges


def _shorten(lines: Sequence[Line], rect: Rect, edges: list[float]) -> None:
    """Let the lines that a box shortens end where the longest of them does."""
    near = [
        i for i, line in enumerate(lines)
        if rect[1] < line.base + 0.3 * line.size and line.top - 0.3 * line.size < rect[3]
        and line.right <= rect[0] + 1 < edges[i]
    ]  # fmt: skip
    if len(near) > 1:
        own = max(lines[i].right for i in near)
        for i in {*near, near[-1] + 1} & set(range(len(lines))):
            edges[i] = own


def _breaks(part: list[Line], line: Line, pitch: float, right: float) -> bool:
    """Whether a line begins a paragraph."""
    last = part[-1]
    size = max(last.size, 1.0)
    if abs(line.size - last.size) > 0.12 * size:
        return True
    gap = line.base - last.base
    pitch = max(pitch, _LEADING * size)
    text, before = line.text, last.text
    goes_on = (text[:1].islower() and not _ENDED.search(before)) or _is_cut(before)
    if gap > 2.2 * pitch or (gap > 1.28 * pitch and not (goes_on and gap < 1.8 * pitch)):
        return True
    if _LEADERS.search(before):
        return True
    if gap > pitch + max(0.18 * size, 1.6) and _ENDED.search(before):
        return True
    fits = _would_fit(last, line, right)
    if _begins_item(part, line, fits):
        return True
    if goes_on:
        return False
    if (last.bold and not line.words[0].bold) or (line.bold and not last.words[-1].bold):
        return True
    if fits and (_ENDED.search(before) or not text[:1].islower()):
        return True
    return _indented(part, line, size) and bool(_ENDED.search(before))


def _begins_item(part: list[Line], line: Line, fits: bool) -> bool:
    """Whether a line begins with a bullet or number that is none of its sentence."""
    before, first = part[-1].text, line.words[0].text
    if first == "—" and len(line.words) > 1:
        spoken = part[0].words[0].text == "—"
        return fits or (spoken and bool(_ENDED.search(before)))
    if not label_length(line):
        return False
    moved = abs(line.left - part[-1].left) > 2
    if first in BULLETS:
        return fits or moved or bool(_ENDED.search(before)) or before.endswith(",")
    listed = label_length(part[0]) > 0 and abs(part[0].left - line.left) < 2
    moved = line.left < part[-1].left - 2 or (line.left > part[-1].left + 2 and not label_length(part[0]))
    return (fits or moved or listed) and bool(_ENDED.search(before) or before.endswith(","))


def _is_cut(text: str) -> bool:
    """Whether a line ends within a word."""
    return text[-1:] in ("-", "\u00ad", "\u2010") and text[-2:-1].isalnum()


def _would_fit(last: Line, line: Line, right: float) -> bool:
    """Whether what a line begins with would have stood on the line before: it was ended on purpose."""
    end = 0
    while end + 1 < len(line.words) and _HELD.search(f"{line.words[end].text} {line.words[end + 1].text}"):
        end += 1
    wide = line.words[end].right - line.words[0].left
    return last.right + 0.3 * last.size + wide < right - 0.5 * last.size


_HELD = re.compile(
    r"\d[\d.,]* \S|^[«–—×+±] \S| [»:;!?%€$£×°]|^(?:MM?|Mmes?|Mr|Mrs|Ms|Dr|Pr|St|n[°o]s?|art|p|pp|[A-Z])\.? \S"
)
"""Words that no line parts: numbers and what they count, signs set apart, titles and names."""


def _indented(part: list[Line], line: Line, size: float) -> bool:
    usual = part[1].left if len(part) > 1 else part[0].left
    return line.left - usual > 0.7 * size or (len(part) > 1 and abs(line.left - usual) > 1.5 * size)


def _paragraph(part: list[Line], number: int, usual: float, margin: float, right: float) -> Paragraph:
    first, last = part[0], part[-1]
    label = first.words[0].text if label_length(first) else ""
    made = Paragraph(
        "text", part, [], [], number, last.page, first.left, first.size,
        all(line.bold for line in part), label,
    )  # fmt: skip
    made.full = last.right > right - 2.5 * last.size
    made.to_the_edge = len(part) > 2 and last.right > right - 0.5 * last.size
    made.indented = first.left > margin + 0.7 * first.size and len(part) > 1
    made.kind = _kind(made, " ".join(line.text for line in part), usual)
    if made.kind == "heading":
        made.label = ""
    return made


def _kind(made: Paragraph, text: str, usual: float) -> ParagraphKind:
    if _LEADERS.search(text) and text.rstrip()[-1:].isalnum() and len(made.lines) <= 3:
        return "contents"
    if _CAPTION.match(text):
        return "caption"
    if _is_heading(made, text, usual):
        return "heading"
    return "item" if made.label else "text"


def _is_heading(made: Paragraph, text: str, usual: float) -> bool:
    if len(made.lines) > 4 or len(text) > 220 or not any(map(str.isalpha, text)):
        return False
    if text.rstrip()[-1:] in ",;:" or (_STOPPED.search(text) and text.rstrip()[-1:] not in "?!…"):
        return False
    if made.label and made.label in BULLETS:
        return False
    larger = made.size > 1.12 * usual
    capitals = text.isupper() and sum(map(str.isalpha, text)) >= 4 and len(made.lines) <= 2
    return larger or ((made.bold or capitals) and made.size >= 0.95 * usual and not text[:1].islower())


def is_open(text: str) -> bool:
    """Whether a paragraph that ends so goes on elsewhere."""
    return bool(text) and not _ENDED.search(text)


def join_over(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Paragraphs that a column's or a page's end cuts in two, put together."""
    joined: list[Paragraph] = []
    gone: set[int] = set()
    for index, own in enumerate(paragraphs):
        if id(own) in gone:
            continue
        joined.append(own)
        at = index
        while own.kind in ("text", "item", "note"):
            found = _continuation(own, paragraphs, at, gone)
            if found is None:
                break
            other = paragraphs[found]
            own.lines += other.lines
            own.full = other.full
            own.page, own.block = other.page, other.block
            gone.add(id(other))
            at = found
    return joined


def _announces(text: str, first: str) -> bool:
    """Whether a part that ends with a sign within sentences goes on with no capital."""
    return text[-1:] in ";:" and (first[:1].islower() or first[:1].isdigit())


_REACH = 14
"""Paragraphs that may stand between the two parts of one: a figure's, a side box's."""


def _continuation(own: Paragraph, paragraphs: list[Paragraph], at: int, gone: set[int]) -> int | None:
    text = own.lines[-1].text
    following = paragraphs[at + 1 : at + 1 + _REACH]
    if following and following[0].block == own.block:
        return None
    for step, other in enumerate(following):
        first = other.lines[0].text if other.lines else ""
        if id(other) in gone or other.kind != "text" or other.label or other.aside != own.aside:
            continue
        if (
            abs(other.size - own.size) > 0.06 * own.size
            or other.page - own.page > 2
            or other.bold != own.bold
        ):
            continue
        begins = step == 0 or paragraphs[at + step].block != other.block
        if not begins:
            continue
        near = all(between.aside for between in following[:step])
        if not is_open(text) and not _announces(text, first):
            return at + 1 + step if near and own.to_the_edge and not other.indented else None
        if (
            first[:1].islower()
            or (first[:1].isdigit() and text[-1:] in ";:")
            or (near and own.full and not other.indented)
            or text[-1:] in "-\u00ad,(«"
        ):
            return at + 1 + step
        return None
    return None
