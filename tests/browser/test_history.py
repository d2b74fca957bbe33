"""Conversations stay: found again, renamed, deleted, brought back, exported, whatever the browser kept."""

from __future__ import annotations

import pytest

from tests.helpers.visits import PIE, SOLDIERS, SUPPORT, Site, Visit

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_a_conversation_is_found_again_after_a_reload(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    said = page.locator(".turn :is(.question-text, .answer)")  # offers of further questions may come or not
    visitor.ask(SOLDIERS)
    visitor.ask("et pour les troupes françaises ?")
    before = said.all_text_contents()
    page.reload()
    page.locator(".turn:nth-child(2) .card").first.wait_for()
    assert said.all_text_contents() == before
    assert all(shown == expected for shown, expected in visitor.slices())
    visitor.ask("et les hubs ?")
    assert page.locator(".turn:nth-child(3) .understood").count() == 1  # it remembers
    assert page.locator(".conversations li").count() == 1


def test_conversations_are_listed_renamed_deleted_and_brought_back(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SOLDIERS)
    page.click("[data-do=new]")
    assert page.locator(".turn").count() == 0
    visitor.ask(PIE)
    titles = page.locator(".conversations .open")
    assert titles.all_inner_texts() == [PIE, SOLDIERS]
    page.locator(".conversations li").first.locator("[data-do=rename]").click()
    page.fill(".rename", "<b>Tarte</b>")
    page.press(".rename", "Enter")
    assert titles.first.inner_text() == "<b>Tarte</b>"
    page.locator(".conversations li").first.locator("[data-do=delete]").click()
    assert titles.all_inner_texts() == [SOLDIERS]
    assert page.locator(".turn").count() == 0
    page.click(".toast button")
    assert titles.all_inner_texts() == ["<b>Tarte</b>", SOLDIERS]
    titles.nth(1).click()
    page.locator(".card").first.wait_for()
    page.reload()
    page.locator(".card").first.wait_for()
    assert titles.count() == 2


def test_a_changed_quote_is_not_read_back_as_a_quote(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SOLDIERS)
    page.evaluate(
        """() => {
            const key = Object.keys(localStorage).find((name) => name.includes("conversation."));
            localStorage.setItem(key, localStorage.getItem(key).replaceAll("800 000", "900 000"));
        }"""
    )
    page.reload()
    page.locator(".lost").first.wait_for()
    assert not any("900" in text for text, _ in visitor.slices())


def test_what_the_browser_keeps_damaged_does_no_harm(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SOLDIERS)
    page.evaluate(
        """() => {
            const key = Object.keys(localStorage).find((name) => name.includes("conversation."));
            const kept = JSON.parse(localStorage.getItem(key));
            kept.turns[0].record = {"<img onerror=alert(1)>": 1};
            kept.turns[0].question = kept.title = "<img src=x onerror='window.pwned = 1'>";
            localStorage.setItem(key, JSON.stringify(kept));
            localStorage.setItem("replique.conversation.broken", "{");
        }"""
    )
    page.reload()
    page.locator(".turn .error").wait_for()
    assert "posez la question à nouveau" in page.inner_text(".turn .error")
    assert page.evaluate("window.pwned") is None
    visitor.ask(SOLDIERS)
    assert not visitor.faults


def test_a_full_browser_is_said_and_the_conversation_goes_on(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    page.evaluate(
        """() => {
            let piece = "x".repeat(1 << 20);
            for (let i = 0; piece.length; i++) {
                try { localStorage.setItem(`filler${i}`, piece); }
                catch { piece = piece.slice(piece.length / 2 + 1); }
            }
        }"""
    )
    visitor.ask(SUPPORT)
    page.locator(".toast span", has_text="n’a plus de place").wait_for()
    visitor.ask(PIE)
    assert page.locator(".turn").count() == 2
    assert page.locator(".conversations li").count() == 1


def test_an_export_is_markdown(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    visitor.ask(SOLDIERS)
    with visitor.page.expect_download() as download:
        visitor.page.click(".closing [data-do=export]")
    assert download.value.suggested_filename.endswith(".md")
    text = download.value.path().read_text(encoding="utf-8")
    assert text.startswith("# Combien de soldats")
    assert "> La paix en Ukraine serait accompagnée" in text


def test_clear_can_be_undone(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    visitor.ask(SOLDIERS)
    visitor.page.click("[data-do=clear]")
    assert visitor.page.locator(".turn").count() == 0
    visitor.page.click(".toast button")
    visitor.page.locator(".card").first.wait_for()
