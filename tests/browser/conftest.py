"""A real browser in front of a really launched page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from rag.answer.assistant import Assistant
from rag.settings import load_settings, shipped_corpus
from rag.store.index import Index
from rag.store.synchronise import sync
from rag.ui.server import launch as launch_page

CHROMIUM = os.environ.get("REPLIQUE_TEST_CHROMIUM") or "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BOX = "#question"
ANSWERED = ":is(.card, .not-in-sources, .error)"


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
    """One visit to a site."""

    page: Page
    site: Site
    outside: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

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


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists() and not shutil.which(CHROMIUM):
        reason = f"no browser at {CHROMIUM}: apt-get install chromium, or set REPLIQUE_TEST_CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def launch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Site]]:
    """Index a corpus and launch the page over it, on a free port of the loopback."""
    pages: list[Any] = []

    def launched(corpus: Path, assistant: Callable[[Index], Assistant] = Assistant) -> Site:
        index = Index(load_settings(store=tmp_path_factory.mktemp("store"), corpus=corpus))
        if any(corpus.iterdir()):
            sync(index)
        page, url = launch_page(assistant(index))
        pages.append(page)
        return Site(url, index)

    yield launched
    for page in pages:
        page.close(verbose=False)


@pytest.fixture(scope="package")
def shipped(launch: Callable[..., Site]) -> Site:
    return launch(shipped_corpus())


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Open a site, with the network cut: what leaves 127.0.0.1 is noted and goes nowhere."""
    contexts = []

    def visited(site: Site, **options: Any) -> Visitor:
        options = {"locale": "fr-FR", "viewport": {"width": 1280, "height": 900}, **options}
        context = browser.new_context(**options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        visitor = Visitor(context.new_page(), site)

        def gate(route: Route) -> None:
            if route.request.url.startswith(site.url):
                route.continue_()
            else:
                visitor.outside.append(route.request.url)
                route.abort()

        context.route(lambda url: not url.startswith(("data:", "blob:")), gate)
        visitor.page.on("pageerror", lambda error: visitor.faults.append(str(error)))
        visitor.page.goto(site.url)
        visitor.page.locator(":is(.welcome :is(h2, .error), .turn)").first.wait_for()
        return visitor

    yield visited
    for context in contexts:
        context.unroute_all(behavior="ignoreErrors")  # some requests may be under way
        context.close()
