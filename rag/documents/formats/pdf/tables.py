"""Tables: rows of cells, from ruled grids and from columns of short cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from rag.documents.formats.pdf.labels import label_length
from rag.documents.formats.pdf.lines import lines_of
from rag.documents.formats.pdf.shapes import Block, Line, Page, Rect, Rule, Word, span

_NEAR = 3.0
"""Points: rules that are meant to meet."""
_ROW = 60.0
"""Points: a grid of one row is no higher."""
Row = list[list[Line]]


def ruled_tables(page: Page, words: Sequence[Word]) -> tuple[list[Block], list[Word]]:
    """The tables that rules or coloured cells draw, and the words outside them."""
    tables: list[Block] = []
    rest = list(words)
    for across, down in _grids(page):
        box = _box(across, down)
        inside = [word for word in rest if _within(word, box)]
        table = _ruled(inside, across, down, page.number)
        if table is not None:
            tables.append(table)
            taken = set(map(id, inside))
            rest = [word for word in rest if id(word) not in taken]
    return tables, rest


def table_boxes(page: Page) -> list[Rect]:
    """What ruled tables cover; a header may be drawn as one, of a row or two."""
    return [_box(across, down) for across, down in _grids(page) if len(across) > 3]


def _box(across: list[float], down: list[float]) -> Rect:
    return down[0], across[0], down[-1], across[-1]


def _within(word: Word, box: Rect) -> bool:
    x, y = (word.left + word.right) / 2, word.base - 0.3 * word.size
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def _grids(page: Page) -> list[tuple[list[float], list[float]]]:
    """Of each grid the places of its level and of its upright rules."""
    if page.grids is None:
        page.grids = _find_grids(page)
    return page.grids


def _find_grids(page: Page) -> list[tuple[list[float], list[float]]]:
    rules = [*page.rules]
    for left, top, right, bottom in page.rects:
        if right - left < 0.98 * page.width and bottom - top < 0.9 * page.height:
            rules += [
                Rule(left, top, right, top), Rule(left, bottom, right, bottom),
                Rule(left, top, left, bottom), Rule(right, top, right, bottom),
            ]  # fmt: skip
    found = []
    for group in _meeting(rules[:3000]):
        across = _places([rule.top for rule in group if rule.level])
        down = _places([rule.left for rule in group if not rule.level])
        low = len(across) == 2 and across[1] - across[0] < _ROW
        if len(down) >= 3 and (len(across) >= 3 or low):
            found.append((across, down))
    return found


def _meeting(rules: list[Rule]) -> list[list[Rule]]:
    """Rules that touch each other, together."""
    groups: list[tuple[list[float], list[Rule]]] = []
    for rule in sorted(rules, key=lambda rule: rule.top):
        box = [rule.left - _NEAR, rule.top - _NEAR, rule.right + _NEAR, rule.bottom + _NEAR]
        own = [rule]
        kept = []
        for other, members in groups:
            if other[0] <= box[2] and box[0] <= other[2] and other[1] <= box[3] and box[1] <= other[3]:
                box = [
                    min(box[0], other[0]),
                    min(box[1], other[1]),
                    max(box[2], other[2]),
                    max(box[3], other[3]),
                ]
                own = members + own
            else:
                kept.append((other, members))
        groups = [*kept, (box, own)]
    return [members for _, members in groups]


def _places(values: list[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def _ruled(words: list[Word], across: list[float], down: list[float], page: int) -> Block | None:
    rows: list[list[list[Word]]] = [[[] for _ in down[1:]] for _ in across[1:]]
    for word in words:
        y, x = word.base - 0.3 * word.size, (word.left + word.right) / 2
        row = sum(y > place for place in across[1:-1])
        column = sum(x > place for place in down[1:-1])
        rows[row][column].append(word)
    filled = [row for row in rows if any(row)]
    columns = sum(any(row[i] for row in filled) for i in range(len(down) - 1))
    if not filled or columns < 2 or _crosses(words, down):
        return None
    return _table([[lines_of(cell, page) for cell in row] for row in filled], words, page, _heads(filled))


def _crosses(words: list[Word], down: list[float]) -> bool:
    """Whether the upright rules run through the words: then they part no cells."""
    through = sum(any(word.left + 2 < x < word.right - 2 for x in down[1:-1]) for word in words)
    return through > 0.1 * len(words)


def _heads(rows: list[list[list[Word]]]) -> bool:
    """Whether the first row names the columns: bold, or words over figures."""
    first = [word for cell in rows[0] for word in cell]
    others = [word for row in rows[1:] for cell in row for word in cell]
    return _names_columns(first, others, sum(map(bool, rows[0])), len(rows[0]))


def _names_columns(first: list[Word], others: list[Word], filled: int, columns: int) -> bool:
    if filled < max(1, columns - 1) or not others:
        return False
    if all(word.bold for word in first) and not all(word.bold for word in others):
        return True
    digits = sum(any(char.isdigit() for char in word.text) for word in others)
    own = sum(any(char.isdigit() for char in word.text) for word in first)
    return (own / max(1, len(first)) < 0.35 and digits / len(others) > 0.2) or own == 0


def _table(cells: list[Row], words: Sequence[Word], page: int, headed: bool) -> Block:
    used = [i for i in range(len(cells[0])) if any(row[i] for row in cells)]
    rows = [[row[i] for i in used] for row in cells]
    return Block("table", page, *span(words), rows=rows, headed=headed)


def table_of(words: Sequence[Word], page: int) -> Block | None:
    """A table that no rules draw, from words that stand in rows; ``None`` where they do not."""
    columns = _columns(words)
    if len(columns) < 2:
        return None
    lines = lines_of(words, page)
    rows: list[list[list[Word]]] = []
    last: Line | None = None
    usual = median([b.base - a.base for a, b in pairwise(lines)] or [0])
    for line in lines:
        cells: list[list[Word]] = [[] for _ in columns]
        for word in line.words:
            cells[_nearest(word, columns)].append(word)
        if last is not None and _goes_on(cells, rows[-1], line.base - last.base, usual):
            for cell, more in zip(rows[-1], cells, strict=True):
                cell += more
        else:
            rows.append(cells)
        last = line
    if len(rows) < 2:
        return None
    return _table([[lines_of(cell, page) for cell in row] for row in rows], words, page, _heads(rows))


def stepped_table(left: Sequence[Word], right: Sequence[Word], page: int) -> Block | None:
    """A table whose cells are of several lines: the rows begin at the same heights on both sides of a strip.

    Paragraphs in columns do not: three rows or more that all begin level, with white above, are a table's.
    """
    words = [*left, *right]
    columns = _columns(words)
    starts, others = _starts(left, page), _starts(right, page)
    if len(columns) < 2 or not 3 <= len(starts) == len(others):
        return None
    size = median(word.size for word in words)
    if any(abs(a - b) > 0.3 * size for a, b in zip(starts, others, strict=True)):
        return None
    rows: list[list[list[Word]]] = [[[] for _ in columns] for _ in starts]
    for word in words:
        row = max(0, sum(start <= word.base + 0.45 * size for start in starts) - 1)
        rows[row][_nearest(word, columns)].append(word)
    return _table([[lines_of(cell, page) for cell in row] for row in rows], words, page, _heads(rows))


def _starts(words: Sequence[Word], page: int) -> list[float]:
    """The base lines that have more white above them than lines of one paragraph."""
    lines = lines_of(words, page)
    gaps = [b.base - a.base for a, b in pairwise(lines)]
    size = median(line.size for line in lines)
    pitch = min((gap for gap in gaps if gap > 0.9 * size), default=size)
    return [lines[0].base, *(b.base for gap, b in zip(gaps, lines[1:], strict=True) if gap > 1.2 * pitch)]


def is_contents(table: Block, before: str) -> bool:
    """Whether rows are entries of a table of contents: numbered, or after its title, with rising pages."""
    if len(table.rows) < 2 or any(len(row) != 2 or not row[0] or len(row[1]) != 1 for row in table.rows):
        return False
    pages = [row[1][0].text for row in table.rows]
    if not all(page.isdecimal() and len(page) < 5 for page in pages):
        return False
    rising = all(int(one) <= int(two) for one, two in pairwise(pages))
    return rising and (
        bool(_CONTENTS.fullmatch(before)) or all(label_length(row[0][0]) for row in table.rows)
    )


_CONTENTS = re.compile(r"\W*(?:sommaire|table (?:des matières|of contents)|contents|index)\W*", re.IGNORECASE)


def _nearest(word: Word, columns: list[tuple[float, float]]) -> int:
    middle = (word.left + word.right) / 2
    return min(range(len(columns)), key=lambda i: max(columns[i][0] - middle, middle - columns[i][1], 0.0))


def _goes_on(cells: list[list[Word]], above: list[list[Word]], gap: float, usual: float) -> bool:
    """Whether a line carries cells of the row above on: it has no first cell, and stands close."""
    if cells[0] or gap > 1.15 * usual:
        return False
    return all(bool(before) for cell, before in zip(cells, above, strict=True) if cell)


def _columns(words: Sequence[Word]) -> list[tuple[float, float]]:
    """The stretches from left to right that the words of most lines cover."""
    size = median(word.size for word in words)
    edge = min(word.left for word in words)
    ink = [0] * (int(max(word.right for word in words) - edge) + 3)
    for word in words:
        for x in range(int(word.left - edge), int(max(word.right, word.reach) - edge) + 1):
            ink[x] += 1
    few = len(lines_of(words, 0)) // 9  # a head may stand over two columns
    columns: list[list[float]] = []
    for x, count in enumerate(ink):
        if count <= few:
            continue
        if columns and edge + x - columns[-1][1] < 0.55 * size:
            columns[-1][1] = edge + x
        else:
            columns.append([edge + x, edge + x])
    return [(left, right) for left, right in columns]
