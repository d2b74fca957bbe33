"""The page launched: its HTTP endpoints, its address, what the process says; Gradio comes only then."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from rag.answer.assistant import Assistant
from rag.errors import SettingsError
from rag.settings import load_settings, shipped_corpus
from rag.store.index import Index
from rag.store.synchronise import sync
from rag.ui.address import free_port
from rag.ui.server import launch
from tests.helpers import ROOT


@contextmanager
def client_of(index: Index) -> Iterator[Any]:
    """A client of a page that is really launched."""
    page, url = launch(Assistant(index))
    from gradio_client import Client

    try:
        yield Client(url, verbose=False)
    finally:
        page.close(verbose=False)


@pytest.fixture(scope="module")
def client(index: Index) -> Iterator[Any]:
    with client_of(index) as connected:
        yield connected


@pytest.mark.server
def test_the_api_gives_quotes_that_are_slices(client: Any) -> None:
    files = shipped_corpus().glob("*.md")
    texts = {file.stem: file.read_text("utf-8").split("\n---\n", 1)[1] for file in files}
    answer = client.predict("Combien de soldats compterait l'armée ukrainienne ?", api_name="/ask")
    assert answer["answerable"]
    assert any("800 000" in quote["text"] for quote in answer["quotes"])
    found = client.predict("cessez-le-feu", k=3, api_name="/search")
    assert found["query"] == "cessez-le-feu"
    assert len(found["passages"]) == 3
    for quote in (*answer["quotes"], *found["passages"]):
        assert texts[quote["source"]][quote["start"] : quote["end"]] == quote["text"]
    json.dumps([answer, found])


@pytest.mark.server
def test_the_api_takes_what_the_command_line_takes(client: Any) -> None:
    answer = client.predict(
        question="et les troupes françaises ?",
        lang="en",
        sides=["Critique"],
        sources=["commentaire"],
        history=["Combien de soldats compterait l’armée ukrainienne ?"],
        api_name="/ask",
    )
    assert answer["lang"] == "en"
    assert answer["rewritten_question"].startswith("Combien de soldats")
    assert {quote["source"] for quote in (*answer["quotes"], *answer["near"])} == {"commentaire"}


@pytest.mark.server
@pytest.mark.parametrize(
    ("endpoint", "arguments", "message"),
    [
        ("/ask", {"question": " "}, "question is empty"),
        ("/ask", {"question": "Qui ?", "lang": "de"}, "give fr, en"),
        ("/ask", {"question": "Qui ?", "sides": ["Martiens"]}, "Martiens"),
        ("/search", {"query": "paix", "k": 0}, "1 to 1000"),
    ],
)
def test_an_error_reaches_the_client_as_one_line(
    client: Any, endpoint: str, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(Exception, match=message) as raised:
        client.predict(**arguments, api_name=endpoint)
    assert "\n" not in str(raised.value)


@pytest.mark.server
def test_nothing_but_the_services_is_public(client: Any) -> None:
    described = client.view_api(return_format="dict", print_info=False)
    assert set(described["named_endpoints"]) == {
        "/debates", "/ask", "/ask_stream", "/search", "/sources", "/verify", "/verify_speech", "/face",
        "/rebut", "/counter", "/brief", "/drill", "/drill_grade", "/drill_overrule", "/dossier_card",
        "/dossier_check", "/dossier_export", "/page_of",
    }  # fmt: skip
    assert described["unnamed_endpoints"] == {}


@pytest.mark.server
def test_an_open_page_answers_from_a_new_index(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "zebre.md").write_text("Le zèbre porte des rayures noires et blanches.\n", encoding="utf-8")
    opened = Index(load_settings(store=tmp_path / "store", corpus=corpus))
    sync(opened)
    with client_of(opened) as client:
        asked = {"query": "couleur de la girafe", "api_name": "/search"}
        assert {found["source"] for found in client.predict(**asked)["passages"]} == {"zebre"}
        (corpus / "girafe.md").write_text("La couleur de la girafe est le jaune.\n", encoding="utf-8")
        sync(Index(opened.settings))  # as another process would
        assert client.predict(**asked)["passages"][0]["source"] == "girafe"


def _start(tmp_path: Path, **settings: str) -> subprocess.Popen[str]:
    environment = {"REPLIQUE_STORE": str(tmp_path / "store"), "REPLIQUE_CORPUS": str(shipped_corpus())}
    return subprocess.Popen(
        [sys.executable, ROOT / "app.py"],
        cwd=tmp_path,
        env={**os.environ, **environment, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _line_with(stream: Any, wanted: str) -> str:
    for line in stream:
        if wanted in line:
            return str(line)
    raise AssertionError(f"never said {wanted!r}")


@pytest.mark.server
def test_app_serves_and_says_where_on_standard_error(tmp_path: Path) -> None:
    import httpx

    process = _start(tmp_path, REPLIQUE_PORT="0")
    try:
        url = _line_with(process.stderr, "http://").split()[1]
        assert "Réplique" in httpx.get(url, trust_env=False).text
    finally:
        process.terminate()
    assert process.communicate()[0] == ""
    assert {path.name for path in tmp_path.iterdir()} == {"store"}


@pytest.mark.server
def test_app_serves_without_a_document(tmp_path: Path) -> None:
    import httpx

    empty = tmp_path / "empty"
    empty.mkdir()
    process = _start(tmp_path, REPLIQUE_PORT="0", REPLIQUE_CORPUS=str(empty))
    try:
        assert "add some in the page" in _line_with(process.stderr, "no document")
        url = _line_with(process.stderr, "http://").split()[1]
        assert "Réplique" in httpx.get(url, trust_env=False).text
    finally:
        process.terminate()
        process.communicate()


@pytest.mark.server
def test_a_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = _start(tmp_path, REPLIQUE_PORT=str(port))
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    assert err.count("\n") == 1
    assert "REPLIQUE_PORT" in err
    assert str(port) in err


def test_an_address_that_is_not_there_names_its_setting() -> None:
    with pytest.raises(SettingsError, match="REPLIQUE_HOST"):
        free_port("no.such.host.invalid", 7860)


def test_importing_the_package_does_not_import_gradio() -> None:
    code = "import sys, rag.ui; sys.exit('gradio' in sys.modules)"
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
    assert time.perf_counter() - started < 5
