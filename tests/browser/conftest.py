"""A real browser in front of a really launched page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, sync_playwright

from rag.answer.assistant import Assistant
from rag.settings import load_settings, shipped_corpus
from rag.store.index import Index
from rag.store.synchronise import sync
from rag.ui.server import launch as launch_page
from tests.helpers.visits import CHROMIUM, QUIET, Site, Visitor


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
