"""axe-core finds nothing serious, in any state of the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rag.ui.footer import VIEWS as MORE
from rag.ui.masthead import VIEWS
from tests.helpers.visits import PHONE, PIE, SUPPORT, Site, Visitor, violations

pytestmark = [pytest.mark.browser, pytest.mark.server]

LAPTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
SHOWN = {view: f"[data-tool={view}]" for view in VIEWS} | {"corpus": ".corpus-panel", "evaluation": ".report"}


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_no_serious_violation(visit: Callable[..., Visitor], shipped: Site, size: dict[str, Any]) -> None:
    visitor = visit(shipped, **size)
    page = visitor.page
    assert violations(page) == [], "first visit"
    visitor.ask(SUPPORT)
    assert violations(page) == [], "an answer"
    page.locator(".card [data-do=show]").first.click()
    page.locator("mark.current").first.wait_for()
    assert violations(page) == [], "a quote in its source"
    page.keyboard.press("Escape")
    visitor.ask(PIE)
    visitor.ask("???")
    assert violations(page) == [], "silence and an error"
    if not page.locator(".history").is_visible():
        page.click("[data-do=history]")
    page.locator(".conversations [data-do=rename]").first.click()
    assert violations(page) == [], "renaming a conversation"
    page.keyboard.press("Escape")
    page.locator(".conversations [data-do=delete]").first.click()
    assert violations(page) == [], "a conversation deleted"
    page.keyboard.press("Escape")
    for view in (*VIEWS[1:], *MORE):
        page.click(f"a[data-view={view}]")
        page.locator(f"{SHOWN[view]} h2").first.wait_for()
        assert violations(page) == [], view
