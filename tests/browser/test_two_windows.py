"""Two windows of one browser: what is kept in both is kept of both."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.dossier_column import add_quotes, kept, open_dossier, tags, write
from tests.helpers.visits import BOX, PIE, SOLDIERS, SUPPORT, Site, Visit, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.server]

QUESTIONS = ".turn .question-text"
KEPT = """() => Object.keys(localStorage).filter((key) => key.startsWith("replique.conversation."))
    .map((key) => JSON.parse(localStorage.getItem(key)))"""


def another(visitor: Visitor) -> Visitor:
    """Another window, which shows what was shown last."""
    page = visitor.page.context.new_page()
    page.on("pageerror", lambda error: visitor.faults.append(str(error)))
    page.goto(visitor.site.url)
    return Visitor(page, visitor.site)


def questions(page: Page) -> list[str]:
    (conversation,) = page.evaluate(KEPT)
    return [turn["question"] for turn in conversation["turns"]]


def test_a_conversation_keeps_the_turns_of_both_windows(visit: Visit, shipped: Site) -> None:
    one = visit(shipped)
    one.ask(SOLDIERS)
    two = another(one)
    two.page.locator(".turn .card").first.wait_for()
    one.page.fill(BOX, "à moitié écr")
    two.ask(SUPPORT)
    expect(one.page.locator(QUESTIONS)).to_have_text([SOLDIERS, SUPPORT])
    one.page.locator(".turn:nth-child(2) .card").first.wait_for()
    assert all(shown == expected for shown, expected in one.slices())
    assert one.page.input_value(BOX) == "à moitié écr"
    one.ask(PIE)
    two.page.locator(".turn:nth-child(3) .not-in-sources").wait_for()
    assert questions(two.page) == [SOLDIERS, SUPPORT, PIE]

    two.page.locator(".conversations [data-do=rename]").first.click()
    two.page.fill(".rename", "Renommée")
    two.page.press(".rename", "Enter")
    expect(one.page.locator(".conversations .open")).to_have_text("Renommée")
    one.page.locator(".turn:nth-child(1) [data-verdict=good]").click()
    good = ".turn:nth-child(1) [data-verdict=good][aria-pressed=true]"
    two.page.locator(good).wait_for()
    (conversation,) = one.page.evaluate(KEPT)
    assert (conversation["title"], len(conversation["turns"])) == ("Renommée", 3)
    assert not one.faults


def test_questions_asked_at_the_same_time_are_both_kept(visit: Visit, shipped: Site) -> None:
    one = visit(shipped)
    one.ask(SOLDIERS)
    two = another(one)
    two.page.locator(".turn .card").first.wait_for()
    for page, question in ((one.page, SUPPORT), (two.page, PIE)):
        page.fill(BOX, question)
        page.press(BOX, "Enter")
    for page in (one.page, two.page):
        expect(page.locator(QUESTIONS)).to_have_text([SOLDIERS, SUPPORT, PIE])
        page.locator(".turn:nth-child(2) .card").first.wait_for()
        page.locator(".turn:nth-child(3) .not-in-sources").wait_for()
    (conversation,) = one.page.evaluate(KEPT)
    assert all(turn["record"] for turn in conversation["turns"])
    assert not one.faults


def test_what_one_window_deletes_is_not_written_again_by_the_other(visit: Visit, shipped: Site) -> None:
    one = visit(shipped)
    one.ask(SOLDIERS)
    two = another(one)
    two.page.locator(".turn .card").first.wait_for()
    one.page.fill(BOX, PIE)
    two.page.locator(".conversations [data-do=delete]").click()
    one.page.locator(".toast", has_text="autre fenêtre").wait_for()
    assert one.page.locator(".turn").count() == 0
    assert one.page.input_value(BOX) == PIE
    one.page.press(BOX, "Enter")
    one.settled(1)
    assert questions(one.page) == [PIE]
    two.page.click(".toast button")  # what was deleted is had back beside it
    titles = one.page.locator(".conversations .open")
    expect(titles).to_have_count(2)
    assert sorted(titles.all_inner_texts()) == sorted([SOLDIERS, PIE])
    assert not one.faults


def cards_of(page: Page) -> list[Any]:
    return list(kept(page)["cards"])


def test_a_dossier_keeps_the_cards_of_both_windows(visit: Visit, shipped: Site) -> None:
    one = visit(shipped)
    one.ask(SUPPORT)
    two = another(one)
    buttons = [visitor.page.locator(".card [data-do=add-card]") for visitor in (one, two)]
    buttons[1].nth(1).wait_for()
    for number, button in enumerate(buttons):  # at once: neither waits for the other
        button.nth(number).click()
    expect(one.page.locator(".masthead .count")).to_have_text("2")
    expect(two.page.locator(".masthead .count")).to_have_text("2")
    assert len(cards_of(one.page)) == 2

    open_dossier(one.page)
    open_dossier(two.page)
    one.page.locator(".dossier-card .note").nth(0).fill("pas encore quitté")
    write(two.page, 1, "tag", "de l’autre fenêtre")
    expect(one.page.locator(".dossier-card .tag").nth(1)).to_have_value("de l’autre fenêtre")
    assert one.page.locator(".dossier-card .note").nth(0).input_value() == "pas encore quitté"
    one.page.keyboard.press("Tab")
    expect(two.page.locator(".dossier-card .note").nth(0)).to_have_value("pas encore quitté")

    one.page.click("[data-do=dossier-new]")
    two.page.locator(".dossier-empty").wait_for()
    two.page.keyboard.press("Escape")
    add_quotes(two.page, 3)
    one.page.locator(".dossier-card").nth(2).wait_for()
    one.page.click(".toast button")  # the old one comes back, and takes nothing of what was added since
    expect(one.page.locator(".masthead .count")).to_have_text("5")
    assert "de l’autre fenêtre" in tags(one.page)
    assert not one.faults


def test_a_training_counts_the_answers_of_both_windows(visit: Visit, shipped: Site) -> None:
    one = visit(shipped)
    two = another(one)
    for page in (one.page, two.page):
        page.click(".views [data-view=drill]")
        page.locator("[data-tool=drill] .go").click()
        page.locator(".drill-question:visible").wait_for()
    for page in (one.page, two.page):
        page.locator(".drill-question:visible [data-do=drill-pass]").click()
    for page in (one.page, two.page):
        page.locator(".drill-grade .verdict").first.wait_for()
    first = [
        page.locator(".drill-question:visible").get_attribute("data-id") for page in (one.page, two.page)
    ]
    cards = one.page.evaluate("JSON.parse(localStorage.getItem('replique.drill')).cards")
    assert set(first) <= set(cards)
    assert sum(card["answers"] for card in cards.values()) == 2
    assert not one.faults
