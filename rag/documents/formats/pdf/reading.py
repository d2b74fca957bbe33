"""All stages in their order: an open PDF -> its text, its layout, and the place of each character."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rag.documents.formats.alive import sign
from rag.documents.formats.pdf.characters import read_characters
from rag.documents.formats.pdf.endnotes import endnotes_apart
from rag.documents.formats.pdf.fonts import mark_unsure
from rag.documents.formats.pdf.furniture import without_furniture
from rag.documents.formats.pdf.gutters import Columns
from rag.documents.formats.pdf.hyphens import Joiner
from rag.documents.formats.pdf.notes import marks_in, note_paragraphs, notes_apart, tie, write_raised
from rag.documents.formats.pdf.paragraphs import join_over, paragraphs_of
from rag.documents.formats.pdf.regions import page_blocks
from rag.documents.formats.pdf.scan import read_pictures
from rag.documents.formats.pdf.shapes import BAR, Block, Char, Line, Page, Paragraph, ParagraphKind, Word
from rag.documents.formats.pdf.tables import is_contents
from rag.documents.formats.pdf.words import words_of
from rag.documents.formats.pdf.write import write_all
from rag.errors import NotReadable
from rag.types import Layout, LeftOut, Remark

_MOST_OVERPRINTS = 2
"""Words that stand on others: more of them on a page, and its order is not certain."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a PDF says, and where."""

    text: str
    layout: Layout
    places: tuple[Char, ...]
    """Of each character of the text the printed one; of those that we added, one of page -1."""


def read_document(document: Any, limit: int) -> Reading:
    """The text of an open document.

    Args:
        document: an open ``pypdfium2.PdfDocument``.
        limit: the most characters.

    Raises:
        NotReadable: it has more.
    """
    pages = _pages(document, limit)
    mark_unsure(pages)
    pictures = read_pictures(document, pages)
    words, furniture = without_furniture(pages, [words_of(page.chars) for page in pages])
    usual = _usual_size(words)
    flow = _Flow(usual)
    for page, own in zip(pages, words, strict=True):
        sign()
        flow.add_page(page, own)
    paragraphs, notes = flow.finished()
    written = write_all(paragraphs, notes)
    layout = Layout(
        pages=tuple(written.pages),
        parts=tuple(written.parts),
        left_out=(*furniture, *_hidden(pages)),
        remarks=tuple(_remarks(pages, pictures, flow.overprinted)),
        ocr=tuple(page.number for page in pages if page.ocr),
    )
    return Reading(written.text, layout, tuple(written.chars))


def _pages(document: Any, limit: int) -> list[Page]:
    pages, size = [], 0
    for index in range(len(document)):
        sign()
        page = read_characters(document, index)
        size += len(page.chars)
        if size > limit:
            raise NotReadable("pdf_large", most=limit)
        pages.append(page)
    return pages


def _usual_size(words: Sequence[Sequence[Word]]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for own in words:
        for word in own:
            sizes[round(word.size * 2) / 2] += len(word.chars)
    return max(sizes, key=lambda size: sizes[size], default=10.0)


class _Flow:
    """Takes the pages one by one and makes paragraphs of them."""

    def __init__(self, usual: float) -> None:
        self.usual = usual
        self.paragraphs: list[Paragraph] = []
        self.notes: list[Paragraph] = []
        self.blocks = 0
        self.columns = Columns()
        self.heads: list[str] = []
        """Of the last table, what names its columns."""
        self.overprinted: set[int] = set()

    def add_page(self, page: Page, words: Sequence[Word]) -> None:
        blocks = page_blocks(page, words, self.columns)
        if sum(line.overprints() for block in blocks for line in block.lines) > _MOST_OVERPRINTS:
            self.overprinted.add(page.number)
        blocks, notes = notes_apart(page, blocks, self.usual)
        for block in blocks:
            self._add_block(block, aside=False)
        for note in note_paragraphs(notes):
            if not note.label and self.notes:
                self.notes[-1].lines += note.lines
            else:
                self.notes.append(note)

    def _add_block(self, block: Block, aside: bool) -> None:
        self.blocks += 1
        if block.kind == "table":
            self._add_table(block, aside)
        elif block.inner:
            for inner in block.inner:
                self._add_block(inner, aside=True)
        elif block.lines:
            made = paragraphs_of(block, self.blocks, self.usual)
            for paragraph in made:
                paragraph.aside = aside
            self.paragraphs += made

    def _add_table(self, block: Block, aside: bool) -> None:
        before = self.paragraphs[-1].lines if self.paragraphs else []
        if is_contents(block, " ".join(line.text for line in before)):
            for first, second in block.rows:
                entry = Paragraph(
                    "contents", [*first, *second], block=self.blocks, page=block.page, left=block.left
                )
                self.paragraphs.append(entry)
            return
        heads = ["".join(line.text for line in cell) for cell in block.rows[0]]
        last = self.paragraphs[-1] if self.paragraphs else None
        again = last is not None and last.kind == "row" and len(last.cells) == len(heads) == len(self.heads)
        if again and last is not None and heads == self.heads:  # carried on, its heads printed once more
            rows, self.blocks = block.rows[1:], last.block
            if rows and not rows[0][0]:
                for cell, more in zip(last.cells, rows[0], strict=True):
                    cell += more
                rows = rows[1:]
        else:
            rows, self.heads = block.rows, heads if block.headed else []
        for row in rows:
            kind: ParagraphKind = "columns" if block.headed and row is block.rows[0] else "row"
            made = Paragraph(kind, [], [], row, self.blocks, block.page, block.left, aside=aside)
            self.paragraphs.append(made)

    def finished(self) -> tuple[list[Paragraph], list[Paragraph]]:
        """The paragraphs of the text and the notes, each with its characters."""
        joined, gathered = endnotes_apart(join_over(self.paragraphs))
        self.notes += gathered
        joiner = Joiner(line.chars() for line in self._lines(joined))
        for paragraph in (*joined, *self.notes):
            cells = paragraph.cells or [paragraph.lines]
            for number, cell in enumerate(cells):
                paragraph.chars += BAR if number else ()
                join = joiner.joined_in_cell if paragraph.cells else joiner.joined
                chars: list[Char] = []
                for line in cell:
                    chars = join(chars, line.chars())
                paragraph.chars += chars
        tie(self.notes, marks_in(paragraph.chars for paragraph in joined))
        for paragraph in (*joined, *self.notes):
            write_raised(paragraph.chars)
            _normalise(paragraph.chars)
        return joined, self.notes

    def _lines(self, paragraphs: Sequence[Paragraph]) -> Iterator[Line]:
        for paragraph in (*paragraphs, *self.notes):
            yield from paragraph.lines
            for cell in paragraph.cells:
                yield from cell


def _normalise(chars: Sequence[Char]) -> None:
    """Ligatures as their letters, accents composed, no soft hyphens."""
    for char in chars:
        if char.text > "\x7f":
            if "\ufb00" <= char.text <= "\ufb4f" or char.text in "ĳĲ":
                char.text = unicodedata.normalize("NFKC", char.text)
            elif char.text == "\u00ad":
                char.text = ""
            elif char.text in "\u2010\u2011":
                char.text = "-"
            else:
                char.text = unicodedata.normalize("NFC", char.text)


def _hidden(pages: Sequence[Page]) -> Iterator[LeftOut]:
    for page in pages:
        for text in (*page.hidden, *page.stamps):
            yield LeftOut("hidden", text, page.number)


def _remarks(pages: Sequence[Page], pictures: list[int], overprinted: set[int]) -> Iterator[Remark]:
    if hidden := sum(len(page.hidden) for page in pages):
        yield Remark("hidden", hidden)
    for key, numbers in (
        ("ocr", [page.number for page in pages if page.ocr]),
        ("fonts", [page.number for page in pages if page.unsure]),
        ("layout", sorted(overprinted)),
        ("pictures", pictures),
    ):
        if numbers:
            yield Remark(key, len(numbers), _ranges(numbers))


def _ranges(numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 as 1-3, 7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs[:20])
