"""The dossier in a browser: quotes become cards that are put in order, written on, and exported."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
import pytest
from playwright.sync_api import expect

from tests.helpers.dossier_column import HOSTILE, add_quotes, exported, kept, open_dossier, tags, write
from tests.helpers.visits import PHONE, SUPPORT, Site, Visit, marked, violations

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_quotes_become_cards_that_are_put_in_order_kept_and_exported(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SUPPORT)
    texts = add_quotes(page, 2)
    assert page.inner_text(".masthead .count") == "2"
    open_dossier(page)
    assert page.evaluate("document.activeElement.id") == "dossier-heading"
    shown = page.eval_on_selector_all(".card-text", "all => all.map(e => e.textContent)")
    assert sorted(shown) == sorted(texts)
    for number, section in enumerate(["Forces / Appui", "Forces / Appui"]):
        write(page, number, "section", section)
    write(page, 0, "tag", "Premier point")
    write(page, 1, "tag", f"Second point {HOSTILE}")
    write(page, 1, "note", "à lire d’abord")
    assert page.locator(".dossier-cards h3").all_inner_texts() == ["Forces"]
    assert page.locator(".dossier-cards h4").all_inner_texts() == ["Appui"]

    page.locator(".dossier-card .tag").nth(1).focus()
    page.keyboard.press("Alt+ArrowUp")
    page.locator(".toast", has_text="Carte 1 sur 2").wait_for()
    assert tags(page) == [f"Second point {HOSTILE}", "Premier point"]
    assert page.evaluate("document.activeElement.value") == f"Second point {HOSTILE}"
    page.locator("[data-do=card-down]").first.press("Enter")
    page.locator(".toast", has_text="Carte 2 sur 2").wait_for()
    page.locator("[data-do=card-up]").nth(1).press("Enter")
    page.locator(".toast", has_text="Carte 1 sur 2").wait_for()

    page.reload()
    page.locator(".card [data-do=add-card][data-in]").nth(1).wait_for()
    assert page.locator(".card [data-do=add-card][data-in]").count() == 2
    open_dossier(page)
    page.locator(".dossier-card").nth(1).wait_for()
    assert tags(page) == [f"Second point {HOSTILE}", "Premier point"]
    assert page.locator(".dossier-card .note").nth(0).input_value() == "à lire d’abord"
    assert page.locator(".dossier-cards h3").count() == 1

    document = docx.Document(io.BytesIO(exported(page, "docx")))
    lines = [
        (paragraph.style.name if paragraph.style else "", paragraph.text) for paragraph in document.paragraphs
    ]
    assert [line for line in lines if line[0].startswith("Heading")] == [
        ("Heading 1", "Forces"),
        ("Heading 2", "Appui"),
        ("Heading 4", f"Second point {HOSTILE}"),
        ("Heading 4", "Premier point"),
    ]
    quoted = [text for style, text in lines if style == "Evidence"]
    assert sorted(quoted) == sorted(text.replace("\n", " ") for text in texts)
    assert "### " in exported(page, "md").decode()
    assert exported(page, "html").decode().count("<blockquote") == 2
    assert page.evaluate("window.pwned") is None
    assert not visitor.faults


def test_cards_are_dragged_among_others_and_onto_a_heading(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SUPPORT)
    add_quotes(page, 3)
    open_dossier(page)
    for number, section in enumerate(["Pour", "Pour", "Contre"]):
        write(page, number, "section", section)
        write(page, number, "tag", f"carte {number}")
    page.locator(".dossier-body").evaluate("e => (e.scrollTop = 0)")
    page.set_viewport_size({"width": 1280, "height": 1600})
    target = page.locator(".dossier-card").nth(2)
    box = target.bounding_box()
    assert box is not None
    page.locator(".grip").nth(0).drag_to(target, target_position={"x": 60, "y": box["height"] - 5})
    page.locator(".toast", has_text="Carte 3 sur 3").wait_for()
    assert tags(page) == ["carte 1", "carte 2", "carte 0"]
    assert [card["section"] for card in kept(page)["cards"]] == [["Pour"], ["Contre"], ["Pour"]]
    headings = page.locator(".dossier-cards h3")
    assert headings.all_inner_texts() == ["Pour", "Contre", "Pour"]  # each card under its own
    page.locator(".grip").nth(0).drag_to(headings.nth(1))
    page.locator(".toast", has_text="Carte 1 sur 3, sous « Contre »").wait_for()
    assert [(card["tag"], card["section"]) for card in kept(page)["cards"]] == [
        ("carte 1", ["Contre"]),
        ("carte 2", ["Contre"]),
        ("carte 0", ["Pour"]),
    ]
    assert headings.all_inner_texts() == ["Contre", "Pour"]


def test_what_is_being_written_is_not_lost(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SUPPORT)
    add_quotes(page, 2)
    open_dossier(page)
    for number in range(2):
        write(page, number, "section", "Une")
    page.wait_for_timeout(500)  # the cards are drawn again
    page.locator(".dossier-card .tag").nth(0).fill("descend")
    box = page.locator("[data-do=card-down]").nth(0).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()  # the field is left; its change comes back before the button is let go
    page.wait_for_function("localStorage.getItem('replique.dossier').includes('descend')")
    page.wait_for_timeout(300)
    page.mouse.up()
    page.locator(".toast", has_text="Carte 2 sur 2").wait_for()
    assert tags(page)[1] == "descend"
    page.locator(".dossier-card .tag").nth(0).fill("en haut")
    page.keyboard.press("Tab")
    page.locator(".dossier-card .note").nth(0).press_sequentially(
        "écrit pendant que la carte change", delay=15
    )
    page.keyboard.press("Escape")
    page.wait_for_function("localStorage.getItem('replique.dossier').includes('pendant que la carte change')")
    open_dossier(page)
    assert tags(page) == ["en haut", "descend"]
    assert page.locator(".dossier-card .note").nth(0).input_value() == "écrit pendant que la carte change"
    assert not visitor.faults


def test_a_removed_card_can_be_brought_back(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SUPPORT)
    add_quotes(page, 2)
    page.click(".toast button")  # what was added last is taken out again
    expect(page.locator(".masthead .count")).to_have_text("1")
    assert page.locator(".card [data-do=add-card][data-in]").count() == 1
    add_quotes(page, 1)  # it is in the dossier: pressing shows it there
    page.locator("#dossier-panel").wait_for()
    page.wait_for_function("document.activeElement.matches('.dossier-card .tag')")
    before = kept(page)
    page.locator("[data-do=card-remove]").click()
    page.locator(".dossier-empty").wait_for()
    page.click(".toast button")
    page.locator(".dossier-card").wait_for()
    assert kept(page) == before
    page.keyboard.press("Escape")
    assert not page.locator("#dossier-panel").is_visible()
    assert page.locator(".evidence").is_visible()


def test_words_are_counted_at_a_pace(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SUPPORT)
    add_quotes(page, 2)
    open_dossier(page)
    words = int(re.findall(r"mots lus\s: (\d+)", page.inner_text(".dossier-length"))[0])
    page.fill(".pace", "60")
    page.keyboard.press("Tab")
    minutes, seconds = divmod(words, 60)
    expected = f"{minutes}\u00a0min {seconds}\u00a0s" if minutes else f"{seconds}\u00a0s"
    expect(page.locator(".dossier-length span")).to_contain_text(f"lecture\u00a0: {expected} ")
    page.reload()
    page.locator(".card").first.wait_for()
    assert page.input_value(".pace") == "60"


def test_a_card_leads_to_its_place_in_the_source(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SUPPORT)
    (text,) = add_quotes(page, 1)
    page.click(".views [data-view=corpus]")
    open_dossier(page)
    page.locator("[data-do=card-show]").click()
    assert marked(page) == text
    assert not page.locator("#dossier-panel").is_visible()
    open_dossier(page)
    page.locator(".card [data-do=show]").first.click()  # a quote that is looked up takes its place again
    assert marked(page) == text


@pytest.mark.parametrize("size", [{}, PHONE], ids=["laptop", "phone"])
def test_no_serious_violation(visit: Visit, shipped: Site, size: dict[str, Any]) -> None:
    visitor = visit(shipped, locale="en-GB", **size)
    page = visitor.page
    visitor.ask(SUPPORT)
    add_quotes(page, 3)
    assert violations(page) == [], "quotes in the dossier"
    open_dossier(page)
    write(page, 0, "section", "One / Two / Three")
    assert violations(page) == [], "the dossier"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    files = page.locator(".dossier-files").last.bounding_box()
    assert files is not None and files["y"] + files["height"] <= page.viewport_size["height"]  # type: ignore[index]
    page.click("[data-do=dossier-new]")
    page.locator(".dossier-empty").wait_for()
    assert violations(page) == [], "an empty dossier"
    page.locator("[data-do=dossier-close]").click()
    assert page.evaluate("document.activeElement.dataset.do") == "dossier"


def test_quotes_of_the_debate_tools_are_added_too(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    page.click(".views [data-view=face]")
    page.fill("#motion", "paix ou guerre")
    page.press("#motion", "Enter")
    add = page.locator("[data-tool=face] .card [data-do=add-card]").first
    add.click()
    add.locator(".in").wait_for()
    text = page.locator("[data-tool=face] .card .quote-text").first.evaluate("e => e.textContent")
    open_dossier(page)
    page.locator(".dossier-card [data-do=card-show]").click()
    assert marked(page) == text
    assert page.locator("[data-tool=face]").is_visible()
    assert not visitor.faults
