"""Each view has an address: it can be shared and loaded, and Back and Forward move between views."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from rag.ui.footer import VIEWS as MORE
from rag.ui.masthead import VIEWS
from tests.helpers.visits import BOX, PHONE, SOLDIERS, Site, Visit, marked

pytestmark = [pytest.mark.browser, pytest.mark.server]

MOTION = "La France doit envoyer des soldats"
CLAIM = "L’armée ukrainienne comptera 800 000 soldats."


def view(page: Page) -> str:
    return str(page.evaluate("document.body.dataset.view"))


def test_back_and_forward_move_between_views(visit: Visit, shipped: Site) -> None:
    page = visit(shipped).page
    expect(page.locator(".debate-title")).not_to_be_empty()  # windows are called after it, too
    seen = []
    for name in VIEWS[1:]:
        page.click(f".views [data-view={name}]")
        assert view(page) == name
        seen.append(page.title())
    assert len(set(seen)) == len(seen) and all(title.endswith(" · Réplique") for title in seen)
    for name, title in zip(reversed(VIEWS[1:-1]), reversed(seen[:-1]), strict=True):
        page.go_back()
        page.wait_for_function("name => document.body.dataset.view === name", arg=name)
        assert page.title() == title
        assert page.locator(".views [aria-current=page]").get_attribute("data-view") == name
    page.go_back()
    page.wait_for_function("document.body.dataset.view === 'chat'")
    assert page.locator(BOX).is_visible()
    page.go_forward()
    page.wait_for_function("name => document.body.dataset.view === name", arg=VIEWS[1])


def test_what_a_tool_is_asked_is_in_its_address(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    page.click(".views [data-view=face]")
    page.fill("#motion", MOTION)
    page.press("#motion", "Enter")
    page.locator("[data-tool=face].shown").wait_for()
    address = page.url
    assert quote(MOTION.split()[0]) in address
    page.click(".views [data-view=corpus]")
    page.click(".views [data-view=face]")
    assert page.url == address  # as it still stands there
    page.click(".views [data-view=rebut]")
    page.select_option("[data-tool=rebut] [name=side]", label="Critique")
    page.fill("#claim", CLAIM)
    page.press("#claim", "Control+Enter")
    page.locator("[data-tool=rebut].shown").wait_for()
    rebuttal, first = page.url, page.locator("[data-tool=rebut] .quote-text").first.text_content()

    shared = page.context.new_page()
    shared.goto(address)
    shared.locator("[data-tool=face].shown").wait_for()
    assert shared.input_value("#motion") == MOTION
    shared.goto(rebuttal)  # another fragment of the same page
    shared.locator("[data-tool=rebut].shown").wait_for()
    assert shared.input_value("#claim") == CLAIM
    assert shared.locator("[data-tool=rebut] .quote-text").first.text_content() == first
    shared.go_back()
    expect(shared.locator("[data-tool=face]")).to_be_visible()
    assert not visitor.faults


def test_an_open_passage_is_in_the_address_beside_any_view(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SOLDIERS)
    page.locator(".card [data-do=show]").first.click()
    text = marked(page)
    place = re.search(r"#(commentaire:\d+-\d+)$", page.url)
    assert place
    page.click(".views [data-view=face]")
    page.fill("#motion", "paix ou guerre")
    page.press("#motion", "Enter")
    page.locator("[data-tool=face] .card [data-do=show]").first.click()
    page.wait_for_url(re.compile("at="))
    page.locator(".source-text mark.current", has_not_text=text).first.wait_for()
    beside = marked(page)
    assert "#/face?" in page.url and "at=" in page.url
    page.reload()
    assert marked(page) == beside
    assert view(page) == "face"
    for address in (f"#{place[1]}", f"?debate=&x=1#{place[1]}"):
        page.goto("about:blank")
        page.goto(shipped.url + address)
        assert marked(page) == text
        assert page.locator(".position").inner_text() == "Passage du lien"
    page.click(".views [data-view=verify]")
    assert "?debate=&x=1#/verify" in page.url
    for strange in ("#/nowhere", "#/face?at=%E0%A4%A&motion", "#:3-1", '#/"]'):
        page.goto("about:blank")
        page.goto(shipped.url + strange)
        page.locator(".turn .card").first.wait_for(state="attached")
    assert not visitor.faults


def test_all_views_are_within_reach(visit: Visit, shipped: Site) -> None:
    page = visit(shipped, **PHONE).page
    for width in (320, 390, 640, 900, 1280):  # 640: a laptop at 200 %
        page.set_viewport_size({"width": width, "height": 700})
        for name in (*VIEWS, *MORE):
            link = page.locator(f"a[data-view={name}]")
            box = link.bounding_box()
            assert box is not None and box["height"] >= 20
            assert box["x"] >= 0 and box["x"] + box["width"] <= width, f"{name} leaves {width} pixels"
            assert link.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), f"{name} is cut short at {width}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.click(f"a[data-view={VIEWS[-1]}]")
        assert view(page) == VIEWS[-1]
