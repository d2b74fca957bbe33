"""From the text back to the page; what is not seen; pages that are pictures."""

from __future__ import annotations

import io
import threading

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfWriter
from reportlab.lib.utils import ImageReader

from rag.documents import draw_page, open_pages
from rag.documents.formats.pdf import scan
from rag.documents.formats.pdf.places import read_places
from rag.documents.formats.pdf.reader import read_pdf
from rag.errors import NotReadable
from tests.helpers.documents import LIMIT
from tests.helpers.sheets import LEADING, Sheet


def two_pages() -> bytes:
    sheet = Sheet(600, 800)
    sheet.lines(60, 400, ["La commission a voté le texte par 12 voix contre", "trois, et la minis-"])
    sheet.next()
    sheet.lines(60, 80, ["tre l’a signé le soir même."])
    return sheet.data()


def test_a_slice_of_the_text_has_its_boxes_on_the_page() -> None:
    data = two_pages()
    pages = open_pages(data, LIMIT)
    assert pages.text == read_pdf(data, LIMIT).text
    assert (pages.count, pages.size(1)) == (2, (600, 800))
    start = pages.text.index("contre trois, et la ministre l’a")
    boxes = pages.boxes(start, start + len("contre trois, et la ministre l’a"))
    assert [box.page for box in boxes] == [1, 1, 2]
    assert boxes[0].left > boxes[1].left == pytest.approx(60 / 600, abs=0.01)
    for box, base in zip(boxes, (400, 400 + LEADING, 80), strict=True):
        assert box.top < base / 800 - 0.005 < box.bottom


def test_the_box_is_where_the_picture_has_ink() -> None:
    data = two_pages()
    pages = open_pages(data, LIMIT)
    start = pages.text.index("12 voix")
    (box,) = pages.boxes(start, start + 7)
    picture = Image.open(io.BytesIO(draw_page(data, 1, 900)))
    assert picture.size == (900, 1200)
    left, right = box.left * 900, box.right * 900
    inked = picture.convert("L").crop(
        (int(left), int(box.top * 1200), int(right) + 1, int(box.bottom * 1200) + 1)
    )
    assert inked.getextrema()[0] < 80
    assert inked.getbbox() is not None
    blank = picture.convert("L").crop((int(left), int(box.bottom * 1200) + 22, int(right), 1200))
    assert blank.getextrema() == (255, 255)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_are_read_and_boxed_as_they_are_shown(turn: int) -> None:
    sheet = Sheet(600, 800)
    sheet.lines(60, 100, ["Une page tournée se lit", "comme une autre."])
    writer = PdfWriter(clone_from=io.BytesIO(sheet.data()))
    writer.pages[0].rotate(turn)
    buffer = io.BytesIO()
    writer.write(buffer)
    pages = open_pages(buffer.getvalue(), LIMIT)
    assert pages.text == "Une page tournée se lit comme une autre."
    assert pages.size(1) == ((600, 800) if turn in (0, 180) else (800, 600))
    first, *_ = pages.boxes(0, 3)
    x, y = (first.left + first.right) / 2, (first.top + first.bottom) / 2
    corner = {0: (0.12, 0.12), 90: (0.88, 0.12), 180: (0.88, 0.88), 270: (0.12, 0.88)}[turn]
    assert (x, y) == pytest.approx(corner, abs=0.05)


def test_what_nobody_sees_is_left_out_and_said() -> None:
    sheet = Sheet()
    canvas = sheet.canvas
    sheet.put(70, 80, "Le texte que chacun peut lire.")
    canvas.setFillColorRGB(1, 1, 1)
    sheet.put(70, 120, "Blanc sur blanc.")
    canvas.rect(60, 842 - 170, 300, 20, stroke=0, fill=0)
    canvas.setFillColorRGB(0, 0, 0.5)
    canvas.rect(60, 842 - 210, 300, 24, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    sheet.put(70, 203, "Blanc sur bleu, donc lisible.")
    canvas.setFillColorRGB(0, 0, 0)
    sheet.put(70, 240, "Minuscule.", 1)
    sheet.put(700, 260, "Hors de la page.")
    text = canvas.beginText(70, 842 - 280)
    text.setTextRenderMode(3)
    text.textLine("Mode invisible.")
    canvas.drawText(text)
    extract = read_pdf(sheet.data(), LIMIT)
    assert extract.text == "Le texte que chacun peut lire.\n\nBlanc sur bleu, donc lisible."
    hidden = {item.text for item in extract.layout.left_out if item.kind == "hidden"}
    assert hidden == {"Blanc sur blanc.", "Minuscule.", "Hors de la page.", "Mode invisible."}
    assert [(remark.key, remark.count) for remark in extract.layout.remarks] == [("hidden", 4)]


def test_a_watermark_across_the_page_is_left_out() -> None:
    sheet = Sheet()
    sheet.lines(70, 300, ["Le texte passe sous", "le filigrane."])
    sheet.canvas.rotate(45)
    sheet.canvas.drawString(500, 100, "PROJET")
    extract = read_pdf(sheet.data(), LIMIT)
    assert extract.text == "Le texte passe sous le filigrane."
    assert [item.text for item in extract.layout.left_out] == ["PROJET"]


def picture(hidden: str = "") -> bytes:
    image = Image.new("L", (850, 1100), 255)
    ImageDraw.Draw(image).rectangle((100, 100, 700, 130), fill=0)
    sheet = Sheet(612, 792)
    sheet.canvas.drawImage(ImageReader(image), 0, 0, 612, 792)
    text = sheet.canvas.beginText(70, 700)
    text.setTextRenderMode(3)
    text.textLine(hidden)
    sheet.canvas.drawText(text)
    return sheet.data()


def test_invisible_text_over_a_picture_is_what_ocr_read() -> None:
    extract = read_pdf(picture("Un texte reconnu."), LIMIT)
    assert extract.text == "Un texte reconnu."
    assert extract.layout.ocr == (1,)
    assert [remark.key for remark in extract.layout.remarks] == ["ocr"]


def test_pictures_are_read_by_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = ("level", "left", "top", "width", "height", "conf", "text")
    rows = [
        (4, 290, 400, 800, 50, -1, ""),
        (5, 290, 405, 300, 40, 96, "Deux"),
        (5, 620, 405, 300, 40, 91, "mots."),
    ]
    data = {name: [row[i] for row in rows] for i, name in enumerate(columns)}
    pytesseract = pytest.importorskip("pytesseract")
    monkeypatch.setattr(scan, "is_installed", lambda: True)
    monkeypatch.setattr(pytesseract, "get_languages", lambda: ["fra"])
    monkeypatch.setattr(pytesseract, "image_to_data", lambda *_, **__: data)
    pages = read_places(picture(), LIMIT)
    assert pages.text == "Deux mots."
    (box,) = pages.boxes(5, 10)
    assert box.left == pytest.approx(620 / 300 * 72 / 612, abs=0.01)


def test_pictures_without_tesseract_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "is_installed", lambda: False)
    with pytest.raises(NotReadable):
        read_pdf(picture(), LIMIT)
    sheet = Sheet(612, 792)
    sheet.put(70, 80, "Une page de texte.")
    sheet.next()
    sheet.canvas.drawImage(ImageReader(Image.new("L", (85, 110), 90)), 0, 0, 612, 792)
    remarks = read_pdf(sheet.data(), LIMIT).layout.remarks
    assert [(remark.key, remark.detail) for remark in remarks] == [("pictures", "2")]


def test_threads_may_read_at_once() -> None:
    data = two_pages()
    texts: list[str] = []
    threads = [threading.Thread(target=lambda: texts.append(open_pages(data, LIMIT).text)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == [read_pdf(data, LIMIT).text] * 4
