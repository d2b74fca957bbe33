"""Sets a document on pages as a printer would: titles, lists, tables, boxes, first letters, contents."""

from __future__ import annotations

from dataclasses import dataclass

from evals.sets.made.model import Block, Made, runs
from evals.sets.made.sheet import Look, Sheet
from evals.sets.made.words import Bit, Type, Word, next_line, register, width_of, words_of

BOX = 110.0
"""Width of a box beside the text."""


@dataclass(frozen=True, slots=True)
class Set:
    """How a block is set: its type, margins, the space before it, and what is drawn at its left."""

    type_: Type
    left: float = 0
    right: float = 0
    first: float = 0
    before: float = 0
    mark: str = ""
    centred: bool = False


def printed(made: Made, look: Look) -> bytes:
    """A document as PDF."""
    register()
    pages = Pages(made, look, 0).total
    return Pages(made, look, pages).data


class Pages(Sheet):
    """The pages of a document; set when made."""

    def __init__(self, made: Made, look: Look, total: int) -> None:
        super().__init__(made, look, total)
        for number, block in enumerate(made.blocks):
            self.put(block, number == 0)
        self.data = self.ended()
        self.total = self.page

    def put(self, block: Block, is_title: bool) -> None:
        """Print one."""
        if block.kind == "page":
            page = self.page
            while self.page == page:
                self.turn()
        elif block.kind == "table":
            self.y -= 6
            for number, row in enumerate(block.rows):
                self.row(row, number == 0)
        elif block.kind == "contents":
            self.leaders(*block.text.split("\t"))
        elif block.kind == "aside":
            self.box(block)
        elif is_title:
            self.title(block)
        else:
            self.paragraph(block, self.how(block))

    def how(self, block: Block) -> Set:
        """How a block is set."""
        base, apart = self.base, 0.0 if self.look.indent else self.look.points * 0.6
        if block.kind == "heading":
            return Set(Type(base.face, base.points + 3, 1, base.ligatures), before=12, mark=block.mark)
        if block.kind == "item":
            left = 14.0 * (block.level + 1)
            return Set(base, left=left, before=2, mark="•" if block.mark == "-" else block.mark)
        if block.kind == "quote":
            return Set(Type(base.face, base.points - 1, 2, base.ligatures), left=18, right=18, before=8)
        if block.kind == "caption":
            return Set(Type(base.face, base.points - 1.5, 1, base.ligatures), before=10)
        return Set(base, first=0 if block.kind == "drop" else self.look.indent, before=apart)

    def title(self, block: Block) -> None:
        """Over all columns."""
        type_ = Type(self.look.face, self.look.points * 1.9, 1, self.look.ligatures)
        words = words_of(block.text, type_, self.marks)
        whole = self.width - 2 * self.look.margin
        while words:
            line = next_line(words, whole, type_.points * 0.25, False)
            self.y -= type_.leading
            self.draw(line, self.look.margin, self.y, whole, False)
        self.y -= 14
        self.top = self.y

    def paragraph(self, block: Block, how: Set) -> None:
        """A paragraph over columns and pages."""
        text = block.text
        if self.look.hide in ("off", "tiny"):
            text = self.aside_hidden(text)
        words = words_of(text, how.type_, self.marks)
        if block.kind == "heading" and how.mark:
            words = [*words_of(how.mark, how.type_), *words]
        least = 4 if block.kind == "heading" else 1
        self.y -= how.before
        if self.room < least * how.type_.leading:
            self.turn()
        drop = self.drop(words) if block.kind == "drop" else 0.0
        if how.left and how.mark:
            (mark,) = words_of(how.mark, how.type_)
            x = self.x + how.left - max(12, width_of(mark) + 4)
            self.draw([mark], x, self.y - how.type_.leading, 12, False)
        number = 0
        while words:
            dropped = drop if number < 2 else 0.0
            indent = how.left + dropped + (how.first if number == 0 else 0)
            self.line(words, indent, how.right, how.type_)
            number += 1

    def drop(self, words: list[Word]) -> float:
        """A first letter two lines high; returns its width."""
        (first, *rest), type_ = words[0], self.base
        letter = Bit(first.text[0], first.font, type_.points * 2.6)
        if first.text[1:]:
            rest.insert(0, Bit(first.text[1:], first.font, first.points))
        words[0] = tuple(rest)
        if not rest:
            words.pop(0)
        if self.room < 3 * type_.leading:
            self.turn()
        self.draw([(letter,)], self.x, self.y - 2 * type_.leading, 100, False)
        return letter.width + 2

    def row(self, cells: tuple[str, ...], is_head: bool) -> None:
        """A row of a table."""
        type_ = Type(self.base.face, self.base.points - 1, 1 if is_head else 0, self.base.ligatures)
        width = self.column / len(cells)
        columns: list[list[list[Word]]] = []
        for cell in cells:
            words, lines = words_of(cell, type_, self.marks), []
            while words:
                lines.append(next_line(words, width - 8, type_.points * 0.25, False))
            columns.append(lines)
        height = max(map(len, columns)) * type_.leading + 4
        if self.room < height:
            self.turn()
        for number, lines in enumerate(columns):
            for depth, line in enumerate(lines):
                self.draw(
                    line, self.x + number * width + 4, self.y - (depth + 1) * type_.leading, width - 8, False
                )
            if self.look.ruled:
                self.canvas.rect(self.x + number * width, self.y - height, width, height)
        self.y -= height

    def leaders(self, text: str, page: str) -> None:
        """A line of a list of contents, with dots up to the page."""
        room = self.column - 30
        words = words_of(text, self.base)
        while words:
            line = next_line(words, room, self.base.points * 0.25, False)
            self.line(list(line), 0, 0, self.base)
        end = self.x + sum(map(width_of, line)) + len(line) * self.base.points * 0.25
        dots = int((self.x + room - end) / 6)
        self.canvas.setFont("Times-Roman", self.base.points)
        self.canvas.drawString(end + 2, self.y, " ." * dots)
        self.canvas.drawRightString(self.x + self.column, self.y, page)

    def box(self, block: Block) -> None:
        """A box into which text of its own is set: over the gap of two columns, or at the right."""
        type_ = Type("Helvetica", self.look.points + 1, 1)
        words, lines = words_of(block.text, type_), []
        while words:
            lines.append(next_line(words, BOX - 16, type_.points * 0.25, False))
        height = len(lines) * type_.leading + 16
        if self.room < height + 60:
            self.turn()
        is_over = self.look.columns > 1 and self.place == 0
        edge = self.x + self.column + (self.look.gap + BOX) / 2 if is_over else self.x + self.column
        top = self.y - 20
        self.boxes.append((self.page, edge - BOX, edge, top - height, top))
        self.canvas.setFillGray(0.9)
        self.canvas.rect(edge - BOX + 4, top - height + 4, BOX - 8, height - 8, fill=1)
        self.canvas.setFillGray(0)
        for number, line in enumerate(lines):
            self.draw(line, edge - BOX + 8, top - 6 - (number + 1) * type_.leading, BOX - 16, False)

    def aside_hidden(self, text: str) -> str:
        """Draw hidden runs where or so small that nobody sees them; returns the text without."""
        for run in runs(text):
            if run.kind == "hidden":
                is_off = self.look.hide == "off"
                self.canvas.setFont("Times-Roman", 10 if is_off else 0.6)
                self.canvas.drawString(self.width + 80 if is_off else self.x, self.y, run.text)
                text = text.replace(f"{{h:{run.text}}}", "").strip()
        return text
