"""What the page asks of the server: conversations, faults, verdicts of users."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from rag.answer.assistant import Assistant
from rag.api.tools import Tools
from rag.catalogue import say
from rag.errors import NoIndex
from rag.search.retriever import Retriever
from rag.settings import load_settings
from rag.store.index import Index
from rag.types import Answer
from rag.ui.chat.calls import Calls
from rag.ui.chat.record import as_record, restore
from rag.upkeep.feedback import read_feedback
from tests.helpers.pages import make_answer, read


class Scripted:
    """An assistant that answers one question, breaks on another, and remembers what it was given."""

    has_model = False

    def __init__(self, index: Index) -> None:
        self.index = index
        self.histories: list[list[str]] = []

    async def astream(self, question: str, history: list[str], **_: Any) -> AsyncIterator[Answer]:
        self.histories.append(history)
        if question == "casse":
            raise RuntimeError("a secret of the program")
        if question == "pas d’index":
            raise NoIndex("no_index", store=self.index.store)
        quote = Retriever(self.index, k=1).search(question)[0]
        answer = make_answer([quote])
        yield replace(answer, blocks=answer.blocks[:1], quotes=())
        if question == "abîme":
            answer = replace(answer, quotes=(replace(answer.quotes[0], text="Faux."),))
        yield answer


def converse(assistant: Scripted, *questions: str) -> list[dict[str, Any]]:
    """The last update of each question of a conversation, with its question."""

    async def run() -> list[dict[str, Any]]:
        calls = Calls(Tools(cast(Assistant, assistant)))
        turns: list[dict[str, Any]] = []
        for question in questions:
            history = [turn["question"] for turn in turns if not turn.get("failed")]
            asked = {"lang": "fr", "turn": "t", "question": question, "history": history}
            shown: list[str] = []
            async for update in calls.ask(asked):
                if not update.get("failed"):
                    assert update["parts"][: len(shown)] == shown
                shown = update["parts"]
            assert update["done"]
            turns.append({**update, "question": question})
        return turns

    return asyncio.run(run())


def test_a_verdict_on_an_answer_or_on_its_quote_is_kept(index: Index) -> None:
    answer = Assistant(index).ask("Quel soutien à l’armée ukrainienne ?")
    record = as_record(replace(answer, quotes=answer.quotes[1:]))  # the first was dropped at the border
    judge = Calls(Tools(Assistant(index))).judge
    given = {"lang": "fr", "record": record, "history": ["Qui ?"]}
    assert judge({**given, "verdict": "wrong"}) == {"said": "Noté\u00a0: réponse fausse."}
    assert judge({**given, "verdict": "beside", "n": 2}) == {"said": "Noté\u00a0: citation à côté du sujet."}
    wrong, beside = read_feedback(index.store)
    assert (wrong.verdict, wrong.history, wrong.judged) == ("wrong", ("Qui ?",), None)
    assert beside.judged is not None
    assert (beside.judged.start, beside.judged.end) == (answer.quotes[1].start, answer.quotes[1].end)
    for refused in ({"verdict": "beside", "n": 99}, {"verdict": "x"}, {"verdict": "good", "record": {}}):
        assert set(judge({**given, **refused})) == {"error"}
    assert len(read_feedback(index.store)) == 2


def test_the_calls_answer_without_an_index(tmp_path: Path) -> None:
    calls = Calls(Tools(Assistant(Index(load_settings(store=tmp_path / "none", corpus=tmp_path)))))
    assert "replique index" in calls.greet({"lang": "fr"})["welcome"]
    assert "pas encore de document" in calls.source({"lang": "fr", "source": "x"})["error"]
    assert "ask again" in calls.restore({"lang": "en", "records": [None]})[0][0]


def test_a_fault_is_one_line_on_the_page_and_a_traceback_on_the_log(
    index: Index, caplog: pytest.LogCaptureFixture
) -> None:
    turns = converse(Scripted(index), "casse", "pas d’index", "abîme")
    said = [read(turn["parts"]).texts["error"] for turn in turns]
    assert all(turn["failed"] for turn in turns)
    assert not any(turn.get("record") for turn in turns)
    assert said == [
        [f"Pas de réponse\u00a0: {say('unexpected', 'fr')}"],
        [f"Pas de réponse\u00a0: {say('no_index', 'fr')}"],
        [f"Pas de réponse\u00a0: {say('answer_lost', 'fr')}"],
    ]
    assert "a secret of the program" in caplog.text
    assert not any("Faux." in part for turn in turns for part in turn["parts"])


def test_history_and_records(index: Index) -> None:
    assistant = Scripted(index)
    turns = converse(assistant, " Ukraine ", "casse", "???", "x" * 5000, "Paris")
    assert [bool(turn.get("failed")) for turn in turns] == [False, True, True, True, False]
    assert assistant.histories == [[], [" Ukraine "], [" Ukraine "]]
    assert "5000 caractères, 4000 au plus" in turns[3]["parts"][-1]
    assert restore(turns[0]["record"], Tools(Assistant(index))).answer.quotes


def test_what_was_asked_before_is_not_suggested_again(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tools, "follow_ups", lambda self, answer: ("Qui\u00a0?", "Quoi\u00a0?"))
    record = as_record(make_answer([]))
    asked = {"lang": "fr", "record": record}
    assert "Qui" in Calls(tools).suggest(asked)
    shown = Calls(tools).suggest({**asked, "history": ["Qui ?", "Où ?"]})
    assert "Qui" not in shown and "Quoi" in shown
    assert Calls(tools).suggest({**asked, "history": ["Qui ?", "Quoi\u00a0?"]}) == ""
