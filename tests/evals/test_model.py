"""The suite with and without a model, over a few questions and a scripted endpoint."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.__main__ import main
from evals.sets.questions import Question, Slice
from evals.suites.model import Row, failures, row_of
from rag import Assistant, load_settings
from rag.llm.assistant import GroundedAssistant
from rag.llm.endpoint import Endpoint
from tests.helpers.models import QUESTION, TRUE
from tests.helpers.scripted_endpoint import running, says


def asked(assistant: Assistant, wanted: str, text: str) -> Row:
    """The row of an answer to :data:`QUESTION`, where ``wanted`` answers it."""
    snapshot = assistant.index.snapshot()
    gold = [
        Slice(info.id, at, at + len(wanted))
        for n, info in enumerate(snapshot.infos)
        if (at := snapshot.source(n).text.find(wanted)) >= 0
    ]
    question = Question("q", "f", "test", "fr", "fact", QUESTION, (), True, tuple(gold), ())
    with running() as server:
        server.script = says(text)
        model = GroundedAssistant(assistant.index, Endpoint(load_settings(llm_url=server.url)))
        return row_of(question, model.ask(QUESTION), assistant.index, 7, 1.0)


def test_sentences_are_counted_by_hand(shipped: Assistant) -> None:
    text = (
        TRUE + "L’armée ukrainienne compterait 900 000 soldats [S1]. L’armée compterait 800 000 soldats [S1]."
    )
    row = asked(shipped, "800 000", text)
    assert (row.sentences, row.cited, row.precision, row.attributed) == (3, 1, 1.0, 0.5)
    assert (row.invented, row.found, row.on_gold) == (0, True, 1 / row.quotes)  # one sentence has it
    assert asked(shipped, "garanties", text).precision == 0.0


def test_the_command_writes_the_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running() as server:
        server.script = says("Rien de tout cela [S1].")
        monkeypatch.setenv("REPLIQUE_LLM_URL", server.url)
        assert main(["model", "--limit", "4", "--output", str(tmp_path)]) == 0
    report = json.loads((tmp_path / "grounded.json").read_text(encoding="utf-8"))
    assert report["figures"]["llm"]["quotes invented"] == 0
    assert report["figures"]["llm"]["gold quoted"] == report["figures"]["sources"]["gold quoted"]
    assert len(report["rows"]["llm"]) == 4


def test_without_a_model_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", "--limit", "1", "--output", str(tmp_path)]) == 1
    assert "REPLIQUE_LLM_URL" in capsys.readouterr().err


def test_broken_promises_are_named() -> None:
    good = {"quotes invented": 0, "abstention": 0.5}
    assert failures({"figures": {"sources": good, "llm": good}}) == []
    bad = {"quotes invented": 1, "abstention": 0.4}
    assert len(failures({"figures": {"sources": good, "llm": bad}})) == 2
