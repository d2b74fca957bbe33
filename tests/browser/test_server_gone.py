"""A server that goes away in the middle, and comes back: it is said, and nothing is lost or loaded anew."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from rag.settings import shipped_corpus
from tests.helpers.scripted_endpoint import Handler, running, says
from tests.helpers.visits import BOX, SOLDIERS, Site, Visit

pytestmark = [pytest.mark.browser, pytest.mark.server]

SENTENCE = (
    "Selon le Commentaire, la paix serait accompagnée d’une force ukrainienne de 800 000 soldats [S1]. "
)


def half(handler: Handler, body: dict[str, Any]) -> None:
    """Write a few sentences, begin another, and say no more."""
    handler.open_stream()
    handler.piece(f"{SENTENCE}Elle compterait 900 000 chars [S1]. Elle com")
    for _ in range(1200):
        handler.piece("")
        time.sleep(0.1)


class Served:
    """``replique serve`` in a process of its own, which can be ended and started again."""

    def __init__(self, store: Path, model: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}/"
        self._store = store
        self._environment = {**os.environ, "REPLIQUE_LLM_URL": model, "REPLIQUE_LLM_MODEL": "scripted"}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        located = ["--store", str(self._store), "--corpus", str(shipped_corpus())]
        command = [sys.executable, "-m", "rag", "serve", "--port", str(self._port), *located]
        self._process = subprocess.Popen(
            command, env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            assert self._process.poll() is None
            time.sleep(0.1)
        pytest.fail("it does not listen")

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()


@pytest.fixture
def served(shipped: Site, tmp_path: Path) -> Iterator[tuple[Served, Any]]:
    with running() as endpoint:
        server = Served(Path(shipped.index.settings.store), endpoint.url)
        server.start()
        yield server, endpoint
        server.kill()


def test_it_is_said_nothing_is_lost_and_all_goes_on(
    visit: Visit, shipped: Site, served: tuple[Served, Any]
) -> None:
    server, endpoint = served
    endpoint.script = half
    visitor = visit(Site(server.url, shipped.index))
    page = visitor.page
    page.evaluate("window.loaded = 'once'")
    page.fill(BOX, SOLDIERS)
    page.press(BOX, "Enter")
    page.locator(".turn .prose").first.wait_for()
    server.kill()
    lost = page.locator(".server-gone")
    expect(lost).to_be_visible()
    expect(lost).to_contain_text("Le serveur ne répond pas")
    cut = page.locator(".turn .failed")
    expect(cut).to_contain_text("Réponse interrompue")
    assert "800 000 soldats" in page.inner_text(".turn .answer")  # what had come stays

    page.fill(BOX, "Qui paiera ?")
    page.press(BOX, "Enter")  # asked while it is gone
    expect(page.locator(".turn .failed")).to_have_count(2)
    page.fill(BOX, "à moitié écr")
    page.click(".views [data-view=face]")
    page.fill("#motion", "Envoyer des soldats")
    page.press("#motion", "Enter")
    page.locator("[data-tool=face] .error").wait_for()
    page.click(".views [data-view=verify]")
    page.fill("[data-tool=verify] textarea", "Une citation collée")
    page.click(".views [data-view=corpus]")
    page.locator(".toast", has_text="Le serveur ne répond pas").wait_for()
    page.click("[data-view=evaluation]")
    page.locator("#report .error").wait_for()
    assert page.locator("text=Connection").count() == 0  # nothing of Gradio's, nor in English

    endpoint.script = says(SENTENCE)
    server.start()
    expect(lost).to_be_hidden(timeout=40_000)  # by itself
    page.locator("#report h2").wait_for()
    page.locator("[data-tool=face].shown").wait_for(state="attached")
    page.click(".views [data-view=verify]")
    assert page.input_value("[data-tool=verify] textarea") == "Une citation collée"
    page.click(".views [data-view=chat]")
    assert page.input_value(BOX) == "à moitié écr"
    page.locator(".turn:nth-child(1) .failed [data-do=retry]").click()
    page.locator(".turn:nth-child(1) .card").first.wait_for()
    page.locator(".turn:nth-child(2) .failed [data-do=retry]").click()
    expect(page.locator(".turn .failed")).to_have_count(0)
    assert page.evaluate("window.loaded") == "once"
    page.reload()
    page.locator(".turn:nth-child(1) .card").first.wait_for()
    assert page.locator(".turn .question-text").all_inner_texts() == [SOLDIERS, "Qui paiera ?"]
    assert not visitor.faults
