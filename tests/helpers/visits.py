"""Visits to the page with a real browser: who asks, what is seen, and what is asked."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

from rag.store.index import Index

CHROMIUM = os.environ.get("REPLIQUE_TEST_CHROMIUM") or "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--proxy-server=http://127.0.0.1:9",  # nobody is there: only what is on loopback is reached
]
BOX = "#question"
ANSWERED = ":is(.card, .not-in-sources, .error)"
SUPPORT = "Quel soutien à l’armée ukrainienne ?"
SOLDIERS = "Combien de soldats compterait l'armée ukrainienne ?"
PIE = "Quelle est la recette de la tarte aux pommes ?"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@dataclass
class Site:
    """A launched page, and the index that it answers from."""

    url: str
    index: Index

    def text_of(self, source: str) -> str:
        return self.index.read(
            lambda snapshot: next(
                snapshot.source(n).text for n, info in enumerate(snapshot.infos) if info.id == source
            )
        )


@dataclass
class Visitor:
    """One visit to a site; what it asked of others, faults of its scripts, what its policy forbade."""

    page: Page
    site: Site
    outside: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        turn = self.page.locator(".turn").count() + 1
        self.page.fill(BOX, question)
        self.page.press(BOX, "Enter")
        self.settled(turn)

    def settled(self, turn: int) -> None:
        """Wait until that turn is answered and nothing more comes."""
        self.page.locator(f".turn:nth-child({turn}) {ANSWERED}").first.wait_for()
        previous = ""
        while (now := self.page.locator(".transcript").inner_html()) != previous:
            previous = now
            self.page.wait_for_timeout(150)

    def slices(self, selector: str = ".quote-text") -> list[tuple[str, str]]:
        """What the browser reads in each quote, and the slice of the source that it claims to be."""
        shown: list[dict[str, str]] = self.page.eval_on_selector_all(
            selector, "all => all.map(e => ({text: e.textContent, ...e.parentElement.dataset}))"
        )
        return [
            (quote["text"], self.site.text_of(quote["source"])[int(quote["start"]) : int(quote["end"])])
            for quote in shown
        ]


Visit = Callable[..., Visitor]


def marked(page: Page, selector: str = ".source-text mark.current") -> str:
    page.locator(selector).first.wait_for()
    return "".join(page.eval_on_selector_all(selector, "all => all.map(e => e.textContent)"))


def in_view(element: Locator, frame: Locator) -> bool:
    inner, outer = element.bounding_box(), frame.bounding_box()
    assert inner is not None and outer is not None
    return outer["y"] <= inner["y"] and inner["y"] + inner["height"] <= outer["y"] + outer["height"]


COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
"""The rules of which light and dark are not the same to axe."""


def violations(page: Page) -> list[tuple[str, str, str]]:
    """What is serious as the page is, and of its colours, in dark as well."""
    found = serious(page)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_function("dark => document.body.matches('.dark') === dark", arg=scheme == "dark")
        page.evaluate("document.getAnimations().forEach(each => { try { each.finish(); } catch {} })")
        found += serious(page, COLOURS) if scheme == "dark" else []
    return found


def serious(page: Page, options: dict[str, Any] | None = None) -> list[tuple[str, str, str]]:
    found = Axe().run(page, options={"resultTypes": ["violations"], **(options or {})}).response["violations"]
    return [
        (violation["id"], violation["impact"], node["html"][:200])
        for violation in found
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]
