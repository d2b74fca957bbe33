"""The page in a browser: what it shows is the slice it claims, harmless, and stays on this machine."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.helpers.visits import BOX, PIE, SOLDIERS, Site, Visit

pytestmark = [pytest.mark.browser, pytest.mark.server]


# Each line is a passage; each is asked about by a word of its own.
HOSTILE = {
    "drapeau": (
        "Le drapeau <script>window.pwned = 1</script> flotte <b>haut</b> sur "
        '<img src="x" onerror="window.pwned = 2"> la grande mairie &amp; &lt;reste&gt; &#13; là.'
    ),
    "zèbre": (
        "*Le* _zèbre_ **coûte** ~~rien~~ $x$ ou $$y$$ selon [1] [le lien](javascript:window.pwned=3) "
        "`code` ${1+1} {{value}} | a | b | 1986."
    ),
    "phare": (
        "Le phare   ancien\u00a0: «\u202fbrille\u202f»\u00a0; la \u202eeuqram\u202c éteint\u0085tout, "
        "« sans fin, \u2067vers\u2069 le\u2028large\ttoujours."
    ),
}
HOSTILE_TITLE = 'Le <i>"titre"</i> \u202e*gras*'


@pytest.fixture(scope="module")
def hostile(launch: Callable[..., Site], tmp_path_factory: pytest.TempPathFactory) -> Site:
    corpus = tmp_path_factory.mktemp("corpus")
    head = f"---\ntitle: '{HOSTILE_TITLE}'\nside: '<u>Contre</u>'\nnote: '<s>note</s>'\nlanguage: fr\n---\n"
    (corpus / "hostile.txt").write_text(head + "\n\n".join(HOSTILE.values()) + "\n", encoding="utf-8")
    return launch(corpus)


def test_the_quote_reads_as_the_slice_of_the_corpus_file(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    visitor.ask(SOLDIERS)
    first = visitor.page.locator(".card").first
    quote = first.locator(".quote")
    start, end = int(quote.get_attribute("data-start") or ""), int(quote.get_attribute("data-end") or "")
    file = shipped.index.settings.corpus_dir() / "commentaire.md"
    text = file.read_text(encoding="utf-8").split("\n---\n", 1)[1]
    assert quote.get_attribute("data-source") == "commentaire"
    assert "800 000 soldats" in text[start:end]
    assert first.locator(".quote-text").evaluate("e => e.textContent") == text[start:end]
    assert all(shown == expected for shown, expected in visitor.slices())
    caption = first.locator("figcaption").evaluate("e => e.textContent")
    assert caption.startswith(
        "[1] Selon «\u00a0Commentaire de la réunion de Paris\u00a0» (Critique), § 3\u00a0:"
    )
    assert "Voix de la « Gauche historique »" in caption
    assert not visitor.faults


def test_a_hostile_document_shows_its_characters_and_does_nothing(visit: Visit, hostile: Site) -> None:
    visitor = visit(hostile)
    for word in HOSTILE:
        visitor.ask(f"Que dit le texte sur le {word} ?")
    shown = visitor.slices(":is(.quote-text, .near-text)")
    assert all(text == expected for text, expected in shown)
    for passage in HOSTILE.values():
        assert any(text in passage for text, _ in shown), passage
    visitor.page.locator("[data-do=show]").first.click()
    visitor.page.locator(".source-text mark").first.wait_for()
    inside = ":is(.transcript, .evidence) :is(script, img, a, b, i, u, s, code, table, .katex)"
    assert visitor.page.locator(inside).count() == 0
    assert visitor.page.evaluate("window.pwned") is None
    caption = visitor.page.locator("figcaption").first.evaluate("e => e.textContent")
    assert f"«\u00a0{HOSTILE_TITLE}\u00a0» (<u>Contre</u>)" in caption
    assert "<s>note</s>" in caption
    assert not visitor.outside
    assert not visitor.faults


INJECTED = """() => {
    const place = document.createElement('div');
    place.innerHTML = `<img src="x" onerror="window.pwned = 4"><a href="javascript:window.pwned = 5">a</a>
        <button onclick="window.pwned = 6">b</button>
        <iframe srcdoc="<script>parent.pwned = 7</script>"></iframe>`;
    document.body.append(place);
    const script = Object.assign(document.createElement('script'), {textContent: 'window.pwned = 8'});
    const other = Object.assign(document.createElement('script'), {src: 'data:text/javascript,pwned=9'});
    document.body.append(script, other);
    place.querySelector('a').click();
    place.querySelector('button').click();
    return Promise.allSettled([fetch('http://192.0.2.1/'), new Promise((_, no) => {
        new WebSocket('ws://192.0.2.2/').onerror = no;
    })]).then((all) => all.map(({ reason }) => String(reason)));
}"""


def test_direction_marks_stay_within_their_quote(visit: Visit, hostile: Site) -> None:
    visitor = visit(hostile)
    visitor.ask("Que dit le texte sur le phare ?")
    opening, locator = (
        visitor.page.locator(".cite").first.evaluate(
            """(cite, wanted) => {
                const walker = document.createTreeWalker(cite, NodeFilter.SHOW_TEXT);
                const range = document.createRange();
                while (walker.nextNode()) {
                    const at = walker.currentNode.data.indexOf(wanted);
                    if (at < 0) continue;
                    range.setStart(walker.currentNode, at);
                    range.setEnd(walker.currentNode, at + wanted.length);
                    return range.getBoundingClientRect().left;
                }
            }""",
            wanted,
        )
        for wanted in ("Selon", "§")
    )
    assert opening < locator  # an override that leaks from the title would turn what follows around


def test_a_follow_up_is_understood_and_leaves_what_is_shown_alone(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    visitor.ask(SOLDIERS)
    visitor.page.evaluate("document.querySelector('.card').kept = true")
    visitor.ask("et pour les troupes françaises ?")
    understood = visitor.page.inner_text(".turn:nth-child(2) .understood")
    assert SOLDIERS.rstrip(" ?\u00a0\u202f") in understood and "troupes françaises" in understood
    assert visitor.page.evaluate("document.querySelector('.card').kept")
    visitor.page.click("[data-do=clear]")
    visitor.page.locator(".turn").first.wait_for(state="detached")
    visitor.ask("et pour les troupes françaises ?")
    assert visitor.page.locator(".understood").count() == 0


def test_not_in_the_sources_looks_different(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    visitor.ask(PIE)
    silence = visitor.page.locator(".not-in-sources")
    assert silence.locator(".verdict").inner_text() == "Les sources ne le disent pas."
    assert "pas donnés comme réponse" in silence.locator("h3").inner_text()
    near = visitor.slices(".near-text")
    assert near and all(shown == expected for shown, expected in near)
    assert visitor.page.locator(".quote, .quote-text, .card, .mark").count() == 0


def test_an_error_is_one_line_and_the_question_comes_back(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    visitor.ask("???")
    assert visitor.page.inner_text(".error") == "Pas de réponse\u00a0: Posez une question sur les sources."
    assert visitor.page.input_value(BOX) == "???"
    visitor.ask(SOLDIERS)
    assert visitor.page.input_value(BOX) == ""
    assert visitor.page.locator(".turn:nth-child(2) .understood").count() == 0
    full = {"status": 503, "content_type": "text/plain", "body": "Trop de demandes."}
    visitor.page.route("**/call/page_ask", lambda route: route.fulfill(**full))
    visitor.page.fill(BOX, PIE)
    visitor.page.press(BOX, "Enter")
    visitor.page.locator(".toast", has_text="Trop de demandes.").wait_for()
    visitor.page.locator(".turn:nth-child(3) .failed").wait_for()


def test_the_page_speaks_the_browsers_language(visit: Visit, shipped: Site) -> None:
    french, english = visit(shipped), visit(shipped, locale="en-GB")
    french.page.locator(".corpus .chip").first.wait_for()
    assert french.page.inner_text(".corpus").split() == ["2", "documents", "Coalition", "Critique"]
    assert french.page.get_attribute(BOX, "placeholder") == "Posez une question…"
    assert english.page.get_attribute(BOX, "placeholder") == "Ask a question…"
    assert (french.page.inner_text("#send"), english.page.inner_text("#send")) == ("Demander", "Ask")
    languages = [visitor.page.get_attribute("html", "lang") for visitor in (french, english)]
    assert languages == ["fr", "en"]


def test_examples_are_asked_with_one_click_and_suit_the_corpus(
    visit: Visit, shipped: Site, hostile: Site
) -> None:
    visitor = visit(shipped)
    visitor.page.locator(".suggestion").first.click()
    visitor.settled(1)
    assert visitor.page.locator(".card").count() > 0
    assert not visitor.page.locator(".welcome").is_visible()
    other = visit(hostile)
    assert other.page.locator(".welcome .hint").is_visible()
    assert other.page.locator(".suggestion").count() == 0


def test_a_phone_scrolls_one_way_only(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    visitor.ask("Quel soutien à l’armée ukrainienne ?")
    visitor.page.locator("[data-do=show]").first.click()
    width = visitor.page.evaluate("document.documentElement.scrollWidth")
    assert width == visitor.page.evaluate("window.innerWidth") == 390
    box = visitor.page.locator(BOX).bounding_box()
    assert box is not None and box["y"] + box["height"] <= 844  # it stays in reach


def test_the_evaluation_has_its_view(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped)
    assert not visitor.page.locator(".report").is_visible()
    visitor.page.locator(".page-foot").get_by_role("link", name="Évaluation").click()
    visitor.page.locator(".report h2").wait_for()
    assert not visitor.page.locator(BOX).is_visible()
    visitor.page.locator(".views").get_by_role("link", name="Questions").click()
    assert visitor.page.locator(BOX).is_visible()


def test_nothing_leaves_this_machine(visit: Visit, shipped: Site) -> None:
    visitor = visit(shipped, color_scheme="dark")
    visitor.ask(SOLDIERS)
    visitor.ask(PIE)
    visitor.page.click(".api")
    visitor.page.get_by_text("/search").first.wait_for()
    assert visitor.outside == visitor.forbidden == []
    visitor.page.evaluate(INJECTED)  # what gets into the page all the same does not run, and asks nobody
    visitor.page.wait_for_timeout(300)
    assert visitor.page.evaluate("window.pwned") is None
    assert visitor.outside == []
    kinds = (
        "event handler",
        "inline script",
        "data:text/javascript",
        "javascript:",
        "192.0.2.1",
        "192.0.2.2",
    )
    assert [kind for kind in kinds if not any(kind in line for line in visitor.forbidden)] == []
    visitor.forbidden.clear()
