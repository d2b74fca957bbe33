"""The view of the documents, as somebody who prepares a debate uses it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rag.answer.assistant import Assistant
from rag.settings import load_settings
from rag.store.index import Index
from rag.store.synchronise import sync
from rag.ui.server import launch as launch_page
from tests.helpers.visits import Site, Visit, Visitor, violations
from tests.helpers.web import Reply, article, serving

pytestmark = pytest.mark.browser

BARLEY = "Le prix de l’orge a doublé cet hiver dans la vallée de la Brenne.\n"
QUESTION = "Qu’est-ce qui a doublé cet hiver dans la vallée de la Brenne ?"


@pytest.fixture
def site(tmp_path: Path, launch: Callable[[Path], Site]) -> Site:
    corpus = tmp_path / "corpus"
    (corpus / "Meuniers").mkdir(parents=True)
    (corpus / "moulin.md").write_text(
        "---\ntitle: Le moulin\nside: Meuniers\ndate: 2026-01-06\n---\nLe moulin tourne au vent du nord.\n",
        encoding="utf-8",
    )
    (corpus / "Meuniers/farine.txt").write_text("La farine se vend bien au marché.\n", encoding="utf-8")
    return launch(corpus)


def open_view(visitor: Visitor) -> Page:
    visitor.page.click("[data-view=corpus]")
    visitor.page.locator(".corpus-list tr[data-source]").first.wait_for()
    return visitor.page


def choose(page: Page, *files: tuple[str, str | bytes]) -> None:
    page.set_input_files(
        "#corpus-files",
        [
            {
                "name": name,
                "mimeType": "application/octet-stream",
                "buffer": content.encode() if isinstance(content, str) else content,
            }
            for name, content in files
        ],
    )


def listed(page: Page) -> list[str]:
    return page.eval_on_selector_all(".corpus-list tr[data-source]", "all => all.map(e => e.dataset.source)")


def ask(page: Page, question: str) -> str:
    page.click("[data-view=chat]")
    page.fill("#question", question)
    page.press("#question", "Enter")
    page.locator(".turn:last-child :is(.card, .not-in-sources, .error)").first.wait_for()
    return page.locator(".turn:last-child .answer").inner_text()


def test_a_document_is_added_asked_about_removed_and_put_back(
    visit: Visit, site: Site, tmp_path: Path
) -> None:
    visitor = visit(site)
    page = open_view(visitor)
    choose(page, ("orge.txt", BARLEY), ("image.txt", b"\x89PNG" + bytes(300)))
    page.locator(".pending").first.get_by_label("Titre").fill("L’orge")
    page.locator(".pending").first.get_by_label("Côté").fill("Paysans")
    page.get_by_role("button", name="Ajouter et indexer").click()
    results = page.locator(".adding-results")
    expect(results).to_contain_text("orge.txt ajouté : L’orge")
    expect(results).to_contain_text("image.txt n’est pas ajouté : ce n’est pas du texte")
    assert sorted(listed(page)) == ["farine", "moulin", "orge"]
    assert site.text_of("orge") == BARLEY
    row = page.locator("tr[data-source=orge]")
    words = " ".join(row.inner_text().split())
    assert words == "L’orge orge.txt Ce qui a été lu Paysans français 66 caractères"
    assert "L’orge" in ask(page, QUESTION)
    assert page.locator(".quote-text").first.text_content() == BARLEY.strip()
    assert "Paysans" in page.locator(".masthead .corpus").inner_text()

    page = open_view(visitor)
    page.locator("tr[data-source=orge]").get_by_role("button", name="Retirer").click()
    expect(page.locator("tr[data-source=orge]")).to_have_count(0)
    assert "orge" not in listed(page)
    assert not (tmp_path / "corpus/orge.txt").exists()
    page.locator(".toast").get_by_role("button", name="Annuler").click()
    page.locator("tr[data-source=orge]").wait_for()
    assert site.text_of("orge") == BARLEY
    assert visitor.outside == []
    assert visitor.faults == []


def test_what_is_said_of_a_document_is_changed_for_its_whole_side(visit: Visit, site: Site) -> None:
    page = open_view(visit(site))
    page.locator("tr[data-source=moulin]").get_by_role("button", name="Modifier").click()
    dialog = page.locator("dialog.edit-source")
    assert dialog.get_by_label("Titre").input_value() == "Le moulin"
    dialog.get_by_label("Côté", exact=True).fill("Artisans")
    dialog.get_by_label(re.compile("aux 2 documents")).check()
    dialog.get_by_role("button", name="Enregistrer").click()
    expect(dialog).to_be_hidden()
    sides = page.eval_on_selector_all(".corpus-list tr[data-source]", "all => all.map(e => e.dataset.side)")
    assert sides == ["Artisans", "Artisans"]
    assert page.evaluate("document.activeElement.closest('tr').dataset.source") == "moulin"


def test_only_the_documents_chosen_are_asked(visit: Visit, site: Site) -> None:
    page = open_view(visit(site))
    only = page.locator("tr[data-source=moulin] [data-do=scope]")
    assert only.get_attribute("aria-label") == "N’interroger que «\u00a0Le moulin\u00a0»"
    only.click()
    assert only.get_attribute("aria-pressed") == "true"
    assert "La farine se vend bien" not in ask(page, "Comment se vend la farine au marché ?")
    expect(page.locator(".scoped")).to_contain_text("Le moulin")
    page.locator("[data-do=scope-all]").click()
    assert "La farine se vend bien" in ask(page, "Comment se vend la farine au marché ?")
    page.click("[data-view=corpus]")
    assert only.get_attribute("aria-pressed") == "false"


def test_it_can_be_used_with_the_keyboard_alone(visit: Visit, site: Site) -> None:
    page = visit(site).page
    page.locator("[data-view=corpus]").focus()
    page.keyboard.press("Enter")
    page.locator("tr[data-source=moulin]").wait_for()
    choose(page, ("orge.md", BARLEY))
    assert page.evaluate("document.activeElement.name") == "title"
    page.keyboard.type("L’orge")
    page.keyboard.press("Enter")
    page.locator("tr[data-source=orge]").wait_for()
    assert page.evaluate("document.activeElement.id") == "corpus-files"
    page.locator("tr[data-source=orge] [data-do=edit-source]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.edit-source")).to_be_hidden()


def test_a_hostile_document_does_nothing(visit: Visit, site: Site) -> None:
    visitor = visit(site)
    page = open_view(visitor)
    trick = "<img src=x onerror=alert(1)>"
    choose(page, (f"{trick}.txt", f"{BARLEY}{trick}\n"))
    for label in ("Titre", "Côté", "Note pour les citations"):
        page.locator(".pending").get_by_label(label).fill(f"{trick}\u202e&amp;\"'")
    page.get_by_role("button", name="Ajouter et indexer").click()
    expect(page.locator(".adding-results .added")).to_have_count(1)
    assert page.locator(".corpus-panel img").count() == 0
    assert any(trick in row for row in page.locator(".corpus-list tr").all_inner_texts())
    assert visitor.faults == []


def test_no_serious_fault_of_accessibility(visit: Visit, site: Site) -> None:
    page = open_view(visit(site))
    choose(page, ("orge.txt", BARLEY))
    assert violations(page) == []


def test_a_phone_scrolls_one_way_only(visit: Visit, site: Site) -> None:
    page = open_view(visit(site, viewport={"width": 390, "height": 800}))
    choose(page, ("orge.txt", BARLEY))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.querySelector('#corpus').scrollWidth") <= 390
    for name in (".language", "[data-do=remove-source]"):
        box = page.locator(name).first.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 390


def test_a_read_only_page_offers_no_change(visit: Visit, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/moulin.txt").write_text("Le moulin tourne.\n", encoding="utf-8")
    index = Index(load_settings(store=tmp_path / "store", corpus=tmp_path / "corpus", read_only=True))
    sync(index)
    shown, url = launch_page(Assistant(index))
    try:
        page = open_view(visit(Site(url, index)))
        assert "lecture seule" in page.locator(".corpus-panel").inner_text()
        assert page.locator("#corpus-files, [data-do=edit-source], [data-do=remove-source]").count() == 0
    finally:
        shown.close(verbose=False)


def test_the_view_speaks_english_too(visit: Visit, site: Site) -> None:
    page = open_view(visit(site, locale="en-GB"))
    assert page.locator(".corpus-panel h2").inner_text() == "Documents"
    choose(page, ("image.txt", b"\x89PNG" + bytes(300)))
    page.get_by_role("button", name="Add and index").click()
    expect(page.locator(".adding-results")).to_contain_text("image.txt is not added: binary data")


def test_an_empty_folder_asks_for_documents(
    visit: Visit, launch: Callable[[Path], Site], tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    visitor = visit(launch(corpus))
    page = visitor.page
    expect(page.locator(".empty-corpus")).to_contain_text("Ajoutez-en dans")
    page.click("[data-view=corpus]")
    choose(page, ("orge.txt", BARLEY))
    page.get_by_role("button", name="Ajouter et indexer").click()
    expect(page.locator(".adding-results")).to_contain_text("orge.txt ajouté")
    ask(page, QUESTION)
    assert page.locator(".quote-text").first.text_content() == BARLEY.strip()
    assert visitor.faults == []


def test_text_and_a_page_of_the_web_are_added_and_taken_back(
    visit: Visit, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        site.index, "settings", site.index.settings.model_copy(update={"fetch_private": True})
    )
    visitor = visit(site)
    page = open_view(visitor)
    with serving() as web:
        web.replies["/bus"] = Reply(article())
        page.get_by_label("Adresse d’une page web").fill(web.at("/rien"))
        page.keyboard.press("Enter")
        expect(page.locator(".fetch-said")).to_contain_text("n’a pas cette page (404)")
        page.get_by_label("Adresse d’une page web").fill(web.at("/bus"))
        page.keyboard.press("Enter")
        fetched = page.locator(".pending")
        expect(fetched.locator(".opening")).to_contain_text("coûtera deux millions d’euros")
        assert page.evaluate("document.activeElement.value") == "La gratuité des bus"
    page.get_by_role("button", name="Coller un texte").click()
    page.keyboard.type("L’orge manque cet hiver.")
    pasted = page.locator(".pending").nth(1)
    page.get_by_role("button", name="Ajouter et indexer").click()
    assert pasted.get_by_label("Titre").evaluate("field => field.validity.valueMissing")
    pasted.get_by_label("Titre").fill("Lettre d’un brasseur")
    pasted.get_by_role("button", name="Meuniers").click()
    assert pasted.get_by_label("Côté").input_value() == "Meuniers"
    expect(pasted.get_by_text("côté donné par vous")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Ajouter et indexer").click()
    expect(page.locator(".adding-results .added")).to_have_count(2)
    brewer = page.locator("tr", has_text="Lettre d’un brasseur")
    expect(brewer.locator(".chip")).to_have_text("Meuniers")
    assert "deux millions" in ask(page, "Combien coûtera la gratuité des bus par an ?")
    assert "consulté le" in page.locator(".turn .remarks").first.inner_text()
    page.click("[data-view=corpus]")
    page.locator(".toast").get_by_role("button", name="Annuler").click()
    expect(page.locator(".corpus-list tr[data-source]")).to_have_count(2)
    assert visitor.outside == []
    assert visitor.faults == []


def test_a_file_fills_in_its_fields_and_a_change_is_taken_back(visit: Visit, site: Site) -> None:
    page = open_view(visit(site))
    choose(page, ("orge.md", f"---\ntitle: L’orge\nside: Paysans\nauthor: Léa\n---\n{BARLEY}"))
    item = page.locator(".pending")
    expect(item.get_by_label("Auteur")).to_have_value("Léa")
    assert item.get_by_label("Côté").input_value() == "Paysans"
    assert item.get_by_label("Langue").input_value() == "fr"
    expect(item.locator(".by-hand:visible")).to_have_count(0)
    page.locator("[data-do=forget-files]").click()
    page.locator("tr[data-source=moulin]").get_by_role("button", name="Modifier").click()
    page.locator("dialog.edit-source").get_by_label("Titre").fill("Autre")
    page.keyboard.press("Enter")
    row = page.locator("tr[data-source=moulin]")
    expect(row).to_contain_text("Autre")
    page.locator(".toast").get_by_role("button", name="Annuler").click()
    expect(row).to_contain_text("Le moulin")


def test_all_documents_are_within_reach_of_the_wheel(visit: Visit, shipped: Site) -> None:
    page = visit(shipped, viewport={"width": 1280, "height": 420}).page
    page.click(".views [data-view=corpus]")
    page.locator(".corpus-list tr").first.wait_for()
    page.mouse.move(500, 300)
    page.mouse.wheel(0, 5000)
    last = page.locator(".corpus-list tbody tr").last
    page.wait_for_function("e => e.getBoundingClientRect().bottom < innerHeight", arg=last.element_handle())
    assert page.evaluate("document.querySelector('.gradio-container').scrollTop") == 0
