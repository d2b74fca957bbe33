"""Quotes in their sources: shown to the character, walked through, linked to, copied."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.indexes import WordEncoder
from tests.helpers.visits import SOLDIERS, SUPPORT, Site, Visit, in_view, marked

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_a_mark_shows_its_quote_in_its_source_to_the_character(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SUPPORT)
    cards = page.locator(".card")
    assert cards.count() > 2
    for number in range(cards.count()):
        cards.nth(number).locator(".mark").click()
        quote = cards.nth(number).locator(".quote")
        expected = quote.locator(".quote-text").evaluate("e => e.textContent")
        page.wait_for_function(
            "wanted => [...document.querySelectorAll('.source-text mark.current')]"
            ".map(e => e.textContent).join('') === wanted",
            arg=expected,
        )
        shown = page.locator(".source-text").evaluate("e => e.textContent")
        assert shown == shipped.text_of(quote.get_attribute("data-source") or "")
        assert in_view(page.locator("mark.current").first, page.locator(".evidence-body"))
        assert page.inner_text(".position") == f"Citation {number + 1} sur {cards.count()}"
    assert not visitor.faults


def test_all_quotes_of_the_answer_are_marked_and_walked_through(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SUPPORT)
    texts = page.eval_on_selector_all(".card .quote-text", "all => all.map(e => e.textContent)")
    first = page.locator(".card .quote").first.get_attribute("data-source")
    own = page.locator(f".card .quote[data-source={first}] .quote-text")
    expected = sorted(own.evaluate_all("all => all.map(e => e.textContent)"))
    page.locator(".card .mark").first.click()
    marks = page.eval_on_selector_all(".source-text mark", "all => all.map(e => e.textContent)")
    assert sorted(marks) == expected
    for text in texts[1:]:
        page.keyboard.press("ArrowRight")
        page.wait_for_function("t => document.querySelector('mark.current')?.textContent === t", arg=text)
    assert page.locator("[data-do=next]").is_disabled()
    page.locator("[data-do=previous]").click()
    page.wait_for_function("t => document.querySelector('mark.current')?.textContent === t", arg=texts[-2])


def test_a_link_opens_at_its_passage(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SUPPORT)
    page.locator(".card .mark").nth(1).click()
    expected = marked(page)
    url = page.url
    assert re.search(r"#\w+:\d+-\d+$", url)
    other = visit(shipped)
    other.page.goto(url)
    other.page.reload()
    assert marked(other.page) == expected
    other.page.evaluate("location.hash = '#declaration:10-999999'")
    other.page.locator(".evidence .error").wait_for()
    other.page.evaluate("location.hash = '#nowhere:1-2'")
    other.page.locator(".evidence .error").wait_for()
    assert not other.faults


def test_offsets_count_characters_also_beyond_the_basic_plane(
    visit: Visit, launch: Callable[..., Site], tmp_path: Path
) -> None:
    text = (
        "Le 𝒜𝒷𝒸 🙂 de la girafe\u00a0: «\u202fé\u202f» précède tout ce qui suit dans ce long texte.\n\n"
        "La girafe mange des feuilles d’acacia 🙂 au soir, et personne ne la dérange pour cela.\n"
    )
    (tmp_path / "girafe.txt").write_text(text, encoding="utf-8")
    site = launch(tmp_path)
    start = text.index("mange")
    visitor = visit(site)
    visitor.page.evaluate(f"location.hash = '#girafe:{start}-{start + 32}'")
    assert marked(visitor.page) == text[start : start + 32]
    visitor.page.evaluate("location.hash = '#girafe:3-120'")  # across two passages
    visitor.page.wait_for_function("document.querySelectorAll('mark.current').length > 1")
    assert marked(visitor.page) == text[3:120]


def test_a_long_source_is_shown_whole_and_marked(
    visit: Visit, launch: Callable[..., Site], tmp_path: Path
) -> None:
    lines = [f"Le paragraphe numéro {n} parle de la région n° {n} et de ses habitants." for n in range(2_000)]
    lines[1_728] = "Le phare de la Jument fut allumé en mille neuf cent onze par les gardiens."
    (tmp_path / "long.txt").write_text("\n\n".join(lines), encoding="utf-8")
    site = launch(tmp_path, encoder=WordEncoder())
    assert len(site.text_of("long")) > 125_000
    visitor = visit(site)
    visitor.ask("Quand le phare de la Jument fut-il allumé ?")
    visitor.page.locator("[data-do=show]").first.click()
    assert "phare de la Jument" in marked(visitor.page)
    visitor.page.wait_for_timeout(200)
    assert in_view(visitor.page.locator("mark.current"), visitor.page.locator(".evidence-body"))


def test_a_source_can_be_read_from_the_list(visit: Visit, shipped: Site) -> None:
    page = visit(shipped).page
    page.locator(".source-list .source", has_text="Déclaration").click()
    page.locator(".source-text").wait_for()
    assert page.locator(".source-text").evaluate("e => e.textContent") == shipped.text_of("declaration")


def test_a_quote_is_copied_with_its_cite(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped, permissions=["clipboard-read", "clipboard-write"])
    visitor.ask(SOLDIERS)
    card = visitor.page.locator(".card").first
    card.locator("[data-do=copy]").click()
    visitor.page.locator(".toast span").wait_for()
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    text = card.locator(".quote-text").evaluate("e => e.textContent")
    assert copied.startswith(f"{text}\n— «\u00a0Commentaire de la réunion de Paris\u00a0» (Critique), § 3")
