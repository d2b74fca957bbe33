"""The foot of a page, where notes stand under all of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from rag.documents.formats.pdf.gutters import widest_gutter
from rag.documents.formats.pdf.labels import NOTE_LABEL, PLAIN_DIGITS
from rag.documents.formats.pdf.shapes import Page, Rule, Word

_HIGHEST = 0.3
"""Of the page's height: notes begin no higher."""
_TAB = 5.0
"""Of the letters' size: a note begins no further from its mark."""


def without_foot(page: Page, words: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """The words above the notes that stand under all columns, and those of the notes.

    The marks of the notes reach to what they stand before: they are no column of their own.
    """
    for place in _places(page, words):
        below = [word for word in words if word.base - 0.3 * word.size > place]
        above = [word for word in words if word.base - 0.3 * word.size <= place]
        if not below or not above:
            continue
        reach_from_marks(below)
        if _is_foot(above, below):
            return above, below
        for word in below:
            word.reach = 0.0
    return list(words), []


def _places(page: Page, words: Sequence[Word]) -> list[float]:
    """Where notes may begin: under a short rule at the left of some words."""
    return sorted(
        rule.bottom
        for rule in page.rules
        if rule.bottom > _HIGHEST * page.height and is_note_rule(rule, page)
    )


def is_note_rule(rule: Rule, page: Page) -> bool:
    """Whether a rule is as short as those over notes, and joined to no other."""
    if not rule.level or not 30 < rule.right - rule.left < 0.6 * page.width:
        return False
    return not any(
        other is not rule
        and other.left < rule.right + 2
        and rule.left - 2 < other.right
        and other.top < rule.bottom + 2
        and rule.top - 2 < other.bottom
        for other in page.rules
    )


def _is_foot(above: Sequence[Word], below: Sequence[Word]) -> bool:
    """Whether what is below is one column of notes, set no larger than the text."""
    rows = rows_of(below)
    first = min(rows[0], key=lambda word: word.left)
    usual = median(word.size for word in above)
    if max(word.size for word in below if len(word.chars) > 2 or word is not first) > 1.02 * usual:
        return False
    smaller = median(word.size for word in below) < 0.95 * usual
    raised = {word.text.translate(PLAIN_DIGITS) for word in above if word.size < 0.85 * usual}
    called = any(word.reach > 0 and word.text.strip("[]().") in raised for word in below)
    if not smaller and not called:
        return False
    return first.reach > 0 and widest_gutter(below) is None and not _in_columns(above, rows)


def _in_columns(above: Sequence[Word], rows: Sequence[Sequence[Word]]) -> bool:
    """Whether the white between the columns above goes on through rows that have words on both sides."""
    gutter = widest_gutter(above)
    if gutter is None:
        return False
    middle = (gutter.left + gutter.right) / 2
    gaps = []
    for row in rows:
        before = [max(word.right, word.reach) for word in row if word.left < middle]
        after = [word.left for word in row if word.left >= middle]
        if before and after:
            gaps.append(min(after) - max(before) > 0.7 * row[0].size)
    return bool(gaps) and all(gaps)


def reach_from_marks(words: Sequence[Word]) -> None:
    """Let what stands first in a row, as the marks of notes do, reach to the next word."""
    rows = rows_of(words)
    edge = min(word.left for word in words)
    for row in rows:
        row.sort(key=lambda word: word.left)
        for mark, word in list(pairwise(row))[:1]:
            near = mark.left - edge < 2 * word.size and word.left - mark.right < _TAB * word.size
            if near and NOTE_LABEL.fullmatch(mark.text):
                mark.reach = word.left


def rows_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words on about the same base line, raised ones with those beside them."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.base):
        if rows and word.base - rows[-1][0].base < 0.5 * max(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows
