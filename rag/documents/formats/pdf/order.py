"""Words of a page -> blocks in reading order: columns, what runs across them, tables.

A region is parted at the white strip that most of its lines leave free: what is above it is read
first, then what is left of it, then what is right of it, then what is below; each part likewise.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from rag.documents.formats.pdf.gutters import Columns, Gutter, widest_gutter
from rag.documents.formats.pdf.labels import may_label
from rag.documents.formats.pdf.lines import lines_of
from rag.documents.formats.pdf.shapes import Block, Line, Word, apart, far, span
from rag.documents.formats.pdf.tables import stepped_table, table_of

_DEPTH = 30
_TAB = 5.0
"""Of the letters' size: an item begins no further from its bullet."""
_RUNNING = 24
"""Characters: columns of text have longer lines, columns of a table shorter ones."""


def blocks_of(
    words: Sequence[Word], page: int, columns: Columns | None = None, depth: int = 0
) -> list[Block]:
    """The blocks that some words of a page make, in reading order.

    Args:
        words: of a page, or of a part of it.
        page: its number.
        columns: those of the pages before, which are found again; those of this page are added.
        depth: how many times the page has been parted.
    """
    if not words:
        return []
    _reach_from_labels(words)
    gutter = widest_gutter(words, columns) if depth < _DEPTH else None
    if gutter is None:
        return _column(words, page)
    above, beside, below = _bands(words, gutter)
    known = columns is not None and columns.know(gutter.left, gutter.right)
    if len(beside) < 40 and not known and _is_stretched(beside, words):
        return _column(words, page)
    left = [word for word in beside if word.right <= gutter.left + 1]
    right = [word for word in beside if word.right > gutter.left + 1]
    if not left or not right:
        return _column(words, page)
    heads, middle = _read_beside(left, right, beside, page, columns, depth)
    if columns is not None and all(block.kind != "table" for block in middle):
        columns.learn(gutter, median(word.size for word in beside))
    return [
        *blocks_of([*above, *heads], page, columns, depth + 1),
        *middle,
        *blocks_of(below, page, columns, depth + 1),
    ]


def _reach_from_labels(words: Sequence[Word]) -> None:
    """A bullet or a number and what it stands before are no two columns."""
    for label in words:
        if label.thing or not may_label(label.text):
            continue
        level = [
            word for word in words
            if word is not label and not word.thing and abs(word.base - label.base) < 0.3 * label.size
        ]  # fmt: skip
        if any(0 <= label.left - word.right < label.size for word in level):
            continue  # it stands within a line
        label.reach = min(
            (w.left for w in level if 0 < w.left - label.right < _TAB * label.size), default=0.0
        )


def _is_stretched(beside: list[Word], words: Sequence[Word]) -> bool:
    """Whether a strip is nothing but wide spaces of a few lines that fill a narrow column."""
    lines = lines_of(beside, 0)
    _tell_stretched(lines, min(word.left for word in words), max(word.right for word in words))
    return 2 * sum(line.stretched for line in lines) > len(lines)


def _bands(words: Sequence[Word], gutter: Gutter) -> tuple[list[Word], list[Word], list[Word]]:
    """What is above a gutter, beside it, and below it; raised words stay with what they stand after."""
    bands: tuple[list[Word], list[Word], list[Word]] = ([], [], [])
    usual = median(word.size for word in words)
    for word in words:
        line = _carrier(word, words) if word.size < 0.82 * usual and not word.thing else word
        high = line.base - 0.1 * line.size < gutter.top
        low = not high and line.base - 0.55 * line.size > gutter.bottom
        bands[0 if high else 2 if low else 1].append(word)
    return _one_sided(*bands, gutter)


def _carrier(small: Word, words: Sequence[Word]) -> Word:
    """The word that a raised or lowered one stands right after; itself if there is none."""
    return next(
        (
            word for word in words
            if word.size > 1.2 * small.size and not word.thing
            and -0.2 * word.size < small.left - word.right < 0.35 * word.size
            and word.top - 0.3 * word.size < small.base < word.base + 0.4 * word.size
        ),
        small,
    )  # fmt: skip


def _one_sided(
    above: list[Word], beside: list[Word], below: list[Word], gutter: Gutter
) -> tuple[list[Word], list[Word], list[Word]]:
    """Rows at either end that have words on one side only and stand apart belong to no column."""
    rows = _rows(beside)
    both = [i for i, row in enumerate(rows) if _sides(row, gutter) == 3]
    if not both:
        return above, beside, below
    first, last = both[0], both[-1]
    pitch = _pitch(rows)
    while first > 0 and _gap(rows[first - 1], rows[first]) <= pitch:
        first -= 1
    while last < len(rows) - 1 and _gap(rows[last], rows[last + 1]) <= pitch:
        last += 1
    higher = [word for row in rows[:first] for word in row]
    lower = [word for row in rows[last + 1 :] for word in row]
    if lower and not below:  # the end of a page: the longer of its columns
        last, lower = len(rows) - 1, []
    if higher and not above and not _is_title(higher, beside):
        first, higher = 0, []
    return above + higher, [w for row in rows[first : last + 1] for w in row], lower + below


def _is_title(words: list[Word], beside: list[Word]) -> bool:
    usual = median(word.size for word in beside)
    return all(word.size > 1.1 * usual or word.bold for word in words)


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words by what overlaps from top to bottom, whatever column they are in."""
    rows: list[list[Word]] = []
    low = float("-inf")
    for word in sorted(words, key=lambda word: word.base - 0.55 * word.size):
        top, bottom = word.base - 0.55 * word.size, word.base
        if word.thing:
            top, bottom = word.top, word.bottom
        if rows and top < low:
            rows[-1].append(word)
        else:
            rows.append([word])
        low = max(low, bottom)
    return rows


def _sides(row: list[Word], gutter: Gutter) -> int:
    left = any(word.right <= gutter.left + 1 for word in row)
    right = any(word.left >= gutter.right - 1 for word in row)
    return left + 2 * right


def _gap(upper: list[Word], lower: list[Word]) -> float:
    return min(word.base for word in lower) - max(word.base for word in upper)


def _pitch(rows: list[list[Word]]) -> float:
    gaps = [_gap(a, b) for a, b in pairwise(rows)]
    size = median(word.size for row in rows for word in row)
    return 1.35 * min(max(median(gaps), size), 2.2 * size) if gaps else 1.6 * size


def _read_beside(
    left: list[Word], right: list[Word], beside: list[Word], page: int, columns: Columns | None, depth: int
) -> tuple[list[Word], list[Block]]:
    """Two columns one after the other, or the rows of a table; and the words that stand over the table."""
    over = _over_table(left, right)
    gone = set(map(id, over))
    inside = [word for word in left if id(word) not in gone]
    if not any(word.thing for word in beside):
        for higher, lower in (([], left), (over, inside)):
            stepped = stepped_table(lower, right, page)
            if stepped is not None:
                return higher, [stepped]
    if _is_tabular(left, right):
        table = table_of([*inside, *right], page)
        if table is not None:
            return over, [table]
    return [], [*blocks_of(left, page, columns, depth + 1), *blocks_of(right, page, columns, depth + 1)]


def _over_table(left: list[Word], right: list[Word]) -> list[Word]:
    """The lines before the first row that has words on both sides: a caption, the end of a paragraph."""
    top = min(word.base - 0.5 * word.size for word in right)
    higher = [word for word in left if word.base < top]
    return higher if len(higher) < len(left) else []


def _is_tabular(left: list[Word], right: list[Word]) -> bool:
    """Whether what stands on the two sides of a strip is rows: on the same base lines, in short cells."""
    if any(word.thing for word in (*left, *right)):
        return False
    a, b = lines_of(left, 0), lines_of(right, 0)
    size = median(word.size for word in left)
    shared = sum(any(abs(x.base - y.base) < 0.3 * size for y in b) for x in a)
    if shared < 2 or shared < 0.7 * min(len(a), len(b)):
        return False
    return _short(a) or _short(b)


def _short(lines: list[Line]) -> bool:
    """Whether lines are too short to be those of a column of running text."""
    lengths = sorted(len(line.text) for line in lines)
    if lengths[len(lengths) // 2] >= _RUNNING:
        return False
    width = max(line.right for line in lines) - min(line.left for line in lines)
    full = sum(line.right - line.left > 0.85 * width for line in lines)
    letters = "".join(line.text for line in lines)
    digits = sum(char.isdigit() for char in letters)
    return full < 0.6 * len(lines) or digits > 0.3 * len(letters) or lengths[len(lengths) // 2] <= 12


def _column(words: Sequence[Word], page: int) -> list[Block]:
    """One column: its text, and the things that stand in it, from the top; then what stands beside it."""
    lines = lines_of(words, page)
    beside = _beside(lines)
    if beside:
        within = [word for word in words if id(word) not in set(map(id, beside))]
        return [*_column(within, page), *_column(beside, page)]
    blocks: list[Block] = []
    for line in lines:
        thing = line.words[0].thing
        if thing is not None:
            blocks.append(thing)
        elif blocks and blocks[-1].kind == "text":
            blocks[-1].lines.append(line)
        else:
            blocks.append(Block("text", page, 0, 0, 0, 0, [line]))
    for block in blocks:
        if block.kind == "text":
            lines = block.lines
            if len(lines) > 2:
                _tell_stretched(
                    lines, min(ln.left for ln in lines), max(ln.right for ln in lines), local=True
                )
            block.left, block.top, block.right, block.bottom = span(w for ln in lines for w in ln.words)
    return blocks


def _beside(lines: Sequence[Line]) -> list[Word]:
    """The few words that stand outside a column, in a margin or at the head of the next column."""
    parts = [part for line in lines for part in _far_parts(line)]
    if len(parts) < 4:
        return []
    lefts, rights = sorted(part[0].left for part in parts), sorted(part[-1].right for part in parts)
    left, right = lefts[len(lefts) // 4], rights[3 * len(rights) // 4]
    size = median(line.size for line in lines)
    out = [part for part in parts if part[0].left > right + 0.8 * size or part[-1].right < left - 0.8 * size]
    return [word for part in out for word in part] if len(out) <= max(2, len(parts) // 6) else []


def _far_parts(line: Line) -> list[list[Word]]:
    """The words of a line, parted where a gap is too wide for a space."""
    parts = [[line.words[0]]]
    for before, word in pairwise(line.words):
        if far(before, word):
            parts.append([])
        parts[-1].append(word)
    return parts


_SIGNS = "«»:;!?%"
"""What French sets apart by a space that does not stretch."""


def _tell_stretched(lines: list[Line], left: float, right: float, local: bool = False) -> None:
    """Which lines fill their column with spaces that are all wide.

    Args:
        lines: of a column.
        left, right: its edges.
        local: whether lines that begin and end as those next to them fill it as well, as beside a box.
    """
    for number, line in enumerate(lines):
        gaps = [b.left - a.right for a, b in pairwise(line.words) if apart(a, b) and not _fixed(a, b)]
        near = [other for other in lines[max(0, number - 1) : number + 2] if local and other is not line]
        begins = [left, *(other.left for other in near)]
        ends = [right, *(other.right for other in near)]
        fills = any(abs(line.left - at) < 0.3 * line.size for at in begins) and any(
            abs(line.right - at) < 0.3 * line.size for at in ends
        )
        line.stretched = fills and bool(gaps) and min(gaps) > 0.4 * max(gaps)


def _fixed(before: Word, after: Word) -> bool:
    """Whether a space does not stretch: within numbers, and before and after the signs French sets apart."""
    digits = before.text[-1:].isdigit() and after.text[:1].isdigit()
    narrow = after.left - before.right < 0.4 * max(before.size, after.size)
    return narrow and (digits or before.text in _SIGNS or after.text[:1] in _SIGNS)
