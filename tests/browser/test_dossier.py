"""The dossier in a browser: quotes become cards, are put in order, stay, and are exported checked."""

from __future__ import annotations

import io
import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import Download, Page, expect

from rag.dossier.cards import make_card
from rag.dossier.file import from_json, to_json
from rag.dossier.types import Dossier
from rag.store.index import Index
from rag.store.synchronise import sync

from .conftest import Site, Visitor
from .test_axe import violations
from .test_desk import PHONE, SUPPORT, marked

pytestmark = [pytest.mark.browser, pytest.mark.server]
Visit = Callable[..., Visitor]

BRIDGE = "Le pont de la Loire sera fermé aux camions dès lundi matin.\n"
HOSTILE = "<img src=x onerror='window.pwned = 1'>"


def tags(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(".dossier-card .tag", "all => all.map(e => e.value)")
    return found


def add_quotes(page: Page, count: int) -> list[str]:
    """Add the first quotes shown to the dossier; their texts."""
    buttons = page.locator(".card [data-do=add-card]")
    for number in range(count):
        buttons.nth(number).click()
        buttons.nth(number).locator(".in").wait_for()
    texts: list[str] = page.eval_on_selector_all(".card .quote-text", "all => all.map(e => e.textContent)")
    return texts[:count]


def open_dossier(page: Page) -> None:
    page.click(".masthead [data-do=dossier]")
    page.locator("#dossier-panel").wait_for()


def write(page: Page, card: int, field: str, text: str) -> None:
    """Write into a field of a card, and wait until the dossier has it."""
    page.locator(f".dossier-card [data-field={field}]").nth(card).fill(text)
    page.keyboard.press("Tab")
    page.wait_for_function(
        """text => JSON.parse(localStorage.getItem("replique.dossier")).cards
            .some(({ tag, note, section }) => [tag, note, section.join(" / ")].includes(text))""",
        arg=text,
    )


def exported(page: Page, suffix: str) -> bytes:
    with page.expect_download() as download:
        page.click(f"[data-do=dossier-export][data-format={suffix}]")
    return content(download.value)


def content(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def kept(page: Page) -> Any:
    return json.loads(page.evaluate("localStorage.getItem('replique.dossier')"))


def made(index: Index, *tagged: str) -> dict[str, Any]:
    """A dossier of one passage of the shipped declaration a tag."""
    generation = index.snapshot()
    cards = [make_card(generation, "declaration", 10 * n, 10 * n + 60, tag) for n, tag in enumerate(tagged)]
    return to_json(Dossier("Essai", tuple(cards)))


def choose_file(page: Page, name: str, text: str) -> None:
    file = {"name": name, "mimeType": "application/json", "buffer": text.encode()}
    page.set_input_files(".dossier-file", [file])


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


def test_cards_are_dragged_to_another_heading(visit: Visit, shipped: Site) -> None:
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
    assert [card["section"] for card in kept(page)["cards"]] == [["Pour"], ["Contre"], ["Contre"]]


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
    words = int(re.findall(r"mots\s: (\d+)", page.inner_text(".dossier-length"))[0])
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


def test_a_dossier_is_saved_to_a_file_and_opened_again(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SUPPORT)
    add_quotes(page, 2)
    open_dossier(page)
    page.fill(".dossier-title", "Mon dossier")
    page.keyboard.press("Tab")
    page.wait_for_function("localStorage.getItem('replique.dossier').includes('Mon dossier')")
    with page.expect_download() as download:
        page.click("[data-do=dossier-save]")
    assert download.value.suggested_filename == "Mon-dossier.json"
    saved = json.loads(content(download.value))
    assert len(from_json(saved).cards) == 2
    page.click("[data-do=dossier-new]")
    page.locator(".dossier-empty").wait_for()
    choose_file(page, "dossier.json", json.dumps(made(shipped.index, "un", HOSTILE)))
    page.locator(".dossier-card").nth(1).wait_for()
    assert tags(page) == ["un", HOSTILE]
    page.click(".toast button")
    page.locator(".dossier-empty").wait_for()
    choose_file(page, "autre.json", json.dumps({"cards": []}))
    page.locator(".toast", has_text="ce n’est pas un dossier").wait_for()
    choose_file(page, "autre.json", "[" * 100_000)
    page.locator(".toast", has_text="ce n’est pas un dossier").wait_for()
    choose_file(page, "dossier.json", json.dumps(saved))
    page.locator(".dossier-card").nth(1).wait_for()
    assert kept(page) == saved
    assert page.evaluate("window.pwned") is None
    assert not visitor.faults


def test_a_card_whose_source_changed_is_marked_at_once_and_in_the_export(
    visit: Visit, launch: Callable[..., Site], tmp_path: Path
) -> None:
    file = tmp_path / "pont.txt"
    file.write_text(BRIDGE, encoding="utf-8")
    site = launch(tmp_path)
    visitor = visit(site)
    page = visitor.page
    visitor.ask("Quand le pont de la Loire sera-t-il fermé aux camions ?")
    (text,) = add_quotes(page, 1)
    open_dossier(page)
    assert page.inner_text(".card-text") == text
    file.write_text(BRIDGE.replace("lundi", "mardi"), encoding="utf-8")
    later = time.time() + 5
    os.utime(file, (later, later))
    sync(site.index)
    page.reload()
    page.locator(".masthead .alarmed").wait_for()
    open_dossier(page)
    page.locator(".dossier-card.unverified .warning", has_text="La source a changé").wait_for()
    assert page.locator(".card-text").count() == 0
    assert page.inner_text(".dossier-card del") == text
    assert "1 sur 1" in page.inner_text(".dossier-body > .error")
    assert violations(page) == []
    markdown = exported(page, "md").decode()
    page.locator(".toast", has_text="signalées comme telles").wait_for()
    assert "NON VÉRIFIÉ" in markdown
    assert f"<del>{text}" in markdown
    assert "> " not in markdown


def test_a_kept_dossier_that_is_damaged_does_no_harm(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    page.evaluate('localStorage.setItem(\'replique.dossier\', \'{"cards": [{"quote": {"source": {}}}]}\')')
    page.reload()
    page.locator(".toast", has_text="ce n’est pas un dossier").wait_for()
    visitor.ask(SUPPORT)
    open_dossier(page)
    page.click("[data-do=dossier-new]")
    page.locator(".dossier-empty").wait_for()
    page.keyboard.press("Escape")
    add_quotes(page, 1)
    assert len(kept(page)["cards"]) == 1
    assert not visitor.faults


def test_a_full_browser_keeps_the_dossier_for_the_visit(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SUPPORT)
    page.evaluate(
        """() => {
            let piece = "x".repeat(1 << 20);
            for (let i = 0; piece.length; i++) {
                try { localStorage.setItem(`filler${i}`, piece); }
                catch { piece = piece.slice(piece.length / 2 + 1); }
            }
        }"""
    )
    add_quotes(page, 2)
    assert page.inner_text(".masthead .count") == "2"
    open_dossier(page)
    assert page.locator(".dossier-card").count() == 2
    assert not visitor.faults


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [{}, PHONE], ids=["laptop", "phone"])
def test_no_serious_violation(visit: Visit, shipped: Site, scheme: Any, size: dict[str, Any]) -> None:
    visitor = visit(shipped, color_scheme=scheme, locale="en-GB", **size)
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
