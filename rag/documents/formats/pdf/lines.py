"""Words of one column -> its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.documents.formats.pdf.hyphens import is_known
from rag.documents.formats.pdf.shapes import Line, Word, span

_SMALL = 0.82
"""Of the line's size: what is smaller and off its base is raised or lowered."""

_QUOTES = "«‹“„‘\"'’—–"
"""What a text may begin with before its first letter."""


def lines_of(words: Sequence[Word], page: int) -> list[Line]:
    """The lines of a column, from its top, each from the left."""
    capitals, rest = _drop_capitals(words)
    groups: list[list[Word]] = []
    for word in sorted(rest, key=lambda word: (word.base, word.left)):
        if groups and _level(groups[-1], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    lines = [_line(group, page) for group in _with_raised(groups)]
    for capital in capitals:
        _put_first(capital, lines)
    return lines


def _level(group: list[Word], word: Word) -> bool:
    if group[-1].thing or word.thing:
        return False
    return word.base - group[0].base <= 0.2 * min(group[0].size, word.size)


def _with_raised(groups: list[list[Word]]) -> list[list[Word]]:
    """Small letters above or below a base line, put into the line that they belong to."""
    kept: list[list[Word]] = list(groups)
    for group in groups:
        own = max(word.size for word in group)
        if group[0].thing:
            continue
        for other in _nearest(kept, group):
            size = max(word.size for word in other)
            if (
                own < _SMALL * size
                and not other[0].thing
                and _overlap(group, other)
                and _beside(group, other)
            ):
                other += group
                kept.remove(group)
                break
    return kept


def _nearest(groups: list[list[Word]], group: list[Word]) -> list[list[Word]]:
    at = next(index for index, other in enumerate(groups) if other is group)
    around = groups[max(0, at - 2) : at] + groups[at + 1 : at + 3]
    return sorted(around, key=lambda other: abs(other[0].base - group[0].base))


def _overlap(small: list[Word], large: list[Word]) -> bool:
    _, top, _, bottom = span(small)
    _, high, _, low = span(large)
    return min(bottom, low) - max(top, high) >= 0.5 * (bottom - top)


def _beside(small: list[Word], large: list[Word]) -> bool:
    """Whether each of the small words has a neighbour in the line."""
    size = max(word.size for word in large)
    return all(
        any(-0.2 * size < word.left - other.right < size or -0.2 * size < other.left - word.right < size
            for other in (*large, *small) if other is not word)
        for word in small
    )  # fmt: skip


def _line(words: list[Word], page: int) -> Line:
    words = sorted(words, key=lambda word: word.left)
    largest = max(word.size for word in words)
    main = [word for word in words if word.size >= _SMALL * largest]
    weight: dict[float, int] = {}
    for word in main:
        weight[word.base] = weight.get(word.base, 0) + len(word.chars)
    base = max(weight, key=lambda base: weight[base])
    bold = all(word.bold for word in main)
    line = Line(words, page, words[0].left, max(w.right for w in words), base, _size(main), bold)
    _mark_raised(line, largest)
    return line


def _mark_raised(line: Line, largest: float) -> None:
    """Tell the characters that are small, off the base line and close to a word of full size."""
    for char in (char for word in line.words for char in word.chars):
        char.raised = 0
    for number, word in enumerate(line.words):
        if (
            word.size >= _SMALL * largest
            or abs(word.base - line.base) <= 0.08 * largest
            or len(word.chars) > 8
        ):
            continue
        before = line.words[number - 1] if number else None
        after = line.words[number + 1] if number + 1 < len(line.words) else None
        close = before is not None and word.left - before.right < 0.35 * largest
        first = before is None and after is not None and after.left - word.right < largest
        if close or first:
            for char in word.chars:
                char.raised = 1 if word.base < line.base else -1


def _size(words: list[Word]) -> float:
    weight: dict[float, int] = {}
    for word in words:
        weight[round(word.size, 1)] = weight.get(round(word.size, 1), 0) + len(word.chars)
    return max(weight, key=lambda size: weight[size], default=0.0)


def _drop_capitals(words: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """Large first letters that stand over several lines, and the other words."""
    large = [w for w in words if len(w.chars) <= 3 and _may_begin(w.text) and not w.thing]
    capitals = []
    for word in large:
        beside = [
            other for other in words
            if other.size < 0.55 * word.size and not other.thing and word.top - 0.3 * word.size < other.base
            and other.base <= word.base + 0.1 * word.size and 0 <= other.left - word.right + 2 < 2 * word.size
        ]  # fmt: skip
        if len({round(other.base) for other in beside}) >= 2:
            capitals.append(word)
    return capitals, [word for word in words if word not in capitals] if capitals else list(words)


def _may_begin(text: str) -> bool:
    """Whether characters are a capital, or a quotation mark, or both."""
    letters = text.lstrip(_QUOTES)
    return bool(text) and (not letters or letters[:1].isupper())


def _is_word(capital: str, following: str) -> bool:
    """Whether a large first letter is a word of its own: the À of « À Paris »."""
    letter = capital.lstrip(_QUOTES)
    bare = following.strip(".,;:!?")
    return (
        letter in ("À", "A", "I", "Y", "Ô", "O")
        and not is_known(letter + bare)
        and is_known(bare.split("-")[0])
    )


def _put_first(capital: Word, lines: list[Line]) -> None:
    beside = [
        line for line in lines
        if line.left >= capital.right - 2 and capital.top - line.size < line.base <= capital.base + 2
    ]  # fmt: skip
    if not beside:
        lines.insert(0, _line([capital], lines[0].page if lines else capital.chars[0].page))
        return
    first = beside[0]
    first.words[0].led = capital.text.endswith("«") or _is_word(capital.text, first.words[0].text)
    first.words.insert(0, replace(capital, right=max(capital.right, first.left), size=first.size))
    for line in beside:
        line.left = capital.left
