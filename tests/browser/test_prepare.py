"""The brief on the page: made, looked through, changed, taken along."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rag.api.briefs import Briefs
from rag.api.tools import Tools
from rag.brief import Brief, Position
from rag.debate.face_to_face import Cell, Face, Point
from rag.types import Language, Progress
from tests.helpers.briefs import brief_of
from tests.helpers.debates import DECREE, LEAFLET
from tests.helpers.visits import PHONE, Site, Visit, in_view, violations

pytestmark = [pytest.mark.browser, pytest.mark.server]

TOOL = "[data-tool=prepare]"
MOTION = "Faut-il protéger le loup ?"


@pytest.fixture(scope="module")
def wolves(tmp_path_factory: pytest.TempPathFactory, launch: Callable[[Path], Site]) -> Site:
    folder = tmp_path_factory.mktemp("wolves")
    (folder / "arrete.md").write_text(DECREE, encoding="utf-8")
    (folder / "tract.md").write_text(LEAFLET, encoding="utf-8")
    described = f"motion: {MOTION}\nsides:\n  Préfecture: blue\n  Bergers: red\n"
    (folder / "debate.yaml").write_text(described, encoding="utf-8")
    return launch(folder)


@pytest.fixture(autouse=True)
def engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A brief with something in each part, at once."""

    def brief(self: Briefs, motion: str, *_: object) -> Brief:
        return brief_of(self._index, motion)

    monkeypatch.setattr(Briefs, "make", brief)


def prepared(page: Page) -> None:
    page.click(".views [data-view=prepare]")
    expect(page.locator("#brief-motion")).to_have_value(MOTION)
    page.press("#brief-motion", "Enter")
    page.locator(f"{TOOL} .brief").wait_for()


def headings(page: Page) -> list[str]:
    return page.locator(".brief-argument h5 bdi").all_inner_texts()


def test_a_brief_is_looked_through_by_keyboard_and_each_quote_is_a_slice(visit: Visit, wolves: Site) -> None:
    visitor = visit(wolves)
    page = visitor.page
    prepared(page)
    expect(page.locator(".brief-title")).to_be_focused()
    assert all(shown == there for shown, there in visitor.slices(f"{TOOL} .quote-text"))
    assert violations(page) == []
    page.locator(".brief-contents [data-to=by_heart]").press("Enter")
    heading = page.locator("[data-anchor=by_heart]")
    expect(heading).to_be_focused()
    assert in_view(heading, page.locator(TOOL))
    written = page.locator(".brief-written")
    expect(written).to_contain_text("Écrit par le modèle de langue")
    written.get_by_role("button", name="D’après l’argument 1 : Le retour du loup").press("Enter")
    expect(page.locator(".brief-argument [data-anchor=a1]")).to_be_focused()
    page.locator(".map-link[data-to=a3]").press("Enter")
    expect(page.locator(".brief-argument [data-anchor=a3]")).to_be_focused()
    page.locator(".brief-argument [data-do=show]").first.click()
    page.locator("mark.current").first.wait_for()
    assert visitor.faults == [] and visitor.outside == []


def test_what_its_debater_changes_stays_and_can_be_taken_back(visit: Visit, wolves: Site) -> None:
    page = visit(wolves).page
    prepared(page)
    first, second, *others = headings(page)
    page.locator("[data-do=brief-down]").first.click()
    expect(page.locator(".brief-argument h5 bdi").first).to_have_text(second)
    expect(page.locator("[data-argument=a1] [data-do=brief-down]")).to_be_focused()
    page.locator("[data-argument=a1] [data-do=brief-rename]").click()
    page.locator(".rename-heading").fill("Ma meilleure carte")
    page.keyboard.press("Enter")
    expect(page.locator("[data-argument=a1] .own-heading")).to_be_visible()
    expect(page.locator("[data-argument=a1] [data-do=brief-rename]")).to_be_focused()
    page.locator("[data-argument=a3] [data-do=brief-drop]").click()
    expect(page.locator("[data-argument=a3]")).to_have_count(0)
    assert "a3" not in [page.locator(".map-link").nth(n).get_attribute("data-to") for n in range(3)]
    page.locator(".toast button").click()
    expect(page.locator("[data-argument=a3]")).to_be_visible()
    page.locator("[data-argument=a2] [data-do=brief-drop-quote]").first.click()
    expect(page.locator("[data-argument=a2] figure")).to_have_count(1)
    page.reload()
    page.click(".views [data-view=prepare]")
    expect(page.locator("[data-argument=a2] figure")).to_have_count(1)
    assert headings(page) == [second, "Ma meilleure carte", *others]
    assert first not in headings(page)


def test_it_is_taken_along(visit: Visit, wolves: Site) -> None:
    page = visit(wolves).page
    prepared(page)
    for name, begins in (("docx", b"PK"), ("svg", b"<svg"), ("md", b"# Faut-il")):
        with page.expect_download() as download:
            page.locator(f"[data-do=brief-export][data-format={name}]").click()
        assert download.value.suggested_filename == f"Faut-il-protéger-le-loup.{name}"
        assert Path(download.value.path()).read_bytes().startswith(begins)
    page.locator("[data-do=brief-print]").click()
    frame = page.frame_locator("iframe[title=Imprimer]")
    expect(frame.locator("body")).to_contain_text(MOTION)
    page.locator("[data-do=brief-cards]").click()
    expect(page.locator(".masthead .count")).to_have_text("5")
    page.locator(".toast button").click()
    expect(page.locator(".masthead .count")).to_have_text("")


def test_while_it_is_made_the_stage_is_shown_and_it_can_be_stopped(
    visit: Visit, wolves: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()

    def endless(self: Briefs, motion: str, lang: Language, progress: Progress, *_: object) -> Brief:
        try:
            while not ended.wait(0.05):
                progress("brief_answers", 3, 12)
        finally:
            ended.set()
        raise AssertionError("it was not stopped")

    monkeypatch.setattr(Briefs, "make", endless)
    page = visit(wolves).page
    page.click(".views [data-view=prepare]")
    page.locator(f"{TOOL} .go").click()
    bar = page.locator(f"{TOOL} progress[value='3'][max='12']")
    bar.wait_for()
    expect(page.locator(f"{TOOL} .tool-said")).to_have_text("Recherche de qui répond à quoi…")
    page.locator("[data-do=brief-stop]").click()
    expect(bar).to_be_hidden()
    assert ended.wait(20), "the server stops, too"
    expect(page.locator(f"{TOOL} .tool-said")).to_contain_text("Arrêté")
    expect(page.locator("#brief-motion")).to_be_focused()


def test_on_a_phone_and_where_nothing_is_found(
    visit: Visit, wolves: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visit(wolves, **PHONE).page
    prepared(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sides = ("Préfecture", "Bergers")
    empty = Brief("", "fr", sides, tuple(Position(side, "silent", ()) for side in sides))
    monkeypatch.setattr(Briefs, "make", lambda *_: empty)
    page.locator(f"{TOOL} .go").click()
    expect(page.locator(f"{TOOL} .silence")).to_have_count(9)
    assert violations(page) == []
    expect(page.locator(".argument-map")).to_have_count(0)


def test_two_of_several_sides_stand_side_by_side_and_others_are_swapped_in(
    visit: Visit, wolves: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    quotes = {each.source.side: each for each in brief_of(wolves.index).arguments["a2"].quotes}
    own = brief_of(wolves.index).arguments["a3"].quotes[0]
    cells = {
        "Bergers": Cell(says=(own,)),
        "Préfecture": Cell(says=(quotes["Préfecture"],)),
        "Touristes": Cell(),
    }
    face = Face(MOTION, "fr", tuple(cells), (Point("Le loup dans nos alpages", MOTION, own, cells),), ())
    calls: list[Any] = []
    monkeypatch.setattr(Tools, "face", lambda self, *_, **__: calls.append(1) or face)
    page = visit(wolves).page
    page.click(".views [data-view=face]")
    page.locator("[data-tool=face] .go").click()
    shown = page.locator(".point .cell:visible h4 .chip")
    expect(shown).to_have_text(["Préfecture", "Bergers"])
    first, second = (page.locator(".point .cell:visible").nth(n).bounding_box() for n in range(2))
    assert first and second and first["y"] == second["y"] and first["x"] < second["x"]
    expect(page.locator(".others .other:visible")).to_have_text("Touristes muet")
    page.get_by_label("Premier côté").select_option("Touristes (n’en dit rien)")
    expect(shown).to_have_text(["Touristes", "Bergers"])
    expect(page.locator(".point .cell:visible .silence")).to_have_text("N’en dit rien.")
    expect(page.locator(".stated")).to_be_hidden()
    page.get_by_label("Second côté").select_option("Touristes (n’en dit rien)")
    expect(shown).to_have_text(["Bergers", "Touristes"])
    page.get_by_label("Premier côté").select_option("Préfecture")
    expect(page.locator(".stated:visible")).to_contain_text("ruine nos alpages")
    assert len(calls) == 1, "it is not asked again"
    assert violations(page) == []
