"""The masthead holds what is there, however long its names are and however many."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rag.ui.masthead import VIEWS
from tests.helpers.visits import Site, Visit, violations

pytestmark = [pytest.mark.browser, pytest.mark.server]

SIDES = [
    "Confédération des petites entreprises",
    "Union des riverains du centre historique",
    "Association des cyclistes urbains",
    "Chambre de commerce et d’industrie",
    "Collectif des parents d’élèves",
    "Mairie de Saint-Étienne-du-Rouvray",
]


def write(corpus: Path, sides: list[str]) -> None:
    for number, side in enumerate(sides):
        text = f"---\nside: {side}\n---\nLa rue numéro {number} sera fermée aux voitures le lundi {number}.\n"
        (corpus / f"lettre-{number:02}.md").write_text(text, encoding="utf-8")


def test_many_sides_with_long_names_push_nothing_out(
    visit: Visit, launch: Callable[..., Site], tmp_path: Path
) -> None:
    write(tmp_path, SIDES + [f"{side} bis" for side in SIDES])
    page = visit(launch(tmp_path)).page
    page.locator(".corpus .side-name").first.wait_for()
    assert page.locator(".corpus .side-name").count() == 6
    assert page.locator(".more-sides").inner_text() == "et 6 autres côtés"
    right = 0.0
    for part in [
        *page.locator(".corpus .side-name, .tools > :not([hidden])").all(),
        *page.locator(".views a").all(),
    ]:
        box = part.bounding_box()
        assert box is not None and box["width"] > 20 and box["x"] + box["width"] <= 1280
        if part.evaluate("e => e.matches('.side-name, .tools > *')"):
            assert box["x"] >= right, "they overlap"
            right = box["x"] + box["width"]
    heights = page.eval_on_selector_all(".views a", "all => new Set(all.map(e => e.offsetTop)).size")
    assert heights == 1
    assert page.locator(".views a").count() == len(VIEWS)
    first = page.locator(".corpus .side-name").first
    assert any(side in str(first.get_attribute("title")) for side in SIDES)
    page.locator(".corpus [popovertarget]").press("Enter")
    page.locator("#all-sides").wait_for()
    assert page.locator("#all-sides li").count() == 12
    assert page.locator("#all-sides li").evaluate_all("all => all.every(e => e.scrollWidth <= e.clientWidth)")
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert not page.locator("#all-sides").is_visible()
    page.set_viewport_size({"width": 900, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_how_it_works_is_told(visit: Visit, shipped: Site) -> None:
    page = visit(shipped).page
    page.get_by_role("button", name="Comment ça marche ?").press("Enter")
    page.locator("#how-it-works").wait_for()
    assert violations(page) == []
    page.locator("#how-it-works .icon-button").click()
    assert not page.locator("#how-it-works").is_visible()
