"""Using the column of the dossier: cards added, written on, read back, exported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Download, Page

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
