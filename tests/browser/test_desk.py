"""The desk: quotes in their sources, conversations that stay, keyboard, languages, appearance."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from rag.answer.assistant import Assistant
from rag.settings import shipped_corpus
from rag.types import Answer
from rag.upkeep.feedback import read_feedback

from .conftest import BOX, Site, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.server]

Visit = Callable[..., Visitor]
SUPPORT = "Quel soutien à l’armée ukrainienne ?"
SOLDIERS = "Combien de soldats compterait l'armée ukrainienne ?"
PIE = "Quelle est la recette de la tarte aux pommes ?"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def marked(page: Page, selector: str = ".source-text mark.current") -> str:
    page.locator(selector).first.wait_for()
    return "".join(page.eval_on_selector_all(selector, "all => all.map(e => e.textContent)"))


def in_view(element: Locator, frame: Locator) -> bool:
    inner, outer = element.bounding_box(), frame.bounding_box()
    assert inner is not None and outer is not None
    return outer["y"] <= inner["y"] and inner["y"] + inner["height"] <= outer["y"] + outer["height"]


# --- the sources ----------------------------------------------------------------------------------


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
    lines = [f"Le paragraphe numéro {n} parle de la région n° {n} et de ses habitants." for n in range(4_000)]
    lines[3_456] = "Le phare de la Jument fut allumé en mille neuf cent onze par les gardiens."
    (tmp_path / "long.txt").write_text("\n\n".join(lines), encoding="utf-8")
    site = launch(tmp_path)
    assert len(site.text_of("long")) > 250_000
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


# --- streaming ------------------------------------------------------------------------------------


class Slow(Assistant):
    """Gives its answers with a pause before each part, as a model would."""

    async def astream(self, question: str, **options: Any) -> AsyncIterator[Answer]:
        async for answer in super().astream(question, **options):
            yield answer
            await asyncio.sleep(0.8)


@pytest.fixture(scope="module")
def slow(launch: Callable[..., Site]) -> Site:
    return launch(shipped_corpus(), Slow)


def test_an_answer_comes_part_by_part_and_what_is_shown_stays(visit: Visit, slow: Site) -> None:
    visitor = visit(slow)
    page = visitor.page
    page.fill(BOX, SUPPORT)
    page.press(BOX, "Enter")
    page.locator(".turn .searching").wait_for()  # at once
    page.locator(".card").first.wait_for()
    page.evaluate("document.querySelector('.card').kept = true")
    assert page.locator(".card").count() < 3
    assert page.locator(".transcript").get_attribute("aria-busy") == "true"
    page.locator(".transcript[aria-busy=false]").wait_for(timeout=20_000)
    assert page.locator(".card").count() > 2
    assert page.evaluate("document.querySelector('.card').kept")


def test_an_answer_can_be_stopped(visit: Visit, slow: Site) -> None:
    visitor = visit(slow)
    page = visitor.page
    page.fill(BOX, SUPPORT)
    page.press(BOX, "Enter")
    page.locator(".card").first.wait_for()
    page.click("#stop")
    shown = page.locator(".card").count()
    page.locator("#send").wait_for()
    page.wait_for_timeout(2000)
    assert page.locator(".card").count() == shown
    page.fill(BOX, PIE)
    page.press(BOX, "Enter")
    page.locator(".turn:nth-child(2) .not-in-sources").wait_for()
    page.reload()
    page.locator(".turn:nth-child(2) .not-in-sources").wait_for()
    assert page.locator(".turn:nth-child(1) .stopped").count() == 1


def test_another_conversation_can_be_opened_meanwhile(visit: Visit, slow: Site) -> None:
    visitor = visit(slow)
    page = visitor.page
    page.fill(BOX, SUPPORT)
    page.press(BOX, "Enter")
    page.locator(".card").first.wait_for()
    page.click("[data-do=new]")
    assert page.locator(".turn").count() == 0
    page.wait_for_timeout(2000)
    assert page.locator(".turn").count() == 0
    assert not visitor.faults


def test_questions_are_suggested_that_the_sources_answer(
    visit: Visit, shipped: Site, launch: Callable[..., Site], tmp_path: Path
) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SUPPORT)
    page.locator(".turn .suggestion").first.click()
    visitor.settled(2)
    assert page.locator(".turn:nth-child(2) .card").count() > 0
    assert page.locator(".turn:nth-child(1) .suggestion").count() == 0
    song = (
        "Le chant des baleines porte très loin. Le chant des baleines change chaque année dans chaque groupe."
    )
    (tmp_path / "mer.txt").write_text(song, encoding="utf-8")
    other = visit(launch(tmp_path))
    other.page.locator(".welcome .suggestion", has_text="chant des baleines").click()
    other.settled(1)
    assert other.page.locator(".card").count() > 0


# --- conversations --------------------------------------------------------------------------------


def test_a_conversation_is_found_again_after_a_reload(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    said = page.locator(".turn :is(.question-text, .answer)")  # offers of further questions may come or not
    visitor.ask(SOLDIERS)
    visitor.ask("et pour les troupes françaises ?")
    before = said.all_text_contents()
    page.reload()
    page.locator(".turn:nth-child(2) .card").first.wait_for()
    assert said.all_text_contents() == before
    assert all(shown == expected for shown, expected in visitor.slices())
    visitor.ask("et les hubs ?")
    assert page.locator(".turn:nth-child(3) .understood").count() == 1  # it remembers
    assert page.locator(".conversations li").count() == 1


def test_conversations_are_listed_renamed_deleted_and_brought_back(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SOLDIERS)
    page.click("[data-do=new]")
    assert page.locator(".turn").count() == 0
    visitor.ask(PIE)
    titles = page.locator(".conversations .open")
    assert titles.all_inner_texts() == [PIE, SOLDIERS]
    page.locator(".conversations li").first.locator("[data-do=rename]").click()
    page.fill(".rename", "<b>Tarte</b>")
    page.press(".rename", "Enter")
    assert titles.first.inner_text() == "<b>Tarte</b>"
    page.locator(".conversations li").first.locator("[data-do=delete]").click()
    assert titles.all_inner_texts() == [SOLDIERS]
    assert page.locator(".turn").count() == 0
    page.click(".toast button")
    assert titles.all_inner_texts() == ["<b>Tarte</b>", SOLDIERS]
    titles.nth(1).click()
    page.locator(".card").first.wait_for()
    page.reload()
    page.locator(".card").first.wait_for()
    assert titles.count() == 2


def test_a_changed_quote_is_not_read_back_as_a_quote(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SOLDIERS)
    page.evaluate(
        """() => {
            const key = Object.keys(localStorage).find((name) => name.includes("conversation."));
            localStorage.setItem(key, localStorage.getItem(key).replaceAll("800 000", "900 000"));
        }"""
    )
    page.reload()
    page.locator(".lost").first.wait_for()
    assert not any("900" in text for text, _ in visitor.slices())


def test_what_the_browser_keeps_damaged_does_no_harm(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SOLDIERS)
    page.evaluate(
        """() => {
            const key = Object.keys(localStorage).find((name) => name.includes("conversation."));
            const kept = JSON.parse(localStorage.getItem(key));
            kept.turns[0].record = {"<img onerror=alert(1)>": 1};
            kept.turns[0].question = kept.title = "<img src=x onerror='window.pwned = 1'>";
            localStorage.setItem(key, JSON.stringify(kept));
            localStorage.setItem("replique.conversation.broken", "{");
        }"""
    )
    page.reload()
    page.locator(".turn .error").wait_for()
    assert "posez la question à nouveau" in page.inner_text(".turn .error")
    assert page.evaluate("window.pwned") is None
    visitor.ask(SOLDIERS)
    assert not visitor.faults


def test_a_full_browser_is_said_and_the_conversation_goes_on(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    page.evaluate(
        """() => {
            let piece = "x".repeat(1 << 20);
            for (let i = 0; piece.length; i++) {
                try { localStorage.setItem(`filler${i}`, piece); }
                catch { piece = piece.slice(piece.length / 2 + 1); }
            }
        }"""
    )
    visitor.ask(SUPPORT)
    page.locator(".toast span", has_text="n’a plus de place").wait_for()
    visitor.ask(PIE)
    assert page.locator(".turn").count() == 2
    assert page.locator(".conversations li").count() == 1


def test_an_export_is_markdown(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    visitor.ask(SOLDIERS)
    with visitor.page.expect_download() as download:
        visitor.page.click(".closing [data-do=export]")
    assert download.value.suggested_filename.endswith(".md")
    text = download.value.path().read_text(encoding="utf-8")
    assert text.startswith("# Combien de soldats")
    assert "> La paix en Ukraine serait accompagnée" in text


def test_clear_can_be_undone(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    visitor.ask(SOLDIERS)
    visitor.page.click("[data-do=clear]")
    assert visitor.page.locator(".turn").count() == 0
    visitor.page.click(".toast button")
    visitor.page.locator(".card").first.wait_for()


def test_a_question_can_be_asked_again_or_changed_in_its_place(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    visitor.ask(SOLDIERS)
    visitor.ask(PIE)
    page.locator(".turn:nth-child(1) [data-do=edit]").click()
    assert page.input_value(BOX) == SOLDIERS
    page.fill(BOX, SUPPORT)
    page.press(BOX, "Control+Enter")
    visitor.settled(1)
    assert page.locator(".question-text").all_inner_texts() == [SUPPORT, PIE]
    page.locator(".turn:nth-child(2) [data-do=retry]").click()
    visitor.settled(2)
    assert page.locator(".turn").count() == 2
    page.reload()
    page.locator(".not-in-sources").wait_for()
    assert page.locator(".question-text").all_inner_texts() == [SUPPORT, PIE]


def test_only_some_sides_or_sources_can_be_asked(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    page.locator(".sides [data-side=Coalition]").click()
    assert page.inner_text(".scoped bdi") == "Coalition"
    visitor.ask(SOLDIERS)
    shown = page.locator(":is(.quote, .near)").evaluate_all("all => all.map(e => e.dataset.source)")
    assert set(shown) == {"declaration"}
    page.reload()
    page.locator(":is(.quote, .near)").first.wait_for()
    assert page.inner_text(".scoped bdi") == "Coalition"
    page.click("[data-do=scope-all]")
    page.locator(".evidence .icon-button[data-source=commentaire]").click()
    visitor.ask("Pourquoi la France agit-elle ?")
    second = page.locator(".turn:nth-child(2) :is(.quote, .near)")
    assert set(second.evaluate_all("all => all.map(e => e.dataset.source)")) == {"commentaire"}
    page.click("[data-do=new]")
    assert not page.locator(".scoped").is_visible()


def test_thumbs_tell_a_wrong_answer_from_a_quote_beside_the_point(
    visit: Visit, launch: Callable[..., Site]
) -> None:
    site = launch(shipped_corpus())
    visitor = visit(site)
    page = visitor.page
    visitor.ask(SOLDIERS)
    visitor.ask(SUPPORT)
    turn = page.locator(".turn:nth-child(2)")
    beside = turn.locator(".card:has([data-n='2']) [data-verdict=beside]")
    wrong, good = turn.locator("[data-verdict=wrong]"), turn.locator("[data-verdict=good]")
    beside.focus()
    page.keyboard.press("Enter")
    page.locator(".toast[role=status]", has_text="à côté du sujet").wait_for()
    wrong.click()
    page.locator(".toast", has_text="réponse fausse").wait_for()
    good.click()
    page.locator(".toast", has_text="bonne réponse").wait_for()
    page.reload()
    turn.locator(".card").first.wait_for()
    pressed = page.locator("[data-do=judge][aria-pressed=true]")
    assert pressed.evaluate_all("all => all.map(e => e.dataset.verdict)") == ["beside", "good"]
    assert beside.get_attribute("aria-pressed") == "true"
    good.click()
    page.locator(".toast", has_text="retiré").wait_for()
    assert pressed.count() == 1
    kept = [(f.question, f.history, f.verdict, f.about) for f in read_feedback(site.index.store)]
    assert kept == [
        (SUPPORT, (SOLDIERS,), verdict, about)
        for verdict, about in [("beside", 2), ("wrong", None), ("good", None), ("retracted", None)]
    ]
    page.click("[data-do=language]")
    page.locator("[aria-label='The answer is wrong']").first.wait_for()
    assert not visitor.faults


# --- keyboard, languages, appearance --------------------------------------------------------------


def test_the_keyboard_is_enough(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    page.keyboard.type(SOLDIERS)
    page.keyboard.press("Control+Enter")
    visitor.settled(1)
    page.keyboard.press("Shift+Tab")
    for _ in range(20):
        if page.evaluate("document.activeElement.matches('.card [data-do=show]:not(.mark)')"):
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert marked(page)
    assert page.evaluate("document.activeElement.className") == "evidence-body"
    page.keyboard.press("Escape")
    assert not page.locator(".evidence").is_visible()
    assert page.evaluate("document.activeElement.dataset.do") == "show"


def test_the_language_can_be_changed_and_stays(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    page = visitor.page
    page.click("[data-do=language]")
    page.locator("#send", has_text="Ask").wait_for()
    assert page.get_attribute("html", "lang") == "en"
    page.reload()
    page.locator("#send", has_text="Ask").wait_for()
    page.locator(".welcome", has_text="What your documents say").wait_for()
    page.click("[data-do=language]")
    page.locator("#send", has_text="Demander").wait_for()


def test_dark_can_be_chosen_and_stays(visit: Visit, shipped: Site) -> None:
    page = visit(shipped).page

    def lightness() -> int:
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(map(int, re.findall(r"\d+", colour)[:3]))

    assert lightness() > 600
    page.click("[data-do=theme]")
    assert lightness() < 150
    page.reload()
    page.locator(".welcome h2").wait_for()
    assert lightness() < 150


def test_on_a_phone_the_sources_are_a_sheet(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped, **PHONE)
    page = visitor.page
    visitor.ask(SUPPORT)
    assert not page.locator(".evidence").is_visible()
    page.locator(".card [data-do=show]").first.click()
    assert marked(page)
    box = page.locator(".evidence").bounding_box()
    assert box is not None and box["width"] == 390 and box["y"] > 50
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator("[data-do=close]").click()
    assert not page.locator(".evidence").is_visible()
    page.click("[data-do=history]")
    assert page.locator(".conversations li").count() == 1


# --- what goes wrong ------------------------------------------------------------------------------


def test_without_an_index_the_page_says_what_to_do(
    visit: Visit, launch: Callable[..., Site], tmp_path: Path
) -> None:
    site = launch(tmp_path)
    visitor = visit(site)
    assert "replique index" in visitor.page.inner_text(".empty-corpus")
    assert not visitor.faults


def test_a_lost_server_is_said(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    visitor.ask(SOLDIERS)
    visitor.page.context.route(re.compile("component_server"), lambda route: route.abort())
    visitor.page.locator(".conversations .open").click()
    visitor.page.locator(".turn .failed").wait_for()
    assert "replique serve" in visitor.page.inner_text(".turn .failed")
    visitor.page.locator(".turn .failed [data-do=reload]").wait_for()
