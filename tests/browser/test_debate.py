"""The views of the debate tools, as somebody who prepares a debate uses them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.judges import Told, judged_by
from tests.helpers.visits import PHONE, Site, Visit, Visitor, in_view, marked, violations

pytestmark = [pytest.mark.browser, pytest.mark.server]

DECREE = """---
title: Arrêté sur le loup
side: Préfecture
---
Le loup est une espèce protégée.
Les tirs de défense peuvent être autorisés lorsque 12 attaques ont été constatées.

Sont interdits, sauf urgence :
- le piégeage des louves avec leurs petits ;
- l’usage de produits toxiques près des bergeries.
"""
LEAFLET = """---
title: Tract des bergers
side: Bergers
---
Le loup n’est pas une espèce fragile et ruine nos alpages.
On nous parle de « tirs de défense », mais aucun n’a
été autorisé. Le tourisme menace la transhumance.
"""
TRUE = "Les tirs de défense peuvent être autorisés lorsque 12 attaques ont été constatées"
CLAIM = "Le piégeage des louves est permis."
MOTION = "Faut-il protéger le loup ?"
JUDGED: dict[str, Told] = {
    "protéger le loup": {
        "espèce protégée": ("supported", 0.9),
        "ruine nos alpages": ("contradicted", 0.9),
        "aucun n’a": ("weakened", 0.8),
    },
    "transhumance": {"tourisme": ("supported", 0.9)},
    "piégeage": {"piégeage": ("contradicted", 0.9), "ruine nos": ("supported", 0.8)},
    "alpages": {"ruine nos": ("supported", 0.8), "espèce protégée": ("supported", 0.7)},
}


@pytest.fixture(autouse=True)
def judge(monkeypatch: pytest.MonkeyPatch) -> None:
    judged_by(monkeypatch, JUDGED)


@pytest.fixture(scope="module")
def wolves(tmp_path_factory: pytest.TempPathFactory, launch: Callable[[Path], Site]) -> Site:
    folder = tmp_path_factory.mktemp("wolves")
    (folder / "arrete.md").write_text(DECREE, encoding="utf-8")
    (folder / "tract.md").write_text(LEAFLET, encoding="utf-8")
    return launch(folder)


def open_view(visitor: Visitor, name: str) -> Page:
    visitor.page.click(f".views [data-view={name}]")
    visitor.page.locator(f"[data-tool={name}]").wait_for()
    return visitor.page


def check(visitor: Visitor, text: str) -> Page:
    page = open_view(visitor, "verify")
    page.fill("#claimed", text)
    page.press("#claimed", "Control+Enter")
    page.locator("[data-tool=verify] .tool-results[aria-busy=false] > *").first.wait_for()
    return page


def rebut(visitor: Visitor, claim: str, side: str) -> Page:
    page = open_view(visitor, "rebut")
    page.fill("#claim", claim)
    page.get_by_label("Qui le dit").select_option(label=side)
    page.locator("[data-tool=rebut] .go").click()
    page.locator("[data-tool=rebut] .bearing").first.wait_for()
    return page


def test_a_true_quote_is_exact_and_shown_in_its_source(visit: Visit, wolves: Site) -> None:
    visitor = visit(wolves)
    page = check(visitor, f"“{TRUE}.”")
    expect(page.locator(".check .verdict")).to_contain_text("Exact")
    expect(page.locator(".tool-said:visible")).to_contain_text("exact (1)")
    assert page.locator(".check :is(ins, del)").count() == 0
    ((shown, true),) = visitor.slices(".check .quote-text")
    assert shown == true == f"{TRUE}."
    page.locator(".check [data-do=show]").click()
    assert marked(page) == true
    assert in_view(page.locator("mark.current"), page.locator(".evidence-body"))
    page.keyboard.press("Escape")
    expect(page.locator(".check [data-do=show]")).to_be_focused()
    assert visitor.outside == []
    assert visitor.faults == []


def test_an_altered_number_is_shown_beside_the_true_one(visit: Visit, wolves: Site) -> None:
    visitor = visit(wolves)
    page = check(visitor, TRUE.replace("12", "2").replace("peuvent être", "seront"))
    expect(page.locator(".check .verdict")).to_contain_text("Altéré")
    bare = "all => all.map(e => [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join(''))"
    assert page.locator(".check del").evaluate_all(bare) == ["seront", "2"]
    assert page.locator(".check ins").evaluate_all(bare) == ["peuvent être", "12"]
    expect(page.locator(".effects")).to_contain_text("« 2 » au lieu de « 12 »")
    assert [shown for shown, _ in visitor.slices(".check .quote-text")] == [TRUE]
    assert visitor.faults == []


def test_the_example_suits_the_corpus(visit: Visit, wolves: Site) -> None:
    page = open_view(visit(wolves), "verify")
    page.locator("[data-tool=verify] .suggestion").click()
    expect(page.locator(".check .verdict")).to_contain_text("Altéré")
    assert page.input_value("#claimed").startswith("Les tirs de défense")


def test_each_quote_of_a_speech_is_checked(visit: Visit, wolves: Site) -> None:
    visitor = visit(wolves)
    page = open_view(visitor, "verify")
    page.get_by_label("ce qu’un discours met").check()
    page.get_by_label("Attribué").fill("Bergers")
    page.fill("#claimed", "Ils disent « Le loup est une espèce protégée » et « le loup dort le jour ».")
    page.locator("[data-tool=verify] .go").click()
    expect(page.locator(".check .verdict")).to_have_count(2)
    expect(page.locator(".check .verdict").first).to_contain_text("Mal attribué")
    expect(page.locator(".check .verdict").last).to_contain_text("Absent")
    assert page.locator(".check").last.locator(".quote").count() == 0, "what is near is not a quote"


def test_the_sides_stand_face_to_face(visit: Visit, wolves: Site) -> None:
    visitor = visit(wolves)
    page = open_view(visitor, "face")
    page.fill("#motion", MOTION)
    page.press("#motion", "Enter")
    expect(page.locator(".point h3")).to_have_text("Il faut protéger le loup")
    cells = page.locator(".point .cell")
    assert cells.locator("h4 .chip").all_inner_texts() == ["Bergers", "Préfecture"]
    assert cells.locator(".stance").all_inner_texts() == ["contre", "pour"]
    assert cells.locator(".relation strong").all_inner_texts() == [
        "Dit le contraire", "L’affaiblit ou y met une condition", "L’appuie",
    ]  # fmt: skip
    expect(page.locator(".echoes")).to_have_count(0)
    left, right = cells.first.bounding_box(), cells.last.bounding_box()
    assert left and right and left["y"] == right["y"] and left["x"] + left["width"] <= right["x"]
    page.get_by_label("Chercher aussi").check()
    page.fill("#motion", "La transhumance est menacée")
    page.press("#motion", "Enter")
    expect(page.locator(".echoes .verdict")).to_contain_text("Exact")
    expect(page.locator(".point .silence")).to_have_text("N’en dit rien.")
    slices = visitor.slices("[data-tool=face] .quote-text")
    assert len(slices) > 2 and all(shown == true for shown, true in slices)
    page.locator("[data-tool=face] [data-do=show]").last.evaluate("e => e.scrollIntoView()")
    top = page.locator(".masthead").bounding_box()
    assert top and top["y"] == 0, "the view scrolls, not the page"
    page.locator(".cell [data-do=show]").first.click()
    assert marked(page) == slices[0][0]
    assert visitor.faults == []


def test_a_rebuttal_shows_what_a_quote_leaves_out(visit: Visit, wolves: Site) -> None:
    visitor = visit(wolves)
    page = open_view(visitor, "rebut")
    page.fill("#claim", CLAIM)
    page.locator("[data-tool=rebut] .go").click()
    assert page.locator(".bearing").count() == 0, "whose claim it is has to be said"
    rebut(visitor, CLAIM, "Bergers")
    card = page.locator(".against .card", has_text="le piégeage des louves")
    expect(card.locator(".warning")).to_contain_text("sauf")
    expect(page.locator(".whose")).to_have_text("Argument du côté Bergers")
    page.get_by_label("Qui le dit").select_option(label="Je ne sais pas (à juger)")
    page.locator("[data-tool=rebut] .go").click()
    expect(page.locator(".whose")).to_contain_text("Jugé d’après les sources")
    expect(page.locator(".borne_out .card")).to_have_count(1)
    assert all(shown == true for shown, true in visitor.slices("[data-tool=rebut] .quote-text"))
    assert visitor.faults == []


def test_where_several_may_hold_a_claim_one_is_chosen(visit: Visit, wolves: Site) -> None:
    visitor = visit(wolves)
    page = rebut(visitor, "Le loup ruine nos alpages.", "Je ne sais pas (à juger)")
    expect(page.locator(".whose")).to_contain_text("Plusieurs côtés")
    buttons = page.locator("[data-tool=rebut] .tool-results .suggestion")
    assert buttons.all_inner_texts() == ["Bergers", "Préfecture"]
    buttons.last.click()
    expect(page.locator(".whose")).to_have_text("Argument du côté Préfecture")
    expect(page.get_by_label("Qui le dit")).to_have_value("=Préfecture")
    assert page.input_value("#claim") == "Le loup ruine nos alpages."
    assert visitor.faults == []


def test_what_is_wrong_is_said(visit: Visit, tmp_path: Path, launch: Callable[[Path], Site]) -> None:
    (tmp_path / "seul.txt").write_text(
        "Le moulin tourne au vent du nord depuis longtemps.\n", encoding="utf-8"
    )
    visitor = visit(launch(tmp_path))
    page = open_view(visitor, "face")
    page.locator("[data-tool=face] .go").click()
    expect(page.locator("[data-tool=face] .error")).to_contain_text("moins de deux côtés")
    page = check(visitor, "« ! »")
    expect(page.locator("[data-tool=verify] .error")).to_contain_text("rien à vérifier")


@pytest.mark.parametrize("width", [320, 390, 900, 1280])
def test_every_view_can_be_reached(visit: Visit, wolves: Site, width: int) -> None:
    page = visit(wolves, viewport={"width": width, "height": 800}).page
    views = page.locator(".views button")
    for number in range(views.count()):
        views.nth(number).focus()
        page.keyboard.press("Enter")
        expect(views.nth(number)).to_have_attribute("aria-pressed", "true")
        inner, outer = views.nth(number).bounding_box(), page.locator(".views").bounding_box()
        assert inner and outer
        assert outer["x"] <= inner["x"] and inner["x"] + inner["width"] <= outer["x"] + outer["width"]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", [{}, PHONE], ids=["laptop", "phone"])
def test_no_serious_violation(visit: Visit, wolves: Site, size: dict[str, Any]) -> None:
    visitor = visit(wolves, **size)
    page = open_view(visitor, "verify")
    page.locator("[data-tool=verify] .suggestion").wait_for()
    assert violations(page) == [], "before the first check"
    check(visitor, f"{TRUE.replace('12', '2')} […] protégée")
    assert violations(page) == [], "a check"
    open_view(visitor, "face")
    page.get_by_label("Chercher aussi").check()
    page.fill("#motion", MOTION)
    page.press("#motion", "Enter")
    page.locator(".echoes").wait_for()
    assert violations(page) == [], "the sides face to face"
    if size:
        cells = page.locator(".point .facing").first.locator(".cell")
        first, second = cells.first.bounding_box(), cells.last.bounding_box()
        assert first and second and first["y"] + first["height"] <= second["y"], "one below the other"
    rebut(visitor, CLAIM, "Bergers")
    assert violations(page) == [], "a rebuttal"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
