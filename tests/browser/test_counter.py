"""The view that answers a speech, its timer and the large print, as somebody in the room uses them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from tests.helpers.debates import DECREE, LEAFLET
from tests.helpers.judges import Told, judged_by
from tests.helpers.visits import PHONE, Site, Visit, Visitor, violations

pytestmark = [pytest.mark.browser, pytest.mark.server]

PAID, DENIED = "Les brebis tuées sont payées.", "Aucune brebis tuée l’an dernier n’a été indemnisée."
MISQUOTED = "L’arrêté promet une indemnité « dans un délai de trois ans »."
SPEECH = f"Bonsoir à tous. {PAID} {MISQUOTED} Les tomates poussent bien."
JUDGED: dict[str, Told] = {
    "brebis": {"n’a été indemnisée": ("contradicted", 0.9), "sera indemnisée": ("supported", 0.8)},
    "chiens": {"financera": ("supported", 0.8), "ruine nos": ("contradicted", 0.7)},
}
RESULTS = "[data-tool=counter] .tool-results"


@pytest.fixture(autouse=True)
def judge(monkeypatch: pytest.MonkeyPatch) -> None:
    judged_by(monkeypatch, JUDGED)


@pytest.fixture(scope="module")
def wolves(tmp_path_factory: pytest.TempPathFactory, launch: Callable[[Path], Site]) -> Site:
    folder = tmp_path_factory.mktemp("counter")
    (folder / "arrete.md").write_text(DECREE, encoding="utf-8")
    (folder / "tract.md").write_text(LEAFLET, encoding="utf-8")
    return launch(folder)


def opened(visitor: Visitor) -> Page:
    visitor.page.click(".views [data-view=counter]")
    expect(visitor.page.locator(".clock:visible")).to_have_text("5:00")
    return visitor.page


def answered(page: Page, speech: str, count: int) -> None:
    page.fill("#speech", speech)
    page.click("[data-tool=counter] .tool-send .go")
    expect(page.locator(".spoken:not([aria-busy])")).to_have_count(count)


def tags(page: Page) -> list[str]:
    kept: str | None = page.evaluate("localStorage.getItem('replique.dossier')")
    return [card["tag"].replace("\u00a0", " ") for card in json.loads(kept or '{"cards": []}')["cards"]]


def test_a_pasted_speech_is_answered_and_one_key_makes_a_card(visit: Visit, wolves: Site) -> None:
    visitor = visit(wolves)
    page = opened(visitor)
    answered(page, SPEECH, 4)
    spoken = page.locator(".spoken")
    expect(spoken.nth(0)).to_contain_text("salutation")
    expect(spoken.nth(1).locator(".against .quote-text")).to_have_text(DENIED)
    expect(spoken.nth(2).locator(".verdict")).to_contain_text("Altéré")
    expect(spoken.nth(3)).to_contain_text("Rien n’a été trouvé")
    expect(page.locator(".strongest-list .retort")).to_have_count(2)
    assert all(shown == true for shown, true in visitor.slices(f"{RESULTS} .quote-text"))
    page.focus("#speech")
    page.keyboard.type("1")
    assert tags(page) == [], "what is typed is no key"
    page.keyboard.press("Backspace")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    expect(page.locator(".masthead .count")).to_have_text("1")
    page.keyboard.press("2")
    expect(page.locator(".masthead .count")).to_have_text("2")
    assert tags(page) == [f"Contre : {PAID}", "Cité à tort : dans un délai de trois ans"][::-1]
    expect(spoken.nth(1).locator(".against [data-do=add-card]")).to_have_attribute("data-in", "")
    key = spoken.nth(1).locator("details [data-do=add-card]").get_attribute("data-key")
    page.keyboard.press(str(key))
    expect(page.locator(".masthead .count")).to_have_text("3")
    assert PAID in tags(page), "what bears it out proves it"
    page.locator(".strongest [data-do=show]").first.click()
    page.locator("mark.current").first.wait_for()
    assert (visitor.outside, visitor.faults) == ([], [])


def test_what_is_typed_is_answered_sentence_by_sentence(visit: Visit, wolves: Site) -> None:
    visitor = visit(wolves)
    page = opened(visitor)
    asked: list[str] = []

    def note(sent: Request) -> None:
        if "counter_sentence" in (sent.post_data or ""):
            asked.append(sent.url)

    page.on("request", note)
    page.locator("#speech").press_sequentially(f"{PAID} Les tomates pous")
    heads = page.locator(".spoken:not([aria-busy]) h3")
    expect(heads).to_have_text([PAID])
    page.evaluate("window.kept = document.querySelector('.spoken')")
    page.locator("#speech").press_sequentially("sent bien. Il n’y a pas de chiens.")
    expect(heads).to_have_text([PAID, "Les tomates poussent bien.", "Il n’y a pas de chiens."])
    before = len(asked)
    page.fill("#speech", f"{PAID} Les poireaux poussent bien. Il n’y a pas de chiens.")
    expect(heads).to_have_text([PAID, "Les poireaux poussent bien.", "Il n’y a pas de chiens."])
    assert len(asked) == before + 1, "only what was changed is asked again"
    assert page.evaluate("window.kept === document.querySelector('.spoken')")
    page.fill("#speech", "")
    expect(page.locator(".spoken")).to_have_count(0)
    page.click("[data-tool=counter] .tool-send .go")
    expect(page.locator("[data-tool=counter] .tool-said")).to_contain_text("d’abord quelques phrases")
    page.fill("#speech", "« ! »")
    page.click("[data-tool=counter] .tool-send .go")
    expect(page.locator(f"{RESULTS} .error")).to_contain_text("collez un texte")
    assert visitor.faults == []


def test_only_those_chosen_answer_and_others_can_be_chosen(visit: Visit, wolves: Site) -> None:
    visitor = visit(wolves)
    page = opened(visitor)
    answered(page, PAID, 1)
    expect(page.locator(f"{RESULTS} .against .quote-text")).to_have_text(DENIED)
    page.click("[data-tool=counter] .among summary")
    page.click("[data-tool=counter] .among [data-side=Préfecture]")
    expect(page.locator(f"{RESULTS} details .quote-text")).to_have_count(1)
    expect(page.locator(f"{RESULTS} .against")).to_have_count(0)
    expect(page.locator("[data-tool=counter] .tool-said")).to_contain_text("Parmi : Préfecture")
    assert violations(page) == []
    page.click("[data-tool=counter] .among [data-do=scope-all]")
    expect(page.locator(f"{RESULTS} .against .quote-text")).to_have_text(DENIED)
    assert visitor.faults == []


def test_the_timer_counts_in_every_view_and_warns(visit: Visit, wolves: Site) -> None:
    visitor = visit(wolves, own_clock=True)
    page = visitor.page
    page.clock.install()
    page.reload()
    page.locator(".welcome h2").wait_for()
    opened(visitor)
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 5)
    clock, phase = page.locator(".timer-face .clock"), page.locator(".timer-face .timer-phase")
    page.click(".timer-set summary")
    page.select_option(".timer-format", "british")
    expect(clock).to_have_text("7:00")
    expect(page.locator(".timer-title")).to_have_text("Premier ministre")
    page.click(".timer-buttons [data-do=timer-go]")
    page.clock.fast_forward(30_000)
    expect(phase).to_have_text("Temps protégé : pas de questions.")
    page.click(".views [data-view=verify]")
    page.clock.fast_forward(60_000)
    expect(page.locator(".timer-chip")).to_have_text("5:30")
    page.click(".timer-chip")
    expect(clock).to_have_text("5:30")
    expect(phase).to_have_text("Questions permises.")
    page.clock.fast_forward(280_000)
    expect(clock).to_have_attribute("data-level", "soon")
    expect(phase).to_contain_text("une minute")
    page.clock.fast_forward(62_000)
    expect(clock).to_have_text("+0:12")
    expect(phase).to_have_text("Temps écoulé.")
    page.click(".timer-buttons [data-do=timer-go]")
    page.clock.fast_forward(60_000)
    expect(clock).to_have_text("+0:12")
    page.click("[data-do=timer-next]")
    expect(page.locator(".timer-title")).to_have_text("Chef de l’opposition")
    expect(clock).to_have_text("7:00")
    page.locator(".timer-preparation button").click()
    page.clock.fast_forward(60_000)
    expect(page.locator(".timer-preparation button")).to_have_text("Avant le débat 14:00")
    expect(clock).to_have_text("7:00")
    page.locator(".timer-preparation button").click()
    page.fill(".timer-minutes", "4.5")
    page.press(".timer-minutes", "Tab")
    expect(clock).to_have_text("4:30")
    page.clock.resume()
    page.reload()
    page.locator(".timer-face").wait_for()
    page.click(".views [data-view=counter]")
    expect(clock).to_have_text("4:30")
    expect(page.locator(".timer-title")).to_have_text("Chef de l’opposition")
    assert visitor.faults == []


def test_cards_are_read_in_large_print_by_keys(visit: Visit, wolves: Site) -> None:
    visitor = visit(wolves)
    page = opened(visitor)
    page.click("[data-do=large-dossier]")
    expect(page.locator(".toast")).to_contain_text("pas encore de carte")
    answered(page, f"{PAID} {MISQUOTED}", 2)
    expect(page.locator(".timer-reading")).to_have_text("Dossier : aucune carte à lire.")
    page.locator(".spoken details summary").click()
    page.locator(".spoken details [data-do=add-card]").click()
    page.locator(".strongest [data-do=add-card]").first.click()
    expect(page.locator(".timer-reading")).to_contain_text("cartes à lire : 2")
    page.click("[data-do=large-chosen]")
    dialog = page.locator("dialog.large")
    expect(dialog.locator(".large-place")).to_have_text("Carte 1 sur 1")  # what bears it out is no reply
    page.keyboard.press("Escape")
    page.click("[data-do=large-dossier]")
    expect(dialog.locator(".large-place")).to_have_text("Carte 1 sur 2")
    first = visitor.slices(".large-quote p")
    assert first[0][0] == first[0][1]
    assert dialog.locator(".large-quote").evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 48
    expect(dialog.locator(".clock")).to_have_text("5:00")
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    before = dialog.evaluate(size)
    page.keyboard.press("+")
    assert dialog.evaluate(size) > before
    page.keyboard.press("-")
    page.keyboard.press("ArrowRight")
    expect(dialog.locator(".large-place")).to_have_text("Carte 2 sur 2")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press(" ")
    expect(dialog.locator(".large-place")).to_have_text("Carte 2 sur 2")
    assert violations(page) == [], "large print"
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("[data-do=large-dossier]")).to_be_focused()
    expect(page.locator(".timer-reading")).to_contain_text("cartes à lire : 1"), "one is read"
    assert visitor.faults == []


@pytest.mark.parametrize("size", [{}, PHONE], ids=["laptop", "phone"])
def test_no_serious_violation(visit: Visit, wolves: Site, size: dict[str, Any]) -> None:
    visitor = visit(wolves, **size)
    page = opened(visitor)
    page.click(".timer-set summary")
    assert violations(page) == [], "before the first sentence"
    answered(page, SPEECH, 4)
    page.locator(".spoken details summary").click()
    assert violations(page) == [], "a speech that is answered"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert visitor.faults == []
