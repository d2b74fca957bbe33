"""A dossier stays: in the browser, in a file, and marked where its sources changed."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from rag.dossier.cards import make_card
from rag.dossier.file import from_json, to_json
from rag.dossier.types import Dossier
from rag.store.index import Index
from rag.store.synchronise import sync
from tests.helpers.dossier_column import HOSTILE, add_quotes, content, exported, kept, open_dossier, tags
from tests.helpers.visits import SUPPORT, Site, Visit, violations

pytestmark = [pytest.mark.browser, pytest.mark.server]

BRIDGE = "Le pont de la Loire sera fermé aux camions dès lundi matin.\n"


def made(index: Index, *tagged: str) -> dict[str, Any]:
    """A dossier of one passage of the shipped declaration a tag."""
    generation = index.snapshot()
    cards = [make_card(generation, "declaration", 10 * n, 10 * n + 60, tag) for n, tag in enumerate(tagged)]
    return to_json(Dossier("Essai", tuple(cards)))


def choose_file(page: Page, name: str, text: str) -> None:
    file = {"name": name, "mimeType": "application/json", "buffer": text.encode()}
    page.set_input_files(".dossier-file", [file])


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


def test_a_title_that_is_being_written_stays_when_the_dossier_is_shown_anew(
    visit: Visit, shipped: Site
) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SUPPORT)
    add_quotes(page, 1)
    open_dossier(page)
    page.locator(".dossier-card").first.wait_for()
    page.locator(".dossier-title").press_sequentially("Mon dossier")
    page.evaluate("document.querySelectorAll('.card [data-do=add-card]')[1].click()")
    page.locator(".dossier-card").nth(1).wait_for()
    assert page.input_value(".dossier-title") == "Mon dossier"
    page.keyboard.press("Tab")
    page.wait_for_function("localStorage.getItem('replique.dossier').includes('Mon dossier')")


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
