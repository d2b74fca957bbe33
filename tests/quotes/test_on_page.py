"""A quote on the pages of its PDF: where its words were drawn; a file that is another one shows nothing."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth

from rag import Index, load_settings, sync
from rag.errors import CorpusError, InputError, RepliqueError, UnknownSource
from rag.quotes.drawing import stacked, with_marks
from rag.quotes.kept import Kept
from rag.quotes.on_page import PIXELS_MOST, WIDTHS, PageEvidence, is_uncertain
from rag.types import Remark
from tests.helpers.paper import COST, LEFT, LINE, OVER, SIZE, TOP, report

WIDE, HIGH = A4


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("on_page")
    (folder / "docs").mkdir()
    (folder / "docs/rapport.pdf").write_bytes(report())
    (folder / "docs/lettre.md").write_text("La digue coûtera bien plus cher que prévu.\n", encoding="utf-8")
    opened = Index(load_settings(corpus=folder / "docs", store=folder / "store"))
    sync(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def evidence(index: Index) -> PageEvidence:
    return PageEvidence(index)


def text_of(index: Index) -> str:
    return index.read(lambda snapshot: snapshot.source(snapshot.number_of("rapport") or 0).text)


def place(index: Index, words: str) -> tuple[int, int]:
    start = text_of(index).index(words)
    return start, start + len(words)


def test_the_boxes_lie_where_the_words_were_drawn(index: Index, evidence: PageEvidence) -> None:
    words = "douze millions d’euros"
    (page,) = evidence.find("rapport", *place(index, words)).pages
    (box,) = page.boxes
    begin = LEFT + stringWidth(COST[0].split(words)[0], "Helvetica", SIZE)
    stop = begin + stringWidth(words, "Helvetica", SIZE)
    assert (page.number, page.width, page.height) == (
        1,
        pytest.approx(WIDE, abs=1),
        pytest.approx(HIGH, abs=1),
    )
    assert (box.left * WIDE, box.right * WIDE) == (pytest.approx(begin, abs=2), pytest.approx(stop, abs=2))
    assert box.top * HIGH < HIGH - TOP - SIZE / 2 < HIGH - TOP <= box.bottom * HIGH + 1


def test_each_line_has_its_box_and_a_sentence_over_two_pages_has_both(
    index: Index, evidence: PageEvidence
) -> None:
    (page,) = evidence.find("rapport", *place(index, " ".join(COST))).pages
    assert len(page.boxes) == 2
    assert (page.boxes[1].top - page.boxes[0].top) * HIGH == pytest.approx(LINE, abs=3)
    found = evidence.find("rapport", *place(index, " ".join(OVER)))
    assert [page.number for page in found.pages] == [1, 2]
    assert found.quote.text == " ".join(OVER)
    pictures = [evidence.picture("rapport", number, 700) for number in (1, 2)]
    heights = [Image.open(io.BytesIO(picture)).height for picture in pictures]
    assert Image.open(io.BytesIO(stacked(pictures))).height > sum(heights)


def test_a_page_is_drawn_in_the_next_width_and_marked_where_the_words_are(
    index: Index, evidence: PageEvidence
) -> None:
    (page,) = evidence.find("rapport", *place(index, "douze millions d’euros")).pages
    plain = evidence.picture("rapport", 1, 600)
    before = Image.open(io.BytesIO(plain)).convert("RGB")
    after = Image.open(io.BytesIO(with_marks(plain, page.boxes)))
    assert before.size == after.size == pytest.approx((WIDTHS[0], WIDTHS[0] * HIGH / WIDE), abs=3)
    box = page.boxes[0]
    differing = {
        (x, y)
        for x in range(before.width)
        for y in range(0, before.height, 3)
        if before.getpixel((x, y)) != after.getpixel((x, y))
    }
    assert differing
    assert all(box.left * before.width - 4 <= x <= box.right * before.width + 4 for x, _ in differing)
    assert all(box.top * before.height - 4 <= y <= box.bottom * before.height + 4 for _, y in differing)
    assert evidence.picture("rapport", 1, 650) is plain  # kept
    wide = Image.open(io.BytesIO(evidence.picture("rapport", 1, 99_999)))
    assert wide.width == pytest.approx(WIDTHS[-1], abs=3) and wide.width * wide.height <= PIXELS_MOST


@pytest.mark.parametrize(
    ("source", "start", "end", "error", "said"),
    [
        ("lettre", 0, 5, InputError, "only a PDF"),
        ("nulle", 0, 5, UnknownSource, "nulle"),
        ("rapport", 5, 5, InputError, "no slice"),
        ("rapport", 0, 10**6, InputError, "no slice"),
    ],
)
def test_what_has_no_page_is_refused(
    evidence: PageEvidence, source: str, start: int, end: int, error: type[RepliqueError], said: str
) -> None:
    with pytest.raises(error, match=said):
        evidence.find(source, start, end)


def test_a_file_that_is_not_the_one_indexed_shows_nothing(tmp_path: Path) -> None:
    file = tmp_path / "docs/rapport.pdf"
    file.parent.mkdir()
    file.write_bytes(report())
    index = Index(load_settings(corpus=file.parent, store=tmp_path / "store"))
    sync(index)
    evidence = PageEvidence(index)
    slice_ = place(index, "douze millions")
    with pytest.raises(InputError, match="ask again"):
        evidence.find("rapport", *slice_, sha256="0" * 64)
    with pytest.raises(InputError, match="2 pages"):
        evidence.picture("rapport", 3, 700)
    file.write_bytes(report("Une tout autre note que celle qui fut indexée."))
    with pytest.raises(CorpusError, match="has changed since it was indexed: run `replique index`"):
        evidence.find("rapport", *slice_)
    with pytest.raises(CorpusError, match="has changed"):
        evidence.picture("rapport", 1, 700)
    file.write_bytes(report()[:900])
    with pytest.raises(CorpusError, match="cannot be shown"):
        evidence.find("rapport", *slice_)
    file.unlink()
    with pytest.raises(CorpusError, match="no longer there"):
        evidence.find("rapport", *slice_)
    index.close()


def test_nobody_waits_for_long_and_what_was_begun_is_there_later() -> None:
    kept: Kept[str, str] = Kept(len, 5)
    go = threading.Event()

    def slow() -> str:
        go.wait(30)
        return "long"

    with pytest.raises(TimeoutError):
        kept.get("a", slow, patience=0)
    go.set()
    assert kept.get("a", lambda: "other") == "long"
    assert kept.get("b", lambda: "court") == "court"  # there is no room for both
    assert kept.get("a", lambda: "anew") == "anew"
    with pytest.raises(ZeroDivisionError):
        kept.get("c", lambda: str(1 // 0))
    assert kept.get("c", lambda: "c") == "c"


def test_a_quote_tells_when_its_page_is_not_certain(index: Index, evidence: PageEvidence) -> None:
    quote = evidence.find("rapport", *place(index, "douze millions")).quote
    assert not is_uncertain(quote)
    for detail, told in (("1", True), ("2, 4-6", False), ("3", False), ("2, 1-3", True)):
        source = replace(quote.source, remarks=(Remark("layout", 1, detail),))
        assert is_uncertain(replace(quote, source=source)) == told
