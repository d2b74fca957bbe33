"""Prints slides, sheets and subtitles."""

from __future__ import annotations

import csv
import io
from itertools import pairwise
from typing import Any

from openpyxl import Workbook
from pptx import Presentation
from pptx.util import Cm

from evals.sets.made.model import Expected, Made, Piece, read, runs
from evals.sets.made.prose import Writer


def slides(made: Made) -> tuple[bytes, Expected]:
    """Slides: a heading each, items, a table, a box, notes of who speaks; one slide is hidden."""
    show: Any = Presentation()
    pieces: list[Piece] = []
    slide: Any = None
    body: Any = None
    for block in made.blocks:
        if block.kind == "heading":
            slide = show.slides.add_slide(show.slide_layouts[1])
            slide.shapes.title.text = read(block.text)
            body = slide.placeholders[1].text_frame
            pieces.append(Piece(read(block.text)))
        elif block.kind == "table":
            grid = slide.shapes.add_table(
                len(block.rows), len(block.rows[0]), Cm(1), Cm(12), Cm(20), Cm(4)
            ).table
            for row, cells in enumerate(block.rows):
                for column, cell in enumerate(cells):
                    grid.cell(row, column).text = cell
            pieces += [Piece(" | ".join(row), True) for row in block.rows]
        elif block.kind == "aside":
            slide.shapes.add_textbox(Cm(20), Cm(1), Cm(4), Cm(4)).text_frame.text = read(block.text)
            pieces.append(Piece(read(block.text), True))
        elif block.kind == "quote":
            slide.notes_slide.notes_text_frame.text = read(block.text)
            pieces.append(Piece(read(block.text), True))
        elif block.kind != "caption":
            paragraph = body.paragraphs[0] if not body.text else body.add_paragraph()
            paragraph.level = block.level if block.kind == "item" else 0
            for run in runs(block.text):
                if run.kind != "note":
                    made_run = paragraph.add_run()
                    made_run.text = run.text
                    raised = {"sup": "30000", "sub": "-25000"}.get(run.kind)
                    if raised:
                        made_run.font._element.set("baseline", raised)
            pieces.append(Piece(read(block.text)))
    unseen = show.slides.add_slide(show.slide_layouts[1])
    unseen._element.set("show", "0")
    unseen.shapes.title.text = secret = "Version 9876 to be dropped"
    buffer = io.BytesIO()
    show.save(buffer)
    return buffer.getvalue(), Expected(tuple(pieces), (secret,), (), ("Notes",))


_PLAIN = str.maketrans("₂⁶ᵉ\u202f", "2³e\u00a0")


def rows(language: str, seed: int, count: int = 12) -> list[tuple[str, ...]]:
    """Rows of figures below heads, with text that has commas and quotes in it."""
    writer = Writer("fr" if language == "fr" else "en", seed)
    heads = (
        ("Commune", "Année", "Montant", "Remarque") if language == "fr" else ("Town", "Year", "Sum", "Remark")
    )
    made: list[tuple[str, ...]] = [heads]
    for number in range(count):
        year = str(writer.draw.randint(1990, 2025))
        remark = read(writer.sentence()).translate(_PLAIN)  # old programs have no other signs
        made.append((writer.title().translate(_PLAIN), year, str(1000 + 37 * number), remark))
    return made


def as_pieces(table: list[tuple[str, ...]]) -> tuple[Piece, ...]:
    """The rows as they are read."""
    return tuple(Piece(" | ".join(row)) for row in table)


def separated(table: list[tuple[str, ...]], between: str, encoding: str) -> bytes:
    """Rows as CSV."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=between, lineterminator="\r\n").writerows(table)
    return buffer.getvalue().encode(encoding)


def _share(hundreds: float, language: str) -> str:
    """A number in hundreds, as a sheet shows it to readers of a language."""
    return f"{hundreds:.1f}%" if language == "en" else f"{hundreds:.1f} %".replace(".", ",")


def sheets(
    tables: dict[str, list[tuple[str, ...]]], hidden: list[tuple[str, ...]], language: str
) -> tuple[bytes, Expected]:
    """Rows as sheets of a book, shares as numbers that are shown in hundreds; the last sheet is hidden."""
    book = Workbook()
    book.remove(book.active)
    pieces: list[Piece] = []
    for name, table in tables.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(table):
            shown = [*row, "Part" if number == 0 else _share(number * 2.5, language)]
            values: list[Any] = [int(cell) if cell.isdecimal() else cell for cell in row]
            sheet.append([*values, "Part" if number == 0 else number * 0.025])
            sheet.cell(number + 1, len(shown)).number_format = "0.0%"
            pieces.append(Piece(" | ".join(shown)))
    last = book.create_sheet("Archive")
    last.sheet_state = "hidden"
    for row in hidden:
        last.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue(), Expected(
        tuple(pieces), tuple(cell for row in hidden for cell in row if len(cell) > 25), (), tuple(tables)
    )


def subtitles(language: str, seed: int, is_vtt: bool) -> tuple[bytes, Expected]:
    """Cues of two lines, over which sentences run; of WebVTT, with voices, a note and marks."""
    writer = Writer("fr" if language == "fr" else "en", seed)
    pieces: list[Piece] = []
    cues: list[str] = []
    for turn in range(8):
        voice = ("Mme Ferrand", "M. Costa")[turn % 2]
        told = read(writer.paragraph(2))
        pieces.append(Piece(f"{voice} : {told}" if is_vtt else told))
        words = told.split(" ")
        marks = [*range(0, len(words), 11), len(words)]
        for start, end in pairwise(marks):
            middle = (start + end) // 2
            lines = (" ".join(words[start:middle]), " ".join(words[middle:end]))
            text = "\n".join(line for line in lines if line)
            cues.append(f"<v {voice}>{text}" if is_vtt else (f"<i>{text}</i>" if turn % 3 == 2 else text))
    mark = "." if is_vtt else ","
    made = "WEBVTT\n\nNOTE Relu le 12 mai 1888\n\n" if is_vtt else ""
    for number, cue in enumerate(cues):
        begin, end = (f"00:{s // 60:02}:{s % 60:02}{mark}{481}" for s in (4 * number, 4 * number + 3))
        number_line = "" if is_vtt else f"{number + 1}\n"
        made += f"{number_line}{begin} --> {end}\n{cue}\n\n"
    return made.encode(), Expected(tuple(pieces), ("Relu le 12 mai 1888", "-->"))
