"""Pictures of states of the page, for README and docs: ``make screenshots``."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from rag.answer.assistant import Assistant
from rag.llm.assistant import GroundedAssistant
from rag.llm.endpoint import Endpoint
from rag.settings import load_settings, shipped_corpus
from rag.store.index import Index
from rag.store.synchronise import sync
from rag.ui.server import launch
from tests.helpers.scripted_endpoint import running, says
from tests.helpers.visits import ANSWERED, BOX, CHROMIUM, QUIET

LAPTOP: dict[str, Any] = {"viewport": {"width": 1366, "height": 820}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
FRANCE = "Pourquoi la France agit-elle ?"
SOLDIERS = "Des soldats français seront-ils envoyés en Ukraine ?"
SUPPORT = "Quel soutien à l’armée ukrainienne ?"
CEASEFIRE = "Qui mènera le suivi du cessez-le-feu ?"
CARDS = {
    "tag": (
        "Des milliers de soldats français iraient",
        "La France n’agirait pas pour la paix",
        "Elle voudrait sa part",
    ),
    "note": ("Chiffre à opposer au « soutien » de la déclaration.",),
}
GAS = "Quel est le prix du gaz naturel ?"


def ask(page: Page, question: str) -> None:
    """Ask, and wait for the answer."""
    turns = page.locator(".turn").count()
    page.fill(BOX, question)
    page.press(BOX, "Enter")
    page.locator(f".turn:nth-child({turns + 1}) {ANSWERED}").first.wait_for()
    page.locator(".transcript[aria-busy=false]").wait_for()


def answered(page: Page) -> None:
    """Two answers, a quote of the second in its source."""
    ask(page, FRANCE)
    ask(page, SOLDIERS)
    page.locator(".turn:last-child .card .mark").first.click()
    page.locator("mark.current").first.wait_for()


def silent(page: Page) -> None:
    """What the sources do not say."""
    ask(page, FRANCE)
    ask(page, GAS)


def asked(page: Page) -> None:
    """One answer."""
    ask(page, SOLDIERS)


def opened(page: Page) -> None:
    """The sheet of the sources."""
    ask(page, SOLDIERS)
    page.locator(".card [data-do=show]").first.click()
    page.locator("mark.current").first.wait_for()


def verified(page: Page) -> None:
    """A speech that quotes well and badly."""
    page.click(".views [data-view=verify]")
    page.fill("#claimed", SPEECH)
    page.check("[name=kind][value=speech]")
    page.press("#claimed", "Control+Enter")
    page.locator(".check del").first.wait_for()
    page.locator("[data-tool=verify]").evaluate(
        "e => { e.scrollTop = e.querySelector('.choices').offsetTop }"
    )
    page.locator(".check [data-do=show]").first.click()
    page.locator("mark.current").first.wait_for()


def faced(page: Page) -> None:
    """Both sides on a motion."""
    page.click(".views [data-view=face]")
    page.fill("#motion", "La France agit pour la paix")
    page.press("#motion", "Enter")
    page.locator(".point").first.wait_for()
    page.click(".evidence [data-do=close]")


def prepared(page: Page) -> None:
    """The map of the arguments of a brief."""
    page.click(".views [data-view=prepare]")
    page.wait_for_function("document.querySelector('[data-tool=prepare] [name=motion]').value")
    page.click("[data-tool=prepare] .go")
    page.locator(".brief svg").first.wait_for()
    page.click(".evidence [data-do=close]")
    page.locator(".brief svg").first.evaluate("e => e.scrollIntoView({ block: 'start' })")


def countered(page: Page) -> None:
    """A speech answered, the strongest replies on top."""
    page.click(".views [data-view=counter]")
    page.fill("[data-tool=counter] textarea", HEARD)
    page.locator(
        ".spoken:nth-of-type(3)[aria-busy=false], .spoken-list > :nth-child(3):not([aria-busy=true])"
    ).wait_for()
    page.keyboard.press("Escape")
    page.click(".evidence [data-do=close]")
    page.locator(".strongest").first.evaluate("e => e.scrollIntoView({ block: 'end' })")


def listed(page: Page) -> None:
    """The debates, to change between."""
    page.click(".switcher")
    page.locator(".debate-list li").first.wait_for()


def rebutted(page: Page) -> None:
    """What to set against a claim of the other side."""
    page.click(".views [data-view=rebut]")
    page.fill("#claim", CLAIM)
    page.select_option("[data-tool=rebut] [name=side]", "=Coalition")
    page.press("#claim", "Control+Enter")
    page.locator(".bearing").first.wait_for()
    page.click(".evidence [data-do=close]")


def trained(page: Page) -> None:
    """A question of the training, answered in part."""
    page.click(".views [data-view=drill]")
    page.select_option("[data-tool=drill] [name=count]", "5")
    page.click("[data-tool=drill] .go")
    page.locator(".drill-question:not([hidden]) textarea").fill("Une paix juste et durable, je crois.")
    page.click(".drill-question:not([hidden]) .drill-answer .go")
    page.locator(".graded").wait_for()
    page.click(".evidence [data-do=close]")
    page.locator(".drill-question:not([hidden])").evaluate("e => e.scrollIntoView()")


def written(page: Page) -> None:
    """An answer that a model writes, one sentence of it not borne out."""
    page.fill(BOX, ARMY)
    page.press(BOX, "Enter")
    page.locator(".prose.unsupported").wait_for()
    page.locator(".transcript[aria-busy=false]").wait_for()


def dossier(page: Page) -> None:
    """Up to ten cards, those of the first section with what they prove."""
    for question in (SOLDIERS, FRANCE, SUPPORT, CEASEFIRE):
        ask(page, question)
    waiting = page.locator("[data-do=add-card]:not([data-in])")
    for number in range(1, 11):
        if not waiting.count():  # one quote may stand in several answers
            break
        waiting.first.click()
        page.locator(".masthead .count", has_text=str(number)).wait_for()
    page.click(".masthead [data-do=dossier]")
    for field, texts in CARDS.items():
        for number, text in enumerate(texts):
            page.locator(f".dossier-card [data-field={field}]").nth(number).fill(text)
            page.keyboard.press("Tab")
            page.wait_for_timeout(250)
    page.fill(".dossier-title", "L’armée française en Ukraine")
    page.keyboard.press("Tab")
    page.wait_for_timeout(400)
    page.evaluate("document.activeElement.blur()")
    page.locator(".dossier-body").evaluate("e => (e.scrollTop = 0)")


def first_visit(page: Page) -> None:
    """Nothing asked yet."""


SPEECH = (
    "Selon la Déclaration, « ces engagements comprendront l’utilisation de capacités militaires ». Et tous "
    "veulent « une paix juste et durable en Ukraine »."
)
CLAIM = "Nous agissons pour une paix juste et durable, et pour la sécurité de l’Ukraine."
HEARD = (
    "La France agit pour la paix. Le commentaire parle d’« une force armée ukrainienne de 900 000 soldats ». "
    "Il n’y aura pas de surveillance du cessez-le-feu. "
)
ARMY = "Combien de soldats compterait l’armée ukrainienne ?"
WRITTEN = (
    "Selon le Commentaire, la paix serait accompagnée de l’établissement d’une force ukrainienne de 800 000 "
    "soldats [S1]. Cette armée compterait aussi 900 000 chars [S1]."
)
"""What the model of the picture says: two sentences, the second made up."""
STATES: dict[str, tuple[dict[str, Any], Callable[[Page], None]]] = {
    "first-visit": (LAPTOP, first_visit),
    "answer": (LAPTOP, answered),
    "not-in-the-sources": (LAPTOP, silent),
    "verify": (LAPTOP, verified),
    "face": (LAPTOP, faced),
    "prepare": (LAPTOP, prepared),
    "counter": (LAPTOP, countered),
    "debates": (LAPTOP, listed),
    "rebut": (LAPTOP, rebutted),
    "training": (LAPTOP, trained),
    "model": (LAPTOP, written),
    "dark": ({**LAPTOP, "color_scheme": "dark"}, answered),
    "dossier": (LAPTOP, dossier),
    "phone": (PHONE, asked),
    "phone-source": (PHONE, opened),
}


def picture(browser: Browser, url: str, name: str, folder: Path) -> Path:
    """One state, in few colours to be small."""
    options, act = STATES[name]
    context = browser.new_context(locale="fr-FR", reduced_motion="reduce", **options)
    page = context.new_page()
    page.goto(url)
    page.locator(".welcome h2").wait_for()
    act(page)
    page.wait_for_timeout(400)
    file = folder / f"{name}.png"
    page.screenshot(path=file)
    context.close()
    with Image.open(file) as image:
        image.convert("RGB").quantize(128).save(file, optimize=True)
    return file


def main(folder: Path, *names: str) -> None:
    """The pictures into a folder: those named, or all."""
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as store, running() as endpoint, sync_playwright() as playwright:
        settings = load_settings(
            store=Path(store) / "store", corpus=shipped_corpus(), debates=Path(store) / "debates"
        )
        index = Index(settings)
        sync(index)
        endpoint.script = says(WRITTEN)
        model = Endpoint(settings.model_copy(update={"llm_url": endpoint.url, "llm_model": "picture"}))
        plain, grounded = launch(Assistant(index)), launch(GroundedAssistant(index, model))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for name in names or STATES:
            file = picture(browser, (grounded if name == "model" else plain)[1], name, folder)
            print(f"{file}: {file.stat().st_size // 1000} kB")
        browser.close()
        for page, _ in (plain, grounded):
            page.close(verbose=False)
        index.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
