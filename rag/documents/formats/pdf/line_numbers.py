"""Numbers printed in a side margin: of lines, as transcripts and bills have them, and of pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from rag.documents.formats.pdf.shapes import Page, Word
from rag.types import LeftOut

_FEWEST = 4


def without_line_numbers(pages: Sequence[list[Word]]) -> tuple[list[list[Word]], list[LeftOut]]:
    """The words of each page but its lines' numbers, and these."""
    kept: list[list[Word]] = []
    left_out: list[LeftOut] = []
    for words in pages:
        numbers = _numbers(words)
        gone = set(map(id, numbers))
        kept.append([word for word in words if id(word) not in gone])
        if numbers:
            page = numbers[0].chars[0].page
            left_out.append(LeftOut("page_number", " ".join(word.text for word in numbers), page))
    return kept, left_out


def _numbers(words: list[Word]) -> list[Word]:
    """A column of numbers in a margin that count lines: one by one, or by fives."""
    by_edge: dict[tuple[str, int], list[Word]] = defaultdict(list)
    for word in words:
        if word.text.isdigit() and len(word.text) < 4:
            by_edge["left", round(word.left / 3)].append(word)
            by_edge["right", round(word.right / 3)].append(word)
    for (side, edge), found in sorted(by_edge.items(), key=lambda item: -len(item[1])):
        column = sorted([*found, *by_edge.get((side, edge + 1), [])], key=lambda word: word.base)
        if len(column) >= _FEWEST and _counts(column) and _in_margin(column, words):
            return column
    return []


def _counts(column: list[Word]) -> bool:
    values = [int(word.text) for word in column]
    steps = {b - a for a, b in pairwise(values)}
    gaps = [b.base - a.base for a, b in pairwise(column)]
    even = max(gaps) < 1.15 * min(gaps) + 1
    return even and (steps == {5} or (steps == {1} and len(values) >= 2 * _FEWEST))


def _in_margin(column: list[Word], words: list[Word]) -> bool:
    """Whether nothing stands on the outer side of the numbers, and much on the other."""
    left, right = min(word.left for word in column), max(word.right for word in column)
    high, low = column[0].base - column[0].size, column[-1].base + 1
    beside = [word for word in words if high < word.base < low and not left <= word.left <= right]
    before = sum(word.right <= left for word in beside)
    after = sum(word.left >= right for word in beside)
    return min(before, after) == 0 and max(before, after) >= 2 * len(column)


def without_side_numbers(
    pages: Sequence[Page], words: Sequence[list[Word]]
) -> tuple[list[list[Word]], list[LeftOut]]:
    """The words of each page but a page number beside them, and these numbers."""
    found: dict[int, list[Word]] = defaultdict(list)
    for page, own in zip(pages, words, strict=True):
        for word in _outermost(own):
            found[int(word.text) - page.number].append(word)
    sure = [group for group in found.values() if len({w.chars[0].page for w in group}) >= 3]
    numbers = {id(word): word for group in sure for word in group}
    kept = [[word for word in own if id(word) not in numbers] for own in words]
    return kept, [LeftOut("page_number", word.text, word.chars[0].page) for word in numbers.values()]


def _outermost(words: list[Word]) -> list[Word]:
    """Numbers at the side of a page with a gap between them and its text."""
    numbers = [word for word in words if word.text.isdigit() and len(word.text) < 5]
    return [word for word in numbers if _stands_aside(word, words)]


def _stands_aside(number: Word, words: list[Word]) -> bool:
    near = [w for w in words if w is not number and abs(w.base - number.base) < 3 * number.size]
    gap = 0.8 * number.size
    left = all(word.left > number.right + gap for word in near)
    right = all(word.right < number.left - gap for word in near)
    return bool(near) and (left or right)
