"""Footnotes: found by size, place and mark; and the marks that call them, taken out of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rag.documents.formats.pdf.labels import NOTE_LABEL, PLAIN_DIGITS
from rag.documents.formats.pdf.shapes import Block, Char, Line, Page, Paragraph, Word
from rag.documents.formats.superscripts import lowered, raised

_SMALLER = 0.95
"""Of the usual size: notes are set smaller."""
_UNITS = frozenset("m km cm mm dm hm µm ha l kg kwh mwh gwh s min h".split())


@dataclass(slots=True, eq=False)
class Mark:
    """What may call a note, in the running text."""

    label: str
    chars: list[Char]
    page: int
    unlikely: bool
    """It may as well be an exponent."""
    power: bool = False
    """It is one: 10⁶, m²."""


def notes_apart(page: Page, blocks: list[Block], usual: float) -> tuple[list[Block], list[Line]]:
    """The blocks of a page without the notes at their ends, and the lines of the notes."""
    called = {mark.label for mark in marks_in(line.chars() for b in blocks for line in b.lines)}
    notes: list[Line] = []
    kept: list[Block] = []
    for block in blocks:
        if block.kind == "notes":
            notes += block.lines
            continue
        at = _first_note(block, page, usual, called) if block.kind == "text" else None
        if at is None or _text_below(block, at, blocks, usual):
            kept.append(block)
            continue
        notes += block.lines[at:]
        block.lines = block.lines[:at]
        if block.lines:
            kept.append(block)
    return kept, notes


def _first_note(block: Block, page: Page, usual: float, called: set[str]) -> int | None:
    """Which line of a block its notes begin at."""
    lines = block.lines
    found = _first_small(lines, page, usual, called)
    if found is None:
        found = next((i for i in range(len(lines) - 1, 0, -1) if _rule_above(lines[i], page)), None)
        label = None if found is None else label_of(lines[found])
        found = found if label is not None and label[0] in called else None
    return found if found is not None and lines[found].top > 0.3 * page.height else None


def _first_small(lines: Sequence[Line], page: Page, usual: float, called: set[str]) -> int | None:
    """Among the small lines at the end of a block the first that begins a note."""
    found = None
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.size > _SMALLER * usual:
            break
        label, ruled = label_of(line), _rule_above(line, page)
        raised = line.words[0].chars[0].raised == 1
        sure = label is not None and (label[0] in called or raised or ruled or found is not None)
        if sure or ruled:  # without label: carried on from the column or the page before
            found = index
    return found


def _rule_above(line: Line, page: Page) -> bool:
    """Whether a short rule stands right over a line, as over notes."""
    return any(
        rule.level and 30 < rule.right - rule.left < 0.6 * page.width
        and -0.2 * line.size < line.top - rule.top < 2.5 * line.size and abs(rule.left - line.left) < 40
        for rule in page.rules
    )  # fmt: skip


def _text_below(block: Block, at: int, blocks: Sequence[Block], usual: float) -> bool:
    """Whether text of the usual size goes on under what looks like notes."""
    top = block.lines[at].top
    return any(
        line.top > top and line.size > 0.97 * usual and line.left < block.right and line.right > block.left
        for other in blocks if other is not block and other.kind == "text" for line in other.lines
        if label_of(line) is None
    )  # fmt: skip


def label_of(line: Line) -> tuple[str, int] | None:
    """The mark that a line begins with, and how many of its words it takes."""
    first = line.words[0].text.translate(PLAIN_DIGITS)
    raised = line.words[0].chars[0].raised == 1 or line.words[0].text[:1] in "⁰¹²³⁴⁵⁶⁷⁸⁹"
    if found := NOTE_LABEL.fullmatch(first):
        plain_letter = found.group(1).isalpha() and not raised and first == found.group(1)
        return None if plain_letter or len(line.words) < 2 else (found.group(1), 1)
    return None


def note_paragraphs(lines: Iterable[Line]) -> list[Paragraph]:
    """The notes of a page: one begins at each mark that follows those before."""
    notes: list[Paragraph] = []
    first: Word | None = None
    for line in lines:
        label = label_of(line)
        if label is not None and (first is None or _comes_next(notes[-1].label, label[0], first, line)):
            first = line.words[0]
            notes.append(Paragraph("note", [_without_label(line, label[1])], page=line.page, label=label[0]))
        elif notes:
            notes[-1].lines.append(line)
        else:
            notes.append(Paragraph("note", [line], page=line.page))
    return notes


def _comes_next(last: str, label: str, before: Word, line: Line) -> bool:
    """Whether a mark follows another, and stands as it does: raised or not, at the same place of a column."""
    word = line.words[0]
    if before.chars[0].raised != word.chars[0].raised:
        return False
    aligned = min(abs(word.left - before.left), abs(word.right - before.right)) < 0.3 * line.size
    if not aligned and abs(word.left - before.left) < _COLUMN * line.size:
        return False
    if last.isdigit() and label.isdigit():
        return 0 < int(label) - int(last) <= 3 or label == "1"
    if last.isalpha() and label.isalpha():
        return 0 < ord(label) - ord(last) <= 3 or label == "a"
    return label != last and not label.isalpha()


_COLUMN = 8
"""Of the letters' size: columns begin no closer."""


def _without_label(line: Line, words: int) -> Line:
    rest = line.words[words:]
    return Line(rest, line.page, rest[0].left, line.right, line.base, line.size, line.bold)


def marks_in(stretches: Iterable[list[Char]]) -> list[Mark]:
    """What may call a note: raised figures, letters and signs; stars; figures in brackets."""
    marks: list[Mark] = []
    for chars in stretches:
        index = 0
        while index < len(chars):
            end = _mark_end(chars, index)
            if end > index:
                marks += _marks(chars, index, end)
            index = max(end, index + 1)
    return marks


def _mark_end(chars: Sequence[Char], start: int) -> int:
    end = start
    while end < len(chars) and _may_mark(chars[end]):
        end += 1
    if end == start and chars[start].text == "(":
        closed = next(
            (i for i in range(start + 1, min(start + 5, len(chars))) if chars[i].text == ")"), start
        )
        inner = "".join(char.text for char in chars[start + 1 : closed])
        end = closed + 1 if inner.isdigit() else start
    return end


def _may_mark(char: Char) -> bool:
    return char.raised == 1 or (char.text in "⁰¹²³⁴⁵⁶⁷⁸⁹*†‡" and char.text != "")


def _marks(chars: Sequence[Char], start: int, end: int) -> list[Mark]:
    found: list[Mark] = []
    part: list[Char] = []
    before = "".join(char.text for char in chars[max(0, start - 12) : start])
    for char in [*chars[start:end], None]:
        if char is not None and char.text.translate(PLAIN_DIGITS) not in ",;-– ()[]":
            part.append(char)
            continue
        if part:
            label = "".join(c.text for c in part).translate(PLAIN_DIGITS)
            whole = list(chars[start:end]) if not found else part
            unlikely, power = _like_exponent(before, label), bool(_POWER.search(f"{before}^{label}"))
            found.append(Mark(label, whole, part[0].page, unlikely, power))
            part = []
    if len(found) > 1:  # several marks: what parts them goes with the first
        rest = {id(c) for mark in found[1:] for c in mark.chars}
        found[0].chars = [c for c in found[0].chars if id(c) not in rest]
    return found if start else []


_POWER = re.compile(r"[×x*·][ \u00a0\u202f]?10\^\d+$|\d[ \u00a0\u202f]?(?:[kcdmhµ]|da)?m\^[23]$")


def _like_exponent(before: str, label: str) -> bool:
    words = re.findall(r"[^\W\d_]+$|\d+$", before)
    last = words[-1] if words else ""
    if label.isalpha():
        return label in "er re e ers ème nd th st o os rd me mes lle lles r".split()
    return last.casefold() in _UNITS or last == "10" or (len(last) == 1 and last.isalpha())


def tie(notes: Sequence[Paragraph], marks: Sequence[Mark]) -> None:
    """Find the mark of each note, on its page or the one before; what is found leaves the text."""
    free = list(marks)
    for number, note in enumerate(notes):
        if not note.label:
            continue
        near = [
            mark for mark in free
            if mark.label == note.label and not mark.power
            and note.page - mark.page >= 0 and (note.gathered or note.page - mark.page <= 1)
        ]  # fmt: skip
        near.sort(key=lambda mark: (mark.unlikely, note.page - mark.page))
        if near:
            mark = near[0]
            free.remove(mark)
            for char in mark.chars:
                char.text = ""
            mark.chars[0].note = number


_NEAR = 24
"""Characters: as far around a raised one we look to tell what it is."""


def write_raised(chars: Sequence[Char]) -> int:
    """Write what stays raised or lowered so that it cannot be taken for what it is not: 10⁶, CO₂, 1er, n°.

    A raised number that is no power is the mark of a note, even where the note is not found: it goes.

    Returns:
        How many marks went.
    """
    gone = 0
    for start, end in _runs(chars):
        run = chars[start:end]
        text = "".join(char.text for char in run)
        if run[0].raised < 0:
            for char in run:
                char.text = lowered(char.text)
            continue
        before = "".join(char.text for char in chars[max(0, start - _NEAR) : start])
        after = "".join(char.text for char in chars[end : end + _NEAR])
        written = raised(text, before, after)
        gone += written is None
        for number, char in enumerate(run):
            if written is None:
                char.text = ""
            elif len(written) == len(text):
                char.text = written[number]
    return gone


def _runs(chars: Sequence[Char]) -> Iterator[tuple[int, int]]:
    """Where characters that are raised, or lowered, stand next to each other."""
    start = 0
    while start < len(chars):
        end = start + 1
        if chars[start].raised and chars[start].text:
            while end < len(chars) and chars[end].raised == chars[start].raised and chars[end].text:
                end += 1
            yield start, end
        start = end
