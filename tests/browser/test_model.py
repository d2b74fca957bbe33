"""The page with a language model: who writes can be chosen, what it writes is marked as its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rag.llm.assistant import GroundedAssistant
from rag.llm.endpoint import Endpoint
from rag.settings import shipped_corpus
from rag.store.index import Index
from tests.helpers.scripted_endpoint import Handler, Scripted, running, says
from tests.helpers.visits import BOX, SOLDIERS, Site, Visit, violations

pytestmark = [pytest.mark.browser, pytest.mark.server]

WRITTEN = (
    "Selon le Commentaire, la paix serait accompagnée d’une force ukrainienne de 800 000 soldats [S1]. "
    "Elle compterait 900 000 chars [S1]."
)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Scripted]:
    with running() as server:
        yield server


@pytest.fixture(scope="module")
def site(launch: Callable[..., Site], endpoint: Scripted) -> Site:
    def grounded(index: Index) -> GroundedAssistant:
        settings = index.settings.model_copy(update={"llm_url": endpoint.url, "llm_model": "scripted"})
        return GroundedAssistant(index, Endpoint(settings))

    return launch(shipped_corpus(), grounded)


def waiting(handler: Handler, body: dict[str, Any]) -> None:
    handler.open_stream()
    for _ in range(500):  # much longer than the test takes on a busy machine
        handler.piece("")
        time.sleep(0.1)


def test_what_the_model_writes_is_said_to_be_its_own_and_unsupported_sentences_stand_apart(
    visit: Visit, site: Site, endpoint: Scripted
) -> None:
    endpoint.script = says(WRITTEN)
    visitor = visit(site)
    visitor.ask(SOLDIERS)
    page = visitor.page
    assert page.inner_text(".written").startswith("Rédigé par un modèle")
    prose = page.locator(".prose")
    assert "800 000 soldats" in prose.nth(0).inner_text()
    assert prose.nth(0).get_attribute("class") == "prose"
    assert "unsupported" in (prose.nth(1).get_attribute("class") or "")
    assert "900\u202f000" in prose.nth(1).inner_text()  # why, in numbers as they are written
    read, claimed = zip(*visitor.slices(), strict=True)
    assert read == claimed
    assert not violations(page)
    assert not visitor.faults


def test_quotes_alone_can_be_chosen_and_the_choice_stays(
    visit: Visit, site: Site, endpoint: Scripted
) -> None:
    endpoint.script = says(WRITTEN)
    visitor = visit(site)
    page = visitor.page
    page.get_by_role("radio", name="Rédigées par le modèle").focus()
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("radio", name="Citations seules").is_checked()
    asked = len(endpoint.asked)
    visitor.ask(SOLDIERS)
    assert page.locator(".written").count() == 0
    assert len(endpoint.asked) == asked
    page.reload()
    page.locator(".turn .card").first.wait_for()
    assert page.get_by_role("radio", name="Citations seules").is_checked()
    page.get_by_role("radio", name="Rédigées par le modèle").check()
    page.locator("[data-do=retry]").click()
    page.locator(".written").wait_for()
    assert len(endpoint.asked) == asked + 1


def test_a_slow_model_is_waited_for_and_can_be_stopped(visit: Visit, site: Site, endpoint: Scripted) -> None:
    endpoint.script = waiting
    endpoint.left.clear()
    asked = len(endpoint.asked)
    visitor = visit(site, own_clock=True)
    page = visitor.page
    page.clock.install()
    page.fill(BOX, SOLDIERS)
    page.press(BOX, "Enter")
    page.locator(".searching", has_text="rédaction par le modèle").wait_for()
    for _ in range(200):  # else there is no request yet that could be ended
        if len(endpoint.asked) > asked:
            break
        page.wait_for_timeout(50)
    page.clock.fast_forward(30_000)  # longer than a server that does not answer is waited for
    assert page.locator(".failed").count() == 0
    page.locator("#stop").click()
    page.locator(".stopped").wait_for()
    assert page.locator(".searching").count() == 0
    assert endpoint.left.wait(30), "the request to the endpoint goes on"


def test_a_quote_in_another_language_is_translated_when_asked(
    visit: Visit, site: Site, endpoint: Scripted
) -> None:
    visitor = visit(site, locale="en-GB")
    page = visitor.page
    page.get_by_role("radio", name="Quotes alone").check()
    visitor.ask(SOLDIERS)
    endpoint.script = says("The peace would come with a force of 800,000 soldiers.")
    figure = page.locator(".turn .card").first
    before = figure.locator(".quote").inner_html()
    figure.get_by_role("button", name="Translate").press("Enter")
    translation = figure.locator(".translation")
    translation.wait_for()
    assert "language model: not to be quoted" in translation.inner_text()
    assert "800,000 soldiers" in translation.inner_text()
    assert page.evaluate("document.activeElement.className") == "translation"
    assert figure.locator("[data-do=translate]").count() == 0
    assert figure.locator(".quote").inner_html() == before
    assert all(shown == expected for shown, expected in visitor.slices())
    styles = [
        figure.locator(part).evaluate("e => getComputedStyle(e).fontFamily")
        for part in (".quote-text", ".translated")
    ]
    assert styles[0] != styles[1]
    assert not violations(page)
    french = visit(site)
    french.page.get_by_role("radio", name="Citations seules").check()
    french.ask(SOLDIERS)
    assert french.page.locator("[data-do=translate]").count() == 0  # in the page's language already


def test_without_a_model_there_is_nothing_to_choose(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped, locale="en-GB")
    visitor.ask(SOLDIERS)
    assert visitor.page.locator(".who-writes, [data-do=translate]").count() == 0
