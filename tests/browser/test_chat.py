"""Asking: answers that come part by part, asked again, of some sources only, and judged."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from rag.answer.assistant import Assistant
from rag.settings import shipped_corpus
from rag.types import Answer
from rag.upkeep.feedback import read_feedback
from tests.helpers.visits import BOX, PIE, SOLDIERS, SUPPORT, Site, Visit

pytestmark = [pytest.mark.browser, pytest.mark.server]


class Slow(Assistant):
    """Gives its answers with a pause before each part, as a model would."""

    async def astream(self, question: str, **options: Any) -> AsyncIterator[Answer]:
        async for answer in super().astream(question, **options):
            yield answer
            await asyncio.sleep(0.8)


@pytest.fixture(scope="module")
def slow(launch: Callable[..., Site]) -> Site:
    return launch(shipped_corpus(), Slow)


def test_an_answer_comes_part_by_part_and_what_is_shown_stays(visit: Visit, slow: Site) -> None:
    visitor = visit(slow)
    page = visitor.page
    page.fill(BOX, SUPPORT)
    page.press(BOX, "Enter")
    page.locator(".turn .searching").wait_for()  # at once
    page.locator(".card").first.wait_for()
    page.evaluate("document.querySelector('.card').kept = true")
    assert page.locator(".card").count() < 3
    assert page.locator(".transcript").get_attribute("aria-busy") == "true"
    page.locator(".transcript[aria-busy=false]").wait_for(timeout=20_000)
    assert page.locator(".card").count() > 2
    assert page.evaluate("document.querySelector('.card').kept")


def test_an_answer_can_be_stopped(visit: Visit, slow: Site) -> None:
    visitor = visit(slow)
    page = visitor.page
    page.fill(BOX, SUPPORT)
    page.press(BOX, "Enter")
    page.locator(".card").first.wait_for()
    page.click("#stop")
    shown = page.locator(".card").count()
    page.locator("#send").wait_for()
    page.wait_for_timeout(2000)
    assert page.locator(".card").count() == shown
    page.fill(BOX, PIE)
    page.press(BOX, "Enter")
    page.locator(".turn:nth-child(2) .not-in-sources").wait_for()
    page.reload()
    page.locator(".turn:nth-child(2) .not-in-sources").wait_for()
    assert page.locator(".turn:nth-child(1) .stopped").count() == 1


def test_another_conversation_can_be_opened_meanwhile(visit: Visit, slow: Site) -> None:
    visitor = visit(slow)
    page = visitor.page
    page.fill(BOX, SUPPORT)
    page.press(BOX, "Enter")
    page.locator(".card").first.wait_for()
    page.click("[data-do=new]")
    assert page.locator(".turn").count() == 0
    page.wait_for_timeout(2000)
    assert page.locator(".turn").count() == 0
    assert not visitor.faults


def test_questions_are_suggested_that_the_sources_answer(
    visit: Visit, shipped: Site, launch: Callable[..., Site], tmp_path: Path
) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SUPPORT)
    page.locator(".turn .suggestion").first.click()
    visitor.settled(2)
    assert page.locator(".turn:nth-child(2) .card").count() > 0
    assert page.locator(".turn:nth-child(1) .suggestion").count() == 0
    lanes = "La mairie construira 40 kilomètres de pistes cyclables avant 2028. Le centre reste ouvert."
    (tmp_path / "mairie.txt").write_text(lanes, encoding="utf-8")
    other = visit(launch(tmp_path))
    other.page.locator(".welcome .suggestion", has_text="Combien de kilomètres").click()
    other.settled(1)
    assert other.page.locator(".card").count() > 0


def test_a_question_can_be_asked_again_or_changed_in_its_place(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SOLDIERS)
    visitor.ask(PIE)
    page.locator(".turn:nth-child(1) [data-do=edit]").click()
    assert page.input_value(BOX) == SOLDIERS
    page.fill(BOX, SUPPORT)
    page.press(BOX, "Control+Enter")
    visitor.settled(1)
    assert page.locator(".question-text").all_inner_texts() == [SUPPORT, PIE]
    page.locator(".turn:nth-child(2) [data-do=retry]").click()
    visitor.settled(2)
    assert page.locator(".turn").count() == 2
    page.reload()
    page.locator(".not-in-sources").wait_for()
    assert page.locator(".question-text").all_inner_texts() == [SUPPORT, PIE]


def test_only_some_sides_or_sources_can_be_asked(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    page.locator(".sides [data-side=Coalition]").click()
    assert page.inner_text(".scoped bdi") == "Coalition"
    visitor.ask(SOLDIERS)
    shown = page.locator(":is(.quote, .near)").evaluate_all("all => all.map(e => e.dataset.source)")
    assert set(shown) == {"declaration"}
    page.reload()
    page.locator(":is(.quote, .near)").first.wait_for()
    assert page.inner_text(".scoped bdi") == "Coalition"
    page.click("[data-do=scope-all]")
    page.locator(".evidence .icon-button[data-source=commentaire]").click()
    visitor.ask("Pourquoi la France agit-elle ?")
    second = page.locator(".turn:nth-child(2) :is(.quote, .near)")
    assert set(second.evaluate_all("all => all.map(e => e.dataset.source)")) == {"commentaire"}
    page.click("[data-do=new]")
    assert not page.locator(".scoped").is_visible()


def test_thumbs_tell_a_wrong_answer_from_a_quote_beside_the_point(
    visit: Visit, launch: Callable[..., Site]
) -> None:
    site = launch(shipped_corpus())
    visitor = visit(site)
    page = visitor.page
    visitor.ask(SOLDIERS)
    visitor.ask(SUPPORT)
    turn = page.locator(".turn:nth-child(2)")
    beside = turn.locator(".card:has([data-n='2']) [data-verdict=beside]")
    wrong, good = turn.locator("[data-verdict=wrong]"), turn.locator("[data-verdict=good]")
    beside.focus()
    page.keyboard.press("Enter")
    page.locator(".toast[role=status]", has_text="à côté du sujet").wait_for()
    wrong.click()
    page.locator(".toast", has_text="réponse fausse").wait_for()
    good.click()
    page.locator(".toast", has_text="bonne réponse").wait_for()
    page.reload()
    turn.locator(".card").first.wait_for()
    pressed = page.locator("[data-do=judge][aria-pressed=true]")
    assert pressed.evaluate_all("all => all.map(e => e.dataset.verdict)") == ["beside", "good"]
    assert beside.get_attribute("aria-pressed") == "true"
    good.click()
    page.locator(".toast", has_text="retiré").wait_for()
    assert pressed.count() == 1
    kept = [(f.question, f.history, f.verdict, f.about) for f in read_feedback(site.index.store)]
    assert kept == [
        (SUPPORT, (SOLDIERS,), verdict, about)
        for verdict, about in [("beside", 2), ("wrong", None), ("good", None), ("retracted", None)]
    ]
    page.click("[data-do=language]")
    page.locator("[aria-label='The answer is wrong']").first.wait_for()
    assert not visitor.faults
