"""Debates in a browser: made, switched, shared; each with what is its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rag.settings import shipped_corpus
from rag.workspace.shelf import Shelf
from tests.helpers.visits import SOLDIERS, Site, Visit, violations

pytestmark = [pytest.mark.browser, pytest.mark.server]
TRAM = "Le tramway coûtera 240 millions d’euros à la ville.\n"


@pytest.fixture(scope="module")
def site(launch: Callable[..., Site]) -> Site:
    return launch(shipped_corpus())


def test_a_debate_is_made_filled_left_shared_and_removed(visit: Visit, site: Site, tmp_path: Path) -> None:
    visitor = visit(site)
    page = visitor.page
    visitor.ask(SOLDIERS)
    page.click(".switcher")
    page.locator(".debate-list li").first.wait_for()
    assert not violations(page)
    page.fill(".debate-form [name=title]", "Le tramway")
    page.fill(".debate-form [name=motion]", "Faut-il un tramway ?")
    page.press(".debate-form [name=motion]", "Enter")
    page.wait_for_url("**/?debate=le-tramway**")
    page.locator(".switcher .debate-title", has_text="Le tramway").wait_for()
    assert page.locator(".conversations li").count() == 0  # those of the other debate stay there

    folder = Shelf(site.index.settings).workspace("le-tramway").settings.corpus
    (folder / "budget.txt").write_text(TRAM, encoding="utf-8")
    page.goto(f"{site.url}?debate=le-tramway")
    visitor.ask("Combien coûtera le tramway ?")
    assert page.locator(".quote-text").all_text_contents() == [TRAM.strip()]

    page.locator("[data-do=add-card]").first.click()
    page.locator(".masthead .count", has_text="1").wait_for()
    page.click(".switcher")
    row = page.locator(".debate-list li", has_text="Le tramway")
    with page.expect_download() as download:
        row.locator("[data-do=export-debate]").click()
    download.value.save_as(tmp_path / "tram.replique")
    page.set_input_files("dialog.debates input[type=file]", tmp_path / "tram.replique")
    page.wait_for_url("**/?debate=le-tramway-2**")
    page.locator(".masthead .count", has_text="1").wait_for()  # its dossier came along
    page.goto(f"{site.url}?debate=le-tramway-2")
    assert page.locator(".conversations li").count() == 0
    visitor.ask("Combien coûtera le tramway ?")
    assert page.locator(".quote-text").all_text_contents() == [TRAM.strip()]

    page.click(".switcher")
    page.locator(".debate-list li").nth(2).locator("[data-do=remove-debate]").click()
    page.locator("dialog.debates .said", has_text="supprimé").wait_for()
    assert page.locator(".debate-list li").count() == 2
    page.locator("dialog.debates .said button").click()
    page.locator(".debate-list li").nth(2).wait_for()
    page.locator(".debate-list a").first.click()
    page.locator(".turn .card").first.wait_for()  # and back: its conversation is there
    assert page.locator(".turn .question-text").all_text_contents() == [SOLDIERS]
    assert not visitor.faults and not visitor.outside


def test_one_that_is_gone_is_told_with_the_others_to_choose_from(visit: Visit, site: Site) -> None:
    page = visit(site).page
    page.goto(f"{site.url}?debate=rien")
    page.locator("dialog.debates .error", has_text="rien").wait_for()
    page.locator(".debate-list a").first.click()
    page.locator(".welcome h2").wait_for()
    assert "undefined" not in page.locator("body").inner_text()
