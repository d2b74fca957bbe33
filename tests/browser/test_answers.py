"""Answers of several sides: face to face from there, the same words elsewhere, and words quoted twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.helpers.visits import PHONE, Site, Visit, marked, violations

pytestmark = [pytest.mark.browser, pytest.mark.server]

TOWN = """---
title: Communiqué de la mairie
side: Mairie
---
La mairie construira 40 kilomètres de pistes cyclables avant 2028. Le centre restera ouvert aux voitures.
La limitation à 30 km/h sera étendue à toute la ville.

Le coût du plan s’élève à 12 millions d’euros, dont un tiers est payé par la région.
"""
SHOPS = """---
title: Tract des commerçants
side: Commerçants
---
La limitation à 30 km/h sera étendue à toute la ville. Les commerçants n’ont pas été consultés sur les pistes
cyclables. Le plan ne sera pas financé par la région.
"""
COMPARE = "Compare les positions sur les pistes cyclables"
LIMIT = "À quoi sera étendue la limitation à 30 km/h ?"
TWO = "Combien coûte le plan et qui paie un tiers du coût du plan ?"
MOTION = "les pistes cyclables"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, launch: Callable[[Path], Site]) -> Site:
    folder = tmp_path_factory.mktemp("town")
    (folder / "mairie.md").write_text(TOWN, encoding="utf-8")
    (folder / "tract.md").write_text(SHOPS, encoding="utf-8")
    return launch(folder)


def test_the_sides_are_put_face_to_face_from_an_answer_new_or_kept(visit: Visit, town: Site) -> None:
    visitor = visit(town)
    page = visitor.page
    visitor.ask(COMPARE)
    headings = page.locator(".side-heading")
    assert headings.count() == len(set(headings.all_inner_texts())) == 2
    for _ in range(2):
        page.locator("[data-do=open-face]").focus()
        page.keyboard.press("Enter")
        page.locator("[data-tool=face] .point").first.wait_for()
        expect(page.locator(".views [data-view=face]")).to_have_attribute("aria-current", "page")
        assert page.input_value("#motion") == MOTION
        page.reload()  # into the same view
        page.locator("[data-tool=face] .point").first.wait_for()
        page.click(".views [data-view=chat]")
        page.locator(".turn .card").first.wait_for()
    assert visitor.faults == []


def test_the_same_words_are_shown_in_the_other_source(visit: Visit, town: Site) -> None:
    visitor = visit(town)
    page = visitor.page
    visitor.ask(LIMIT)
    card = page.locator(".card:has(.also)")
    expect(card.locator(".chip")).to_have_count(2)
    expect(page.get_by_text("Les mêmes mots se lisent dans")).to_have_count(1)
    place = card.locator(".also .place")
    words, other = card.locator(".quote-text").inner_text(), place.get_attribute("data-title")
    place.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".source-tabs [aria-current]")).to_have_text(str(other))
    assert marked(page) == words
    page.keyboard.press("Escape")
    expect(place).to_be_focused()
    card.locator("[data-do=show].act").click()
    expect(page.locator(".source-tabs [aria-current]")).not_to_have_text(str(other))
    assert marked(page) == words
    assert visitor.faults == []


def test_words_quoted_for_two_questions_are_shown_for_each(visit: Visit, town: Site) -> None:
    visitor = visit(town)
    page = visitor.page
    visitor.ask(TWO)
    assert page.locator(".part-heading").all_inner_texts() == [
        "Combien coûte le plan\u00a0?",
        "Qui paie un tiers du coût du plan ?",
    ]
    cost = page.locator(".card", has_text="12 millions")
    expect(cost).to_have_count(2)
    for number in range(2):
        cost.nth(number).locator("[data-do=show].act").click()
        expect(page.locator(".position")).to_contain_text(
            str(cost.nth(number).locator(".quote").get_attribute("data-n"))
        )
        assert marked(page) == cost.nth(number).locator(".quote-text").inner_text()
    assert visitor.faults == []


def test_no_serious_violation_on_a_phone(visit: Visit, town: Site) -> None:
    visitor = visit(town, **PHONE)
    for question in (COMPARE, LIMIT, TWO):
        visitor.ask(question)
    assert violations(visitor.page) == []
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
