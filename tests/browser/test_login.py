"""The page behind a password."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.helpers.servers import served
from tests.helpers.visits import BOX

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.fixture
def url(shipped_store: Path) -> Iterator[str]:
    yield from served(shipped_store, auth="anne:mot de passe é")


def test_who_gives_the_password_can_ask(browser: Browser, url: str) -> None:
    with browser.new_context(locale="fr-FR") as context:
        context.set_default_timeout(20_000)
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(url)
        user, password = page.locator("input").first, page.locator("input[type=password]")
        user.fill("anne")
        password.fill("mot de passe é")
        password.press("Enter")
        page.locator(".welcome h2").wait_for()
        page.fill(BOX, "Combien de soldats compterait l’armée ukrainienne ?")
        page.press(BOX, "Enter")
        page.locator(".card .quote-text", has_text="800 000 soldats").first.wait_for()
        page.locator(".source-text mark.current").first.wait_for()
        context.clear_cookies()  # as after the server was started again
        page.fill(BOX, "Et les troupes françaises ?")
        page.press(BOX, "Enter")
        page.locator(".server-gone", has_text="demande à nouveau le mot de passe").wait_for()
        page.locator(".turn:nth-child(2) .failed").wait_for()
        page.locator(".server-gone [data-do=reload]").click()
        page.locator("input[type=password]").wait_for()
        assert not faults
