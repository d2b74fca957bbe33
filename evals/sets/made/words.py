"""Words as a printer sets them: letters in a face, where a word may be broken, lines of words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from evals.sets.made.model import RunKind, runs

Face = Literal["Times", "Helvetica", "Vera"]
_NAMES: dict[Face, tuple[str, str, str]] = {
    "Times": ("Times-Roman", "Times-Bold", "Times-Italic"),
    "Helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
    "Vera": ("Vera", "VeraBd", "VeraIt"),
}
SMALL = 0.65
CAN_BREAK = re.compile(r"(?<=[aeiouyéè])(?=[bcdfgjlmnpqrstvz][aeiouyéèà])")
"""Where a word may be broken: the rule is rough, since it is the undoing that is tried."""


@dataclass(frozen=True, slots=True)
class Type:
    """How text is set."""

    face: Face = "Times"
    points: float = 10
    weight: Literal[0, 1, 2] = 0
    ligatures: bool = False

    @property
    def leading(self) -> float:
        """From one line to the next."""
        return self.points * 1.22


@dataclass(frozen=True, slots=True)
class Bit:
    """Letters drawn at once."""

    text: str
    font: str
    points: float
    rise: float = 0
    hidden: bool = False
    note: int = -1

    @property
    def width(self) -> float:
        """In points."""
        return float(pdfmetrics.stringWidth(self.text, self.font, self.points))


Word = tuple[Bit, ...]
Mark = tuple[int, str]
"""Which note it is, from 1, and what calls it."""


def width_of(word: Word) -> float:
    """In points."""
    return sum(bit.width for bit in word)


def register() -> None:
    """Make the face with ligatures known."""
    for name in _NAMES["Vera"]:
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))


def numbered() -> Iterator[Mark]:
    """Notes by number."""
    return ((number, str(number)) for number in count(1))


def signed() -> Iterator[Mark]:
    """Notes by sign."""
    return ((number, "*†‡§"[(number - 1) % 4] * (1 + (number - 1) // 4)) for number in count(1))


def words_of(text: str, type_: Type, marks: Iterator[Mark] | None = None) -> list[Word]:
    """Text with mark-up as words; ``marks`` are those of the notes to come."""
    marks = marks or numbered()
    words: list[list[Bit]] = [[]]
    for run in runs(text.replace("₂", "{_2}")):
        if run.kind == "note":
            number, mark = next(marks)
            words[-1].append(_bit(mark, "sup", type_, number))
            continue
        for place, part in enumerate(run.text.replace("\u202f", "\u00a0").split(" ")):
            if place:
                words.append([])
            if part:
                words[-1].extend(_bits(part, run.kind, type_))
    return [tuple(word) for word in words if word]


def raised(text: str, type_: Type) -> Bit:
    """Small letters above the line."""
    return _bit(text, "sup", type_)


def _bits(text: str, kind: RunKind, type_: Type) -> Iterator[Bit]:
    if kind == "capitals":  # small capitals as printers without the face for it fake them
        yield _bit(text[0], "plain", type_)
        if text[1:]:
            yield Bit(text[1:], _NAMES[type_.face][type_.weight], type_.points * 0.8)
    else:
        yield _bit(text, kind, type_)


def _bit(text: str, kind: RunKind, type_: Type, note: int = -1) -> Bit:
    weight = {"bold": 1, "italic": 2}.get(kind, type_.weight)
    font, points = _NAMES[type_.face][weight], type_.points
    if type_.ligatures:
        text = text.replace("fi", "ﬁ").replace("fl", "ﬂ")
    if kind in ("sup", "sub"):
        rise = points * (0.35 if kind == "sup" else -0.15)
        return Bit(text, font, points * SMALL, rise, note=note)
    return Bit(text, font, points, hidden=kind == "hidden")


def broken(word: Word, room: float) -> tuple[Word, Word] | None:
    """A word broken at a hyphen, its own or a new one, so that what comes first has room."""
    if len(word) != 1 or word[0].hidden:
        return None
    (bit,) = word
    for place in range(len(bit.text) - 3, 2, -1):
        before, after = bit.text[:place], bit.text[place:]
        is_own = before.endswith("-") and after[0].isalpha()
        near = bit.text[place - 3 : place + 3]
        if is_own or (near.isalpha() and near.islower() and CAN_BREAK.match(bit.text, place)):
            first = _like(bit, before if is_own else f"{before}-")
            if first.width <= room:
                return (first,), (_like(bit, after),)
    return None


def _like(bit: Bit, text: str) -> Bit:
    return Bit(text, bit.font, bit.points, bit.rise, bit.hidden, bit.note)


def next_line(words: list[Word], room: float, space: float, hyphens: bool) -> list[Word]:
    """Take the words of a line from the front of ``words``."""
    line: list[Word] = []
    left = room
    while words:
        width = width_of(words[0])
        if width <= left or (not line and width > room):
            line.append(words.pop(0))
            left -= width + space
            continue
        parts = broken(words[0], left) if hyphens else None
        if parts:
            line.append(parts[0])
            words[0] = parts[1]
        break
    return line
