"""Pages with columns: where there is room for a line, notes at the foot, heads, letters drawn.

Words are drawn one by one, so that a reader of PDF has places of letters and nothing else.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Literal

from reportlab.pdfgen.canvas import Canvas

from evals.sets.made.model import Made, notes
from evals.sets.made.words import (
    Bit,
    Face,
    Type,
    Word,
    next_line,
    numbered,
    raised,
    signed,
    width_of,
    words_of,
)

A4 = (595.0, 842.0)


@dataclass(frozen=True, slots=True)
class Look:
    """How a document is printed.

    Attributes:
        indent: of first lines; where 0, space is put between paragraphs instead.
        spaces: whether spaces are letters in the file, or only gaps.
        hide: how hidden text is hidden.
        rotate: whether pages lie on their side in the file and are turned by the reader.
        ruled: whether tables have lines.
        signs: whether notes are called by signs, not by numbers.
    """

    columns: int = 1
    gap: float = 18
    size: tuple[float, float] = A4
    margin: float = 62
    face: Face = "Times"
    points: float = 10
    justified: bool = True
    hyphens: bool = True
    indent: float = 0
    ligatures: bool = False
    spaces: bool = True
    hide: Literal["white", "mode3", "off", "tiny"] = "white"
    rotate: bool = False
    ruled: bool = True
    signs: bool = False


class Sheet:
    """Pages that lines are set on.

    Args:
        made: what is set.
        look: how.
        total: how many pages there are, as far as it is known.
    """

    def __init__(self, made: Made, look: Look, total: int) -> None:
        self.made, self.look, self.told = made, look, total
        self.width, self.height = look.size
        self.column = (self.width - 2 * look.margin - (look.columns - 1) * look.gap) / look.columns
        self.base = Type(look.face, look.points, 0, look.ligatures)
        self.small = Type(look.face, look.points * 0.8, 0, look.ligatures)
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=look.size, invariant=1)  # which turns the sides itself
        self.canvas.setTitle(made.title)
        self.page, self.place, self.top, self.y = 0, look.columns, 0.0, 0.0
        self.marks = signed() if look.signs else numbered()
        self.notes = notes(made)
        self.here: list[list[Word]] = []
        self.over: list[list[Word]] = []
        self.boxes: list[tuple[int, float, float, float, float]] = []
        self.turn()

    def ended(self) -> bytes:
        """The file, when all is set."""
        while self.over:
            self.turn()
        self.end_column()
        self.canvas.showPage()
        self.canvas.save()
        return self.buffer.getvalue()

    @property
    def x(self) -> float:
        """The left of the column."""
        return self.look.margin + self.place * (self.column + self.look.gap)

    @property
    def room(self) -> float:
        """What is left of the column above its notes."""
        return self.y - self.look.margin - len(self.here) * self.small.leading - (6 if self.here else 0)

    def turn(self) -> None:
        """To the next column, on the next page after the last."""
        if self.page:
            self.end_column()
        self.place += 1
        if self.place >= self.look.columns:
            if self.page:
                self.canvas.showPage()
            self.page, self.place, self.top = self.page + 1, 0, self.height - self.look.margin
            self.begin_page()
        self.y = self.top
        fits = int((self.top - self.look.margin) / self.small.leading / 2)
        self.here, self.over = self.over[:fits], self.over[fits:]

    def begin_page(self) -> None:
        """Heads, feet and the page's number."""
        if self.look.rotate:
            self.canvas.setPageRotation(90)
            self.canvas.transform(0, 1, -1, 0, self.height, 0)
        self.canvas.setFont("Helvetica", 8)
        head, edge = self.made.heads[self.page % 2], self.look.margin
        if self.page % 2:
            self.canvas.drawRightString(self.width - edge, self.height - edge + 22, head)
        else:
            self.canvas.drawString(edge, self.height - edge + 22, head)
        foot = self.made.foot.replace("##", str(self.told)).replace("#", str(self.page))
        self.canvas.drawCentredString(self.width / 2, edge - 30, foot)

    def end_column(self) -> None:
        """Draw its notes."""
        bottom = self.look.margin + (len(self.here) - 1) * self.small.leading
        if self.here:
            self.canvas.line(self.x, bottom + 10, self.x + 60, bottom + 10)
        for number, line in enumerate(self.here):
            self.draw(line, self.x, bottom - number * self.small.leading, self.column, False)

    # --- lines ----------------------------------------------------------------------------------------

    def line(self, words: list[Word], left: float, right: float, type_: Type) -> None:
        """Take a line from the front of words and draw it, with its notes at the foot."""
        if self.room < type_.leading:
            self.turn()
        x, room = self.between(self.x + left, self.column - left - right, type_.leading)
        kept = list(words)
        line = next_line(words, room, type_.points * 0.25, self.look.hyphens)
        called = [(bit.note, bit.text) for word in line for bit in word if bit.note > 0]
        if called and self.room < type_.leading + self.small.leading * len(called) + 8 and self.y < self.top:
            words[:] = kept
            self.turn()
            return
        self.y -= type_.leading
        self.draw(line, x, self.y, room, self.look.justified and bool(words) and type_.weight != 1)
        for number, mark in called:
            self.note(number, mark)

    def note(self, number: int, mark: str) -> None:
        """Set a note at the foot; what has no room runs over to the next column."""
        words = words_of(self.notes[number - 1], self.small)
        words[0] = (raised(mark, self.small), *words[0])
        while words:
            line = next_line(words, self.column, self.small.points * 0.25, self.look.hyphens)
            fits = not self.over and self.room > self.small.leading
            (self.here if fits else self.over).append(line)

    def between(self, x: float, room: float, leading: float) -> tuple[float, float]:
        """Where a line begins and how long it may be, beside the boxes of the page."""
        for page, left, right, bottom, top in self.boxes:
            if page == self.page and self.y - leading < top + 2 and self.y > bottom - 2:
                if left <= x < right:
                    x, room = right + 4, room - (right + 4 - x)
                elif x < left < x + room:
                    room = left - 4 - x
        return x, room

    def draw(self, line: list[Word], x: float, y: float, room: float, justified: bool) -> None:
        """Draw words on a line."""
        space = 0.25 * max((bit.points for word in line for bit in word), default=0)
        if justified and len(line) > 1:
            space = (room - sum(map(width_of, line))) / (len(line) - 1)
        for number, word in enumerate(line):
            for place, bit in enumerate(word):
                is_last = place == len(word) - 1 and number < len(line) - 1
                self.letters(bit, x, y, " " if self.look.spaces and is_last else "")
                x += bit.width
            x += space

    def letters(self, bit: Bit, x: float, y: float, after: str) -> None:
        """Draw letters in a face, raised, or so that nobody sees them."""
        text = self.canvas.beginText(x, y)
        text.setFont(bit.font, bit.points)
        text.setRise(bit.rise)
        if bit.hidden and self.look.hide == "mode3":
            text.setTextRenderMode(3)
        elif bit.hidden:
            text.setFillGray(1)
        text.textOut(bit.text + after)
        text.setTextRenderMode(0)
        self.canvas.drawText(text)
        self.canvas.setFillGray(0)
