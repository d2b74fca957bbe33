"""Presentations: slides with their notes, in reading order."""

from __future__ import annotations

import io

import pytest
from pptx import Presentation
from pptx.util import Inches

from rag.errors import UnreadableFile
from tests.helpers.documents import Read
from tests.helpers.office import zipped


def made() -> bytes:
    slides = Presentation()
    first = slides.slides.add_slide(slides.slide_layouts[1])
    first.shapes.title.text = "Le loup en France"
    frame = first.placeholders[1].text_frame
    frame.text = "10"
    frame.paragraphs[0].add_run().text = "6"
    frame.paragraphs[0].runs[1].font._element.set("baseline", "30000")
    more = frame.add_paragraph()
    more.text, more.level = "dont 12 en mars", 1
    first.notes_slide.notes_text_frame.text = "Dire que le chiffre est contesté."
    hidden = slides.slides.add_slide(slides.slide_layouts[5])
    hidden.shapes.title.text = "Cachée"
    hidden.element.set("show", "0")
    third = slides.slides.add_slide(slides.slide_layouts[5])
    third.shapes.title.text = "Budget"

    def box(shapes: object, left: float, top: float, text: str) -> None:
        made = shapes.add_textbox(Inches(left), Inches(top), Inches(3), Inches(1))  # type: ignore[attr-defined]
        made.text_frame.text = text

    box(third.shapes, 5, 2, "À droite")
    box(third.shapes.add_group_shape().shapes, 1, 2.1, "À gauche")
    table = third.shapes.add_table(2, 2, Inches(1), Inches(4), Inches(4), Inches(1)).table
    for row, values in enumerate([("Année", "Coût"), ("2024", "51 000 €")]):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    slides.core_properties.title, slides.core_properties.author = "", "Anne Costa"
    buffer = io.BytesIO()
    slides.save(buffer)
    return buffer.getvalue()


def test_slides_in_reading_order_with_their_notes(read: Read) -> None:
    source = read("a.pptx", made())
    assert source.text == (
        "Le loup en France\n\n- 10⁶\n  - dont 12 en mars\n\nNotes\n\nDire que le chiffre est contesté.\n\n"
        "Budget\n\nÀ gauche\n\nÀ droite\n\nAnnée | Coût\n2024 | 51 000 €"
    )
    layout = source.layout
    assert (layout.paging, layout.pages) == ("slide", ((0, 1), (source.text.index("Budget"), 3)))
    heads = [(part.kind, source.text[part.start : part.end]) for part in layout.parts]
    assert heads == [
        ("heading", "Le loup en France"), ("heading", "Notes"), ("heading", "Budget"),
        ("columns", "Année | Coût"),
    ]  # fmt: skip
    assert [(left.kind, left.text) for left in layout.left_out] == [("hidden", "Cachée")]
    assert [(remark.key, remark.count) for remark in layout.remarks] == [("hidden_pages", 1)]
    assert (source.info.title, source.info.author) == ("Le loup en France", "Anne Costa")


@pytest.mark.parametrize(
    ("data", "said"),
    [(zipped({"x": "y"}), "damaged"), (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password"), (b"text", "not PPTX")],
)
def test_pptx_that_cannot_be_read(read: Read, data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read("a.pptx", data)
