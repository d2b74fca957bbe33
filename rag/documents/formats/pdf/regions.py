"""A page's words -> its blocks: side boxes and ruled tables first, then the columns around them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from rag.documents.formats.pdf.foot import without_foot
from rag.documents.formats.pdf.gutters import Columns
from rag.documents.formats.pdf.lines import lines_of
from rag.documents.formats.pdf.order import blocks_of
from rag.documents.formats.pdf.shapes import Block, Page, Rect, Word, span
from rag.documents.formats.pdf.tables import ruled_tables
from rag.documents.formats.pdf.words import words_of


def page_blocks(page: Page, words: Sequence[Word], columns: Columns) -> list[Block]:
    """The blocks of a page in reading order; what runs another way comes after, apart.

    Args:
        page: what is drawn on it.
        words: its words, without furniture.
        columns: those of the pages before.
    """
    tables, rest = ruled_tables(page, words)
    boxes, rest = _side_boxes(page, rest)
    within = [box for box in boxes if not _is_between(box, rest)]
    rest, foot = without_foot(page, [*rest, *map(_as_word, (*tables, *within))])
    blocks = blocks_of(rest, page.number, columns)
    blocks += [box for box in boxes if box not in within]
    if foot:
        blocks.append(Block("notes", page.number, *span(foot), lines_of(foot, page.number)))
    for block in blocks:
        block.beside = [(box.left, box.top, box.right, box.bottom) for box in boxes]
    for turned in page.turned:
        inner = blocks_of(words_of(turned), page.number)
        blocks.append(Block("turned", page.number, 0, 0, 0, 0, inner=inner))
    return blocks


def _side_boxes(page: Page, words: list[Word]) -> tuple[list[Block], list[Word]]:
    boxes: list[Block] = []
    for rect in sorted(set(page.rects), key=lambda r: (r[2] - r[0]) * (r[3] - r[1])):
        inside = [word for word in words if _inside(word, rect)]
        if not inside or not _is_side_box(rect, inside, words, page):
            continue
        inner = blocks_of(inside, page.number)
        boxes.append(Block("aside", page.number, *rect, inner=inner))
        taken = set(map(id, inside))
        words = [word for word in words if id(word) not in taken]
    return boxes, words


def _inside(word: Word, rect: Rect) -> bool:
    left, top, right, bottom = rect
    return (
        left - 1 <= word.left
        and word.right <= right + 1
        and top - 1 <= word.top
        and word.bottom <= bottom + 2
    )


def _is_side_box(rect: Rect, inside: list[Word], words: list[Word], page: Page) -> bool:
    """Whether a rectangle parts some lines from the rest of the page."""
    left, top, right, bottom = rect
    if (right - left) * (bottom - top) > 0.6 * page.width * page.height or len(inside) < 6:
        return False
    size = median(word.size for word in inside)
    if len({round(word.base / size) for word in inside}) < 2 or len(inside) > 0.7 * len(words):
        return False
    inner = set(map(id, inside))
    across = any(
        id(w) not in inner and w.left < right and w.right > left and w.top < bottom - 1 and w.bottom > top + 1
        for w in words
    )
    return not across


def _is_between(box: Block, words: Sequence[Word]) -> bool:
    """Whether lines run on both sides of a box: it stands over the white between two columns."""
    level = [word for word in words if box.top < word.base - 0.3 * word.size < box.bottom]
    before = {round(word.base) for word in level if word.right <= box.left + 1}
    after = {round(word.base) for word in level if word.left >= box.right - 1}
    return len(before) > 1 and len(after) > 1


def _as_word(block: Block) -> Word:
    """A block as one word of the page, so that the text around it is parted by it."""
    return Word([], block.left, block.right, block.bottom, 10.0, thing=block, height=block.bottom - block.top)
