"""No quote leaves by the page that is not a slice of its source."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from rag import Assistant
from rag.api import tools as tools_module
from rag.api.tools import Tools
from rag.debate.debate import Debate
from rag.dossier import check as dossier_check
from rag.drill.drill import Drill
from rag.drill.leitner import State
from rag.types import Answer
from rag.verify.verifier import Verifier
from tests.helpers.damages import DAMAGES, Damage, corrupt, tampered

QUESTION = "Combien de soldats compterait l’armée ukrainienne ?"
MANY = "Que disent les textes de la paix en Ukraine ?"

SPEECH = "La France agit pour la paix. Il a dit : « une force armée ukrainienne de 900 000 soldats »."


def page_calls(assistant: Assistant) -> dict[str, Callable[[dict[str, Any]], Any]]:
    """All that the page's scripts ask for and get at once, by name."""
    from rag.ui.chat.calls import Calls
    from rag.ui.chat.selection import SelectionCalls
    from rag.ui.counter.calls import CounterCalls
    from rag.ui.debate.calls import DebateCalls
    from rag.ui.documents.search_calls import SearchCalls
    from rag.ui.dossier.calls import DossierCalls
    from rag.ui.drill.calls import DrillCalls
    from rag.ui.verify.calls import VerifyCalls

    tools = Tools(assistant)
    own = (
        Calls,
        VerifyCalls,
        DebateCalls,
        CounterCalls,
        DrillCalls,
        DossierCalls,
        SelectionCalls,
        SearchCalls,
    )
    views: tuple[Any, ...] = own
    return {call.__name__: call for view in views for call in view(tools).functions()}


PLACE = {"source": "declaration", "start": 1394, "end": 1495}
PAGE: dict[str, tuple[str, dict[str, Any], object, str]] = {
    "verify": ("verify", {"text": "800 000 soldats", "kind": "quote"}, Verifier, "verify"),
    "speech": ("verify", {"text": "« 800 000 soldats »", "kind": "speech"}, Verifier, "speech"),
    "face": ("face", {"motion": "la paix en Ukraine", "echoes": "1"}, Debate, "face"),
    "rebut": ("rebut", {"claim": "La France agit pour la paix.", "side": "?"}, Debate, "rebut"),
    "counter": ("counter_sentence", {"text": SPEECH}, Debate, "counter_sentence"),
    "read out": ("read_out", {"dossier": {}}, dossier_check, "as_now"),
    "drill": ("drill", {"count": 2, "state": None}, Drill, "begin"),
    "drill_grade": ("drill_grade", {"id": "", "answer": "", "state": None}, Drill, "grade"),
    "card added": (
        "change_dossier",
        {"do": "add", "dossier": None, "quote": PLACE},
        tools_module,
        "make_card",
    ),
    "cards": ("change_dossier", {"do": "show", "dossier": {}}, dossier_check, "as_now"),
    "selected": ("selected", {**PLACE, "sha256": ""}, tools_module, "make_card"),
    "words found": ("find_words", {"query": "paix"}, tools_module, "words_hits"),
    "export": ("export_dossier", {"format": "md", "dossier": {}}, dossier_check, "as_now"),
}
SHOW_NO_QUOTES = {
    "greet",
    "source",
    "suggest",
    "report",
    "judge",
    "drill_overrule",
    "offers",
    "find_filters",
    "speech_sentences",
}
READ_BACK = {"restore", "export"}
LEFT_OUT = {"find_meaning"}
"""What fails is left out of what these give."""


def test_every_call_of_the_page_is_known_to_show_quotes_or_none(shipped: Assistant) -> None:
    assert (
        page_calls(shipped).keys()
        == {call for call, *_ in PAGE.values()} | SHOW_NO_QUOTES | READ_BACK | LEFT_OUT
    )


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("name", PAGE)
def test_a_call_of_the_page_shows_nothing_damaged(
    name: str, damage: Damage, shipped: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = page_calls(shipped)
    called, given, home, method = PAGE[name]
    asked: dict[str, Any] = {"lang": "fr", "pace": 150, **given}
    hashes = {info.id: info.sha256 for info in shipped.index.infos()}
    quote = {**PLACE, "sha256": hashes["declaration"]}
    if asked.get("sha256") == "":
        asked["sha256"] = hashes["declaration"]
    if "quote" in asked:
        asked["quote"] = quote
    elif "dossier" in asked:
        added = {**asked, "do": "add", "dossier": None, "quote": quote}
        asked["dossier"] = calls["change_dossier"](added)["dossier"]
    if asked.get("id") == "":
        asked["id"] = Tools(shipped).drill(State(), 1).questions[0].id
    assert "error" not in calls[called](asked)
    corrupt(monkeypatch, home, method, damage)
    shown = calls[called](asked)
    assert set(shown) == {"error"}
    assert "¤" not in str(shown)


def shown_answer(assistant: Assistant, question: str) -> str:
    """All that the page shows while a question is answered."""
    from rag.ui.chat.calls import Calls

    async def run() -> str:
        asked = {"lang": "fr", "question": question, "history": [], "turn": "1"}
        updates = [update async for update in Calls(Tools(assistant)).ask(asked)]
        return json.dumps(updates, ensure_ascii=False)

    return asyncio.run(run())


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged_quotes_do_not_leave_by_the_page(
    damage: Damage, shipped: Assistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert "<blockquote" in shown_answer(shipped, QUESTION)
    corrupt(monkeypatch, Assistant, "ask", damage)
    with caplog.at_level(logging.ERROR):
        page = shown_answer(shipped, QUESTION)
    assert "<blockquote" not in page
    assert "¤" not in page
    assert "failed its check" in caplog.text


@pytest.mark.parametrize("least", [0, 2], ids=["all", "all but the first"])
def test_what_an_answer_has_lost_is_said(
    least: int, shipped: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = json.loads(shown_answer(shipped, MANY))[-1]
    assert len(whole["record"]["quotes"]) > 1
    corrupt(monkeypatch, Assistant, "ask", DAMAGES["changed text"], least=least)
    last = json.loads(shown_answer(shipped, MANY))[-1]
    assert bool(last.get("failed")) == (least == 0)
    assert len((last.get("record") or {"quotes": ()})["quotes"]) == (0 if least == 0 else 1)
    assert 'class="error"' in last["parts"][-1]


def test_an_answer_kept_by_a_browser_is_checked_again(shipped: Assistant) -> None:
    from rag.ui.chat.record import as_record, restore

    tools = Tools(shipped)
    answer: Answer = shipped.ask(QUESTION)
    assert restore(as_record(answer), tools).answer.quotes == answer.quotes
    for damage in DAMAGES.values():
        found = restore(as_record(tampered(answer, damage)), tools)
        assert (found.answer.quotes, len(found.lost)) == ((), len(answer.quotes))
