"""Training, as somebody who prepares a debate does it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.helpers.visits import PHONE, Site, Visit, violations

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_a_session_from_the_first_question_to_the_score(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    page.click(".views [data-view=drill]")
    page.get_by_label("Nombre de questions").select_option("5")
    page.get_by_role("button", name="Commencer").click()
    article = page.locator(".drill-question:visible")
    expect(article).to_have_count(1)
    first = article.get_attribute("data-id")
    for number in range(1, 6):
        expect(article.locator(".drill-progress")).to_contain_text(f"Question {number} sur")
        if number == 1:
            article.get_by_label("Votre réponse").fill("une lune verte et trois poissons rouges")
            article.get_by_label("Votre réponse").press("Control+Enter")
        else:
            article.get_by_role("button", name="Je ne sais pas").click()
        expect(article.locator(".verdict").first).to_be_focused()
        slices = visitor.slices(".drill-question:visible .quote-text")
        assert slices and all(shown == true for shown, true in slices)
        if number > 1:
            article.get_by_role("button", name="J’avais bon").click()
        else:
            article.get_by_role("button", name="Continuer").click()
    expect(article).to_have_attribute("data-id", first or "")  # what was missed, once more
    expect(article.locator(".drill-progress")).to_have_text("Question 6 sur 6")
    article.get_by_role("button", name="Je ne sais pas").click()
    article.get_by_role("button", name="Continuer").click()
    expect(page.locator(".drill-score")).to_contain_text("4 sur 5 (80")
    expect(page.locator(".drill-score")).to_be_focused()
    page.reload()
    page.get_by_role("button", name="Commencer").click()
    expect(page.locator(".tool-said:visible")).to_contain_text("dont 5 déjà")
    assert visitor.outside == []
    assert visitor.faults == []


@pytest.mark.parametrize("size", [{}, PHONE], ids=["laptop", "phone"])
def test_no_serious_violation(visit: Visit, shipped: Site, size: dict[str, Any]) -> None:
    page = visit(shipped, **size).page
    page.click(".views [data-view=drill]")
    assert violations(page) == [], "before a session"
    page.get_by_role("button", name="Commencer").click()
    article = page.locator(".drill-question:visible")
    article.wait_for()
    assert violations(page) == [], "a question"
    article.get_by_label("Votre réponse").fill("la paix, « dit » la Coalition")
    article.get_by_role("button", name="Répondre").click()
    article.locator(".graded").wait_for()
    assert violations(page) == [], "a grade"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
