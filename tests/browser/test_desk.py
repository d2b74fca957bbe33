"""The desk: keyboard, languages, appearance, and what goes wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.helpers.visits import PHONE, SOLDIERS, SUPPORT, Site, Visit, marked

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_the_keyboard_is_enough(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    page.keyboard.type(SOLDIERS)
    page.keyboard.press("Control+Enter")
    visitor.settled(1)
    page.keyboard.press("Shift+Tab")
    for _ in range(20):
        if page.evaluate("document.activeElement.matches('.card [data-do=show]:not(.mark)')"):
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert marked(page)
    assert page.evaluate("document.activeElement.className") == "evidence-body"
    page.keyboard.press("Escape")
    assert not page.locator(".evidence").is_visible()
    assert page.evaluate("document.activeElement.dataset.do") == "show"


def test_the_language_can_be_changed_and_stays(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    page.click("[data-do=language]")
    page.locator("#send", has_text="Ask").wait_for()
    assert page.get_attribute("html", "lang") == "en"
    page.reload()
    page.locator("#send", has_text="Ask").wait_for()
    page.locator(".welcome", has_text="What your documents say").wait_for()
    page.click("[data-do=language]")
    page.locator("#send", has_text="Demander").wait_for()


def test_dark_can_be_chosen_and_stays(visit: Visit, shipped: Site) -> None:
    page = visit(shipped).page

    def lightness() -> int:
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(map(int, re.findall(r"\d+", colour)[:3]))

    assert lightness() > 600
    page.click("[data-do=theme]")
    assert lightness() < 150
    page.reload()
    page.locator(".welcome h2").wait_for()
    assert lightness() < 150


def test_on_a_phone_the_sources_are_a_sheet(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped, **PHONE)
    page = visitor.page
    visitor.ask(SUPPORT)
    assert not page.locator(".evidence").is_visible()
    page.locator(".card [data-do=show]").first.click()
    assert marked(page)
    box = page.locator(".evidence").bounding_box()
    assert box is not None and box["width"] == 390 and box["y"] > 50
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator("[data-do=close]").click()
    assert not page.locator(".evidence").is_visible()
    page.click("[data-do=history]")
    assert page.locator(".conversations li").count() == 1


def test_without_an_index_the_page_says_what_to_do(
    visit: Visit, launch: Callable[..., Site], tmp_path: Path
) -> None:
    site = launch(tmp_path)
    visitor = visit(site)
    assert "replique index" in visitor.page.inner_text(".empty-corpus")
    assert not visitor.faults


def test_a_lost_server_is_said(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    visitor.ask(SOLDIERS)
    context = visitor.page.context
    context.route(re.compile("gradio_api"), lambda route: route.abort())
    visitor.page.locator(".conversations .open").click()
    visitor.page.locator(".turn .failed").wait_for()
    assert "replique serve" in visitor.page.inner_text(".turn .failed")
    context.unroute_all(behavior="wait")
    visitor.page.locator(".turn .failed [data-do=try-server]").click()
    visitor.page.locator(".turn .card").first.wait_for()
    expect(visitor.page.locator(".server-gone")).to_be_hidden()
