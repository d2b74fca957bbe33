"""Searching and cutting by hand: words selected in a source, the search in the documents, marks of cards."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.dossier_column import exported, kept, open_dossier
from tests.helpers.indexes import WordEncoder
from tests.helpers.judges import Told, judged_by
from tests.helpers.visits import PHONE, Site, Visit, Visitor, marked, violations

pytestmark = [pytest.mark.browser, pytest.mark.server]

BODY = (
    "# Le tramway, une chance\n\n"
    "Le tramway\u00a0🙂 coûtera «\u202f240 millions\u202f» d’euros et sera acheve\u0301 en quatre ans. "
    "Pendant six mois, la rue 👩\u200d🏫 fermera.\n\n"
    "- la ligne A passe par l’école ;\n- la ligne B, 𝒜𝒷𝒸, passe par le port.\n\n"
    "Les riverains ont été consultés par M. <b>Dupont</b> & Cie.\n"
)
AGAINST = "Le tramway coûtera plus de 300 millions d’euros.\n\nPersonne n’a consulté les riverains du port.\n"
FALL = "Le tramway coûtera plus de 300 millions d’euros."
PARTS = {"\u0301", "\u200d"}
"""Marks that make one letter, or one drawing, of what stands around them."""
JUDGED: dict[str, Told] = {"consult": {"Personne n’a": ("contradicted", 0.95)}}


@pytest.fixture(autouse=True)
def judge(monkeypatch: pytest.MonkeyPatch) -> None:
    judged_by(monkeypatch, JUDGED)


@pytest.fixture(scope="module")
def tram(tmp_path_factory: pytest.TempPathFactory, launch: Callable[..., Site]) -> Site:
    folder = tmp_path_factory.mktemp("tram")
    for side, name, text in (("Pour", "mairie", BODY), ("Contre", "commerces", AGAINST)):
        (folder / side).mkdir()
        (folder / side / f"{name}.txt").write_text(text, encoding="utf-8")
    return launch(folder, encoder=WordEncoder())


def opened(visitor: Visitor, source: str = "mairie") -> Page:
    visitor.page.locator(f".source-list .source[data-source={source}]").click()
    visitor.page.locator(".source-text").wait_for()
    return visitor.page


def select(page: Page, start: int, end: int) -> None:
    """Select characters of a source as a mouse would: between two points in the texts that are shown."""
    page.evaluate(
        """([start, end]) => {
            const point = (at, ends) => {
                const blocks = [...document.querySelectorAll(".source-text [data-start]")];
                const is = (block) => Number(block.dataset.start) + (ends ? 1 : 0) <= at;
                const block = blocks.filter(is).pop() ?? blocks[0];
                let left = [...block.textContent].slice(0, at - Number(block.dataset.start)).join("").length;
                const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
                for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                    if (left <= node.nodeValue.length) return [node, left];
                    left -= node.nodeValue.length;
                }
                return [block, block.childNodes.length];
            };
            getSelection().setBaseAndExtent(...point(start, false), ...point(end, true));
        }""",
        [start, end],
    )


def card_of_selection(page: Page, count: int) -> dict[str, Any]:
    """Make a card of what is selected, the dossier then having so many."""
    page.locator(".selection-tools").wait_for()
    page.click("[data-do=select-card]")
    expect(page.locator(".masthead .count")).to_have_text(str(count))
    quote: dict[str, Any] = kept(page)["cards"][-1]["quote"]
    return quote


def test_what_is_selected_is_the_slice_to_the_character(visit: Visit, tram: Site) -> None:
    """Over emoji, combining marks, several paragraphs and items, from anywhere to anywhere."""
    visitor = visit(tram)
    page = opened(visitor)
    text = tram.text_of("mairie")
    assert text == BODY
    chance = random.Random(16)
    spans = [
        (0, len(text)),
        (text.index("🙂"), text.index("en quatre")),
        (text.index("𝒜"), text.index("𝒜") + 3),
    ]
    ends = [at for at in range(len(text)) if not PARTS & {text[at], text[at - 1]}]  # no letter is cut in two
    spans += [tuple(sorted(chance.sample(ends, 2))) for _ in range(12)]  # type: ignore[misc]
    count = 0
    for start, end in spans:
        if not any(character.isalnum() for character in text[start:end]):
            continue
        select(page, start, end)
        selected = page.evaluate("getSelection().toString()")
        count += 1
        quote = card_of_selection(page, count)
        assert quote["text"] == text[quote["start"] : quote["end"]] == text[start:end].strip(), (start, end)
        assert re.sub(r"\s", "", selected) == re.sub(r"\s", "", quote["text"])
        assert quote["highlights"] == []
    assert not visitor.faults


def test_words_are_selected_with_the_mouse(visit: Visit, tram: Site) -> None:
    visitor = visit(tram)
    page = opened(visitor, "commerces")
    assert page.locator(".selection-tools").is_hidden()
    line = page.locator(".source-text .passage").first.evaluate(
        """async element => {
            for (let n = 0; n < 2; n += 1) await new Promise(requestAnimationFrame); // it has its height now
            const range = document.createRange();
            range.selectNodeContents(element);
            const { left, top } = range.getBoundingClientRect();
            return [left, top + 12];
        }"""
    )
    page.mouse.move(line[0] + 1, line[1])
    page.mouse.down()
    page.mouse.move(line[0] + 180, line[1], steps=4)
    page.mouse.up()
    quote = card_of_selection(page, 1)
    assert quote["text"] in AGAINST
    assert quote["text"].startswith("Le tram")
    assert "mots" in page.inner_text(".selection-said")
    page.locator(".source-view h2").click()
    expect(page.locator(".selection-tools")).to_be_hidden()


def test_words_are_selected_and_used_without_a_mouse(visit: Visit, tram: Site) -> None:
    visitor = visit(tram, permissions=["clipboard-read", "clipboard-write"])
    page = opened(visitor, "commerces")

    def selected() -> str:
        found: str = page.evaluate("getSelection().toString()")
        return found

    page.locator(".evidence-body").focus()
    page.keyboard.press("Enter")
    assert selected() == FALL
    page.keyboard.press("ArrowDown")
    assert selected() == "Personne n’a consulté les riverains du port."
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    assert selected() == FALL, "there is no word before the first"
    page.keyboard.press("ArrowRight")
    assert selected() == "Personne"
    for key, words in (
        ("Shift+ArrowRight", "Personne n’a"),
        ("Shift+ArrowRight", "Personne n’a consulté"),
        ("Shift+ArrowLeft", "Personne n’a"),
        ("Shift+ArrowDown", "Personne n’a consulté les riverains du port."),
    ):
        page.keyboard.press(key)
        assert selected() == words
    assert violations(page) == [], "words selected"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.do") == "select-card"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator(".toast", has_text="Copié").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "Personne n’a consulté les riverains du port.\n— «\u00a0commerces\u00a0» (Contre), § 2"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "evidence-body"
    page.keyboard.press("Escape")
    expect(page.locator(".selection-tools")).to_be_hidden()
    assert page.locator(".source-text").is_visible(), "the first Escape ends the selection alone"


def test_words_are_handed_to_the_tools(visit: Visit, tram: Site) -> None:
    visitor = visit(tram)
    page = opened(visitor)
    text = tram.text_of("mairie")
    start, end = text.index("Les riverains ont"), text.index(" par M.")
    select(page, start, end)
    page.locator(".selection-tools").wait_for()
    page.click("[data-do=select-rebut]")
    page.locator("[data-tool=rebut] .against .quote-text").first.wait_for()
    assert page.input_value("#claim") == text[start:end]
    assert page.input_value("[data-tool=rebut] [name=side]") == "=Pour"
    assert "Personne n’a consulté" in page.inner_text("[data-tool=rebut] .against .quote-text >> nth=0")
    select(page, start, end)
    page.click("[data-do=select-verify]")
    page.locator("[data-tool=verify] .check-exact").wait_for()
    select(page, start, end)
    page.click("[data-do=select-elsewhere]")
    page.locator("[data-tool=verify] .elsewhere", has_text="Cherché ailleurs").wait_for()
    assert page.locator("[data-tool=verify] .tool-results [data-source=mairie]").count() == 0
    page.click("[data-tool=verify] .go")  # sent by hand, it is looked for everywhere again
    page.locator("[data-tool=verify] .check-exact").wait_for()
    assert not visitor.faults


def test_on_a_phone_the_tools_are_not_left_behind_the_source(visit: Visit, tram: Site) -> None:
    visitor = visit(tram, **PHONE)
    page = visitor.page
    page.evaluate("location.hash = '#commerces:0-10'")
    marked(page)
    select(page, 0, len(FALL))
    page.locator(".selection-tools").wait_for()
    assert violations(page) == [], "words selected on a phone"
    page.locator("[data-do=select-verify]").tap()
    page.locator("[data-tool=verify] .check-exact").wait_for()
    assert page.locator("#evidence").is_hidden()


def test_the_documents_are_searched(visit: Visit, tram: Site) -> None:
    visitor = visit(tram)
    page = visitor.page
    page.click(".views [data-view=corpus]")
    page.locator(".corpus-list tr[data-source]").first.wait_for()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "query"
    page.keyboard.type("TRAMWAY")
    page.keyboard.press("Enter")
    hits = page.locator(".found-words .hit")
    expect(hits).to_have_count(3)
    page.locator(".found-meaning .hit").first.wait_for()
    assert page.inner_text(".found-words .found-said") == "3 occurrences"
    assert set(page.locator(".found-words mark").all_inner_texts()) == {"tramway"}
    assert violations(page) == [], "hits"
    page.select_option(".finding [name=side]", "Contre")
    expect(hits).to_have_count(1)
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert marked(page) == "tramway"
    assert page.locator("#evidence .source-tabs [aria-current]").inner_text() == "commerces"

    page.click(".views [data-view=corpus]")
    page.fill(".finding [name=query]", "girafe")
    page.press(".finding [name=query]", "Enter")
    expect(page.locator(".found-words .found-said")).to_contain_text("nulle part")
    expect(hits).to_have_count(0)
    page.click("[data-do=find-clear]")
    expect(page.locator(".found-words")).to_be_hidden()
    assert page.input_value(".finding [name=side]") == ""
    page.fill(".finding [name=query]", "🙂")
    page.press(".finding [name=query]", "Enter")
    expect(page.locator(".finding-error")).to_contain_text("pas de mot")
    assert not visitor.faults


def test_marks_are_ones_own_and_suggestions_are_taken_over(visit: Visit, tram: Site) -> None:
    visitor = visit(tram)
    page = visitor.page
    page.evaluate("location.hash = '#commerces:0-10'")
    marked(page)
    select(page, 0, len(FALL))
    card_of_selection(page, 1)
    page.evaluate(  # as an older dossier has it: marks that were guessed
        """() => {
            const dossier = JSON.parse(localStorage.getItem("replique.dossier"));
            for (const card of dossier.cards) delete card.suggested;
            dossier.cards[0].quote.highlights = [[0, 10]];
            localStorage.setItem("replique.dossier", JSON.stringify({ ...dossier, version: 1 }));
        }"""
    )
    open_dossier(page)
    words = page.locator(".card-text")
    expect(words.locator("mark.suggested")).to_have_text("Le tramway")
    assert "<u>" not in exported(page, "md").decode()
    assert violations(page) == [], "a mark suggested"

    words.focus()
    page.keyboard.press("ArrowRight")  # the first word
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("m")
    own = words.locator("mark:not(.suggested)")
    expect(own).to_have_text("de 300")
    page.keyboard.press("ArrowRight")
    page.locator("[data-do=card-mark]").click()
    expect(own).to_have_text("de 300 millions")
    page.keyboard.press("m")
    expect(own).to_have_text("de 300")
    page.locator(".toast button").click()
    expect(own).to_have_text("de 300 millions")
    assert "<b><u>de 300 millions</u></b>" in exported(page, "md").decode()

    words.focus()
    page.keyboard.press("s")
    expect(words.locator("mark.suggested")).to_have_count(0)
    assert own.all_inner_texts() == ["Le tramway", "de 300 millions"]
    page.locator(".toast button").click()
    expect(words.locator("mark.suggested")).to_have_text("Le tramway")
    page.click("[data-do=card-dismiss]")
    expect(words.locator("mark.suggested")).to_have_count(0)
    assert kept(page)["version"] == 2
    assert not visitor.faults


def test_the_tools_hear_those_whom_the_chat_asks(visit: Visit, tram: Site) -> None:
    visitor = visit(tram)
    page = visitor.page
    page.locator(".source-list [data-do=scope][data-side=Pour]").click()
    page.click(".views [data-view=rebut]")
    among = page.locator("[data-tool=rebut] .among")
    expect(among.locator("summary bdi")).to_have_text("Pour")
    page.fill("#claim", "Les riverains ont été consultés")
    page.select_option("[data-tool=rebut] [name=side]", "=Pour")
    page.click("[data-tool=rebut] .go")
    expect(page.locator("[data-tool=rebut] .tool-results")).to_contain_text("seul le côté Pour parle")
    assert "Parmi\u00a0: Pour" in page.inner_text("[data-tool=rebut] .tool-said")
    among.locator("summary").click()
    among.locator("[data-do=scope-all]").wait_for()
    assert violations(page) == [], "who is heard"
    among.locator("[data-do=scope][data-side=Contre]").click()
    among.locator("[data-do=scope][data-side=Pour]").click()
    expect(among.locator("summary bdi")).to_have_text("Contre")
    page.click("[data-tool=rebut] .go")
    page.locator("[data-tool=rebut] .against .quote-text").first.wait_for()
    page.click(".views [data-view=face]")
    expect(page.locator("[data-tool=face] .among summary bdi")).to_have_text("Contre")
    page.click("[data-tool=face] .go")
    page.locator("[data-tool=face] .tool-results .error", has_text="moins de deux côtés").wait_for()
    page.locator("[data-tool=face] .among summary").click()
    page.locator("[data-tool=face] [data-do=scope-all]").click()
    expect(page.locator("[data-tool=face] .among summary bdi")).to_have_text("toutes les sources")
    page.click(".views [data-view=chat]")
    assert page.locator(".scoped").is_hidden()
    assert not visitor.faults
