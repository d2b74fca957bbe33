"""Paragraphs -> the text, what its parts are, and where each of its characters stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from rag.documents.formats.pdf.labels import BULLETS
from rag.documents.formats.pdf.shapes import SPACE, Char, Paragraph
from rag.types import Part, PartKind

_CLOSING = frozenset(".,)]")


@dataclass(slots=True)
class Written:
    """A text and, for each of its characters, the printed one; none for what we added."""

    chars: list[Char] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    pages: list[tuple[int, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of the text."""
        return "".join(self.texts)


class Writer:
    """Writes paragraph after paragraph."""

    def __init__(self) -> None:
        self.out = Written()
        self.called: dict[int, int] = {}
        """Of each note, where its mark stood."""
        self.levels: list[float] = []
        self.last: Paragraph | None = None

    def write(self, paragraph: Paragraph) -> None:
        """Add a paragraph, on a line of its own."""
        self._part_from(paragraph)
        if paragraph.kind == "item":
            self._add("  " * self._level(paragraph))
        start = len(self.out.texts)
        for char in _as_written(paragraph):
            self._char(char)
        while self.out.texts and len(self.out.texts) > start and self.out.texts[-1] == " ":
            self._pop()
        if len(self.out.texts) > start:
            self._part(paragraph, start)
            self.last = paragraph

    def _part_from(self, paragraph: Paragraph) -> None:
        if self.last is None:
            return
        tabular = ("row", "columns")
        near = self.last.kind in tabular and paragraph.kind in tabular and self.last.block == paragraph.block
        near = near or (self.last.kind == paragraph.kind and paragraph.kind in ("item", "contents"))
        self._add("\n" if near else "\n\n")

    def _level(self, paragraph: Paragraph) -> int:
        """How deep an item is in the list that it belongs to."""
        if self.last is None or self.last.kind != "item":
            self.levels = []
        while self.levels and paragraph.left < self.levels[-1] - 0.6 * paragraph.size:
            self.levels.pop()
        if not self.levels or paragraph.left > self.levels[-1] + 0.6 * paragraph.size:
            if self.levels and paragraph.left - self.levels[-1] > 12 * paragraph.size:
                self.levels = []  # the next column
            self.levels.append(paragraph.left)
        return len(self.levels) - 1

    def _char(self, char: Char) -> None:
        if char.note >= 0:
            self.called[char.note] = len(self.out.texts)
        if not char.text:
            return
        if self.out.texts and self.out.texts[-1] == " ":
            if char.text == " ":
                return
            if char.text in _CLOSING and self._mark_before:
                self._pop()
        for letter in char.text:
            if char.page > 0 and (not self.out.pages or self.out.pages[-1][1] != char.page):
                self.out.pages.append((len(self.out.texts), char.page))
            self.out.texts.append(letter)
            self.out.chars.append(char)

    @property
    def _mark_before(self) -> bool:
        return len(self.out.texts) - 1 <= max(self.called.values(), default=-1)

    def _pop(self) -> None:
        self.out.texts.pop()
        self.out.chars.pop()
        for note, at in self.called.items():
            self.called[note] = min(at, len(self.out.texts))

    def _add(self, text: str) -> None:
        for letter in text:
            self.out.texts.append(letter)
            self.out.chars.append(SPACE)

    def _part(self, paragraph: Paragraph, start: int) -> None:
        kind = _PARTS.get(paragraph.kind)
        if kind is not None:
            self.out.parts.append(Part(start, len(self.out.texts), kind))


_PARTS: dict[str, PartKind] = {
    "heading": "heading", "caption": "caption", "contents": "contents", "columns": "columns",
}  # fmt: skip


def _as_written(paragraph: Paragraph) -> list[Char]:
    chars = paragraph.chars
    if paragraph.kind == "contents":
        return _without_leaders(chars)
    if paragraph.kind != "item" or paragraph.label not in BULLETS:
        return chars
    first = chars[0]
    return [Char("-", *_place(first)), *chars[1:]]


def _place(char: Char) -> tuple[int, float, float, float, float, float, float]:
    return char.page, char.left, char.top, char.right, char.bottom, char.base, char.size


def _without_leaders(chars: list[Char]) -> list[Char]:
    """A line of contents with one ellipsis for its row of dots."""
    kept: list[Char] = []
    index = 0
    while index < len(chars):
        end = index
        while end < len(chars) and chars[end].text in "._… " and chars[end].text:
            end += 1
        run = [char for char in chars[index:end] if char.text != " "]
        if len(run) >= 4 or any(char.text == "…" for char in run[1:]):
            kept += [SPACE, Char("…", *_place(run[0])), SPACE]
            index = end
        else:
            kept.append(chars[index])
            index += 1
    return kept


def write_all(paragraphs: list[Paragraph], notes: list[Paragraph]) -> Written:
    """The text, its notes at the end."""
    writer = Writer()
    for paragraph in paragraphs:
        writer.write(paragraph)
    for number, note in enumerate(notes):
        writer._part_from(note)
        start = len(writer.out.texts)
        for char in note.chars:
            writer._char(char)
        writer.last = note
        end = len(writer.out.texts)
        if end > start:
            writer.out.parts.append(Part(start, end, "note", note.label, writer.called.get(number, -1)))
    return writer.out
