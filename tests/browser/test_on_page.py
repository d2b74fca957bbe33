"""A quote of a PDF on its page: the mark lies over the words, on a laptop and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.helpers.paper import COST, HIDDEN, LEFT, NOTE, SIZE, TOP, report
from tests.helpers.visits import PHONE, Site, Visit, in_view, violations

pytestmark = [pytest.mark.browser, pytest.mark.server]
QUESTION = "Combien la commune consacre-t-elle aux travaux de la digue ?"
WIDE, HIGH = A4


@pytest.fixture(scope="module")
def site(launch: Callable[..., Site], tmp_path_factory: pytest.TempPathFactory) -> Site:
    corpus = tmp_path_factory.mktemp("paper")
    (corpus / "rapport.pdf").write_bytes(report())
    return launch(corpus)


def over_the_words(page: Page) -> bool:
    """Whether the marks cover the lines of the quote where they were drawn, no more."""
    sheet = page.locator(".sheet").first.bounding_box()
    marks = [mark.bounding_box() for mark in page.locator(".page-mark").all()]
    assert sheet is not None and len(marks) == len(COST)
    for row, (words, mark) in enumerate(zip(COST, marks, strict=True)):
        assert mark is not None
        scale = sheet["width"] / WIDE
        left, right = LEFT * scale, (LEFT + stringWidth(words, "Helvetica", SIZE)) * scale
        base = (HIGH - TOP + 15 * row) * scale
        begin, top = mark["x"] - sheet["x"], mark["y"] - sheet["y"]
        near = abs(begin - left) < 4 * scale and abs(begin + mark["width"] - right) < 4 * scale
        if not (
            near and top < base - SIZE / 2 * scale and base - 2 < top + mark["height"] < base + 6 * scale
        ):
            return False
    return True


def test_a_quote_is_seen_on_its_page(visit: Visit, site: Site) -> None:
    visitor = visit(site)
    page = visitor.page
    visitor.ask(QUESTION)
    card = page.locator(".card", has_text="douze millions").first
    card.locator("[data-do=show-page]").click()
    picture = page.locator(".sheet img").first
    picture.wait_for()
    assert picture.evaluate("e => e.decode().then(() => e.naturalWidth)") >= 600
    assert page.inner_text(".page-words blockquote") == card.locator(".quote-text").inner_text()
    assert over_the_words(page)
    assert in_view(page.locator(".page-mark").first, page.locator(".evidence-body"))
    assert violations(page) == []
    page.locator("[data-do=page-larger]").click()
    assert over_the_words(page)
    linked = page.url
    assert linked.endswith("/page")
    page.locator(".ways [data-do=text]").click()
    page.locator("mark.current").first.wait_for()
    page.locator(".note-mark").click()
    assert page.locator(".note").evaluate("e => e.contains(document.activeElement)")
    assert page.inner_text(".note span") == NOTE
    page.goto(linked)
    page.reload()
    page.locator(".page-mark").first.wait_for()
    assert not visitor.faults and not visitor.outside


def test_a_page_is_seen_on_a_phone_and_from_a_card(visit: Visit, site: Site) -> None:
    visitor = visit(site, **PHONE)
    page = visitor.page
    visitor.ask(QUESTION)
    card = page.locator(".card", has_text="douze millions").first
    card.locator("[data-do=add-card]").click()
    page.locator(".masthead [data-do=dossier]").click()
    page.locator("[data-do=card-page]").click()
    page.locator(".sheet img").first.wait_for()
    assert over_the_words(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_was_left_out_can_be_looked_at(visit: Visit, site: Site) -> None:
    page = visit(site).page
    page.locator(".views [data-view=corpus]").click()
    page.locator(".how-read", has_text="1 remarque").click()
    reading = page.locator("dialog.reading")
    assert not reading.get_by_text(HIDDEN).is_visible()
    reading.locator("summary", has_text="Texte caché").click()
    assert reading.get_by_text(HIDDEN).is_visible()
    assert violations(page) == []
    reading.locator("[data-do=read-source]").click()
    page.locator(".evidence .source-text .note").wait_for()
