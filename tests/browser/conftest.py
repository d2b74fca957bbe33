"""A real browser in front of a really launched page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.base.embeddings.base import BaseEmbedding
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Request, expect, sync_playwright

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
def launch(shipped_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Site]]:
    """Index a corpus and launch the page over it, on a free port of the loopback."""
    pages: list[Any] = []

    def launched(
        corpus: Path,
        assistant: Callable[[Index], Assistant] = Assistant,
        encoder: BaseEmbedding | None = None,
    ) -> Site:
        store = tmp_path_factory.mktemp("store")
        if corpus == shipped_corpus():
            shutil.copytree(shipped_store, store, dirs_exist_ok=True)
        shelf = tmp_path_factory.mktemp("debates")
        index = Index(load_settings(store=store, corpus=corpus, debates=shelf), encoder)
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


WAIT = 20_000
"""Milliseconds that something is waited for: the cores may be busy with other tests."""
expect.set_options(timeout=WAIT)


class Contexts:
    """Contexts of the browser, each lent to one visit at a time: what is loaded once need not be again."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, list[BrowserContext]] = {}

    def take(self, **options: Any) -> BrowserContext:
        free = self._free.get(repr(options))
        context = free.pop() if free else self._browser.new_context(**options)
        context.set_default_timeout(WAIT)
        return context

    def give_back(self, context: BrowserContext, origin: str, **options: Any) -> None:
        """Close its pages, and forget all that a site has kept."""
        context.unroute_all(behavior="ignoreErrors")  # some requests may be under way
        page = context.new_page()
        for each in context.pages:
            if each is not page:
                each.close()
        forget = {"origin": origin.rstrip("/"), "storageTypes": "all"}
        context.new_cdp_session(page).send("Storage.clearDataForOrigin", forget)
        page.close()
        self._free.setdefault(repr(options), []).append(context)


@pytest.fixture(scope="package")
def contexts(browser: Browser) -> Contexts:
    return Contexts(browser)


@pytest.fixture
def visit(contexts: Contexts) -> Iterator[Callable[..., Visitor]]:
    """Open a site as somebody who has never been there; what leaves it is noted, and goes nowhere."""
    begun: list[tuple[Visitor, dict[str, Any], bool]] = []

    def visited(site: Site, own_clock: bool = False, **options: Any) -> Visitor:
        options = {"locale": "fr-FR", "viewport": {"width": 1280, "height": 900}, **options}
        context = contexts.take(**options)
        visitor = Visitor(context.new_page(), site)
        begun.append((visitor, options, own_clock))

        def note(request: Request) -> None:
            if not request.url.startswith((site.url, "data:", "blob:")):
                visitor.outside.append(request.url)

        visitor.page.on("request", note)

        def note_forbidden(message: ConsoleMessage) -> None:
            if "Content Security Policy" in message.text:
                visitor.forbidden.append(message.text)

        visitor.page.on("console", note_forbidden)
        visitor.page.on("pageerror", lambda error: visitor.faults.append(str(error)))
        visitor.page.goto(site.url)
        visitor.page.locator(":is(.welcome :is(h2, .error), .turn)").first.wait_for()
        return visitor

    yield visited
    forbidden = [line for visitor, *_ in begun for line in visitor.forbidden]
    for visitor, options, own_clock in begun:
        context = visitor.page.context
        if own_clock:  # it cannot be put right again
            context.close()
        else:
            contexts.give_back(context, visitor.site.url, **options)
    assert not forbidden
